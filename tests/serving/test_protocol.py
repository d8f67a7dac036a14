"""The SPARQL 1.1 Protocol, request by request."""

import csv
import io
import xml.etree.ElementTree as ET
from xml.etree import ElementTree

import httpx
import pyoxigraph as ox
import pytest

ARRESTS = (
    "SELECT ?who { ?e a <https://w3id.org/narkom/ontology#Arrest> ; <https://w3id.org/narkom/ontology#person> ?who }"
)
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
CLAIM = "https://w3id.org/narkom/ssc/claim/p22s1c"
CHARGED = "https://w3id.org/narkom/ssc/claim/p22s1g"


def test_three_ways_to_ask_give_one_answer(client: httpx.Client) -> None:
    by_url = client.get("sparql", params={"query": ARRESTS})
    by_form = client.post("sparql", data={"query": ARRESTS})
    direct = client.post("sparql", content=ARRESTS, headers={"Content-Type": "application/sparql-query"})
    assert by_url.status_code == by_form.status_code == direct.status_code == 200
    assert by_url.content == by_form.content == direct.content
    assert by_url.headers["content-type"] == "application/sparql-results+json"
    assert len(by_url.json()["results"]["bindings"]) > 20


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/*", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv;q=0.5, text/tab-separated-values;q=0.8, */*;q=0.1", "text/tab-separated-values"),
        ("text/html, application/json;q=0.9", "application/json"),
        ("text/*", "text/csv"),
        ("application/sparql-results+json;q=0, */*", "application/json"),
        ("nonsense, ,;;q, text/csv", "text/csv"),
        ("text/csv; q=high, application/xml", "application/xml"),
        ("*/csv, text/csv;q=0.2", "text/csv"),
    ],
)
def test_rows_come_in_the_form_the_client_likes_best(client: httpx.Client, accept: str, expected: str) -> None:
    response = client.get("sparql", params={"query": ARRESTS}, headers={"Accept": accept})
    assert (response.status_code, response.headers["content-type"].partition(";")[0]) == (200, expected)
    assert response.headers["content-type"].startswith("text/") == response.headers["content-type"].endswith(
        "; charset=utf-8"
    )
    assert response.headers["vary"] == "Accept"


def test_the_four_forms_hold_the_same_rows(client: httpx.Client) -> None:
    def get(media: str) -> httpx.Response:
        return client.get("sparql", params={"query": ARRESTS}, headers={"Accept": media})

    rows = [row["who"]["value"] for row in get("application/sparql-results+json").json()["results"]["bindings"]]
    space = "{http://www.w3.org/2005/sparql-results#}"
    tree = ET.fromstring(get("application/sparql-results+xml").content)
    assert [uri.text for uri in tree.iter(f"{space}uri")] == rows
    assert [row[0] for row in csv.reader(io.StringIO(get("text/csv").text))][1:] == rows
    assert [line.strip("<>") for line in get("text/tab-separated-values").text.splitlines()][1:] == rows


@pytest.mark.parametrize("media", ["application/sparql-results+json", "application/sparql-results+xml", "text/csv"])
def test_ask_is_answered_in_each_form(client: httpx.Client, media: str) -> None:
    response = client.get("sparql", params={"query": "ASK { ?s ?p ?o }"}, headers={"Accept": media})
    assert response.status_code == 200
    assert "true" in response.text


@pytest.mark.parametrize(
    ("media", "form"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/trig", ox.RdfFormat.TRIG),
        ("application/n-quads", ox.RdfFormat.N_QUADS),
        ("text/n3", ox.RdfFormat.N3),
    ],
)
@pytest.mark.parametrize(
    "query",
    [
        "DESCRIBE <https://w3id.org/narkom/person/iagoda>",
        "CONSTRUCT WHERE { ?s <https://w3id.org/narkom/ontology#actor> ?o }",
    ],
)
def test_graphs_come_in_every_rdf_form(client: httpx.Client, media: str, form: ox.RdfFormat, query: str) -> None:
    response = client.get("sparql", params={"query": query}, headers={"Accept": media})
    assert (response.status_code, response.headers["content-type"].partition(";")[0]) == (200, media)
    assert not media.startswith("text/") or response.charset_encoding == "utf-8"
    assert len(list(ox.parse(response.content, format=form))) > 5


