"""What is published as files, made when it is asked for, and the way there from names that only these files mint."""

from __future__ import annotations

from narkom.portal import rdf
from narkom.portal.library import Library
from narkom.portal.negotiation import choose
from narkom.portal.reply import Reply
from narkom.publishing.catalogue import dcat_catalogue
from narkom.publishing.crm_assertions import crm_assertions  # noqa: F401, a worker could not read it any more
from narkom.publishing.crm_schema import crm_schema
from narkom.publishing.executable import executables
from narkom.publishing.export import export_quads
from narkom.publishing.facts import Facts, quads_of
from narkom.publishing.files import (
    DESCRIBED_IN,
    DESCRIPTIONS,
    DUMPS,
    EXPORTS,
    LISTING,
    PACKED,
    media_type,
    packed,
    published,
)
from narkom.publishing.listing import listing
from narkom.publishing.minted import described_in
from narkom.publishing.themes import NAMES, THEMES, split_themes
from narkom.publishing.void import void_description
from narkom.publishing.writing import SUFFIXES, write
from narkom.vocabulary import BASE, is_claim

_EXPORTED = {name: (form, view, profile) for name, form, view, profile in EXPORTS}
_THEMED = {f"themes/{theme}.ttl": theme for theme in (*THEMES, NAMES)}
_DESCRIBING = {f"{stem}.{SUFFIXES[form]}": (stem, form) for stem in DESCRIPTIONS for form in DESCRIBED_IN}
_PAGE = "text/html"
_RDF = tuple(media for media, _ in rdf.FORMATS.values())


class Dump:
    """The files under ``dump/``, but for what `narkom publish` alone can write: checksums, documentation, codemeta."""

    def __init__(self, library: Library) -> None:
        """Take the library; reads CRM's table now, since a worker can open no file."""
        self._library = library
        crm_schema()

    def get(self, path: str, query: str, accept: str | None) -> Reply | None:
        """Return a file, or the way to the one that describes a minted name; None for what pages answer."""
        name = path.removeprefix("/")
        if name.startswith(DUMPS) and name != DUMPS:
            return self._file(name.removeprefix(DUMPS))
        found = described_in(name)
        if found is None or not self._known(name, found[1]):
            return None
        reply = _see_other(name, *found, accept)
        # A question's name is its page's address too, where it takes parameters.
        asks = name.startswith("question/") and (query or reply.headers["Location"].endswith(".html"))
        return None if asks else reply

    def _known(self, name: str, page: str) -> bool:
        """Whether there is the claim or the question that a name is minted of."""
        its = page.removesuffix(".html")
        if its.startswith("question/"):
            return its.removeprefix("question/") in self._library.questions
        return not is_claim(BASE + its) or BASE + its in self._library.claims

    def _file(self, name: str) -> Reply | None:
        data = self._made(name.removesuffix(PACKED))
        if data is not None and name.endswith(PACKED):
            return Reply(200, {"Content-Type": "application/gzip"}, packed(data))
        media = media_type(name)
        kind = f"{media}; charset=utf-8" if media.startswith("text/") else media
        return None if data is None else Reply(200, {"Content-Type": kind}, data)

    def _made(self, name: str) -> bytes | None:
        if name == LISTING:
            return listing([*map(published, (*_EXPORTED, *_THEMED)), *_DESCRIBING])
        quads = list(self._library.store.quads_for_pattern(None, None, None, None))
        if name in _EXPORTED:
            form, view, profile = _EXPORTED[name]
            return export_quads(quads, form, view, profile=profile)
        if name in _THEMED:
            return write(split_themes(quads).get(_THEMED[name], ()), "turtle")
        if name not in _DESCRIBING:
            return None
        stem, form = _DESCRIBING[name]
        return write(quads_of(self._described(stem, quads)), form)

    def _described(self, stem: str, quads: list) -> list:
        endpoint, where = f"{BASE}sparql", BASE + DUMPS
        if stem == "questions":
            return executables(self._library.questions.values(), endpoint)
        if stem == "void":
            return void_description(quads, endpoint, [where + name for name in _EXPORTED if "-accepted." in name])
        return dcat_catalogue(Facts(quads), dict.fromkeys(map(published, (*_EXPORTED, *_THEMED))), where, endpoint)


def _see_other(name: str, stem: str, page: str, accept: str | None) -> Reply:
    """Show the way to the page for people or to the file that describes a name (303, as for every identifier).

    Who names any form of RDF is given a file, even where there is none in that form: of a nanopublication there is no
    RDF/XML. A header of wildcards alone is a person's tool.
    """
    files = {media_type(one): one for one in (*_EXPORTED, *_DESCRIBING) if one.partition(".")[0] == stem}
    named = (accept or _PAGE).lower()
    program = _PAGE not in named and any(media in named for media in _RDF)
    media = choose(accept, [*files, _PAGE] if program else [_PAGE, *files])
    if media is None:
        media = next(iter(files), _PAGE)
    target = page if media == _PAGE else DUMPS + files[media]
    return Reply(303, {"Location": "../" * name.count("/") + target, "Vary": "Accept"})
