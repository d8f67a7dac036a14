"""The tools for language models: right, with their evidence, and marked so that no charge passes for a fact."""

import json

import pyoxigraph as ox
import pytest

from narkom.asking.questions import load_all
from narkom.building.build import OTHER_VIEWS
from narkom.building.dataset import derive
from narkom.config import find_root
from narkom.errors import NarkomError
from narkom.portal.library import Library
from narkom.serving.tools import MOST_ROWS, TOOLS, Tools

QUESTIONS = load_all(find_root())
ARREST = "SELECT ?day { ?e a nk:Arrest ; nk:person person:iagoda ; nk:earliest ?day }"
MARK = "NOT ESTABLISHED"
PAGE = {"limit": MOST_ROWS, "offset": 0}


@pytest.fixture(scope="module")
def tools(sources, store: ox.Store) -> Tools:
    stores = {"accepted": store}

    def opened(view: str) -> ox.Store:
        if view not in stores:
            stores[view] = ox.Store()
            stores[view].bulk_extend(derive(sources, view))
        return stores[view]

    library = Library(store, QUESTIONS)
    library.read()
    return Tools(library, ("accepted", *OTHER_VIEWS), opened)


def claims_in(value: object) -> list[dict]:
    """Every claim that is told anywhere in an answer."""
    if isinstance(value, dict):
        return [
            *([value] if "says" in value and "claim" in value else []),
            *(c for v in value.values() for c in claims_in(v)),
        ]
    return [claim for one in value for claim in claims_in(one)] if isinstance(value, list) else []


def check_marks(tools: Tools, answer: dict) -> None:
    """Each claim has its stance, place and IRI; what the accepted view leaves out is marked."""
    accepted = tools._library.accepted_stances
    for claim in claims_in(answer):
        stance = claim["stance"].partition(":")[0]
        assert claim["claim"].startswith("https://w3id.org/narkom/") and claim["place"]
        assert (MARK in claim["says"]) == (stance not in accepted)
        if stance in ("charged", "testified"):
            assert claim["according_to"]
    marks = (MARK, "NOT_ESTABLISHED", "ONLY_ALLEGED")
    told = json.dumps({name: value for name, value in answer.items() if name != "WARNING"})
    assert ("WARNING" in answer) == any(mark in told for mark in marks)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_no_charge_in_an_answer_passes_for_a_fact(tools: Tools, question) -> None:
    answer = tools("ask_question", {"name": question.name, "parameters": {}, "view": "all", **PAGE})
    check_marks(tools, answer)
    marked = {claim["claim"].rpartition("claim/")[2] for claim in answer["claims"] if MARK in claim["says"]}
    for row in answer["rows"]:
        cited = {text.partition(":")[0].rpartition("/")[2] for text in row["evidence"]}
        assert ("NOT_ESTABLISHED" in row) == bool(cited & marked)


def test_a_row_has_its_claim_place_and_what_to_cite(tools: Tools) -> None:
    answer = tools("sparql", {"query": ARREST, "view": "accepted", "limit": 50, "offset": 0})
    assert answer["rows"] == [
        {"values": {"day": "1937-03-29"}, "evidence": ["ssc/p22s1c: ¶ 22, sentence 1, n. 36 [asserted]"]}
    ]
    assert answer["claims"][0]["claim"] == "https://w3id.org/narkom/ssc/claim/p22s1c"
    assert "Jansen" in answer["cite"][0] and "n. 36" in answer["cite"][0]
    assert "WARNING" not in answer


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (RAND() AS ?r) ?g { ?c nk:gloss ?g ; nk:stance stance:charged }",
        "SELECT ?s ?p ?o FROM NAMED ssc-claim:p39s4c { GRAPH ?c { ?s ?p ?o } }",
        "SELECT ?x FROM ssc-claim:p43s1i { ?s ?p ?x }",
        "SELECT ?z { { SELECT (SAMPLE(?g) AS ?z) { ?c nk:gloss ?g ; nk:stance stance:rejected } GROUP BY ?c } }",
        "SELECT (CONCAT(?l, '!') AS ?x) { ?a a nk:AllegedBody ; skos:prefLabel ?l }",
        "SELECT ?d { ?a a nk:AllegedBody ; skos:prefLabel ?d }",
        "SELECT (STR(?s) AS ?i) { ?s a nk:ImputedAct }",
        "SELECT (GROUP_CONCAT(?l) AS ?x) { ?a a nk:AllegedBody ; skos:prefLabel ?l } GROUP BY ?a",
        "SELECT ?l { event:chloroforming-slutskii skos:prefLabel ?l }",
        "SELECT ?e { VALUES ?e { event:chloroforming-slutskii } }",
        "SELECT ?o { GRAPH ssc-claim:p26s3a { ?s ?p ?o } }",
    ],
)
def test_no_query_gets_what_is_not_established_without_a_mark(tools: Tools, query: str) -> None:
    answer = tools("sparql", {"query": query, "view": "accepted", **PAGE})
    assert answer["rows"] and "WARNING" in answer
    assert all("NOT_ESTABLISHED" in row or "ONLY_ALLEGED" in row for row in answer["rows"])


