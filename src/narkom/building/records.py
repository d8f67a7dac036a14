"""What the build adds to the records: where each claim comes from and whose it is."""

from collections import defaultdict

from pyoxigraph import NamedNode, Triple

from narkom.reading.sources import Sources
from narkom.vocabulary import term

_PASSAGE, _PART, _CREATOR = term("nk:passage"), term("nk:partOf"), term("dcterms:creator")
_DERIVED, _ATTRIBUTED = term("prov:wasDerivedFrom"), term("prov:wasAttributedTo")


def derive_provenance(sources: Sources) -> set[Triple]:
    """Return prov:wasDerivedFrom (claim to passage) and prov:wasAttributedTo (claim to the authors of its work)."""
    whole = {quad.subject: quad.object for quad in sources.source if quad.predicate == _PART}
    authors: dict[NamedNode, list[NamedNode]] = defaultdict(list)
    for quad in sources.source:
        if quad.predicate == _CREATOR:
            authors[quad.subject].append(quad.object)
    found = set()
    for quad in sources.descriptions:
        if quad.predicate == _PASSAGE:
            found.add(Triple(quad.subject, _DERIVED, quad.object))
            work = _nearest_with(authors, quad.object, whole)
            found |= {Triple(quad.subject, _ATTRIBUTED, author) for author in authors.get(work, ())}
    return found


def _nearest_with(authors: dict, part: NamedNode, whole: dict[NamedNode, NamedNode]) -> NamedNode | None:
    """Return the nearest text around a passage that names its authors."""
    seen: set[NamedNode] = set()
    while part not in authors:
        if part in seen or part not in whole:
            return None
        seen.add(part)
        part = whole[part]
    return part
