"""The VoID description: what the dataset holds, counted from the dataset itself."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from narkom.publishing.facts import coin
from narkom.vocabulary import BASE, PREFIXES, RDF_TYPE, key_of, local_name, term

VOID = "http://rdfs.org/ns/void#"
DATASET, CLAIM_GRAPHS = coin("void#accepted"), coin("void#claims")
_SD = "http://www.w3.org/ns/sparql-service-description#"
# What a view is called, and what it holds.
_TOLD = {term("skos:prefLabel"): term("dcterms:title"), term("skos:definition"): term("dcterms:description")}
_LINKS = (
    "skos:exactMatch",
    "skos:closeMatch",
    "skos:broadMatch",
    "owl:sameAs",
    "rdfs:subClassOf",
    "rdfs:subPropertyOf",
)
_EXAMPLES = (
    "nk:Person",
    "nk:Arrest",
    "nk:Meeting",
    "nk:Statistic",
    "nk:ImputedAct",
    "nk:Claim",
    "nk:Passage",
    "nk:Footnote",
)
_ONTOLOGY = coin("ontology")


def void_description(quads: Iterable[Quad], endpoint: str | None = None, dumps: Iterable[str] = ()) -> list[Triple]:
    """Return the description of a dataset, sorted.

    `endpoint` is the address of its SPARQL endpoint; `dumps` are the addresses of its Turtle or N-Triples files.
    """
    default, named = [], []
    for quad in quads:
        (default if isinstance(quad.graph_name, DefaultGraph) else named).append(quad)
    found = {*_head(default), *_partitions(default), *_examples(default), *_linksets(default)}
    found |= {*_statistics(DATASET, default), *_claims(named), *_sources(default)}
    if endpoint:
        found.update(_views(default, NamedNode(endpoint)))
        found |= {_void(one, "sparqlEndpoint", NamedNode(endpoint)) for one in (DATASET, CLAIM_GRAPHS)}
    found |= {_void(DATASET, "dataDump", NamedNode(address)) for address in dumps}
    return sorted(found, key=str)


def _void(subject: NamedNode, name: str, value) -> Triple:
    return Triple(subject, NamedNode(VOID + name), value)


def _a(subject: NamedNode, name: str) -> Triple:
    return Triple(subject, RDF_TYPE, NamedNode(VOID + name))


def _number(count: int) -> Literal:
    return Literal(str(count), datatype=term("xsd:integer"))


def _head(quads: list[Quad]) -> Iterator[Triple]:
    """Yield names, terms and vocabularies; licence and version are those of the ontology's header."""
    document = coin("void")
    yield _a(document, "DatasetDescription")
    yield Triple(document, NamedNode("http://xmlns.com/foaf/0.1/primaryTopic"), DATASET)
    yield _a(DATASET, "Dataset")
    yield _void(DATASET, "uriSpace", Literal(BASE))
    yield _void(DATASET, "subset", CLAIM_GRAPHS)
    yield Triple(DATASET, term("dcterms:title"), Literal("Narkom: the accepted view", language="en"))
    for curie in ("dcterms:license", "owl:versionInfo"):
        for quad in quads:
            if quad.subject == _ONTOLOGY and quad.predicate == term(curie):
                yield Triple(DATASET, term(curie), quad.object)
    spaces = {_space(quad.predicate) for quad in quads} | {_space(one) for one in _classes(quads)}
    for space in sorted(spaces & set(PREFIXES.values())):
        yield _void(DATASET, "vocabulary", NamedNode(space))


def _space(iri: NamedNode) -> str:
    """Return the namespace of a term."""
    cut = max(iri.value.rfind("#"), iri.value.rfind("/")) + 1
    return iri.value[:cut]


def _classes(quads: list[Quad]) -> Counter:
    return Counter(quad.object for quad in quads if quad.predicate == RDF_TYPE)


def _statistics(subject: NamedNode, quads: list[Quad]) -> Iterator[Triple]:
    counts = {
        "triples": len(quads),
        "distinctSubjects": len({quad.subject for quad in quads}),
        "distinctObjects": len({quad.object for quad in quads}),
        "properties": len({quad.predicate for quad in quads}),
        "classes": len(_classes(quads)),
        "entities": len({quad.subject for quad in quads if quad.subject.value.startswith(BASE)}),
    }
    for name, count in counts.items():
        yield _void(subject, name, _number(count))


