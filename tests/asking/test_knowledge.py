"""The interface for programs: what it returns, in which types, and how it refuses."""

import datetime
import json
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.asking.law import Law

import narkom
from narkom.asking.answers import CitedAnswer, value_of
from narkom.asking.citing import Answer, Citation
from narkom.asking.free import QueryError
from narkom.asking.knowledge import KnowledgeBase
from narkom.asking.questions import find_question
from narkom.building.build import build
from narkom.config import find_root
from narkom.errors import NarkomError, StoreError, UsageError

CLAIM = "https://w3id.org/narkom/ssc/claim/p22s1c"
IAGODA = "https://w3id.org/narkom/person/iagoda"
ISSUED = "2026-11-26"
ARREST = "SELECT ?day { ?e a nk:Arrest ; nk:person person:iagoda ; nk:earliest ?day }"
NAMES = "SELECT ?name { person:iagoda skos:prefLabel ?name }"


@pytest.fixture(scope="module")
def kb(store: ox.Store) -> KnowledgeBase:
    return KnowledgeBase(store, "accepted", lambda name: find_question(find_root(), name))


def test_a_free_query_with_its_evidence(kb: KnowledgeBase) -> None:
    found = kb.query(ARREST)
    day = datetime.date(1937, 3, 29)
    assert (found.variables, found.rows, found.citations) == (["day"], [(day,)], [Citation((CLAIM,))])
    assert [(note.footnotes, note.stance) for note in found.evidence(0)] == [((36,), "asserted")]
    places = {"passages": ["ssc/p22s1"], "footnotes": ["ssc/36"], "notes": ["¶ 22, sentence 1, n. 36"]}
    evidence = {"claims": [CLAIM], **places, "stances": ["asserted"], "voices": [], "gap": ""}
    assert found.to_dicts() == [{"day": day, **evidence}]
    assert kb.query(ARREST, cite=False).to_dicts() == [{"day": day}]


def test_a_question_is_cited_by_the_law(kb: KnowledgeBase, law: Law) -> None:
    found = kb.ask("career", person="Yezhov")
    assert found.title.endswith("(person = Ezhov)") and len(found) > 10
    for row, citation in zip(found.answer.rows, found.citations, strict=True):
        assert row in law.rows(found.text, citation.claims)


def test_every_value_is_named(kb: KnowledgeBase) -> None:
    found = kb.ask("arrested-in")
    assert found.asked and all(f"{one.name} = {one.text}" in found.title for one in found.asked)
    assert json.loads(found.render("json"))["title"] == found.title


def test_values_are_those_of_python() -> None:
    def literal(text: str, kind: str) -> ox.Literal:
        return ox.Literal(text, datatype=ox.NamedNode(f"http://www.w3.org/2001/XMLSchema#{kind}"))

    cases = [
        (None, None), (ox.NamedNode("x:y"), "x:y"), (ox.Literal("a", language="en"), "a"), (ox.Literal(3), 3),
        (literal("2.50", "decimal"), Decimal("2.50")), (literal("1e3", "double"), 1000.0), (ox.Literal(True), True),
        (literal("1937-03-29", "date"), datetime.date(1937, 3, 29)), (literal("1937-02-30", "date"), "1937-02-30"),
        (literal("x", "integer"), "x"), (literal("x", "decimal"), "x"), (literal("PT2H", "duration"), "PT2H"),
    ]  # fmt: skip
    for term, expected in cases:
        assert (value_of(term), type(value_of(term))) == (expected, type(expected))


def test_a_thing_is_described_by_any_name(kb: KnowledgeBase) -> None:
    found = kb.describe("person:iagoda")
    assert found.variables == ["subject", "property", "object"]
    assert all(IAGODA in (row[0], row[2]) for row in found.rows)
    assert found.rows == kb.describe("Ягода").rows == kb.describe(IAGODA).rows
    assert all(kb.describe(name).rows for name in ("imputed:mercury-order", "ssc-claim:p22s1c", "nk:Arrest"))
    arrest = ("https://w3id.org/narkom/event/arrest-iagoda", "https://w3id.org/narkom/ontology#person", IAGODA)
    assert CLAIM in found.citations[found.rows.index(arrest)].claims


