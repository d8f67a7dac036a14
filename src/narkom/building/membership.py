"""Who belonged to a body: whoever held an office in it.

A seat is told as a tenure, so that it can have a beginning and an end; that its holder is a member follows.
"""

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import NamedNode, Triple

from narkom.vocabulary import RDF_TYPE, term

TENURE, PERSON, OFFICE = term("nk:Tenure"), term("nk:person"), term("nk:office")
MEMBER, _POST = term("nk:memberOf"), term("nk:postIn")


def derive_members(triples: Iterable[Triple]) -> set[Triple]:
    """Return nk:memberOf for each person of a tenure and each body to which its office belongs.

    A text where a thing belongs is a finding of the checks, which come after this: it is passed over.
    """
    found: dict[NamedNode, dict] = {name: defaultdict(set) for name in (PERSON, OFFICE, _POST)}
    tenures = set()
    for triple in triples:
        if triple.predicate in found and isinstance(triple.object, NamedNode):
            found[triple.predicate][triple.subject].add(triple.object)
        elif triple.predicate == RDF_TYPE and triple.object == TENURE:
            tenures.add(triple.subject)
    return {
        Triple(person, MEMBER, body)
        for tenure in tenures
        for person in found[PERSON].get(tenure, ())
        for office in found[OFFICE].get(tenure, ())
        for body in found[_POST].get(office, ())
    }