def _claims(quads: list[Quad]) -> Iterator[Triple]:
    yield _a(CLAIM_GRAPHS, "Dataset")
    yield Triple(CLAIM_GRAPHS, term("dcterms:title"), Literal("Every claim in a named graph of its own", language="en"))
    yield _void(CLAIM_GRAPHS, "vocabulary", NamedNode(PREFIXES["nk"]))
    yield from _statistics(CLAIM_GRAPHS, quads)


def _views(quads: list[Quad], endpoint: NamedNode) -> Iterator[Triple]:
    """Yield a dataset for each view: its name is what a client of the endpoint names as the default graph."""
    for quad in quads:
        if quad.predicate == RDF_TYPE and quad.object == term("skos:Collection"):
            part = coin(f"void#view-{local_name(quad.subject.value)}")
            yield _a(part, "Dataset")
            yield Triple(part, RDF_TYPE, NamedNode(f"{_SD}NamedGraph"))
            yield Triple(part, NamedNode(f"{_SD}name"), quad.subject)
            yield _void(part, "sparqlEndpoint", endpoint)
            for one in quads:
                if one.subject == quad.subject and one.predicate in _TOLD:
                    yield Triple(part, _TOLD[one.predicate], one.object)


def _sources(quads: list[Quad]) -> Iterator[Triple]:
    """Yield a subset for each source: what it numbers bears its key."""
    counts = Counter(key_of(subject.value) for subject in {quad.subject for quad in quads})
    for key in sorted(set(counts) - {""}):
        part = coin(f"void#source-{key}")
        yield _void(DATASET, "subset", part)
        yield _a(part, "Dataset")
        yield _void(part, "uriSpace", Literal(f"{BASE}{key}/"))
        yield _void(part, "entities", _number(counts[key]))


def _partitions(quads: list[Quad]) -> Iterator[Triple]:
    """Yield how many members each class and how many triples each property has."""
    for name, count in _classes(quads).items():
        yield from _partition("class", name, "entities", count)
    for name, count in Counter(quad.predicate for quad in quads).items():
        yield from _partition("property", name, "triples", count)


def _partition(kind: str, name: NamedNode, counted: str, count: int) -> Iterator[Triple]:
    prefix = next((short for short, space in PREFIXES.items() if space == _space(name)), "other")
    part = coin(f"void#{kind}-{prefix}-{name.value[len(_space(name)) :]}")
    yield _void(DATASET, f"{kind}Partition", part)
    yield _a(part, "Dataset")
    yield _void(part, kind, name)
    yield _void(part, counted, _number(count))


def _examples(quads: list[Quad]) -> Iterator[Triple]:
    """Yield, of each of some classes, the thing of which most is said; of equals the first by name."""
    said = Counter(quad.subject for quad in quads)
    members: dict[NamedNode, list[NamedNode]] = defaultdict(list)
    for quad in quads:
        if quad.predicate == RDF_TYPE:
            members[quad.object].append(quad.subject)
    for curie in _EXAMPLES:
        found = sorted(members[term(curie)], key=lambda one: (-said[one], one.value))
        yield from (_void(DATASET, "exampleResource", one) for one in found[:1])


def _linksets(quads: list[Quad]) -> Iterator[Triple]:
    """Yield a linkset for each kind of link and each outside address that links lead to."""
    links = {term(curie): curie.split(":")[1] for curie in _LINKS}
    counts = Counter(
        (quad.predicate, _outside(quad.object))
        for quad in quads
        if quad.predicate in links and isinstance(quad.object, NamedNode) and not quad.object.value.startswith(BASE)
    )
    for (predicate, target), count in counts.items():
        words = urlsplit(target).netloc.replace(".", "-") + urlsplit(target).path.replace("/", "-").rstrip("-")
        linkset, other = coin(f"void#links-{links[predicate]}-{words}"), coin(f"void#target-{words}")
        yield _void(DATASET, "subset", linkset)
        yield _a(linkset, "Linkset")
        yield _void(linkset, "linkPredicate", predicate)
        yield _void(linkset, "subjectsTarget", DATASET)
        yield _void(linkset, "objectsTarget", other)
        yield _void(linkset, "triples", _number(count))
        yield _a(other, "Dataset")
        yield _void(other, "uriSpace", Literal(target))


def _outside(iri: NamedNode) -> str:
    """Return the namespace of a vocabulary's term, else the host that the link leads to."""
    space = _space(iri)
    parts = urlsplit(iri.value)
    return space if space in PREFIXES.values() else f"{parts.scheme}://{parts.netloc}/"