@pytest.mark.parametrize("thing", ["ssc-claim:p43s1i", "ssc/p43s1i"])
def test_a_claim_is_described_with_its_mark(tools: Tools, thing: str) -> None:
    told = tools("describe", {"thing": thing, **PAGE})
    assert told["says"].startswith("[CHARGED, NOT ESTABLISHED]") and told["WARNING"]


@pytest.mark.parametrize("thing", ["ssc-passage:p43s1", "ssc-note:74", "stance:rejected"])
def test_what_claims_rest_on_is_described_by_them(tools: Tools, thing: str) -> None:
    assert len(tools("describe", {"thing": thing, **PAGE})["claims"]) > 3


def test_a_triple_that_names_what_is_alleged_says_so(tools: Tools) -> None:
    read = tools("read_claim", {"claim": "ssc/p61s4c"})
    assert read["WARNING"] and any("ONLY_ALLEGED" in triple for triple in read["triples"])


def test_what_is_left_out_is_told(tools: Tools) -> None:
    first = tools(
        "ask_question",
        {"name": "career", "parameters": {"person": "Yezhov"}, "view": "accepted", "limit": 3, "offset": 0},
    )
    assert len(first["rows"]) == 3 and first["more"] == f"{first['in_all'] - 3} more: ask with offset=3"
    second = tools(
        "ask_question",
        {"name": "career", "parameters": {"person": "Ежов"}, "view": "accepted", "limit": MOST_ROWS, "offset": 3},
    )
    assert len(second["rows"]) == first["in_all"] - 3 and "more" not in second
    assert tools("sparql", {"query": ARREST, "view": "accepted", "limit": 5, "offset": 99})["rows"] == []


def test_a_claim_is_read_whole_by_any_of_its_names(tools: Tools) -> None:
    read = tools("read_claim", {"claim": "ssc/p26s3a"})
    assert (
        read
        == tools("read_claim", {"claim": "https://w3id.org/narkom/ssc/claim/p26s3a"})
        == tools("read_claim", {"claim": "ssc-claim:p26s3a"})
    )
    check_marks(tools, read)
    assert {
        "triple": "imputed:mercury-order nk:imputedTo person:iagoda",
        "says": "Alleged order of Iagoda to spray mercury | imputed to | Iagoda",
    } in [{name: value for name, value in one.items() if name != "ONLY_ALLEGED"} for one in read["triples"]]
    assert {one["claim"].rpartition("/")[2] for one in read["contradicts"]} == {"p26s6c", "p29s1b"}
    assert read["according_to"] == "Iagoda" and read["doubt"]


def test_relays_and_inference_are_told(tools: Tools) -> None:
    assert tools("read_claim", {"claim": "ssc/p28s6a"})["through"]
    inferred = next(claim for claim in tools._library.claims.values() if claim.note.inferred)
    assert "source does not say it" in tools("read_claim", {"claim": inferred.iri})["inferred"]


def test_a_thing_is_described_by_every_claim_about_it(tools: Tools) -> None:
    told = tools("describe", {"thing": "person:iagoda", **PAGE})
    assert (told["name"], told["kind"], told["classes"]) == ("Iagoda", "person", ["person"])
    assert {claim["claim"] for claim in told["claims"]} == {
        claim.iri
        for claim in tools._library.claims.values()
        if "https://w3id.org/narkom/person/iagoda" in claim.mentions
    }
    check_marks(tools, told)
    assert tools("describe", {"thing": "Ягода", **PAGE}) == told


