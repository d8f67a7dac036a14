"""Evidence over HTTP: every form of query, every format, and the same law as on the command line."""

import csv
import io
import xml.etree.ElementTree as ET
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from SPARQLWrapper import JSON, SPARQLWrapper
from tests.asking.law import Law

from narkom.asking.evidence import Evidence
from narkom.asking.questions import find_question, load_all
from narkom.building.dataset import derive
from narkom.config import find_root
from narkom.serving.settings import Settings
from narkom.serving.tasks import load
from narkom.vocabulary import term

from .conftest import Server, no_leak

PREFIXES = "PREFIX nk: <https://w3id.org/narkom/ontology#> PREFIX person: <https://w3id.org/narkom/person/> "
IAGODA = PREFIXES + "SELECT ?e ?day { ?e a nk:Arrest ; nk:person person:iagoda ; nk:earliest ?day }"
CLAIM = "https://w3id.org/narkom/ssc/claim/p22s1c"
VIEW = "https://w3id.org/narkom/view/"
JSON_ROWS = {"Accept": "application/sparql-results+json"}


def ask(client: httpx.Client, query: str, accept: str = JSON_ROWS["Accept"], **fields) -> httpx.Response:
    found = client.get("sparql", params={"query": query, "evidence": "true", **fields}, headers={"Accept": accept})
    no_leak(found)
    return found


def test_rows_have_it_in_every_format(client: httpx.Client) -> None:
    expected = [
        "https://w3id.org/narkom/event/arrest-iagoda",
        "1937-03-29",
        CLAIM,
        "¶ 22, sentence 1, n. 36",
        "asserted",
    ]
    found = ask(client, IAGODA).json()
    assert found["head"]["vars"] == ["e", "day", "_claims", "_notes", "_stances"]
    assert [[one["value"] for one in row.values()] for row in found["results"]["bindings"]] == [expected]
    assert list(csv.reader(io.StringIO(ask(client, IAGODA, "text/csv").text)))[1] == expected
    tabs = ask(client, IAGODA, "text/tab-separated-values").text.splitlines()
    assert tabs[0] == "?e\t?day\t?_claims\t?_notes\t?_stances" and f'"{CLAIM}"' in tabs[1]
    tree = ET.fromstring(ask(client, IAGODA, "application/sparql-results+xml").content)
    assert [text for text in (one.text for one in tree.iter()) if text] == expected


def test_a_header_asks_for_it_too_and_by_post(client: httpx.Client) -> None:
    wanted = ask(client, IAGODA).content
    headers = {**JSON_ROWS, "Narkom-Evidence": "true"}
    assert client.get("sparql", params={"query": IAGODA}, headers=headers).content == wanted
    assert client.post("sparql", data={"query": IAGODA, "evidence": "true"}, headers=JSON_ROWS).content == wanted
    plain = client.get("sparql", params={"query": IAGODA, "evidence": "false"}, headers=headers).json()
    assert plain["head"]["vars"] == ["e", "day"]


def test_columns_are_chosen(client: httpx.Client) -> None:
    found = ask(client, IAGODA, evidence="glosses,voices").json()
    assert found["head"]["vars"] == ["e", "day", "_glosses", "_voices"]
    assert found["results"]["bindings"][0]["_glosses"]["value"] == "Iagoda was arrested on 29 March 1937."
    assert "_voices" not in found["results"]["bindings"][0]


@pytest.mark.parametrize(
    ("query", "fields", "words"),
    [
        (IAGODA, {"evidence": "yes"}, "claims, passages, footnotes, notes, stances, voices, glosses"),
        (IAGODA, {"evidence": ["true", "true"]}, "once"),
        ("SELECT ?_claims { ?_claims ?p ?o } LIMIT 1", {}, "another name"),
        (IAGODA, {"default-graph-uri": CLAIM}, "over a view"),
        (IAGODA, {"named-graph-uri": CLAIM}, "over a view"),
        (IAGODA, {"default-graph-uri": [VIEW + "all", CLAIM]}, "by itself"),
        (IAGODA, {"default-graph-uri": VIEW + "nothing"}, "over a view"),
        ("SELECT ?x { ?x a nk:Arrest ", {}, "malformed"),
        ("DELETE WHERE { ?s ?p ?o }", {}, "begins an update, and nothing can be changed"),
    ],
)
def test_what_cannot_be_had_is_refused(client: httpx.Client, query: str, fields: dict, words: str) -> None:
    found = ask(client, query, **fields)
    assert (found.status_code, words in found.text) == (400, True), found.text


def test_a_client_that_shows_no_variable_but_its_own_names_the_columns(client: httpx.Client) -> None:
    """Comunica is such a client: it passes on what the query projects, and nothing else."""
    query = IAGODA.replace("SELECT ?e ?day", "SELECT ?_notes ?e ?day")
    assert query != IAGODA
    found = ask(client, query).json()
    assert found["head"]["vars"] == ["_notes", "e", "day", "_claims", "_stances"]
    assert found["results"]["bindings"][0]["_notes"]["value"] == "¶ 22, sentence 1, n. 36"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT (RAND() AS ?r) { ?s a nk:Arrest } LIMIT 1", "cannot be traced: RAND"),
        (f"SELECT ?s FROM <{CLAIM}> {{ ?s ?p ?o }} LIMIT 1", "cannot be traced: FROM"),
        ("SELECT ?l { person:iagoda skos:prefLabel ?l } LIMIT 1", "needs no claim"),
    ],
)
def test_a_row_without_claims_says_why(client: httpx.Client, query: str, words: str) -> None:
    [row] = ask(client, query).json()["results"]["bindings"]
    assert "_claims" not in row and words in row["_notes"]["value"]
    [row] = ask(client, query, evidence="claims,glosses").json()["results"]["bindings"]
    assert "_claims" not in row and words in row["_glosses"]["value"]


