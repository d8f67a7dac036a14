"""The reconciliation service: names in five schemes, and what else may come in."""

import asyncio
import csv
import json
from collections import Counter
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.routing import Mount

from narkom.serving import reconcile

with (Path(__file__).parent / "spellings.tsv").open(encoding="utf-8") as _file:
    SPELLINGS = list(csv.DictReader(_file, delimiter="\t"))


class Client:
    """Sends requests to an application without a network."""

    def __init__(self, application: Starlette) -> None:
        self._application = application

    def get(self, path: str, **options) -> httpx.Response:
        return asyncio.run(self._send("GET", path, options))

    def post(self, path: str, **options) -> httpx.Response:
        return asyncio.run(self._send("POST", path, options))

    async def _send(self, method: str, path: str, options: dict) -> httpx.Response:
        transport = httpx.ASGITransport(self._application)
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            return await client.request(method, path, **options)


@pytest.fixture(scope="module")
def known(store: ox.Store) -> list[reconcile.Entry]:
    return reconcile.read_entries(store)


@pytest.fixture(scope="module")
def client(store: ox.Store) -> Client:
    return Client(Starlette(routes=[Mount("/reconcile", routes=reconcile.routes(store))]))


def test_five_schemes(known) -> None:
    assert len(SPELLINGS) >= 60 and len({row["scheme"] for row in SPELLINGS}) == 5
    first: Counter = Counter()
    for row in SPELLINGS:
        found = reconcile.candidates(known, row["spelling"], ["Person"])
        first[row["scheme"]] += bool(found) and found[0]["id"] == f"person/{row['person']}"
        assert not (found and found[0]["match"]) or found[0]["id"] == f"person/{row['person']}", row
    share = sum(first.values()) / len(SPELLINGS)
    assert share >= 0.95, f"top-1 share {share:.3f}: {dict(first)}"


@pytest.mark.parametrize("typed", ["Smith", "N. I.", "", "   ", "12345", "\u0000", "🙂", "(.*)+$", "x" * 10_000])
def test_nobody_is_found_for_certain(known, typed: str) -> None:
    assert not any(found["match"] for found in reconcile.candidates(known, typed))


def test_two_of_one_name_are_no_match(known) -> None:
    found = reconcile.candidates(known, "Orlov", ["Person"])
    assert {found[0]["id"], found[1]["id"]} == {"person/orlov-a", "person/orlov-a-g"}
    assert not any(one["match"] for one in found)


@pytest.mark.parametrize("typed", ["Arrest of Bukharin", "Арест Бухарина", "arrest bukharin"])
def test_an_event_is_known_by_its_name(known, typed: str) -> None:
    best = reconcile.candidates(known, typed, ["Event"])[0]
    assert (best["id"], best["type"][0]["id"]) == ("event/arrest-bukharin", "Event")


def test_an_imputed_act_is_never_an_event(known) -> None:
    assert {one.id.partition("/")[0] for one in known if one.type == "Event"} == {"event"}
    imputed = [one for one in known if one.id.startswith("imputed/")]
    assert imputed
    assert {one.type for one in imputed} == {"ImputedAct"}
    best = reconcile.candidates(known, "Alleged attempt to poison Ezhov")[0]
    assert (best["id"], best["type"][0]["id"]) == ("imputed/mercury-poisoning", "ImputedAct")
    assert "imputed/mercury-poisoning" not in {
        one["id"] for one in reconcile.candidates(known, "Alleged attempt to poison Ezhov", ["Event"], 25)
    }


def test_type_and_limit(known) -> None:
    assert {one["type"][0]["id"] for one in reconcile.candidates(known, "Kiev", ["Place"])} == {"Place"}
    assert reconcile.candidates(known, "Kiev", ["Person"]) == []
    assert len(reconcile.candidates(known, "Nikolai", limit=2)) == 2


def test_manifest(client: Client) -> None:
    answer = client.get("/reconcile/")
    told = answer.json()
    assert told["versions"] == ["0.2"]
    assert told["identifierSpace"] == "https://w3id.org/narkom/"
    assert told["suggest"]["entity"]["service_url"] == "http://testserver/reconcile"
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("method", ["get", "post"])
def test_batch(client: Client, method: str) -> None:
    queries = json.dumps({"q0": {"query": "Ежов", "type": "Person", "limit": 3}, "q1": {"query": "Smith"}})
    answer = (
        client.get("/reconcile/", params={"queries": queries})
        if method == "get"
        else client.post("/reconcile/", data={"queries": queries})
    )
    found = answer.json()
    assert list(found) == ["q0", "q1"]
    best = found["q0"]["result"][0]
    assert (best["id"], best["match"], best["type"]) == ("person/ezhov", True, [{"id": "Person", "name": "Person"}])


@pytest.mark.parametrize(
    "queries",
    [
        "",
        "{",
        "[]",
        "3",
        "[" * 100_000,
        '{"q": {"query": "a", "limit": NaN}}',
        json.dumps({f"q{i}": {"query": "a"} for i in range(51)}),
        json.dumps({"q": {"query": "a" * 300_000}}),
    ],
    ids=lambda text: text[:30],
)
def test_what_is_no_batch(client: Client, queries: str) -> None:
    answer = client.post("/reconcile/", content=f"queries={queries}" if queries else b"queries=%ff")
    assert answer.status_code == 400
    assert answer.json()["status"] == "error" and len(answer.json()["message"]) < 200


