"""What it costs to date everything as the data grows: the network of time over n copies of the data, beside networkx.

    python benchmarks/network.py 1 10 100

Each copy has people, happenings and claims of its own. Measured are reading the claims, finding contradictions, the
bounds with their reasons, and the bounds alone; beside these networkx's Bellman-Ford over the same constraints in the
same run, which gives the bounds without reasons. Both must agree on every bound. Run by hand.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Iterator
from itertools import pairwise

import networkx
from pyoxigraph import NamedNode, Quad, Triple

from narkom.building.network import ORIGIN, Constraint, Network, Variable
from narkom.building.relations import Facts, between_claims, natural, read_facts
from narkom.building.timing import Timing
from narkom.building.views import admitted_claims
from narkom.config import find_root
from narkom.reading.sources import Sources, load
from narkom.vocabulary import PREFIXES

_OWN = tuple(PREFIXES[name] for name in ("person", "group", "event", "relation", "attitude", "statistic"))


def copies(sources: Sources, count: int) -> Iterator[tuple[str, list[Triple]]]:
    """Yield the claims of the accepted view, so many times over."""
    for number in range(count):
        for claim in admitted_claims(sources):
            quads = sources.claims.get(claim, ())
            yield (f"{claim}-{number}" if number else claim), [_renamed(quad, number) for quad in quads]


def _renamed(quad: Quad, number: int) -> Triple:
    def own(value):
        mine = number and isinstance(value, NamedNode) and value.value.startswith(_OWN)
        return NamedNode(f"{value.value}-copy-{number}") if mine else value

    return Triple(own(quad.subject), quad.predicate, own(quad.object))


def constraints_of(every: list[Facts], aside: set[str]) -> list[Constraint]:
    """Return what is left of all constraints without the claims that contradict each other."""
    found = {*between_claims(every), *(one for facts in every for one in (*facts.told, *facts.ordered))}
    kept = {one for one in found if aside.isdisjoint(one.claims)}
    return [*kept, *natural(kept)]


def peer(constraints: list[Constraint]) -> tuple[dict[Variable, int], dict[Variable, int]]:
    """Return the earliest and the latest days that networkx finds."""
    graph = networkx.DiGraph()
    for one in constraints:
        known = graph.get_edge_data(one.right, one.left)
        if known is None or one.days < known["weight"]:
            graph.add_edge(one.right, one.left, weight=one.days)
    latest = networkx.single_source_bellman_ford_path_length(graph, ORIGIN)
    earliest = networkx.single_source_bellman_ford_path_length(graph.reverse(copy=False), ORIGIN)
    return {one: -day for one, day in earliest.items()}, dict(latest)


def measure(sources: Sources, count: int) -> str:
    """Return a row of the table."""
    claims = list(copies(sources, count))
    marks = [time.perf_counter()]
    facts = [read_facts(claim, triples) for claim, triples in claims]
    marks.append(time.perf_counter())
    timing = Timing(facts)
    aside = set().union(*timing.contradictions)
    marks.append(time.perf_counter())
    bounds = timing.bounds
    marks.append(time.perf_counter())
    constraints = constraints_of(facts, aside)
    start = time.perf_counter()
    network = Network(constraints)
    alone = time.perf_counter() - start
    start = time.perf_counter()
    earliest, latest = peer(constraints)
    other = time.perf_counter() - start
    assert all(network.earliest(one) == earliest.get(one) for one in network.variables)
    assert all(network.latest(one) == latest.get(one) for one in network.variables)
    steps = [f"{1000 * (after - before):,.0f}" for before, after in pairwise(marks)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sizes = [f"{count}", f"{len(constraints):,}", f"{len(bounds):,}", f"{len(timing.contradictions):,}"]
    return f"| {' | '.join([*sizes, *steps, f'{1000 * alone:,.0f}', f'{1000 * other:,.0f}', f'{peak:,.0f}'])} |"


def main() -> None:
    """Print a row for each number of copies, times in milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("copies", type=int, nargs="*", default=[1, 10, 100])
    sources = load(find_root())
    print("| copies | constraints | bounds | contradictions | reading | contradictions | bounds and reasons ", end="")
    print("| bounds alone | networkx | peak, MB |\n|" + "---:|" * 10)
    for count in parser.parse_args().copies:
        print(measure(sources, count), flush=True)


if __name__ == "__main__":
    main()
