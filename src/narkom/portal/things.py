"""What has an identifier: its page, its descriptions for programs, and the way to these."""

from __future__ import annotations

from collections.abc import Callable

from narkom.asking.bibliography import Line
from narkom.portal import entity, lives, rdf, schema_org, terms
from narkom.portal.choices import choices
from narkom.portal.heads import HAPPENINGS
from narkom.portal.languages import gettext_noop
from narkom.portal.library import Claim, Library
from narkom.portal.negotiation import choose
from narkom.portal.references import to_cite
from narkom.portal.reply import Reply, text
from narkom.vocabulary import BASE, NUMBERED, folder_of, key_of, local_name, source_space

_DOCUMENTS = {"html": "text/html", **{suffix: media for suffix, (media, _) in rdf.FORMATS.items()}}
# What a folder of files has of each thing beside its page; a server has all formats.
FROZEN = ("ttl",)
# What refusals say: a heading and a reason.
NOTHING = (gettext_noop("Nothing of this name"), gettext_noop("The knowledge base has no page at this address."))
_UNKNOWN = (NOTHING[0], gettext_noop("The knowledge base knows nothing of this identifier."))
# What follows from claims is cited by these.
NEVER_CITED = ("bound", "mapping")
_SOURCE_ORDER = ("note", "passage", "paragraph", "stance")


class Things:
    """The pages and descriptions of all things in one language."""

    def __init__(
        self, library: Library, page: Callable[..., Reply], refusal: Callable[..., Reply], live: bool = True
    ) -> None:
        """Take the library, what makes a page of a template, what makes an error's page, and whether a server asks."""
        self._library = library
        self._page = page
        self._refusal = refusal
        wanted = [suffix for suffix in _DOCUMENTS if suffix != "html"] if live else FROZEN
        # The descriptions beside a page, by suffix and media type.
        self._alternates = [(suffix, _DOCUMENTS[suffix]) for suffix in wanted]

    def get(self, name: str, suffix: str | None, accept: str | None) -> Reply:
        """Return what stands at the name of a thing: without a suffix the way to the form that a client likes best."""
        iri = BASE + name
        if not self._library.exists(iri) or (suffix and suffix not in _DOCUMENTS):
            return self._refusal(404, *_UNKNOWN)
        if suffix is None:
            return self._see_other(name, accept)
        if suffix != "html":
            return Reply(200, {"Content-Type": _DOCUMENTS[suffix]}, rdf.document(self._library, iri, suffix))
        return self._terms(name) if "/" not in name else self._entity(iri)

    def _see_other(self, name: str, accept: str | None) -> Reply:
        """The identifier is the thing's, not a document's: show the way to the document the client likes best."""
        media = choose(accept, ["text/html", "application/xhtml+xml", *list(_DOCUMENTS.values())[1:]])
        vary = {"Vary": "Accept"}
        if media is None:
            return text(f"This can be had as {', '.join(_DOCUMENTS.values())}.\n", 406, vary)
        suffix = next((s for s, its in _DOCUMENTS.items() if its == media), "html")
        return Reply(303, {"Location": f"{name.rpartition('/')[2]}.{suffix}", **vary})

    def _to_cite(self, found: entity.Entity, passages: list) -> list[Line]:
        if found.kind in NEVER_CITED:
            return []
        return to_cite(self._library, found, (claim for _, its in passages for claim in its))

    def _passages(self, found: entity.Entity) -> list[tuple[str, list[Claim]]]:
        return passages(self._library, found.iri) if found.kind == "paragraph" else []

    def _entity(self, iri: str) -> Reply:
        found, depth = entity.describe(self._library, iri), folder_of(iri).count("/") + 1
        its_passages = self._passages(found)
        values = {
            "e": found,
            "happenings": HAPPENINGS,
            "lives": lives,
            "local": local_name(iri),
            "alternates": self._alternates,
            "schema": schema_org.embedded(self._library, found),
            "cite": self._to_cite(found, its_passages),
            "in_order": found.kind in _SOURCE_ORDER,
            "choices": None if found.kind in _SOURCE_ORDER else choices(self._library, found),
            "passages": its_passages,
            **self._neighbours(found.kind, iri),
        }
        claim = self._library.claims.get(iri)
        if claim is None:
            return self._page("entity.html", depth, **values)
        told, more = entity.record(self._library, found)
        content = entity.content(self._library, claim)
        return self._page("claim.html", depth, claim=claim, content=content, told=told, more=more, **values)

    def _neighbours(self, kind: str, iri: str) -> dict[str, str | None]:
        """What stands before and behind a thing that a source numbers."""
        if kind not in NUMBERED:
            return {"previous": None, "next": None}
        row = self._library.kinds[folder_of(iri)]
        at = row.index(iri)
        return {"previous": row[at - 1] if at else None, "next": row[at + 1] if at + 1 < len(row) else None}

    def _terms(self, name: str) -> Reply:
        """The ontology, or a scheme of concepts such as the stances, on one page."""
        return self._page(
            "ontology.html", 0, heading=self._library.label(BASE + name), iri=BASE + name, local=name,
            sections=terms.sections(self._library, name), alternates=self._alternates,
            others=[BASE + other for other in self._library.documents if other != name],
        )  # fmt: skip


def passages(library: Library, paragraph: str) -> list[tuple[str, list[Claim]]]:
    """Return the passages (IRIs) of a paragraph, each with the claims that rest on it, as the source goes."""
    key = key_of(paragraph)
    prefix = source_space(key, "passage") + local_name(paragraph) + "s"
    found = [iri for iri in library.kinds.get(f"{key}/passage", ()) if iri.startswith(prefix)]
    return [(iri, library.cited.get(iri, [])) for iri in found]