def test_names_are_found_in_any_spelling(kb: KnowledgeBase) -> None:
    for text in ("Jeschow", "Ежов", "ezhov", "Yezov"):
        assert kb.search(text).things[0] == "https://w3id.org/narkom/person/ezhov"
    assert CLAIM in kb.search("arrested on 29 March 1937").claims
    assert kb.search("  ").things == []


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        (lambda kb: kb.ask("carreer"), UsageError, "Did you mean career"),
        (lambda kb: kb.ask("career", person="Orlov"), UsageError, "orlov-a-g"),
        (lambda kb: kb.ask("career", persons="Ezhov"), UsageError, "is no parameter"),
        (lambda kb: kb.describe("Orlov"), UsageError, "orlov-a-g"),
        (lambda kb: kb.describe("nobody at all"), UsageError, "of that name is registered"),
        (lambda kb: kb.describe("relation:x"), UsageError, "of that name is registered"),
        (lambda kb: kb.query("SELECT ?x { ?x a nk:Arest }"), QueryError, "nk:Arrest"),
        (lambda kb: kb.query("ASK { ?s ?p ?o }"), QueryError, "SELECT"),
        (lambda kb: kb.query("SELECT ?x {"), QueryError, "not closed"),
        (lambda kb: kb.query(ARREST).plot("x.svg"), UsageError, "no figure"),
        (lambda kb: kb.query(ARREST).bibliography("apa"), UsageError, "csl-json"),
        (lambda kb: kb.query(ARREST).render("xml"), UsageError, "table"),
        (lambda kb: narkom.open(view="bogus"), UsageError, "accepted"),
        (lambda kb: kb.describe("x" * 1000), UsageError, "characters"),
        (lambda kb: narkom.open("nowhere"), StoreError, "narkom build"),
        (lambda kb: narkom.open(default_graph="x:y"), UsageError, "endpoint"),
    ],
)
def test_what_cannot_be_answered_is_said(kb: KnowledgeBase, wrong, error: type[NarkomError], words: str) -> None:
    with pytest.raises(error) as raised:
        wrong(kb)
    assert words in " ".join(raised.value.lines)


def test_a_notebook_shows_marks_and_notes_and_runs_nothing(kb: KnowledgeBase, store: ox.Store) -> None:
    shown = kb.query(ARREST)._repr_html_()
    assert "<td>[1]</td>" in shown and "<p>[1] Iagoda was arrested on 29 March 1937." in shown
    answer = Answer(["<b>"], [(ox.Literal("<script>alert(1)</script>"),)], [])
    hostile = CitedAnswer(answer, store, "", "<i>")._repr_html_()
    assert not any(tag in hostile for tag in ("<script>", "<b>", "<i>"))


def test_an_answer_is_cited_in_four_forms(kb: KnowledgeBase) -> None:
    found = kb.query(ARREST)
    plain = found.bibliography()
    assert "Marc Jansen" in plain and "ch. 3 (Hoover Institution Press, 2002): ¶ 22, sentence 1, n. 36." in plain
    assert f"version {narkom.__version__}, {ISSUED}. https://w3id.org/narkom/" in plain
    assert found.render("citation") == plain
    chapter, data = json.loads(found.bibliography("csl-json"))
    assert [data["issued"]] == [{"date-parts": [[int(part) for part in ISSUED.split("-")]]}]
    assert chapter["ISBN"] == "9780817929022" and chapter["publisher"] == "Hoover Institution Press"
    assert (chapter["type"], data["type"], data["version"]) == ("chapter", "dataset", narkom.__version__)
    assert chapter["author"][1] == {"given": "Nikita", "family": "Petrov"}
    assert chapter["issued"] == {"date-parts": [[2002]]}
    bibtex = found.bibliography("bibtex")
    assert bibtex.count("\n}\n") == 2 and bibtex.startswith(
        "@incollection{narkom-ssc,\n  title = {{State Security Chief}},"
    )
    ris = found.bibliography("ris").splitlines()
    assert [line[6:] for line in ris if line[:2] == "AU"] == [
        "Jansen, Marc",
        "Petrov, Nikita",
        "The Narkom contributors",
    ]
    assert all(line[2:6] == "  - " for line in ris if line)


def test_many_places_are_told_by_their_paragraphs(kb: KnowledgeBase) -> None:
    found = kb.ask("fates")
    note = json.loads(found.bibliography("csl-json"))[0]["note"]
    paragraphs = {note.passage.rpartition("/")[2].partition("s")[0] for note in found.notes.values()}
    assert note.startswith("¶¶ ") and note.count(",") + note.count(";") + 1 == len(paragraphs) > 12


