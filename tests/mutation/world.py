"""The data that operators corrupt: quads of one set of sources, with the means to find and replace some of them."""

import random
from collections import defaultdict
from dataclasses import replace
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Quad

from narkom.building.views import admitted_claims
from narkom.reading.sources import Place, Sources
from narkom.vocabulary import EDTF, RDF_TYPE, shorten, term


class NoPlace(Exception):
    """An operator finds nothing in the data that it could corrupt."""


class World:
    """The sources as they are, and what operators need to know of them. Nothing in it is ever changed."""

    def __init__(self, sources: Sources, rng: random.Random) -> None:
        """Take the sources and the only source of chance."""
        self.sources, self.rng = sources, rng

    @cached_property
    def accepted(self) -> list[str]:
        """Return the claims of the accepted view."""
        return [claim for claim in admitted_claims(self.sources) if self.sources.claims.get(claim)]

    @cached_property
    def register(self) -> dict[str, list[NamedNode]]:
        """Return the entries of each register, by its prefix."""
        found = defaultdict(set)
        for quad in self.sources.registers:
            found[shorten(quad.subject.value).partition(":")[0]].add(quad.subject)
        return {name: sorted(some, key=str) for name, some in found.items()}

    @cached_property
    def used(self) -> set:
        """Return everything that some claim points to."""
        return {quad.object for quads in self.sources.claims.values() for quad in quads}

    def pick(self, things):
        """Return one of some things; raises NoPlace if there is none."""
        things = sorted(things, key=str)
        if not things:
            raise NoPlace
        return self.rng.choice(things)

    def entry(self, kind: str, besides: NamedNode | None = None) -> NamedNode:
        """Return an entry of a register that is not a given one."""
        return self.pick(one for one in self.register[kind] if one != besides)

    def said(self, predicate: str, accepted: bool = False, kind: str | None = None) -> Quad:
        """Return a statement of a claim's graph with a property, whose subject is of a kind if one is given."""
        claims = self.accepted if accepted else self.sources.claims
        wanted = term(predicate)
        return self.pick(
            quad
            for claim in claims
            for quad in self.sources.claims[claim]
            if quad.predicate == wanted and (kind is None or self.is_a(claim, quad.subject, kind))
        )

    def is_a(self, claim: str, subject, kind: str) -> bool:
        """Return whether a claim types a subject so."""
        return any(
            q.subject == subject and q.predicate == RDF_TYPE and q.object == term(kind)
            for q in self.sources.claims[claim]
        )

    def described(self, predicate: str, value: str | None = None) -> Quad:
        """Return a statement of a claim's description, with a value if one is given."""
        wanted = term(predicate)
        return self.pick(
            quad
            for quad in self.sources.descriptions
            if quad.predicate == wanted and (value is None or quad.object == term(value))
        )

    def dated(self, predicate: str = "nk:date", accepted: bool = True, kind: str | None = None) -> Quad:
        """Return a statement with a plain date of a day, month or year."""
        claims = self.accepted if accepted else self.sources.claims
        return self.pick(
            quad
            for claim in claims
            for quad in self.sources.claims[claim]
            if quad.predicate == term(predicate)
            and quad.object.value.replace("-", "").isdigit()
            and (kind is None or self.is_a(claim, quad.subject, kind))
        )

    def fact(self, quad: Quad, predicate: str) -> Quad | None:
        """Return another statement about a statement's subject in the same claim."""
        wanted = term(predicate)
        quads = self.sources.claims[quad.graph_name.value]
        return next((one for one in quads if one.subject == quad.subject and one.predicate == wanted), None)

    # --- corrupting -----------------------------------------------------------------------------------------------

    def swap(self, quad: Quad, *fresh: Quad) -> Sources:
        """Return the sources with other statements in place of one."""
        if isinstance(quad.graph_name, NamedNode):
            claim = quad.graph_name.value
            quads = [one for each in self.sources.claims[claim] for one in (fresh if each == quad else (each,))]
            return replace(self.sources, claims={**self.sources.claims, claim: quads})
        for part in ("descriptions", "registers", "source"):
            old = getattr(self.sources, part)
            if quad in old:
                return replace(self.sources, **{part: [o for e in old for o in (fresh if e == quad else (e,))]})
        raise NoPlace

    def say(self, claim: str, *fresh: Quad) -> Sources:
        """Return the sources with more statements in a claim's graph."""
        return replace(self.sources, claims={**self.sources.claims, claim: [*self.sources.claims[claim], *fresh]})

    def describe(self, *fresh: Quad) -> Sources:
        """Return the sources with more statements in the descriptions of claims."""
        return replace(self.sources, descriptions=[*self.sources.descriptions, *fresh])

    def forget(self, claim: str, graph: bool = True, description: bool = True) -> Sources:
        """Return the sources without a claim's graph, or description, or both."""
        sources = self.sources
        if graph:
            sources = replace(
                sources,
                claims={name: quads for name, quads in sources.claims.items() if name != claim},
                graphs={name: place for name, place in sources.graphs.items() if name != claim},
            )
        if description:
            kept = [quad for quad in sources.descriptions if quad.subject.value != claim]
            sources = replace(sources, descriptions=kept)
        return sources

    def add_claim(self, name: str, like: str, quads: list[Quad], keep_gloss: bool = True) -> Sources:
        """Return the sources with a further claim, described as another one is."""
        graph = NamedNode(name)
        own = [Quad(q.subject, q.predicate, q.object, graph) for q in quads]
        place = Place(self.sources.place_of(like).file, 1)
        fresh = [
            Quad(graph, q.predicate, q.object)
            for q in self.sources.descriptions
            if q.subject.value == like and q.predicate.value.rpartition("#")[2] not in ("contradicts", "corroborates")
        ]
        if not keep_gloss:
            text = Literal("This is said of the matter by a further claim.", language="en")
            fresh = [Quad(q.subject, q.predicate, text) if q.predicate == term("nk:gloss") else q for q in fresh]
        return replace(
            self.sources,
            claims={**self.sources.claims, name: own},
            graphs={**self.sources.graphs, name: place},
            descriptions=[*self.sources.descriptions, *fresh],
        )


def edit(quad: Quad, **parts) -> Quad:
    """Return a statement with other parts: subject, predicate, object."""
    return Quad(
        parts.get("subject", quad.subject),
        parts.get("predicate", quad.predicate),
        parts.get("object", quad.object),
        quad.graph_name,
    )


def edtf(text: str) -> Literal:
    """Return an EDTF literal."""
    return Literal(text, datatype=EDTF)


def years(text: str, step: int) -> str:
    """Return a plain date so many years later."""
    return f"{int(text[:4]) + step:04}{text[4:]}"


def next_letter(claim: str, claims) -> str:
    """Return a name for a further claim of the same sentence."""
    stem = claim.rstrip("abcdefghijklmnopqrstuvwxyz")
    return next(f"{stem}{a}{b}" for a in "xyz" for b in "abcdefgh" if f"{stem}{a}{b}" not in claims)
