"""The accepted view in Turtle files by theme, for those who want one file: each statement stands in exactly one.

What the registers name and only claims outside the view tell of has a name in it and no class: it is a theme too.
"""

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import DefaultGraph, NamedNode, Quad

from narkom.vocabulary import PREFIXES, RDF_TYPE, term

# In this order: a thing of several classes goes to the first theme that has one of them.
THEMES: dict[str, tuple[str, ...]] = {
    "sources": ("nk:Work", "nk:Paragraph", "nk:Passage", "nk:Footnote"),
    "claims": ("nk:Claim",),
    "people": ("nk:Person", "nk:PersonGroup", "nk:Relationship", "nk:Attitude"),
    "organisations": ("nk:Body", "nk:Office", "nk:AllegedBody", "nk:Formation", "nk:Dissolution"),
    "careers": ("nk:Appointment", "nk:Dismissal", "nk:Tenure", "nk:Expulsion", "nk:Award"),
    "repression": (
        "nk:Arrest", "nk:Interrogation", "nk:Trial", "nk:Sentencing", "nk:Death", "nk:Operation", "nk:Investigation",
    ),
    "meetings-and-speech": (
        "nk:Meeting", "nk:Speech", "nk:Testimony", "nk:Accusation", "nk:Correspondence", "nk:Decision", "nk:Order",
        "nk:Request", "nk:Publication", "nk:Journey", "nk:Visit",
    ),
    "figures": ("nk:Statistic",),
    "places": ("nk:Place",),
    "documents": ("nk:Document",),
    "other-events": ("nk:Event",),
    "imputed-acts": ("nk:ImputedAct",),
    "reasons-of-dates": ("rdf:Statement",),
    "authorities": ("sssom:Mapping",),
    "vocabulary": ("skos:Concept", "skos:ConceptScheme", "skos:Collection", "owl:Ontology", "owl:Class",
                   "owl:ObjectProperty", "owl:DatatypeProperty"),
}  # fmt: skip
NAMES, REST = "names-without-an-accepted-claim", "rest"
_NAMED = {term("skos:prefLabel"), term("skos:altLabel")}


def split_themes(quads: Iterable[Quad]) -> dict[str, list[Quad]]:
    """Return the quads of the default graph by theme, the themes in order; what has no theme is under REST."""
    default = [quad for quad in quads if isinstance(quad.graph_name, DefaultGraph)]
    types: dict[NamedNode, set] = defaultdict(set)
    told: dict[NamedNode, set] = defaultdict(set)
    for quad in default:
        told[quad.subject].add(quad.predicate)
        if quad.predicate == RDF_TYPE:
            types[quad.subject].add(quad.object)
    found: dict[str, list[Quad]] = {name: [] for name in (*THEMES, NAMES, REST)}
    for quad in default:
        theme = _theme(quad.subject, types)
        found[NAMES if theme == REST and told[quad.subject] <= _NAMED else theme].append(quad)
    return {name: its for name, its in found.items() if its}


def _theme(subject: NamedNode, types: dict[NamedNode, set]) -> str:
    if str(subject).startswith(f"<{PREFIXES['nk']}"):
        return "vocabulary"
    return next((name for name, classes in THEMES.items() if types[subject] & {term(one) for one in classes}), REST)