def test_triples_that_only_a_charge_says_stand_in_its_graph(client: httpx.Client) -> None:
    query = "CONSTRUCT { ?s ?p ?o } { GRAPH ssc-claim:p26s3a { ?s ?p ?o } }"
    quads = list(ox.parse(ask(client, query, "application/n-quads").content, format=ox.RdfFormat.N_QUADS))
    claim = ox.NamedNode("https://w3id.org/narkom/ssc/claim/p26s3a")
    said = {quad.triple for quad in quads if quad.graph_name == claim}
    # That they are imputed acts the registers say too.
    registered = {quad.triple for quad in quads if quad.graph_name == ox.DefaultGraph()}
    assert len(said) > 5 and {quad.triple for quad in quads} == said | registered
    assert {triple.object for triple in registered} == {term("nk:ImputedAct")}


def test_a_triple_that_the_template_makes_has_no_evidence(client: httpx.Client) -> None:
    made = ask(client, "CONSTRUCT { person:iagoda nk:kind concept:guilt } {}", "application/trig")
    assert made.status_code == 400 and "stand nowhere" in made.text


@pytest.mark.parametrize("evidence", ["true", "false"])
@pytest.mark.parametrize("view", ["accepted", "all"])
def test_a_view_is_no_graph_of_a_query(client: httpx.Client, view: str, evidence: str) -> None:
    query = f"SELECT (COUNT(*) AS ?n) FROM <https://w3id.org/narkom/view/{view}> {{ ?s ?p ?o }}"
    reply = ask(client, query, evidence=evidence)
    assert reply.status_code == 400 and f"default-graph-uri=https://w3id.org/narkom/view/{view}" in reply.text


def test_a_yes_names_its_claims_and_a_no_none(client: httpx.Client) -> None:
    yes, no = ("ASK { ?e a nk:Arrest ; nk:person person:iagoda }", "ASK { ?e a nk:Arrest ; nk:person person:stalin }")
    assert ask(client, yes).json() == {"head": {"link": [CLAIM]}, "boolean": True}
    assert ask(client, no).json() == {"head": {"link": []}, "boolean": False}
    tree = ET.fromstring(ask(client, yes, "application/sparql-results+xml").content)
    spaces = "{http://www.w3.org/2005/sparql-results#}"
    assert [one.get("href") for one in tree.iter(spaces + "link")] == [CLAIM]
    assert tree.find(spaces + "boolean").text == "true"
    assert ask(client, yes, "text/csv").status_code == 406


def test_a_graph_comes_claim_by_claim(client: httpx.Client, store: ox.Store) -> None:
    query = "CONSTRUCT { ?e ?p ?o } { ?e a nk:Arrest ; nk:person person:iagoda ; ?p ?o }"
    found = list(ox.parse(ask(client, query, "application/trig").content, format=ox.RdfFormat.TRIG))
    assert {quad.graph_name for quad in found} > {ox.NamedNode(CLAIM), ox.DefaultGraph()}
    for quad in found:
        if quad.graph_name != ox.DefaultGraph():
            assert quad in store
    plain = client.get("sparql", params={"query": query}, headers={"Accept": "application/n-triples"}).content
    assert {quad.triple for quad in found} == {q.triple for q in ox.parse(plain, format=ox.RdfFormat.N_TRIPLES)}
    assert ask(client, query, "text/turtle").status_code == 406


@pytest.mark.parametrize("view", ["strict", "wide", "all"])
def test_a_view_is_a_dataset(client: httpx.Client, sources, view: str) -> None:
    its = ox.Store()
    its.bulk_extend(derive(sources, view))
    query = PREFIXES + "SELECT ?p ?b { ?p nk:allegedMemberOf ?b } ORDER BY ?p ?b LIMIT 3"
    found = ask(client, query, **{"default-graph-uri": VIEW + view}).json()["results"]["bindings"]
    assert len(found) == len(list(its.query(query)))
    assert bool(found) is (view == "all")
    plain = client.get("sparql", params={"query": query, "default-graph-uri": VIEW + view}, headers=JSON_ROWS).json()
    assert [{name: row[name] for name in "pb"} for row in found] == plain["results"]["bindings"]
    assert all("charged" in row["_stances"]["value"] for row in found)


@pytest.mark.parametrize("name", ["career", "deaths", "arrests-by-month", "testified", "fates"])
def test_the_law_holds_for_what_a_common_client_gets(server: Server, store: ox.Store, law: Law, name: str) -> None:
    question = next(one for one in load_all(find_root()) if one.name == name)
    client = SPARQLWrapper(server.url + "sparql", returnFormat=JSON)
    client.setQuery(question.text)
    client.addParameter("evidence", "true")
    found = client.queryAndConvert()["results"]["bindings"]
    rows = [tuple(row) for row in store.query(question.text)]
    assert len(found) == len(rows) > 0
    for at in {0, len(rows) // 2, len(rows) - 1}:
        claims = found[at]["_claims"]["value"].split()
        assert rows[at] in law.rows(question.text, claims)
        for claim in claims:
            assert rows[at] not in law.rows(question.text, [one for one in claims if one != claim])


def test_no_worker_reads_the_registers_anew(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site, _ = load(Settings(find_root(), built))
    monkeypatch.delattr(Evidence, "_is_register")
    request = {"do": "query", "accept": "text/csv", "default": [], "named": [], "evidence": "claims"}
    # Rows that are tried out need them.
    reply, body = site(request, find_question(find_root(), "in-office-on").text.encode())
    assert reply["status"] == 200 and b"/ssc/claim/" in body