def test_what_nobody_can_deliver_is_406(client: httpx.Client) -> None:
    for query in (ARRESTS, "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1"):
        response = client.get("sparql", params={"query": query}, headers={"Accept": "image/png"})
        assert response.status_code == 406
    assert client.get("sparql", headers={"Accept": "image/png"}).status_code == 406


def test_a_head_has_the_headers_of_the_get_and_no_body(client: httpx.Client) -> None:
    get, head = client.get("sparql", params={"query": ARRESTS}), client.head("sparql", params={"query": ARRESTS})
    assert head.content == b""
    assert {k: v for k, v in head.headers.items() if k != "date"} == {
        k: v for k, v in get.headers.items() if k != "date"
    }


def test_the_default_graph_is_the_accepted_view(client: httpx.Client) -> None:
    charged = "ASK { ?s <https://w3id.org/narkom/ontology#allegedLeaderOf> ?o }"
    inside = "ASK { GRAPH ?claim { ?s <https://w3id.org/narkom/ontology#allegedLeaderOf> ?o } }"
    assert client.get("sparql", params={"query": charged}).json()["boolean"] is False
    assert client.get("sparql", params={"query": inside}).json()["boolean"] is True


def _count(response: httpx.Response) -> int:
    return int(response.json()["results"]["bindings"][0]["n"]["value"])


def test_the_protocol_names_the_dataset(client: httpx.Client) -> None:
    one = _count(client.get("sparql", params={"query": COUNT, "default-graph-uri": CLAIM}))
    two = _count(client.get("sparql", params={"query": COUNT, "default-graph-uri": [CLAIM, CHARGED]}))
    none = _count(client.get("sparql", params={"query": COUNT, "named-graph-uri": CLAIM}))
    assert 0 < one < two
    assert none == 0
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert _count(client.post("sparql", data={"query": named, "named-graph-uri": CLAIM})) == one
    whole = _count(client.get("sparql", params={"query": COUNT}))
    view = "https://w3id.org/narkom/view/accepted"
    assert _count(client.get("sparql", params={"query": COUNT, "default-graph-uri": view})) == whole


def test_the_protocol_goes_before_the_query(client: httpx.Client) -> None:
    query = f"SELECT (COUNT(*) AS ?n) FROM <{CHARGED}> {{ ?s ?p ?o }}"
    direct = client.post(
        "sparql",
        params={"default-graph-uri": CLAIM},
        content=query,
        headers={"Content-Type": "application/sparql-query; charset=UTF-8"},
    )
    assert _count(direct) == _count(client.get("sparql", params={"query": COUNT, "default-graph-uri": CLAIM}))


@pytest.mark.parametrize(
    "graph", ["file:///etc/passwd", "http://127.0.0.1:1/x", "http://kasei.us/2009/09/sparql/data1.rdf"]
)
def test_a_foreign_graph_is_empty_and_never_fetched(client: httpx.Client, graph: str) -> None:
    """As in the protocol's own tests (https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/)."""
    for fields in (
        {"query": COUNT, "default-graph-uri": graph},
        {"query": COUNT, "default-graph-uri": [graph, graph + "2"]},
        {"query": COUNT.replace("{", "{ GRAPH ?g {", 1) + "}", "named-graph-uri": graph},
        {"query": COUNT, "default-graph-uri": graph, "named-graph-uri": [graph, graph + "2"]},
        {"query": COUNT.replace("{", f"FROM <{graph}> {{", 1)},
        {"query": COUNT.replace("{", f"FROM NAMED <{graph}> {{", 1)},
    ):
        assert _count(client.get("sparql", params=fields)) == 0, fields


