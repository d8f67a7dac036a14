"""What the ontology, or a scheme of concepts such as the stances, defines: for the page that shows all of it."""

from __future__ import annotations

import re

import pyoxigraph as ox

from narkom.portal.definitions import definition
from narkom.portal.languages import gettext_noop as _
from narkom.portal.library import Library
from narkom.vocabulary import BASE, PREFIXES, RDF_TYPE, term

_CLASSES, _PROPERTIES, _TERMS = _("Classes"), _("Properties"), _("Terms")
_RELATIONS = (
    (_("is a kind of"), "rdfs:subClassOf"), (_("is a kind of"), "rdfs:subPropertyOf"), (_("of"), "rdfs:domain"),
    (_("takes"), "rdfs:range"),
)  # fmt: skip


def sections(library: Library, name: str) -> list[tuple[str, list[dict]]]:
    """Return the classes, the properties and the other terms that a document of this name defines, each by name."""
    found: dict[str, dict[str, dict]] = {group: {} for group in (_CLASSES, _PROPERTIES, _TERMS)}
    for quad in library.quads(None, RDF_TYPE, None):
        if quad.subject.value.startswith((f"{BASE}{name}#", f"{BASE}{name}/")):
            its = _term(library, quad.subject.value)
            if quad.object.value.startswith(PREFIXES["owl"]):
                group = _CLASSES if quad.object == term("owl:Class") else _PROPERTIES
                found[group][its["local"]] = its
            elif quad.object == term("skos:Concept"):
                found[_TERMS][its["local"]] = its
    return [(group, [its[local] for local in sorted(its)]) for group, its in found.items()]


def _term(library: Library, iri: str) -> dict:
    node = ox.NamedNode(iri)
    relations = []
    for name, predicate in _RELATIONS:
        objects = [q.object.value for q in library.quads(node, term(predicate), None)]
        if objects:
            relations.append((name, [o for o in objects if o.startswith("http")]))
    return {
        "local": re.split(r"[#/]", iri)[-1],
        "label": library.label(iri),
        "label_ru": (library.labels.get(iri) or {}).get("en" if library.language == "ru" else "ru", ""),
        "definition": definition(library, iri),
        "relations": relations,
    }
