"""What search engines are told of a thing, in schema.org's terms, and only of what the authors stand behind."""

from __future__ import annotations

import json

import pyoxigraph as ox
from markupsafe import Markup

from narkom.portal.entity import Entity
from narkom.portal.library import Library
from narkom.vocabulary import BASE, ONTOLOGY, PREFIXES, term

_TYPES = {
    "person": "Person", "body": "Organization", "place": "Place", "event": "Event", "document": "CreativeWork",
    "claim": "Claim", "work": "CreativeWork", "concept": "DefinedTerm",
}  # fmt: skip

DATASET = {
    "@context": "https://schema.org", "@type": "Dataset", "@id": BASE, "name": "Narkom",
    "description": "Claims about the Soviet state security service, each with its source.",
    "license": "https://creativecommons.org/publicdomain/zero/1.0/", "inLanguage": ["en", "ru"],
}  # fmt: skip


def embedded(library: Library, entity: Entity) -> Markup | None:
    """Return JSON-LD for a script element; None for what has no counterpart or is known from charges alone."""
    kind = _TYPES.get(entity.kind)
    if not kind or entity.only_outside or (entity.kind == "claim" and not library.claims[entity.iri].accepted):
        return None
    told: dict = {"@context": "https://schema.org", "@type": kind, "@id": entity.iri, "name": entity.label}
    others = [*([entity.label_ru] if entity.label_ru else []), *(name.text for name in entity.names)]
    if others:
        told["alternateName"] = others
    if entity.definition:
        told["description"] = entity.definition.text
    same = [q.object.value for q in library.quads(ox.NamedNode(entity.iri), term("skos:exactMatch"), None)]
    if same:
        told["sameAs"] = same
    told |= _event(library, entity) if kind == "Event" else {}
    told |= _position(library, entity) if kind == "Place" else {}
    told |= _claim(library, entity) if kind == "Claim" else {}
    return script(told)


def _event(library: Library, entity: Entity) -> dict:
    """Outer bounds of the date, place and participants of an event."""
    node, told = ox.NamedNode(entity.iri), {}
    for name, key in (("earliest", "startDate"), ("latest", "endDate")):
        days = sorted(q.object.value for q in library.quads(node, term(f"nk:{name}"), None))
        if days:
            told[key] = days[0] if name == "earliest" else days[-1]
    places = library.quads(node, term("nk:place"), None)
    if places:
        told["location"] = [_thing(library, q.object.value, "Place") for q in places]
    people = {
        q.object.value
        for name in ("actor", "person", "participant", "addressee")
        for q in library.quads(node, ox.NamedNode(ONTOLOGY + name), None)
        if q.object.value.startswith(PREFIXES["person"])
    }
    if people:
        told["attendee"] = [_thing(library, iri, "Person") for iri in sorted(people)]
    return told


def _position(library: Library, entity: Entity) -> dict:
    """Latitude and longitude of a place whose point the register gives; the check has seen to the form of it."""
    for quad in library.quads(ox.NamedNode(entity.iri), term("crm:P168_place_is_defined_by"), None):
        longitude, latitude = quad.object.value.removeprefix("POINT(").removesuffix(")").split()
        return {"latitude": float(latitude), "longitude": float(longitude)}
    return {}


def _claim(library: Library, entity: Entity) -> dict:
    claim = library.claims[entity.iri]
    told = {"name": claim.note.gloss, "isPartOf": {"@type": "Dataset", "@id": BASE, "name": "Narkom"}}
    about = [
        {"@id": iri, "name": library.label(iri)} for iri in sorted(claim.mentions) if iri.startswith(PREFIXES["person"])
    ]
    return told | ({"about": about} if about else {})


def _thing(library: Library, iri: str, kind: str) -> dict:
    return {"@type": kind, "@id": iri, "name": library.label(iri)}


def script(told: dict) -> Markup:
    """Return JSON that can stand in a script element: no sign in it can end the element."""
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