# What the schema reconciliation-query-batch of the interface's version 0.2 allows, written as a strategy.
VALUE = st.text(max_size=5) | st.integers() | st.booleans() | st.fixed_dictionaries({"id": st.text(max_size=5)})
PROPERTY = st.fixed_dictionaries({"pid": st.text(max_size=5), "v": VALUE | st.lists(VALUE)})
TYPE = st.sampled_from(["Person", "PersonGroup", "Nothing", ""])
BESIDE = {
    "type": TYPE | st.lists(TYPE, max_size=3),
    "limit": st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    "properties": st.lists(PROPERTY),
    "type_strict": st.sampled_from(["any", "all", "should"]),
}
BY_NAME = st.fixed_dictionaries(
    {"query": st.text(max_size=8) | st.sampled_from(["Ezhov", "Слуцкий", "NKVD"])}, optional=BESIDE
)
BY_PROPERTIES = st.fixed_dictionaries(
    {"properties": st.lists(PROPERTY, min_size=1)},
    optional={name: its for name, its in BESIDE.items() if name != "properties"},
)


@given(st.dictionaries(st.sampled_from(["", "q0", "q1", "имя"]), BY_NAME | BY_PROPERTIES))
@settings(deadline=None)
def test_whatever_the_schema_allows_is_answered(known, batch: dict) -> None:
    found = reconcile.reconcile(known, json.dumps(batch))
    assert list(found) == list(batch)
    assert all(set(one) == {"result"} for one in found.values())
    for name, query in batch.items():
        assert len(found[name]["result"]) <= max(0, query.get("limit", 5))


@pytest.mark.parametrize(
    "query",
    [
        1,
        {},
        [],
        {"properties": []},
        {"query": 5},
        {"query": None},
        {"query": "a", "type": 3},
        {"query": "a", "type": ["Person", 3]},
        {"query": "a", "limit": True},
        {"query": "a", "limit": "3"},
        {"query": "a", "type_strict": "some"},
        {"query": "a", "properties": {}},
    ],
    ids=json.dumps,
)
def test_a_query_that_is_none_is_told_so_and_sinks_no_other(client: Client, query: object) -> None:
    batch = json.dumps({"q0": query, "q1": {"query": "Ежов"}})
    answer = client.post("/reconcile/", data={"queries": batch})
    assert answer.status_code == 200
    assert answer.json()["q0"]["result"] == [] and answer.json()["q0"]["error"]
    assert answer.json()["q1"]["result"][0]["id"] == "person/ezhov"


def test_types_may_be_several(known) -> None:
    def types(**query) -> set[str]:
        found = reconcile.reconcile(known, json.dumps({"q": {"query": "Ezhov", "limit": 25.0, **query}}))
        return {one["type"][0]["id"] for one in found["q"]["result"]}

    assert types(type=["Person", "PersonGroup"]) == {"Person", "PersonGroup"}
    assert types(type="Place") == types(type=["Place"]) == types(type=["Place"], type_strict="all") == {"Place"}
    assert types(type=["Person", "Place"], type_strict="all") == set()
    assert types(type=["Person"], type_strict="should") == types(type=[]) > {"Person", "Place"}


def test_a_surname_means_the_person_before_all_that_is_called_after_them(known) -> None:
    wrong = []
    for person in (entry for entry in known if entry.type == "Person" and len(entry.name.split()) <= 3):
        for surname in {spelled.split()[-1] for spelled in person.spelled}:
            found = reconcile.candidates(known, surname, limit=25)
            at = [one["id"] for one in found].index(person.id)
            wrong += [(surname, one["id"]) for one in found[:at] if one["type"][0]["id"] != "Person"]
    assert wrong == []


@pytest.mark.parametrize("typed", ["Yezhov", "Ezhov", "Ежов", "Stalin", "Jagoda", "Dzerzhinsky"])
def test_a_bare_surname_without_a_type_is_certain(known, typed: str) -> None:
    assert reconcile.candidates(known, typed)[0]["match"], reconcile.candidates(known, typed)


def test_suggest(client: Client) -> None:
    found = client.get("/reconcile/suggest/entity", params={"prefix": "Ежо"}).json()["result"]
    assert "person/ezhov" in [one["id"] for one in found]
    assert client.get("/reconcile/suggest/entity", params={"prefix": ""}).json() == {"result": []}
    assert client.get("/reconcile/suggest/entity", params={"prefix": "E", "cursor": "-1"}).status_code == 400
    first = client.get("/reconcile/suggest/entity", params={"prefix": "S"}).json()["result"]
    second = client.get("/reconcile/suggest/entity", params={"prefix": "S", "cursor": "10"}).json()["result"]
    assert len(first) == 10 and not {one["id"] for one in first} & {one["id"] for one in second}


def test_preview(client: Client) -> None:
    page = client.get("/reconcile/preview", params={"id": "person/ezhov"})
    assert page.status_code == 200 and "<strong>" in page.text and "Ежов" in page.text
    assert client.get("/reconcile/preview", params={"id": "<script>"}).status_code == 404


def test_preview_escapes() -> None:
    store = ox.Store()
    name = ox.Literal("<script>alert(1)</script>", language="en")
    store.add(
        ox.Quad(
            ox.NamedNode("https://w3id.org/narkom/person/x"),
            ox.NamedNode(f"{reconcile.term('skos:prefLabel').value}"),
            name,
        )
    )
    page = reconcile.preview(store, reconcile.read_entries(store), "person/x")
    assert page is not None and "<script>" not in page
