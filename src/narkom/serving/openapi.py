"""The description of the HTTP interface in OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1): for clients, generators,
and programs that let language models call what it describes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from narkom import __version__
from narkom.asking.bibliography import MEDIA
from narkom.asking.columns import COLUMNS, USUAL
from narkom.asking.questions import ALL, Parameter, Question
from narkom.portal.reply import Reply
from narkom.serving.sparql import GRAPHS, ROWS

MEDIA_TYPE = "application/openapi+json"
_ABOUT = """\
Claims of scholarly texts about the Soviet state security service, each with its stance, voice and footnote. The
accepted view, what the authors stand behind, is the default; what was charged, testified or is rejected is never in it
as a fact.
"""
_FORMATS = {
    "csv": "text/csv",
    "spreadsheet": "text/csv",
    "json": "application/json",
    "markdown": "text/markdown",
    **MEDIA,
}


def reply(questions: Iterable[Question], views: Iterable[str]) -> Reply:
    """Return the description as the answer to a request."""
    return Reply(200, {"Content-Type": MEDIA_TYPE}, description(questions, views).encode())


def description(questions: Iterable[Question], views: Iterable[str]) -> str:
    """Return the description as JSON: the SPARQL endpoint, the search, each stored question, and every identifier."""
    asked = {f"/question/{one.name}": {"get": _question(one, list(views))} for one in questions}
    document = {
        "openapi": "3.1.1",
        "info": {
            "title": "Narkom",
            "version": __version__,
            "description": _ABOUT,
            "license": {"name": "CC0-1.0 (data)", "identifier": "CC0-1.0"},
        },
        "tags": [{"name": "SPARQL"}, {"name": "things"}, {"name": "questions"}],
        "paths": {"/sparql": _sparql(), "/search": {"get": _search()}, "/{kind}/{name}": {"get": _thing()}, **asked},
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _sparql() -> dict:
    """SPARQL 1.1 Protocol, https://www.w3.org/TR/sparql11-protocol/: a query by GET, as a form, or as it is."""
    fields = {
        "query": {
            "type": "string",
            "description": "SELECT, ASK, CONSTRUCT or DESCRIBE; known prefixes may be left out.",
        },
        "default-graph-uri": {"type": "string", "format": "uri", "description": _DATASET},
        "named-graph-uri": {"type": "string", "format": "uri", "description": "The graph of a claim, for GRAPH."},
        "evidence": {
            "type": "string",
            "description": f"true for ?_{', ?_'.join(USUAL)} beside each row, or some of {', '.join(COLUMNS)}.",
        },
    }
    parameters = [_parameter(name, its, required=name == "query") for name, its in fields.items()]
    header = {"type": "string", "enum": ["true", "false"]}
    parameters.append(
        {"name": "Narkom-Evidence", "in": "header", "required": False, "schema": header, "description": "As evidence."}
    )
    form = {"type": "object", "properties": fields, "required": ["query"]}
    answers = {
        "200": {
            "description": "The result, in the form that Accept names.",
            "content": {media: {} for media in dict.fromkeys([*ROWS, *GRAPHS])},
        },
        **_refusals(
            {
                "400": "The query is malformed.",
                "403": "It asks for data elsewhere.",
                "406": "It cannot be had in this form.",
            }
        ),
        **_refusals({"408": "It came too slowly.", "413": "It is too long."}),
        **_refusals({"503": "It took too long, or all workers are taken."}),
    }
    body = {
        "application/x-www-form-urlencoded": {"schema": form},
        "application/sparql-query": {"schema": {"type": "string"}},
    }
    common = {"tags": ["SPARQL"], "responses": answers}
    return {
        "get": {"operationId": "query", "summary": "Ask a SPARQL query", "parameters": parameters, **common},
        "post": {
            "operationId": "queryByPost",
            "summary": "Ask a long SPARQL query",
            "requestBody": {"required": True, "content": body},
            "tags": ["SPARQL"],
            "responses": answers | _refusals({"415": "It is of another media type."}),
        },
    }


_DATASET = "A view (https://w3id.org/narkom/view/accepted, strict, wide or all), or the graph of a claim."


def _search() -> dict:
    words = {"type": "string", "maxLength": 200}
    return {
        "operationId": "search",
        "summary": "Find things by a name in any spelling, and claims by their words",
        "tags": ["things"],
        "parameters": [_parameter("q", words, "A name or words.")],
        "responses": {"200": {"description": "A page.", "content": {"text/html": {}}}},
    }


def _thing() -> dict:
    path = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}, "description": meaning}
        for name, meaning in (("kind", "person, event, office, ssc/claim …"), ("name", "The identifier's last part."))
    ]
    return {
        "operationId": "describe",
        "summary": "Go from an identifier to the document about it, in the form that Accept names",
        "tags": ["things"],
        "parameters": path,
        "responses": {
            "303": {"description": "The document: a page, or RDF."},
            **_refusals({"404": "There is nothing of this name.", "406": "It cannot be had in this form."}),
        },
    }


def _question(question: Question, views: list[str]) -> dict:
    own = {
        "view": {"type": "string", "enum": views, "default": views[0], "description": "What the answer may rest on."},
        "format": {"type": "string", "enum": list(_FORMATS), "description": "Without it, a page."},
    }
    content = {media: {} for media in dict.fromkeys(["text/html", *_FORMATS.values()])}
    return {
        "operationId": question.name,
        "summary": question.summary,
        "description": question.description,
        "tags": ["questions"],
        "parameters": [
            *(_parameter(one.name, _values(one), one.described) for one in question.parameters),
            *(_parameter(name, its) for name, its in own.items()),
        ],
        "responses": {
            "200": {"description": "The rows, each with the claims it rests on.", "content": content},
            **_refusals({"400": "A value fits nothing, or several things. In text, but for a page."}),
            **_refusals({"503": "It took too long, or all workers are taken."}),
        },
    }


def _values(parameter: Parameter) -> dict:
    """The schema of a parameter's values. A name is any text; what it means is decided when it is asked."""
    kind = {"type": "string", "minLength": 1, "maxLength": 300}
    if parameter.allowed:
        kind["enum"] = list(parameter.allowed)
    elif parameter.kinds == ("integer",) and parameter.default != ALL:
        kind = {"type": "integer"}
    elif parameter.kinds == ("date",) and parameter.default != ALL:
        kind["format"] = "date"
    return kind


def _parameter(name: str, schema: dict, meaning: str = "", required: bool = False) -> dict:
    told = {"name": name, "in": "query", "required": required, "schema": schema}
    return {**told, **({"description": meaning} if meaning else {})}


def _refusals(meanings: dict[str, str]) -> dict:
    """What is refused is told in text, or on a page where a page was asked for."""
    content: dict = {"text/plain": {}, "text/html": {}}
    return {status: {"description": text, "content": content} for status, text in meanings.items()}
