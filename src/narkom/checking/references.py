"""References: every term and thing that is named exists; every claim has its passage, footnote, stance and graph."""

import re
from collections import defaultdict
from collections.abc import Iterator
from difflib import get_close_matches

from pyoxigraph import NamedNode, Quad

from narkom.checking.findings import Finding, finding
from narkom.reading.sources import Sources
from narkom.vocabulary import (
    BASE,
    NUMBERED,
    ONTOLOGY,
    PREFIXES,
    RDF_TYPE,
    is_claim,
    key_of,
    kind_of,
    local_name,
    shorten,
    source_space,
    term,
)  # fmt: skip

_CLAIM, _PASSAGE, _FOOTNOTE = term("nk:Claim"), term("nk:passage"), term("nk:footnote")
_STANCE, _GLOSS = term("nk:stance"), term("nk:gloss")
# What registers and source say in other vocabularies: names and concepts, titles, authority records, coordinates.
_FOREIGN = {
    *(f"skos:{name}" for name in ("prefLabel", "altLabel", "hiddenLabel", "definition", "editorialNote")),
    *(f"skos:{name}" for name in ("broader", "inScheme", "topConceptOf", "exactMatch", "closeMatch", "broadMatch")),
    *(f"dcterms:{name}" for name in ("title", "creator", "issued", "publisher", "identifier")),
    *(f"sssom:{name}" for name in ("subject_id", "predicate_id", "object_id", "object_label")),
    *(f"sssom:{name}" for name in ("mapping_justification", "mapping_date", "confidence")),
    *("rdfs:seeAlso", "rdfs:comment", "schema:temporalCoverage", "crm:P168_place_is_defined_by"),
}
_PARAGRAPH, _NUMBER = re.compile(r"/p(\d+)s"), re.compile(r"/p(\d+)\.trig$")
_SOURCE_FOLDER = re.compile(r"data/([^/]+)/")
# What stands in claims alone.
_CLAIMED = ("event", "relation", "attitude", "statistic", *NUMBERED)
_IMPUTED = term("nk:ImputedAct")
_IDENTIFYING = {term(f"skos:{name}") for name in ("prefLabel", "exactMatch", "closeMatch", "broadMatch")}
_TO_CLAIMS = {
    term(f"nk:{name}") for name in ("alternativeTo", "contradicts", "corroborates", "denies", "repeats", "states")
}


def check_references(sources: Sources) -> list[Finding]:
    """Return a finding for each name without a thing behind it and each claim that is not complete."""
    return sorted(
        [
            *_unknown_terms(sources),
            *_foreign_terms(sources),
            *_dangling(sources),
            *_untyped(sources),
            *_graphs(sources),
            *_outside(sources),
            *_elsewhere(sources),
            *_descriptions(sources),
            *_footnotes(sources),
            *_claim_links(sources),
            *_said_twice(sources),
        ]
    )


def _statements(sources: Sources) -> Iterator[tuple[str, Quad]]:
    """Yield every quad of the data with the claim it stands in, empty outside the claims' graphs."""
    for quad in (*sources.source, *sources.registers, *sources.descriptions):
        yield "", quad
    for claim, quads in sources.claims.items():
        for quad in quads:
            yield claim, quad


def _unknown_terms(sources: Sources) -> Iterator[Finding]:
    known = {quad.subject.value for quad in sources.ontology}
    local_names = [iri.removeprefix(ONTOLOGY) for iri in known if iri.startswith(ONTOLOGY)]
    for claim, quad in _statements(sources):
        for part in (quad.predicate, quad.object):
            iri = getattr(part, "value", "") if isinstance(part, NamedNode) else ""
            if iri.startswith(ONTOLOGY) and iri not in known:
                near = get_close_matches(iri.removeprefix(ONTOLOGY), local_names, 1)
                mend = (
                    f"Did you mean nk:{near[0]}?" if near else "Use a term of ontology/narkom.ttl, or define it there"
                )
                place = sources.place_of(quad.subject.value, claim or None)
                message = f"the ontology has no term {shorten(iri)}"
                yield finding(place, "unknown-term", message, mend, claim, quad.subject.value)


def _foreign_terms(sources: Sources) -> Iterator[Finding]:
    """Find properties of other vocabularies that the project does not use: portals would take them for its own word."""
    mend = "Say it with a property of the ontology (docs/conventions.md)"
    for claim, quad in _statements(sources):
        within = bool(claim) or is_claim(quad.subject.value)
        name = shorten(quad.predicate.value)
        if name.startswith("nk:") or name == "rdf:type" or (not within and name in _FOREIGN):
            continue
        place = sources.place_of(quad.subject.value, claim or None)
        where = "claims do" if within else "registers and source do"
        yield finding(place, "foreign-term", f"{where} not use {name}", mend, claim, quad.subject.value)


