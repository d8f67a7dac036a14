"""Explaining a contradiction: which things and claims make the data inconsistent with the ontology.

The reasoner says only that there is a contradiction. Here the common reasons are looked for by their patterns, and
where none is found, the claims are narrowed down to those that contradict the ontology by themselves.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from pyoxigraph import Dataset, DefaultGraph, NamedNode, Triple

from narkom.checking.findings import Finding, finding
from narkom.reading.sources import Sources
from narkom.vocabulary import BASE, PREFIXES, RDF_TYPE, is_claim, shorten, term

_DISJOINT, _SUBCLASS = term("owl:disjointWith"), term("rdfs:subClassOf")
_DOMAIN, _RANGE = term("rdfs:domain"), term("rdfs:range")
_APART = term("owl:propertyDisjointWith")
Said = tuple[Triple, str]


def explain(sources: Sources, dataset: Dataset) -> list[Finding]:
    """Return a finding for each pattern that is inconsistent, naming the claims that together make it so."""
    ontology = {quad.triple for quad in sources.ontology}
    said = list(_said(dataset, sources))
    found = [
        *_two_classes(said, ontology),
        *_two_values(said, ontology),
        *_loops(said, ontology),
        *_exclusive_links(said, ontology),
    ]
    return sorted({_as_finding(sources, *one) for one in found})


def _as_finding(sources: Sources, thing: NamedNode, message: str, mend: str, claims: list[str]) -> Finding:
    """Return a finding at the first of the claims that are involved; the message names them all."""
    named = sorted({shorten(claim) for claim in claims if claim and claim != thing.value})
    where = next((claim for claim in sorted(claims) if claim), "")
    place = sources.place_of(thing.value, where or None)
    text = f"{message}, by {' and '.join(named)}" if named else message
    return finding(place, "owl", text, mend, where, thing.value if thing.value != where else "")


def _said(dataset: Dataset, sources: Sources) -> Iterator[Said]:
    """Yield what claims say with the claim, and what stands outside their graphs with none."""
    for quad in sources.default_quads():
        claim = quad.subject.value if is_claim(quad.subject.value) else ""
        yield quad.triple, claim
    for quad in dataset:
        if not isinstance(quad.graph_name, DefaultGraph):
            yield quad.triple, quad.graph_name.value


def _two_classes(said: list[Said], ontology: set[Triple]) -> Iterator[tuple]:
    """Yield things that belong to two classes which exclude each other, by their types and links."""
    parents = ancestors(ontology)
    disjoint = {(one.subject, one.object) for one in ontology if one.predicate == _DISJOINT}
    kinds: dict[NamedNode, dict[NamedNode, str]] = defaultdict(dict)
    for thing, kind, claim in _typings(said, ontology):
        for each in (kind, *parents.get(kind, ())):
            kinds[thing].setdefault(each, claim)
    for thing, known in kinds.items():
        for one, other in disjoint:
            if one in known and other in known:
                message = (
                    f"by its type and links this is both {_name(one)} and {_name(other)}, which exclude each other"
                )
                yield thing, message, "Correct its type or the link", [known[one], known[other]]


def _typings(said: list[Said], ontology: set[Triple]) -> Iterator[tuple[NamedNode, NamedNode, str]]:
    """Yield thing, class and claim for each type that is said, or follows from a domain or range."""
    domains = {one.subject: one.object for one in ontology if one.predicate == _DOMAIN}
    ranges = {one.subject: one.object for one in ontology if one.predicate == _RANGE}
    for triple, claim in said:
        subject, value = triple.subject, triple.object
        if not isinstance(subject, NamedNode) or not subject.value.startswith(BASE):
            continue
        if triple.predicate == RDF_TYPE:
            yield subject, value, claim
            continue
        if triple.predicate in domains:
            yield subject, domains[triple.predicate], claim
        if triple.predicate in ranges and isinstance(value, NamedNode):
            yield value, ranges[triple.predicate], claim


def _properties(ontology: set[Triple], kind: str) -> set[NamedNode]:
    return {one.subject for one in ontology if one.predicate == RDF_TYPE and one.object == term(f"owl:{kind}Property")}


def _two_values(said: list[Said], ontology: set[Triple]) -> Iterator[tuple]:
    """Yield things with two values of a property that has one."""
    functional = _properties(ontology, "Functional")
    values: dict[tuple, dict] = defaultdict(dict)
    for triple, claim in said:
        if triple.predicate in functional and isinstance(triple.object, NamedNode):
            values[triple.subject, triple.predicate].setdefault(triple.object, claim)
    for (thing, link), some in values.items():
        if len(some) > 1:
            names = " and ".join(sorted(shorten(one.value) for one in some))
            yield thing, f"{shorten(link.value)} has one value, and here {names}", "Keep one", list(some.values())


def _loops(said: list[Said], ontology: set[Triple]) -> Iterator[tuple]:
    """Yield things that are linked to themselves, or to each other both ways, by a property that forbids it."""
    irreflexive, asymmetric = _properties(ontology, "Irreflexive"), _properties(ontology, "Asymmetric")
    links = {(one.predicate, one.subject, one.object): claim for one, claim in said if one.predicate in irreflexive}
    links |= {(one.predicate, one.subject, one.object): claim for one, claim in said if one.predicate in asymmetric}
    for (link, thing, other), claim in links.items():
        if thing == other:
            yield thing, f"{shorten(link.value)} leads back to the thing itself", "Correct the link", [claim]
        elif link in asymmetric and (link, other, thing) in links and str(thing) < str(other):
            message = f"{shorten(link.value)} goes both ways between this and {shorten(other.value)}"
            yield thing, message, "Take one of the two back", [claim, links[link, other, thing]]


def _exclusive_links(said: list[Said], ontology: set[Triple]) -> Iterator[tuple]:
    """Yield things that are linked to one other by two properties which exclude each other."""
    apart = {(one.subject, one.object) for one in ontology if one.predicate == _APART}
    known = {(one.predicate, one.subject, one.object): claim for one, claim in said}
    for one, other in apart:
        for (link, thing, value), claim in known.items():
            if link == one and (other, thing, value) in known:
                message = (
                    f"{shorten(value.value)} is both {_name(one)} and {_name(other)} of this; they exclude each other"
                )
                yield thing, message, "Correct one of the two", [claim, known[other, thing, value]]


def unique_names(said: Iterable[Triple], ontology: Iterable[Triple]) -> set[Triple]:
    """Return that two values of a property which has one are not the same thing: here one thing has one identifier."""
    functional = _properties(set(ontology), "Functional")
    values: dict[tuple, set] = defaultdict(set)
    for triple in said:
        if triple.predicate in functional and isinstance(triple.object, NamedNode):
            values[triple.subject, triple.predicate].add(triple.object)
    apart = term("owl:differentFrom")
    pairs = (sorted(some, key=str) for some in values.values() if len(some) > 1)
    return {Triple(some[0], apart, other) for some in pairs for other in some[1:]}


def narrow(claims: list[str], inconsistent: Callable[[list[str]], bool]) -> list[str]:
    """Return few claims that are inconsistent by themselves, out of many that are.

    `inconsistent` is asked about twelve times for each claim that is returned.
    """
    guilty: list[str] = []
    rest = claims
    while rest and not inconsistent(guilty):
        last = bisect_left(range(len(rest)), True, key=lambda end, rest=rest: inconsistent([*rest[: end + 1], *guilty]))
        guilty.append(rest[min(last, len(rest) - 1)])
        rest = rest[:last]
    return sorted(guilty)


def narrowed(sources: Sources, claims: list[str]) -> Finding:
    """Return the finding that names claims which contradict the ontology together."""
    place = sources.place_of(claims[0]) if claims else sources.place_of("")
    names = ", ".join(shorten(one) for one in claims) or "the registers alone"
    first = claims[0] if claims else ""
    return finding(place, "owl", f"HermiT finds a contradiction in {names}", "Correct one of them", first)


def ancestors(ontology: set[Triple]) -> dict[NamedNode, set[NamedNode]]:
    """Return the classes above each class."""
    parents: dict[NamedNode, set[NamedNode]] = {}
    for one in ontology:
        if one.predicate == _SUBCLASS:
            parents.setdefault(one.subject, set()).add(one.object)
    grown = True
    while grown:
        grown = False
        for above in parents.values():
            more = {top for parent in above for top in parents.get(parent, ())} - above
            above |= more
            grown = grown or bool(more)
    return parents


def _name(iri: NamedNode) -> str:
    return iri.value.replace(PREFIXES["nk"], "nk:")
