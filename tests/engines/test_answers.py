"""Every stored question has the same answer, and the same citations, on another engine as in the embedded store.

What an engine cannot answer, or not at every loading, stands with the reason in the question's header.
"""

import datetime
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox
import pytest

from narkom.asking.citing import Answer, answer
from narkom.asking.endpoint import Endpoint, EndpointError
from narkom.asking.questions import load_all
from narkom.asking.remote import RemoteStore
from narkom.building.snapshot import open_store
from narkom.config import find_root

QUESTIONS = load_all(find_root())
_XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture(scope="module")
def embedded(built) -> ox.Store:
    return open_store(built)


@pytest.fixture(scope="module")
def remote(filled) -> RemoteStore:
    return RemoteStore(Endpoint(filled.query, filled.default_graph))


def plain(value) -> object:
    """A term as it is compared: engines may spell a number in another way, or keep a duration as text."""
    if not isinstance(value, ox.Literal):
        return value
    if value.datatype.value == _XSD + "date":
        return datetime.date.fromisoformat(value.value)
    try:
        return Decimal(value.value)
    except InvalidOperation:
        return value.value, value.language


def rows_of(found) -> list[tuple]:
    return [tuple(plain(value) for value in row) for row in found.rows]


def cited(found: Answer) -> dict[str, tuple[str, ...]]:
    """The claims behind each row; a row that could not be traced is left out."""
    pairs = zip(rows_of(found), found.citations, strict=True)
    return {str(row): citation.claims for row, citation in pairs if not citation.gap}


def differs(remote: RemoteStore, text: str, here: Answer) -> bool:
    """Return whether an engine gives other rows, or none at all, or cannot tell of most of them what they rest on."""
    try:
        there = answer(remote, text)
    except EndpointError:
        return True
    if sorted(rows_of(there), key=str) != sorted(rows_of(here), key=str):
        return True
    return len(cited(there)) < len(cited(here)) / 2


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_same_answer(question, embedded: ox.Store, remote: RemoteStore, filled, filled_anew, law) -> None:
    here = answer(embedded, question.text)
    if filled.name in question.engines:
        return
    if differs(remote, question.text, here):
        again = filled_anew()
        remote = RemoteStore(Endpoint(again.query, again.default_graph))
    there = answer(remote, question.text)
    assert there.variables == here.variables
    assert not differs(remote, question.text, here)
    expected = cited(here)
    for row, citation in zip(there.rows, there.citations, strict=True):
        # An engine may lose a row on the way to its claims, and says so, or find others that do as well.
        if not citation.gap and citation.claims != expected.get(str(tuple(map(plain, row)))):
            law.judge(question.text, row, citation)


def test_a_named_graph_is_a_claim(filled, remote: RemoteStore, embedded: ox.Store) -> None:
    text = "SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?g) AS ?m) { GRAPH ?g { ?s ?p ?o } }"
    counts = [[tuple(map(plain, row)) for row in store.query(text)] for store in (remote, embedded)]
    assert counts[0] == counts[1]


def test_only_what_is_needed_crosses_the_wire(filled, embedded: ox.Store) -> None:
    store = RemoteStore(Endpoint(filled.query, filled.default_graph))
    found = answer(store, next(q for q in QUESTIONS if q.name == "appointed-by").text)
    assert found.rows and all(citation.claims for citation in found.citations)
    assert len(store._local) < len(embedded) / 10


def test_ask_and_query(filled, built, narkom, asking) -> None:
    here = narkom("ask", "career", "person=Yezhov", "--format", "json", store=built)
    there = narkom("ask", "career", "person=Yezhov", "--format", "json", *asking(filled))
    assert (there.returncode, there.stderr) == (0, "")
    assert there.stdout == here.stdout


def test_another_view_than_the_endpoint_holds(filled, narkom, asking) -> None:
    done = narkom("ask", "career", "--view", "strict", *asking(filled))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        f"{filled.query}: holds the view accepted, not strict. Ask with --view accepted, or push the other: "
        "narkom push --view strict"
    ]
