"""From what a person types to the thing that is meant: parameters of questions, in any spelling.

A name is matched exactly first (identifier, label, spelling), then by a skeleton in which the usual romanisations of
Russian (ALA-LC, BGN/PCGN, scientific, German) and Cyrillic itself fall together, so that Ezhov, Yezhov, Ežov, Jeshow
and Ежов are one; an ambiguous or unknown name is answered with the nearest entries of the register.
"""

from __future__ import annotations

import datetime
import re
import unicodedata

import pyoxigraph as ox

from narkom.asking.questions import Parameter
from narkom.errors import UsageError
from narkom.vocabulary import PREFIXES, shorten, term

_LABELS = ("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel", "nk:spelling")
_REGISTERED = ("person", "body", "office", "group", "alleged", "place", "document", "concept", "stance")
_SOUNDS = (
    (r"schtsch|shch", "q"),
    # ч and х share their letters (ch, kh, tsch, x) from one scheme to the next: one sound for both.
    (r"tsch|tch", "h"),
    (r"zh|sch|sh", "q"),
    (r"ch|kh|x", "h"),
    (r"\b(?:ye|je|yo|jo)", "e"),
    (r"(?:ya|ja|ia)", "a"),
    (r"(?:yu|ju|iu)", "u"),
    (r"(?:ye|je|ie)", "e"),
    (r"ts|tz|zz", "c"),
    (r"w", "v"),
    (r"z", "s"),
    (r"[yj]", "i"),
)


def skeleton(text: str) -> str:
    """Return the sounds of a name without the habits of its romanisation."""
    if re.search(r"[\u0400-\u04ff]", text):
        import iuliia

        text = iuliia.ALA_LC.translate(text)
    flat = unicodedata.normalize("NFD", text.lower().replace("ž", "zh").replace("š", "sh").replace("č", "ch"))
    plain = re.sub(r"[^a-z ]", "", "".join(c for c in flat if not unicodedata.combining(c)).replace(".", " "))
    for pattern, sound in _SOUNDS:
        plain = re.sub(pattern, sound, plain)
    return re.sub(r"(.)\1", r"\1", " ".join(plain.split()))


def entries(store: ox.Store, kind: str) -> dict[str, list[str]]:
    """Return the labels of every register entry of a kind, by IRI."""
    space, found = PREFIXES[kind], {}
    for label in _LABELS:
        for quad in store.quads_for_pattern(None, term(label), None, ox.DefaultGraph()):
            if quad.subject.value.startswith(space):
                found.setdefault(quad.subject.value, []).append(quad.object.value)
    return found


def resolve(store: ox.Store, parameter: Parameter, typed: str) -> str:
    """Return the SPARQL term that a typed value stands for; raises UsageError that tells the nearest values."""
    if parameter.allowed and typed not in parameter.allowed:
        raise UsageError(f"{parameter.name}={typed}: choose one of {', '.join(parameter.allowed)}")
    if parameter.kind in _REGISTERED:
        return f"<{_registered(store, parameter, typed)}>"
    if parameter.kind in ("event", "claim", "passage", "note"):
        return f"<{_described(store, parameter, typed)}>"
    return _literal(parameter, typed)


def _registered(store: ox.Store, parameter: Parameter, typed: str) -> str:
    known = entries(store, parameter.kind)
    local = typed.removeprefix(PREFIXES[parameter.kind]).removeprefix(f"{parameter.kind}:")
    if PREFIXES[parameter.kind] + local in known:
        return PREFIXES[parameter.kind] + local
    for matches in (lambda label: label.lower() == typed.lower(), lambda label: _same_name(label, typed)):
        found = sorted(iri for iri, labels in known.items() if any(matches(label) for label in labels))
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(f"{parameter.name}={typed}: more than one fits: {', '.join(map(shorten, found))}")
    raise UsageError(f"{parameter.name}={typed}: nobody and nothing of that name is registered.{_near(known, typed)}")


def _same_name(label: str, typed: str) -> bool:
    wanted, words = skeleton(typed), skeleton(label).split()
    return bool(wanted) and (wanted == " ".join(words) or (" " not in wanted and bool(words) and wanted == words[-1]))


def _near(known: dict[str, list[str]], typed: str) -> str:
    from rapidfuzz import fuzz

    wanted = skeleton(typed)
    scores = {iri: max(fuzz.WRatio(wanted, skeleton(label)) for label in labels) for iri, labels in known.items()}
    best = sorted(scores, key=lambda iri: (-scores[iri], iri))[:4]
    return f" Nearest: {', '.join(f'{shorten(iri)} ({known[iri][0]})' for iri in best)}" if best else ""


def _described(store: ox.Store, parameter: Parameter, typed: str) -> str:
    iri = PREFIXES[parameter.kind] + typed.removeprefix(PREFIXES[parameter.kind]).removeprefix(f"{parameter.kind}:")
    node = _node(parameter, typed, iri)
    if any(store.quads_for_pattern(node, None, None, None)):
        return iri
    raise UsageError(
        f"{parameter.name}={typed}: there is no such {parameter.kind}{_like(store, parameter.kind, typed)}"
    )


def _node(parameter: Parameter, typed: str, iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise UsageError(f"{parameter.name}={typed}: that is no identifier of a {parameter.kind}") from error


def _like(store: ox.Store, kind: str, typed: str) -> str:
    from rapidfuzz import process

    known = {q.subject.value.removeprefix(PREFIXES[kind]) for q in store if q.subject.value.startswith(PREFIXES[kind])}
    close = [match[0] for match in process.extract(typed, sorted(known), limit=4, score_cutoff=60)]
    return f". Nearest: {', '.join(close)}" if close else ""


def _literal(parameter: Parameter, typed: str) -> str:
    if parameter.kind == "integer":
        if not re.fullmatch(r"[+-]?\d+", typed):
            raise UsageError(f"{parameter.name}={typed}: a whole number is wanted")
        return typed
    if parameter.kind == "date":
        try:
            return f'"{datetime.date.fromisoformat(typed)}"^^<http://www.w3.org/2001/XMLSchema#date>'
        except ValueError as error:
            raise UsageError(f"{parameter.name}={typed}: a day is wanted, such as 1937-03-29") from error
    return str(ox.Literal(typed))