def _described(sources: Sources) -> set[str]:
    """Return what has a description: subjects outside the claims, and things that some claim types."""
    outside = {quad.subject.value for quad in sources.default_quads()}
    return outside | {
        quad.subject.value for quads in sources.claims.values() for quad in quads if quad.predicate == RDF_TYPE
    }


def _dangling(sources: Sources) -> Iterator[Finding]:
    known = _described(sources)
    names = defaultdict(list)
    for iri in known:
        names[iri.rpartition("/")[0]].append(iri)
    for claim, quad in _statements(sources):
        iri = quad.object.value if isinstance(quad.object, NamedNode) else ""
        if not iri.startswith(BASE) or iri.startswith(ONTOLOGY) or iri in known:
            continue
        near = get_close_matches(iri, names[iri.rpartition("/")[0]], 1, 0.8)
        hint = f"did you mean {shorten(near[0])}? Else describe it" if near else "describe it"
        mend = f"Correct the name ({hint} in its register, or give it a type in a claim)"
        place = sources.place_of(quad.subject.value, claim or None)
        message = f"nothing is known of {shorten(iri)}, to which {shorten(quad.predicate.value)} points"
        yield finding(place, "dangling", message, mend, claim, quad.subject.value)


def _untyped(sources: Sources) -> Iterator[Finding]:
    known = _described(sources)
    for (claim, subject), place in sources.graph_subjects.items():
        if subject not in known and subject.startswith(BASE):
            yield finding(place, "untyped", "no claim says what kind of thing this is", "Add its type", claim, subject)


def _graphs(sources: Sources) -> Iterator[Finding]:
    described = {quad.subject.value for quad in sources.descriptions}
    for graph, place in sources.graphs.items():
        if not sources.claims.get(graph):
            yield finding(place, "empty-graph", "the claim's graph is empty", "Say the content in triples", graph)
        if graph not in described:
            mend = "Add its passage, footnote, stance and gloss after the graph"
            yield finding(place, "undescribed", "the graph has no description", mend, graph)


def _outside(sources: Sources) -> Iterator[Finding]:
    """Find statements in the claim files that stand in no claim's graph and describe no claim."""
    for iri in sorted({quad.subject.value for quad in sources.descriptions}):
        if not is_claim(iri):
            place = sources.place_of(iri)
            message = "this statement stands outside every claim's graph"
            yield finding(place, "outside", message, "Move it into a claim's graph, or into a register", subject=iri)
    for iri in sorted({quad.subject.value for quad in sources.registers if not _names(quad)}):
        if kind_of(iri) in _CLAIMED:
            message = "a register tells of what only a claim can tell, with its footnote"
            yield finding(sources.place_of(iri), "outside", message, "Move it into a claim's graph", subject=iri)


def _names(quad: Quad) -> bool:
    """Whether a register says of a thing no more than its name, here or at an authority, or that it is imputed."""
    return quad.predicate in _IDENTIFYING or (quad.predicate == RDF_TYPE and quad.object == _IMPUTED)


def _elsewhere(sources: Sources) -> Iterator[Finding]:
    """Find what bears the key of another source than the folder in which it stands."""
    for iri, place in sorted({**sources.subjects, **sources.graphs}.items()):
        key, folder = key_of(iri), _SOURCE_FOLDER.match(place.file)
        if key and folder and folder[1] in sources.keys and folder[1] != key:
            message, mend = (
                f"the name is one of the source {key}",
                f"Bind the prefix {kind_of(iri)}: to the file's source",
            )
            yield finding(place, "other-source", message, mend, subject=iri)


def _claim_facts(sources: Sources) -> dict[str, dict[NamedNode, list]]:
    facts: dict[str, dict[NamedNode, list]] = defaultdict(lambda: defaultdict(list))
    for quad in sources.descriptions:
        if is_claim(quad.subject.value):
            facts[quad.subject.value][quad.predicate].append(quad.object)
    return facts


