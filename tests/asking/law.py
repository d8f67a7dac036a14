"""The law of citing: a row's claims and the registers alone return the row, and none of the claims can be left out.

The store of a few claims is made by the build itself from fewer sources, and by nothing that citing uses.
"""

from dataclasses import replace

import pyoxigraph as ox

from narkom.building.dataset import derive
from narkom.vocabulary import term


class Law:
    """Builds the store of a few claims, and judges a citation by it."""

    def __init__(self, sources, view="accepted"):
        self.sources = sources
        self.view = view
        self.registers = ox.Store()
        self.registers.bulk_extend(derive(replace(sources, descriptions=[], claims={}), view))
        # Who is seated in a body follows from a claim and a register together.
        self.posts = [quad for quad in sources.registers if quad.predicate == term("nk:postIn")]

    def rows(self, query, claims):
        few = replace(
            self.sources,
            registers=self.posts,
            descriptions=[q for q in self.sources.descriptions if q.subject.value in claims],
            claims={claim: self.sources.claims[claim] for claim in claims},
        )
        fresh = [quad for quad in derive(few, self.view) if quad not in self.registers]
        self.registers.extend(fresh)
        try:
            return {tuple(solution) for solution in self.registers.query(query)}
        finally:
            for quad in fresh:
                self.registers.remove(quad)

    def judge(self, query, row, citation):
        assert not citation.gap, f"{citation.gap}\n{query}"
        assert row in self.rows(query, citation.claims), f"not sufficient: {row} {citation.claims}\n{query}"
        for claim in citation.claims:
            rest = [other for other in citation.claims if other != claim]
            assert row not in self.rows(query, rest), f"not minimal: {row} without {claim}\n{query}"
