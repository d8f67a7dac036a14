"""Evidence through Comunica, a client in JavaScript: what it passes on is what Python gives, and the law holds for it.

Needs Node.js and the packages of comunica/ (`npm ci` there). Skipped without, or failed with NARKOM_REQUIRE_ENGINES=1.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.asking.law import Law

from narkom.asking.citing import answer

from .conftest import Server

FOLDER = Path(__file__).parent / "comunica"
PREFIXES = "PREFIX nk: <https://w3id.org/narkom/ontology#> PREFIX person: <https://w3id.org/narkom/person/> "
EVIDENCE = {"Narkom-Evidence": "true"}
# Each with the place of the columns of evidence.
QUERIES = [
    "SELECT ?e ?day {0} {{ ?e a nk:Arrest ; nk:person person:iagoda ; nk:earliest ?day }}",
    "SELECT ?e {0} {{ {{ ?e a nk:Arrest }} UNION {{ ?e a nk:Dismissal }} ?e nk:person person:iagoda "
    "OPTIONAL {{ ?e nk:place ?w }} }} ORDER BY ?e",
    "SELECT DISTINCT ?p {0} {{ ?e a nk:Execution ; nk:person ?p "
    "FILTER NOT EXISTS {{ ?x a nk:Arrest ; nk:person ?p }} }} ORDER BY ?p LIMIT 5",
    "SELECT ?q {0} {{ person:ezhov ^nk:actor/nk:person ?q }} ORDER BY ?q LIMIT 8",
    "SELECT ?p ?n {0} {{ {{ SELECT ?p (COUNT(DISTINCT ?e) AS ?n) {{ ?e a nk:Arrest ; nk:person ?p }} "
    "GROUP BY ?p HAVING (COUNT(DISTINCT ?e) > 1) }} }} ORDER BY ?p",
    "SELECT ?e ?other {0} {{ ?e a nk:Dismissal ; nk:person person:iagoda . ?other a nk:Appointment ; "
    "nk:office/nk:postIn ?b . ?e nk:office/nk:postIn ?b }} ORDER BY ?other LIMIT 4",
]


@pytest.fixture(scope="module")
def comunica(server: Server):
    """Return a function that asks several queries in one process; each is a text and the headers to send."""
    reason = None if shutil.which("node") else "node is not installed. On Debian: apt install nodejs"
    if not (FOLDER / "node_modules").is_dir():
        reason = reason or "Comunica is not installed. Run npm ci in tests/serving/comunica"
    if reason and os.environ.get("NARKOM_REQUIRE_ENGINES") == "1":
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)

    def ask(*asked: tuple[str, dict]) -> list:
        wanted = [{"query": PREFIXES + text, "endpoint": server.url + "sparql", "headers": its} for text, its in asked]
        done = subprocess.run(
            ["node", "ask.mjs"], input=json.dumps(wanted), capture_output=True, text=True, cwd=FOLDER, check=False
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return ask


def test_the_law_holds_for_what_comunica_gets(comunica, store: ox.Store, law: Law) -> None:
    columns = "?_claims ?_notes ?_stances"
    answers = comunica(*((query.format(columns), EVIDENCE) for query in QUERIES))
    for query, rows in zip(QUERIES, answers, strict=True):
        plain = PREFIXES + query.format("")
        expected = answer(store, plain)
        assert len(rows) == len(expected.rows) > 0, query
        for got, row, citation in zip(rows, expected.rows, expected.citations, strict=True):
            assert [got[name] for name in expected.variables] == [term.value for term in row], query
            assert sorted(got["_claims"].split()) == list(citation.claims), query
            assert got["_notes"].startswith("¶ ") and got["_stances"], query
            law.judge(plain, row, citation)


def test_without_the_header_and_for_graphs_it_gets_what_it_asks_for(comunica) -> None:
    graph = "CONSTRUCT { ?e nk:person ?p } { ?e a nk:Arrest ; nk:person ?p FILTER(?p = person:iagoda) }"
    rows, quads = comunica((QUERIES[0].format("?_claims"), {}), (graph, {}))
    assert [sorted(row) for row in rows] == [["day", "e"]]
    space = "https://w3id.org/narkom/"
    assert quads == [[f"{space}event/arrest-iagoda", f"{space}ontology#person", f"{space}person/iagoda", ""]]
