"""How to cite an answer: the texts that its claims rest on, with the places, and the knowledge base with its version.

CSL-JSON (https://citationstyles.org) is what the others are written from: BibTeX, RIS, and a line for a reader.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import pyoxigraph as ox

from narkom import __version__
from narkom.asking.notes import Note
from narkom.asking.works import Source, issued, sources_of
from narkom.errors import UsageError
from narkom.vocabulary import BASE

_TITLE = "Narkom: claims about the Soviet state security service, 1936–1938, as linked data"
_BY = "The Narkom contributors"
_TYPES = {"chapter": ("incollection", "CHAP"), "book": ("book", "BOOK"), "dataset": ("misc", "DATA")}
MEDIA = {
    "citation": "text/plain",
    "bibtex": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "csl-json": "application/vnd.citationstyles.csl+json",
}
# Where a citation that is put together elsewhere has what differs: signs that every form takes as they are.
_MARKS = {"places": "⟦places⟧", "url": "⟦url⟧", "ending": "⟦ending⟧"}
# More places than a reader of a citation looks up: then the paragraphs alone are told.
_MOST_PLACES = 12


class Line(NamedTuple):
    """A line of a reference in words, with what of it differs from page to page set apart.

    `particular` is the places in a text, which has a key, or the address that the knowledge base is cited by (key "").
    """

    key: str
    before: str
    particular: str
    after: str


def bibliography(store: ox.Store, notes: Sequence[Note], form: str, url: str = BASE, remark: str = "") -> str:
    """Return what to cite for some claims in one of FORMS; `url` is where the answer or the thing is found.

    `remark` is a note to the dataset: what of the answer the citation leaves open.
    Raises UsageError for another form.
    """
    if form not in FORMS:
        raise UsageError(f"{form}: choose one of {', '.join(FORMS)}")
    return FORMS[form](entries(store, notes, url, remark))


def in_words(
    store: ox.Store, notes: Sequence[Note], url: str, remark: str = "", sources: Iterable[Source] | None = None
) -> list[Line]:
    """Return what to cite for some claims, line by line; `sources` are those of the store, for who knows them."""
    sources = sources_of(store) if sources is None else list(sources)
    keys = [source.key for source in sources if any(note.source == source.key for note in notes)]
    found = entries(store, notes, url, remark, sources)
    return [Line(key, *_line(entry)) for key, entry in zip([*keys, ""], found, strict=True)]


def whole(store: ox.Store, sources: Iterable[Source], url: str = BASE) -> dict[str, str]:
    """Return what to cite for the knowledge base as a whole in all FORMS: each text without a place, and the data.

    `url` is that of an answer whose claims are not known, which is cited so too.
    """
    found = [*(_text(source, _ending(url), "") for source in sources), *entries(store, [], url)]
    return {form: written(found) for form, written in FORMS.items()}


def parts(store: ox.Store, sources: Iterable[Source]) -> dict:
    """Return what a citation is put together from where this program does not run.

    `texts` has each source by its key, with places and without, and `data` the knowledge base, each in all FORMS with
    marks where the places, the address and the ending of the names belong (`marks`). Written one after the other, with
    `between` among them, they are what `bibliography` returns; those in CSL-JSON are lists to be joined to one.
    `most` is how many places are told one by one.
    """
    texts = {
        source.key: {
            "placed": _apart(_text(source, _MARKS["ending"], _MARKS["places"])),
            "whole": _apart(_text(source, _MARKS["ending"], "")),
        }
        for source in sources
    }
    data = _apart(_data(store, _MARKS["ending"], _MARKS["url"]))
    return {"texts": texts, "data": data, "marks": _MARKS, "between": {"bibtex": "\n"}, "most": _MOST_PLACES}


def _apart(entry: dict) -> dict[str, str]:
    return {form: written([entry]) for form, written in FORMS.items()}


def entries(
    store: ox.Store,
    notes: Sequence[Note],
    url: str = BASE,
    remark: str = "",
    sources: Iterable[Source] | None = None,
) -> list[dict]:
    """Return the entries as CSL-JSON: a source for each that is cited, with the places in its note, and the data."""
    texts = [
        _text(source, _ending(url), _places([note for note in notes if note.source == source.key]))
        for source in (sources_of(store) if sources is None else sources)
        if any(note.source == source.key for note in notes)
    ]
    return [*texts, _data(store, _ending(url), url, remark)]


def _ending(url: str) -> str:
    """Two answers in one bibliography are two entries of the same book, each with its places.

    A browser reckons it too, which has no better digest on pages that come without encryption.
    """
    return f"-{zlib.crc32(url.encode()):08x}" if url != BASE else ""


def _data(store: ox.Store, ending: str, url: str, remark: str = "") -> dict:
    data = {
        "id": f"narkom{ending}",
        "type": "dataset",
        "title": _TITLE,
        "author": [{"literal": _BY}],
        "version": __version__,
    }
    day = issued(store)
    more = {"issued": _date(day) if day else "", "note": remark}
    return {**data, **{name: value for name, value in more.items() if value}, "URL": url}


def _text(source: Source, ending: str, places: str) -> dict:
    entry = {
        "id": f"narkom-{source.key}{ending}",
        "type": "chapter" if source.book != source.title else "book",
        "title": source.title or source.key,
        "author": [_name(author) for author in source.authors],
        "publisher": source.publisher,
        "ISBN": source.isbn,
        "note": places,
    }
    if source.book != source.title:
        entry |= {"container-title": source.book, "chapter-number": source.number}
    if source.year:
        entry["issued"] = _date(source.year[:4])
    return {name: value for name, value in entry.items() if value}


def _places(notes: list[Note]) -> str:
    places = list(dict.fromkeys(note.where() for note in notes))
    if len(places) <= _MOST_PLACES:
        return "; ".join(places)
    parts = dict.fromkeys(place.partition(",")[0] for place in places)
    paragraphs = ", ".join(part.removeprefix("¶ ") for part in parts if part.startswith("¶"))
    return "; ".join([f"¶¶ {paragraphs}", *(part for part in parts if not part.startswith("¶"))])


def _date(written: str) -> dict:
    return {"date-parts": [[int(part) for part in written.split("-")]]}


def _name(author: str) -> dict[str, str]:
    given, _, family = author.rpartition(" ")
    return {"given": given, "family": family} if given else {"literal": family}


def _written(entry: dict) -> list[str]:
    return [" ".join(filter(None, (one.get("given"), one.get("family"), one.get("literal")))) for one in _by(entry)]


def _by(entry: dict) -> list[dict]:
    return entry.get("author", [])


def _year(entry: dict) -> str:
    return str(entry["issued"]["date-parts"][0][0]) if "issued" in entry else ""


def _day(entry: dict) -> str:
    return "-".join(f"{part:02}" for part in entry["issued"]["date-parts"][0]) if "issued" in entry else ""


def _plain(found: list[dict]) -> str:
    return "\n".join("".join(_line(entry)) for entry in found) + "\n"


def _line(entry: dict) -> tuple[str, str, str]:
    """What stands before the places or the address, these, and what stands behind them."""
    if entry["type"] == "dataset":
        day = f", {_day(entry)}" if _day(entry) else ""
        remark = f" ({entry['note']})" if "note" in entry else ""
        return f"{_BY}, {entry['title']}, version {entry['version']}{day}. ", entry["URL"], remark
    title = f"“{entry['title']}”" if entry["type"] == "chapter" else entry["title"]
    within = f", in {entry['container-title']}, ch. {entry['chapter-number']}" if "container-title" in entry else ""
    print_ = ", ".join(filter(None, (entry.get("publisher"), _year(entry))))
    year = f" ({print_})" if print_ else ""
    told = f"{', '.join(_written(entry))}, {title}{within}{year}"
    return (f"{told}: ", entry["note"], ".") if "note" in entry else (told, "", ".")


def _bibtex(found: list[dict]) -> str:
    return "\n".join(map(_bibtex_entry, found))


def _bibtex_entry(entry: dict) -> str:
    names = {
        "title": "title", "container-title": "booktitle", "chapter-number": "chapter", "publisher": "publisher",
        "ISBN": "isbn", "note": "note", "version": "version", "URL": "url",
    }  # fmt: skip
    fields = {theirs: entry[ours] for ours, theirs in names.items() if ours in entry}
    # In braces a name is taken whole: "The Narkom contributors" has no surname.
    authors = [f"{{{one['literal']}}}" if "literal" in one else " ".join(one.values()) for one in _by(entry)]
    fields |= {"author": " and ".join(authors), "year": _year(entry)}
    if entry["type"] == "dataset":
        fields["date"] = _day(entry)
    plain = ("url", "author")
    fields = {name: value if name in plain else _escaped(value) for name, value in fields.items() if value}
    # In a second pair of braces a title keeps its capitals.
    lines = [f"  {k} = {{{{{v}}}}}," if k in ("title", "booktitle") else f"  {k} = {{{v}}}," for k, v in fields.items()]
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
        ("PB", entry.get("publisher", "")),
        ("SN", entry.get("ISBN", "")),
        ("PY", _year(entry)),
        ("DA", _day(entry).replace("-", "/") if entry["type"] == "dataset" else ""),
        ("ET", entry.get("version", "")),
        ("UR", entry.get("URL", "")),
        ("N1", entry.get("note", "")),
    ]
    return "".join(f"{tag}  - {value}\n" for tag, value in fields if value) + "ER  - \n\n"


def _csl(found: list[dict]) -> str:
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


FORMS: dict[str, Callable[[list[dict]], str]] = {"citation": _plain, "bibtex": _bibtex, "ris": _ris, "csl-json": _csl}