def test_an_answer_is_found_again_where_its_citation_says(kb: KnowledgeBase, store: ox.Store) -> None:
    data = json.loads(kb.ask("career", person="Ежов").bibliography("csl-json"))[-1]
    assert data["URL"] == "https://w3id.org/narkom/question/career?person=%D0%95%D0%B6%D0%BE%D0%B2"
    everything = KnowledgeBase(store, "all", lambda name: find_question(find_root(), name))
    assert json.loads(everything.ask("deaths").bibliography("csl-json"))[-1]["URL"].endswith(
        "/question/deaths?view=all"
    )


def test_two_answers_in_one_bibliography_are_two_entries(kb: KnowledgeBase) -> None:
    both = kb.ask("career", person="Ezhov").bibliography("bibtex") + kb.ask("career", person="Agranov").bibliography(
        "bibtex"
    )
    keys = re.findall(r"^@\w+\{(.+),$", both, re.M)
    assert len(keys) == len(set(keys)) == 4


def test_what_cannot_be_traced_is_told_in_the_citation(kb: KnowledgeBase) -> None:
    found = kb.query("SELECT (RAND() AS ?r) ?g { ?c nk:gloss ?g } LIMIT 1")
    for form in ("citation", "bibtex", "ris", "csl-json"):
        assert "cannot be traced: RAND" in found.bibliography(form)


def test_a_column_of_the_query_stands_where_evidence_has_one_of_its_name(kb: KnowledgeBase) -> None:
    found = kb.query("SELECT ?claims ?notes { event:arrest-iagoda nk:person ?claims BIND('x' AS ?notes) }")
    (row,) = found.to_dicts()
    assert row["notes"] == "x" and "person/" in row["claims"] and row["stances"] == ["asserted"]
    heads = found.render("csv").partition("\n")[0].split(",")
    assert len(heads) == len(set(heads)) and heads == list(row)


def test_an_answer_without_rows_has_all_columns(kb: KnowledgeBase) -> None:
    found = kb.query("SELECT ?x { ?x a nk:Work ; nk:person ?y }")
    assert found.render("csv").split(",")[-1] == "gap\n"
    assert "narkom" in found.bibliography()


def test_without_evidence_there_is_nothing_to_cite(kb: KnowledgeBase) -> None:
    with pytest.raises(UsageError, match="evidence"):
        kb.query(ARREST, cite=False).bibliography()


def test_what_rests_on_no_claim_cites_the_data_alone(kb: KnowledgeBase) -> None:
    assert [one["id"] for one in json.loads(kb.query(NAMES).bibliography("csl-json"))] == ["narkom"]


def test_a_data_frame_has_the_evidence(kb: KnowledgeBase) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed: pip install 'narkom[notebook]'")
    answer = kb.ask("deaths")
    found = answer.to_pandas()
    assert isinstance(found, pandas.DataFrame) and len(found) == len(answer) > 10
    assert list(found.columns) == list(answer.to_dicts()[0])
    assert {*answer.variables, "who_iri", "claims", "notes", "stances", "gap"} <= {*found.columns}


def test_a_figure_is_written(kb: KnowledgeBase, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="matplotlib is not installed: pip install 'narkom[plot]'")
    assert kb.ask("career").plot(tmp_path / "career.svg").read_text(encoding="utf-8").startswith("<?xml")


def test_it_opens_what_is_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(find_root(), tmp_path, lambda step: None)
    alleged = "SELECT (COUNT(*) AS ?n) { ?p nk:allegedMemberOf ?b }"
    assert narkom.open(tmp_path).query(alleged, cite=False).rows == [(0,)]
    assert narkom.open(tmp_path, view="all").query(alleged, cite=False).rows > [(0,)]
    monkeypatch.setenv("NARKOM_STORE", str(tmp_path))
    assert narkom.open().query(ARREST).rows == [(datetime.date(1937, 3, 29),)]
    assert "career" in {question.name for question in narkom.questions()}


def test_to_import_it_reads_nothing_else() -> None:
    names = ("pyoxigraph", "rdflib", "SPARQLWrapper", "yaml", "typer")
    code = f"import sys, narkom; print(sorted(set(sys.modules) & {set(names)}))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert found.stdout.strip() == "[]"
