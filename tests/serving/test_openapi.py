"""The description of the HTTP interface: sound, complete, and true of what the server does."""

import json

import httpx
import pytest
from hypothesis import HealthCheck, given, settings

from narkom.asking.questions import load_all
from narkom.config import find_root
from narkom.serving.openapi import description

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed: it is of the group dev")
from schemathesis.checks import not_a_server_error  # noqa: E402
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance  # noqa: E402

QUESTIONS, VIEWS = load_all(find_root()), ("accepted", "strict", "wide", "all")
# Each question is an operation of its own: two requests to each are more than two hundred.
MOST = {"questions": 2, "SPARQL": 20, "things": 20}
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance]


OPERATIONS = [
    found.ok()
    for found in schemathesis.openapi.from_dict(json.loads(description(QUESTIONS, VIEWS))).get_all_operations()
]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_the_server_does_what_the_description_says(server, operation) -> None:
    """Any values of the types that are described are answered as is described, and never with a fault of the server."""

    @given(case=operation.as_strategy())
    @settings(
        max_examples=MOST[operation.tags[0]], deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    def check(case) -> None:
        reply = case.call(base_url=server.url.rstrip("/"), allow_redirects=False, timeout=120)
        case.validate_response(reply, checks=CHECKS)

    check()


def test_every_question_is_described_with_its_parameters(client: httpx.Client) -> None:
    reply = client.get("/openapi.json")
    assert reply.headers["content-type"] == "application/openapi+json"
    paths = reply.json()["paths"]
    for question in QUESTIONS:
        told = paths[f"/question/{question.name}"]["get"]
        assert told["summary"] == question.summary
        assert [one["name"] for one in told["parameters"]] == [*(p.name for p in question.parameters), "view", "format"]
    assert len(paths) == len(QUESTIONS) + 3


def test_the_description_is_found_from_the_first_page(client: httpx.Client) -> None:
    assert '<link rel="service-desc" type="application/openapi+json" href="openapi.json">' in client.get("/").text


def test_a_generated_client_can_ask_a_question(client: httpx.Client) -> None:
    """By the description alone: the operation's parameters and their values, and the format from its list."""
    told = client.get("/openapi.json").json()["paths"]["/question/deaths"]["get"]
    fields = {one["name"]: one["schema"].get("default") for one in told["parameters"] if "default" in one["schema"]}
    reply = client.get("/question/deaths", params={**fields, "format": "json"})
    assert json.loads(reply.text)["rows"]


def test_a_language_model_is_told_how_to_read(client: httpx.Client) -> None:
    text = client.get("/llms.txt").text
    assert text.startswith("# Narkom\n\n> ") and "not established" in text
    links = [part.partition(")")[0] for part in text.split("](")[1:]]
    assert len(links) > 100
    for link in [*links[:6], *links[-4:]]:
        assert client.get("/" + link, follow_redirects=True).status_code == 200
