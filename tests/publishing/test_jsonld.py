"""JSON-LD: a small context, and the statements that another library reads out of it."""

import pyoxigraph as ox
import pytest

from narkom.publishing.jsonld import jsonld, jsonld_text
from narkom.vocabulary import prefixes_for, source_space

PREFIXES = prefixes_for([source_space("ssc", "claim")])
HEAD = "".join(f"@prefix {name}: <{space}> .\n" for name, space in PREFIXES.items())


def quads(text: str) -> list[ox.Quad]:
    return list(ox.parse(HEAD + text, format=ox.RdfFormat.TRIG))


@pytest.mark.parametrize(
    "text",
    [
        "person:a a nk:Person ; nk:memberOf body:b, body:c .",
        'person:a skos:prefLabel "A"@en, "А"@ru ; nk:spelling "B", "C" .',
        'event:e nk:date "1937"^^edtf:EDTF ; nk:earliest "1937-01-01"^^xsd:date .',
        'event:e nk:about person:a, "a text"@en .',
        'event:e nk:about "1"^^xsd:integer, "1"^^xsd:decimal, "1" .',
        "ssc-claim:c { event:e nk:person person:a . } ssc-claim:c a nk:Claim .",
        "<http://example.org//x> nk:about <https://w3id.org/narkom/person///y>, <urn:x:y> .",
    ],
)
def test_the_same_statements(text: str) -> None:
    given = quads(text)
    assert set(ox.parse(jsonld_text(given, PREFIXES), format=ox.RdfFormat.JSON_LD)) == set(given)


def test_the_context_is_small() -> None:
    found = jsonld(quads('person:a a nk:Person ; skos:prefLabel "A"@en ; nk:memberOf body:b .'), PREFIXES)
    assert set(found["@context"]) == {"body", "nk", "person", "skos", "nk:memberOf"}
    assert found["@graph"] == [
        {
            "@id": "person:a",
            "@type": "nk:Person",
            "skos:prefLabel": {"@value": "A", "@language": "en"},
            "nk:memberOf": "body:b",
        }
    ]


def test_order_does_not_matter() -> None:
    given = quads("person:a nk:memberOf body:b, body:c . person:b nk:memberOf body:b .")
    assert jsonld_text(given, PREFIXES) == jsonld_text(given[::-1], PREFIXES)
