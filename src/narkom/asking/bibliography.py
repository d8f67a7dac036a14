"""How to cite an answer: the texts that its claims rest on, with the places, and the knowledge base with its version.

CSL-JSON (https://citationstyles.org) is what the others are written from: BibTeX, RIS, and a line for a reader.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import pyoxigraph as ox

from narkom import __version__
from narkom.asking.notes import Note
from narkom.asking.works import Source, sources_of
from narkom.errors import UsageError
from narkom.vocabulary import BASE

_TITLE = "Narkom: claims about the Soviet state security service, 1936–1938, as linked data"
_TYPES = {"chapter": ("incollection", "CHAP"), "book": ("book", "BOOK"), "dataset": ("misc", "DATA")}


def bibliography(store: ox.Store, notes: Sequence[Note], form: str) -> str:
    """Return what to cite for some claims in one of FORMS; raises UsageError for another form."""
    if form not in FORMS:
        raise UsageError(f"{form}: choose one of {', '.join(FORMS)}")
    return FORMS[form](entries(store, notes))


def entries(store: ox.Store, notes: Sequence[Note]) -> list[dict]:
    """Return the entries as CSL-JSON: a source for each that is cited, with the places as its locator, and the data."""
    texts = [
        _text(source, [note for note in notes if note.source == source.key])
        for source in sources_of(store)
        if any(note.source == source.key for note in notes)
    ]
    return [*texts, {"id": "narkom", "type": "dataset", "title": _TITLE, "version": __version__, "URL": BASE}]


def _text(source: Source, notes: list[Note]) -> dict:
    places = list(dict.fromkeys(note.where() for note in notes))
    entry = {
        "id": f"narkom-{source.key}",
        "type": "chapter" if source.book != source.title else "book",
        "title": source.title,
        "author": [_name(author) for author in source.authors],
        "note": "; ".join(places),
    }
    if source.book != source.title:
        entry |= {"container-title": source.book, "chapter-number": source.number}
    if source.year:
        entry["issued"] = {"date-parts": [[int(source.year[:4])]]}
    return entry


def _name(author: str) -> dict[str, str]:
    given, _, family = author.rpartition(" ")
    return {"given": given, "family": family} if given else {"literal": family}


def _written(entry: dict) -> list[str]:
    return [" ".join(filter(None, (one.get("given"), one.get("family"), one.get("literal")))) for one in _by(entry)]


def _by(entry: dict) -> list[dict]:
    return entry.get("author", [])


def _year(entry: dict) -> str:
    return str(entry["issued"]["date-parts"][0][0]) if "issued" in entry else ""


def _plain(found: list[dict]) -> str:
    return "\n".join(map(_sentence, found)) + "\n"


def _sentence(entry: dict) -> str:
    if entry["type"] == "dataset":
        return f"{entry['title']}, version {entry['version']}. {entry['URL']}"
    title = f"“{entry['title']}”" if entry["type"] == "chapter" else entry["title"]
    within = f", in {entry['container-title']}, ch. {entry['chapter-number']}" if "container-title" in entry else ""
    year = f" ({_year(entry)})" if _year(entry) else ""
    return f"{', '.join(_written(entry))}, {title}{within}{year}: {entry['note']}."


def _bibtex(found: list[dict]) -> str:
    return "\n".join(map(_bibtex_entry, found))


def _bibtex_entry(entry: dict) -> str:
    names = {"title": "title", "container-title": "booktitle", "chapter-number": "chapter", "note": "note"}
    fields = {theirs: entry[ours] for ours, theirs in names.items() if ours in entry}
    fields |= {"author": " and ".join(_written(entry)), "year": _year(entry), "url": entry.get("URL", "")}
    fields |= {"version": entry.get("version", "")}
    lines = [f"  {name} = {{{_escaped(value)}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{_TYPES[entry['type']][0]}{{{entry['id']},", *lines, "}", ""])


def _escaped(text: str) -> str:
    for sign in "\\{}":
        text = text.replace(sign, "")
    for sign in "&%$#_":
        text = text.replace(sign, f"\\{sign}")
    return text


def _ris(found: list[dict]) -> str:
    return "".join(map(_ris_entry, found))


def _ris_entry(entry: dict) -> str:
    authors = [", ".join(filter(None, (a.get("family") or a.get("literal"), a.get("given")))) for a in _by(entry)]
    fields = [
        ("TY", _TYPES[entry["type"]][1]),
        *(("AU", author) for author in authors),
        ("TI", entry["title"]),
        ("T2", entry.get("container-title", "")),
        ("SE", entry.get("chapter-number", "")),
        ("PY", _year(entry)),
        ("ET", entry.get("version", "")),
        ("UR", entry.get("URL", "")),
        ("N1", entry.get("note", "")),
    ]
    return "".join(f"{tag}  - {value}\n" for tag, value in fields if value) + "ER  - \n\n"


def _csl(found: list[dict]) -> str:
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


FORMS: dict[str, Callable[[list[dict]], str]] = {"plain": _plain, "bibtex": _bibtex, "ris": _ris, "csl-json": _csl}