@pytest.mark.parametrize("graph", ["not an iri", "https://w3id.org/narkom/ssc/claim/none"])
def test_a_claim_that_there_is_none_of_is_no_empty_graph(client: httpx.Client, graph: str) -> None:
    assert client.get("sparql", params={"query": COUNT, "default-graph-uri": graph}).status_code == 400
    assert client.get("sparql", params={"query": COUNT, "named-graph-uri": graph}).status_code == 400
    assert client.get("sparql", params={"query": f"SELECT * FROM <{graph}> {{}}"}).status_code == 400
    assert client.get("sparql", params={"query": f"SELECT * FROM NAMED <{graph}> {{}}"}).status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { BIND(<http://127.0.0.1:9/> AS ?e) SERVICE ?e { ?s ?p ?o } }",
        "SELECT*{{}UNION{SERVICE<http://127.0.0.1:9/>{?s ?p ?o}}}",
    ],
)
def test_service_is_refused(client: httpx.Client, query: str) -> None:
    assert client.get("sparql", params={"query": query}).status_code == 403


def test_the_word_service_in_a_string_is_no_service(client: httpx.Client) -> None:
    query = 'SELECT ?s { ?s ?p ?o FILTER(CONTAINS(?o, "SERVICE FROM <x>")) } # SERVICE <x>'
    assert client.get("sparql", params={"query": query}).status_code == 200


@pytest.mark.parametrize(
    "update",
    ["DELETE WHERE { ?s ?p ?o }", "LOAD <file:///etc/passwd>", "INSERT DATA { <x:a> <x:b> <x:c> }", "CLEAR ALL"],
)
def test_updates_are_refused(client: httpx.Client, update: str) -> None:
    before = _count(client.get("sparql", params={"query": COUNT}))
    kind = {"Content-Type": "application/sparql-update"}
    assert client.post("sparql", content=update, headers=kind).status_code == 403
    assert client.post("sparql", data={"update": update}).status_code == 403
    assert client.get("sparql", params={"update": update}).status_code == 403
    assert client.get("sparql", params={"query": update}).status_code == 400
    assert _count(client.get("sparql", params={"query": COUNT})) == before


def test_what_is_no_request_is_refused(client: httpx.Client) -> None:
    query = {"Content-Type": "application/sparql-query"}
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.get("sparql", params={"query": "SELECT * {"}).status_code == 400
    assert client.get("sparql", params={"query": ""}).status_code == 400
    assert client.get("sparql", params={"query": ["ASK {}", "ASK {}"]}).status_code == 400
    assert client.post("sparql", data={"x": "1"}).status_code == 400
    assert client.post("sparql", content=b"", headers=query).status_code == 400
    assert client.post("sparql", content=b"ASK {} # \xff\xfe", headers=query).status_code == 400
    assert client.get("sparql?query=ASK%20%7B%7D%20%23%FF").status_code == 400
    assert client.post("sparql", content=b"query=ASK%20%7B%7D%20%23\xff", headers=form).status_code == 400
    assert client.post("sparql?query=ASK%20%7B%7D", content=b"ASK {}", headers=query).status_code == 400
    assert client.post("sparql", content=b"ASK {}", headers={"Content-Type": "text/plain"}).status_code == 415
    assert client.post("sparql", content=b"ASK {}").status_code == 415
    odd = {"Content-Type": "application/sparql-query; charset=utf-16"}
    assert client.post("sparql", content=b"ASK {}", headers=odd).status_code == 415
    packed = {"Content-Type": "application/sparql-query", "Content-Encoding": "gzip"}
    assert client.post("sparql", content=b"ASK {}", headers=packed).status_code == 415
    for method in ("PUT", "DELETE", "PATCH"):
        response = client.request(method, "sparql")
        assert (response.status_code, "GET" in response.headers["allow"]) == (405, True)