def test_what_nobody_vouches_for_is_no_thing_among_others(tools: Tools) -> None:
    assert "NOT_ESTABLISHED" in tools("describe", {"thing": "alleged:rightist-trotskiist-bloc", **PAGE})
    assert any("NOT_ESTABLISHED" in one for one in tools("find", {"text": "Rightist-Trotskiist bloc"})["things"])
    assert "NOT_ESTABLISHED" in tools("describe", {"thing": "imputed:mercury-order", **PAGE})
    assert "NOT_ESTABLISHED" not in tools("describe", {"thing": "person:iagoda", **PAGE})
    query = "SELECT ?name { alleged:rightist-trotskiist-bloc skos:prefLabel ?name FILTER(LANG(?name) = 'en') }"
    (row,) = tools("sparql", {"query": query, "view": "accepted", "limit": 1, "offset": 0})["rows"]
    assert row["ONLY_ALLEGED"].startswith("Rightist-Trotskiist bloc: An organisation or conspiracy that is known only")


def test_names_are_found_in_any_spelling(tools: Tools) -> None:
    for text in ("Jeschow", "Ежов", "Yezhov"):
        assert tools("find", {"text": text})["things"][0]["iri"] == "https://w3id.org/narkom/person/ezhov"
    check_marks(tools, tools("find", {"text": "mercury"}))


def test_questions_are_found_by_their_words(tools: Tools) -> None:
    assert {one["name"] for one in tools("list_questions", {"about": ""})["questions"]} == {
        one.name for one in QUESTIONS
    }
    (career,) = [
        one
        for one in tools("list_questions", {"about": "office gain person career"})["questions"]
        if one["name"] == "career"
    ] or [None]
    assert career is None or "person" in career["parameters"]
    (found,) = tools("list_questions", {"about": "offices person hold gain lose when"})["questions"]
    assert found["name"] == "career" and found["parameters"]["person"].startswith(
        "person: whose career (default: person:ezhov"
    )


def test_the_vocabulary_is_that_of_the_ontology(tools: Tools) -> None:
    told = tools("vocabulary", {})
    assert "nk:Arrest" in told["classes"] and "nk:imputedTo" in told["properties"]
    assert all(told["classes"].values()) and all(told["properties"].values())


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("ask_question", {"name": "carreer", "parameters": {}, "view": "accepted", **PAGE}, "Did you mean career"),
        (
            "ask_question",
            {"name": "career", "parameters": {"person": "Orlov"}, "view": "accepted", **PAGE},
            "orlov-a-g",
        ),
        ("ask_question", {"name": "career", "parameters": {"x": "y"}, "view": "accepted", **PAGE}, "is no parameter"),
        ("ask_question", {"name": "career", "parameters": {}, "view": "nonsense", **PAGE}, "choose one of accepted"),
        ("sparql", {"query": "SELECT * { SERVICE SILENT <x:y> { ?s ?p ?o } }", "view": "all", **PAGE}, "SERVICE"),
        ("describe", {"thing": "ab" * 20000, **PAGE}, "characters"),
        ("sparql", {"query": "ASK {}", "view": "accepted", **PAGE}, "SELECT"),
        ("sparql", {"query": "SELECT ?x { ?x a nk:Arest }", "view": "accepted", **PAGE}, "nk:Arrest"),
        ("describe", {"thing": "Orlov", **PAGE}, "orlov-a-g"),
        ("read_claim", {"claim": "ssc/p999s1a"}, "p999s1a"),
    ],
)
def test_what_cannot_be_answered_is_said(tools: Tools, name: str, arguments: dict, words: str) -> None:
    with pytest.raises(NarkomError) as raised:
        tools(name, arguments)
    assert words in " ".join(raised.value.lines)


def test_the_docs_show_what_a_tool_says(tools: Tools) -> None:
    text = (find_root() / "docs" / "language-models.md").read_text(encoding="utf-8")
    (shown,) = [
        json.loads(block.partition("```")[0]) for block in text.split("```json")[1:] if "NOT_ESTABLISHED" in block
    ]
    assert shown == tools(
        "ask_question",
        {"name": "charges", "parameters": {"accused": "Tukhachevsky"}, "view": "accepted", "limit": 1, "offset": 0},
    )
    assert all(f"`{name}`" in text for name in TOOLS)


def test_every_answer_is_json(tools: Tools) -> None:
    for name in TOOLS:
        arguments = {
            "ask_question": {"name": "fates", "parameters": {}, "view": "wide", **PAGE},
            "sparql": {"query": "SELECT * { <<( ?s ?p ?o )>> ?q ?r } LIMIT 1", "view": "strict", **PAGE},
            "find": {"text": "x"}, "describe": {"thing": "place:moscow", **PAGE}, "read_claim": {"claim": "ssc/p1s1a"},
        }.get(name, {})  # fmt: skip
        assert json.loads(json.dumps(tools(name, arguments)))