def _descriptions(sources: Sources) -> Iterator[Finding]:
    for claim, facts in _claim_facts(sources).items():
        place = sources.place_of(claim)
        if _CLAIM not in facts[RDF_TYPE]:
            yield finding(place, "claim-type", "the claim has no type", "Write: a nk:Claim", claim)
        if claim not in sources.graphs:
            yield finding(place, "no-graph", "the claim has no graph", "Say its content in a graph of its name", claim)
        # A stance that does not exist is reported as dangling already.
        if len(facts[_STANCE]) != 1 or not facts[_STANCE][0].value.startswith(PREFIXES["stance"]):
            mend = "Give exactly one nk:stance of ontology/stances.ttl, such as stance:asserted"
            yield finding(place, "stance", f"the claim has {_count(facts[_STANCE])}", mend, claim)
        if not facts[_GLOSS]:
            yield finding(place, "gloss", "the claim has no gloss", "Say it in one line with nk:gloss", claim)
        yield from _passages(sources, claim, facts[_PASSAGE])
        yield from _file(sources, claim)


def _count(found: list) -> str:
    if not found:
        return "no stance"
    return "several stances" if len(found) > 1 else f"{shorten(found[0].value)} for a stance"


def _passages(sources: Sources, claim: str, passages: list) -> Iterator[Finding]:
    place = sources.place_of(claim)
    if not passages:
        yield finding(
            place, "passage", "the claim has no passage", "Say with nk:passage which sentence states it", claim
        )
        return
    named = source_space(key_of(claim), "passage") + local_name(claim).rstrip("abcdefghijklmnopqrstuvwxyz")
    if all(passage.value != named for passage in passages):
        message = f"the claim's name says {shorten(named)}, but its passage is {shorten(passages[0].value)}"
        yield finding(place, "claim-name", message, "Name the claim after its passage, with a letter", claim)


def _file(sources: Sources, claim: str) -> Iterator[Finding]:
    """Find a claim that stands in the file of another paragraph."""
    place = sources.place_of(claim)
    paragraph, file = _PARAGRAPH.search(claim), _NUMBER.search(place.file)
    if paragraph and file and int(paragraph[1]) != int(file[1]):
        message = f"the claim is one of paragraph {paragraph[1]}, and stands in {place.file}"
        yield finding(place, "claim-file", message, "Move it to the file of its paragraph", claim)


def _footnotes(sources: Sources) -> Iterator[Finding]:
    governing: dict[NamedNode, set] = defaultdict(set)
    for quad in sources.source:
        if quad.predicate == _FOOTNOTE:
            governing[quad.subject].add(quad.object)
    for claim, facts in _claim_facts(sources).items():
        allowed = {note for passage in facts[_PASSAGE] for note in governing[passage]}
        given = set(facts[_FOOTNOTE])
        names = ", ".join(sorted(shorten(note.value) for note in allowed))
        place = sources.place_of(claim)
        wrong = sorted(shorten(note.value) for note in given - allowed)
        if wrong and not allowed:
            message = f"{wrong[0]} is given, but no footnote governs the passage"
            yield finding(place, "footnote", message, "Leave nk:footnote out", claim)
        elif wrong:
            message = f"{wrong[0]} does not govern the passage"
            yield finding(place, "footnote", message, f"The governing footnote is {names}", claim)
        elif allowed and not given:
            message = f"the footnote is missing: the passage rests on {names}"
            yield finding(place, "footnote", message, f"Add nk:footnote {names}", claim)


def _claim_links(sources: Sources) -> Iterator[Finding]:
    claims = set(_claim_facts(sources))
    for claim, quad in _statements(sources):
        target = getattr(quad.object, "value", "")
        # A claim that is named but missing is reported as dangling already.
        if quad.predicate in _TO_CLAIMS and target not in claims and not is_claim(target):
            place = sources.place_of(quad.subject.value, claim or None)
            message = f"{shorten(quad.predicate.value)} points to {shorten(target)}, which is no claim"
            yield finding(place, "claim-link", message, "Point it to a claim", claim, quad.subject.value)


def _said_twice(sources: Sources) -> Iterator[Finding]:
    """Find what a claim says and a register too: there it has no footnote, and stays when the claim goes."""
    known = {quad.triple for quad in sources.registers if quad.predicate != RDF_TYPE}
    for claim, quads in sources.claims.items():
        for quad in quads:
            if quad.triple in known:
                subject = quad.subject.value
                value = shorten(quad.object.value) if isinstance(quad.object, NamedNode) else quad.object.value
                said = f"{shorten(quad.predicate.value)} {value}"
                message = f"{said} stands here without a footnote, though {shorten(claim)} says it with one"
                mend = "Strike it out of the register"
                yield finding(sources.place_of(subject), "said-twice", message, mend, claim, subject)