def test_other_sites_may_ask(client: httpx.Client) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    preflight = client.options("sparql", headers=asked)
    assert preflight.status_code == 204
    assert "POST" in preflight.headers["access-control-allow-methods"]
    for path in ("sparql?query=ASK%20%7B%7D", "sparql?query=x", "person/iagoda.ttl", "nothing/here"):
        assert client.get(path, headers=asked).headers["access-control-allow-origin"] == "*"


def test_the_endpoint_describes_itself(client: httpx.Client) -> None:
    response = client.get("sparql", headers={"Accept": "text/turtle"})
    triples = list(ox.parse(response.content, format=ox.RdfFormat.TURTLE))
    objects = {t.predicate.value.rpartition("#")[2]: t.object for t in triples}
    assert objects["endpoint"].value == str(client.base_url) + "sparql"
    assert {"supportedLanguage", "resultFormat", "defaultDataset", "defaultGraph"} <= set(objects)
    whole = _count(client.get("sparql", params={"query": COUNT}))
    assert int(next(t.object.value for t in triples if t.predicate.value.endswith("void#triples"))) == whole
    person = client.get("sparql", headers={"Accept": "text/html,*/*;q=0.1"})
    assert (person.status_code, person.headers["location"]) == (303, "sparql.html")


@pytest.mark.parametrize("accept", ["application/sparql-results+xml", "application/xml", "application/rdf+xml"])
@pytest.mark.parametrize("code", [0, 1, 8, 0xB, 0xC, 0x1F, 0xFFFE, 0xFFFF])
def test_what_xml_cannot_hold_is_refused_in_xml_alone(client: httpx.Client, accept: str, code: int) -> None:
    escaped = f"\\u{code:04X}"
    query = f'SELECT ?x {{ BIND("a{escaped}b" AS ?x) }}'
    if accept == "application/rdf+xml":
        query = f'CONSTRUCT {{ <http://a/> <http://b/> ?x }} {{ BIND("a{escaped}b" AS ?x) }}'
    found = client.get("sparql", params={"query": query}, headers={"Accept": accept})
    assert found.status_code == 406 and "application/" in found.text
    other = "application/n-triples" if accept == "application/rdf+xml" else "application/sparql-results+json"
    assert client.get("sparql", params={"query": query}, headers={"Accept": other}).status_code == 200


@pytest.mark.parametrize("text", ["tab\\t", "line\\n", "return\\r", "\\u0020", "\\uFFFD", "Ежов", "&#1;", "&#x1;"])
def test_what_xml_can_hold_is_answered_in_xml(client: httpx.Client, text: str) -> None:
    query = f'SELECT ?x {{ BIND("{text}" AS ?x) }}'
    found = client.get("sparql", params={"query": query}, headers={"Accept": "application/sparql-results+xml"})
    assert found.status_code == 200
    assert ElementTree.fromstring(found.content) is not None


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?x { ?x a nk:Arrest } LIMIT 1",
        "SELECT ?l { ?c nk:accordingTo/skos:prefLabel ?l } LIMIT 1",
        "SELECT ?l { ?c (nk:accordingTo|nk:passage)/^nk:passage ?l } LIMIT 1",
        "SELECT ?x { ?x nk:earliest ?d FILTER(xsd:string(?d) > '1937') } LIMIT 1",
        "CONSTRUCT { ?x rdfs:label 'prov:x' } { ?x a nk:Arrest } LIMIT 1",
    ],
)
def test_the_endpoint_knows_the_prefixes_that_the_command_knows(client: httpx.Client, query: str) -> None:
    assert client.get("sparql", params={"query": query}).status_code == 200


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT ?x { ?x foo:p ?y }", "1:16: the prefix foo: is not declared."),
        ("SELECT ?x { ?x skso:prefLabel ?y }", "Did you mean skos:"),
        ("SELECT ?x { ?x nk:person ?y", "this { is not closed"),
    ],
)
def test_a_malformed_query_is_explained_in_a_line(client: httpx.Client, query: str, told: str) -> None:
    found = client.get("sparql", params={"query": query})
    assert found.status_code == 400
    assert told in found.text and len(found.text.splitlines()) == 1
