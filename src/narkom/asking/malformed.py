"""What is wrong with a malformed query, as the person who typed it would say it.

The engine's parser names the place where it could go on no further and everything that might have stood there. The
slips that are made most are recognised here; for the others the place and what stands there are told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from narkom.asking import syntax
from narkom.asking.prefixes import undeclared
from narkom.vocabulary import BASE, NUMBERED, PREFIXES

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "PREFIX", "BASE")
_UPDATES = ("INSERT", "DELETE", "WITH", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD")
_TERMS = ("iri", "pname", "var", "bnode", "string", "number")
_OPEN = {"{": "}", "(": ")", "[": "]"}
# How many terms may stand in a row after each mark: a whole triple, or what is left of one.
_ROOM = {".": 3, "{": 3, "}": 3, ";": 2, ",": 1}


def explain(typed: str, error: SyntaxError, added: int = 0) -> str:
    """Return `line:column: reason` of a syntax error.

    `added` is the number of characters that were put before the first line, such as the declarations of prefixes.
    """
    line, column = _position(str(error))
    column = max(column - added, 1) if line == 1 else column
    at = sum(len(one) + 1 for one in typed.split("\n")[: line - 1]) + column - 1
    found = next(_slips(typed, str(error)), None)
    if found:
        at, reason = found
        line, column = typed.count("\n", 0, at) + 1, at - (typed.rfind("\n", 0, at) + 1) + 1
        return f"{line}:{column}: {reason}"
    rest = " ".join(typed[at : at + 30].split())
    return f"{line}:{column}: no SPARQL: {f'unexpected: {rest}' if rest else 'the query ends too early'}"


def _position(text: str) -> tuple[int, int]:
    found = re.search(r"(\d+):(\d+)", text)
    return (int(found[1]), int(found[2])) if found else (1, 1)


def _slips(typed: str, error: str) -> Iterator[tuple[int, str]]:
    """Yield the slips that are recognised, each with its place in the text, the plainest first."""
    try:
        tokens = [token for token in syntax.tokenize(typed) if token.kind != "space"]
    except syntax.Uncitable:
        quote = re.search(r"[\"']", typed)
        if quote:
            yield quote.start(), "a text that begins here or further on is not closed by its quotation mark"
        return
    yield from _update(tokens)
    name = undeclared(typed)
    if name:
        yield name.start, _unknown_prefix(name.text.partition(":")[0])
    yield from _first_word(tokens)
    yield from _brackets(tokens)
    yield from _head(tokens, error)
    yield from _missing_dots(tokens)


def _update(tokens: list[syntax.Token]) -> Iterator[tuple[int, str]]:
    """An update is no query: who sends one should hear that nothing can be changed, not which bracket is missing."""
    at = 0
    while at < len(tokens) and tokens[at].text.upper() in ("PREFIX", "BASE"):
        at += 3 if tokens[at].text.upper() == "PREFIX" else 2
    if at < len(tokens) and tokens[at].text.upper() in _UPDATES:
        word = tokens[at].text.upper()
        yield tokens[at].start, f"{word} begins an update, and nothing can be changed here: only queries are answered"


def _unknown_prefix(prefix: str) -> str:
    if prefix in NUMBERED:
        how = f"Write <key>-{prefix}:, with the key of a source, or declare PREFIX {prefix}: <{BASE}<key>/{prefix}/>"
        return f"the prefix {prefix}: does not say of which source. {how}"
    close = get_close_matches(prefix, sorted(PREFIXES), n=2)
    hint = f" Did you mean {' or '.join(f'{name}:' for name in close)}?" if close else ""
    return (
        f"the prefix {prefix}: is not declared.{hint} "
        f"Declare it with PREFIX {prefix}: <…>; these need no declaration: {', '.join(PREFIXES)}"
    )


def _first_word(tokens: list[syntax.Token]) -> Iterator[tuple[int, str]]:
    if not tokens or tokens[0].text.upper() in _FORMS:
        return
    close = get_close_matches(tokens[0].text.upper(), _FORMS, n=1)
    hint = f" Did you mean {close[0]}?" if close else ""
    yield tokens[0].start, f"no SPARQL query begins with {tokens[0].text[:20]}.{hint}"


def _brackets(tokens: list[syntax.Token]) -> Iterator[tuple[int, str]]:
    waiting: list[syntax.Token] = []
    for token in tokens:
        if token.kind != "op":
            continue
        if token.text in _OPEN:
            waiting.append(token)
        elif token.text in _OPEN.values():
            if not waiting:
                yield token.start, f"this {token.text} closes nothing"
                return
            opened = waiting.pop()
            if _OPEN[opened.text] != token.text:
                yield token.start, f"{_OPEN[opened.text]} is missing before this {token.text}"
                return
    if waiting:
        yield waiting[-1].start, f"this {waiting[-1].text} is not closed: {_OPEN[waiting[-1].text]} is missing"


def _head(tokens: list[syntax.Token], error: str) -> Iterator[tuple[int, str]]:
    """Yield slips between SELECT and WHERE."""
    words = [token.text.upper() for token in tokens]
    if "SELECT" not in words or "{" not in words:
        return
    start, end = words.index("SELECT"), words.index("{")
    for token, after in zip(tokens[start + 1 : end], tokens[start + 2 : end + 1], strict=True):
        if token.text == ",":
            yield token.start, "the variables of SELECT stand side by side, without commas"
        elif token.text.upper() in syntax.AGGREGATES and after.text == "(" and tokens[start + 1] is token:
            yield token.start, f"an aggregate needs a name and parentheses: ({token.text}(…) AS ?name)"
    if "unbound" in error:
        yield from _not_grouped(tokens[start + 1 : end], words)


def _not_grouped(head: list[syntax.Token], words: list[str]) -> Iterator[tuple[int, str]]:
    grouped = set()
    if "GROUP" in words:
        after = words[words.index("GROUP") + 2 :]
        stops = [after.index(word) for word in ("ORDER", "HAVING", "LIMIT", "OFFSET", "VALUES") if word in after]
        grouped = {word.lower() for word in after[: min(stops, default=len(after))]}
    depth = 0
    for token in head:
        depth += (token.text == "(") - (token.text == ")")
        if token.kind == "var" and not depth and token.text.lower() not in grouped:
            how = f"Add {token.text} to GROUP BY" if grouped else f"Add GROUP BY {token.text}"
            one = f"(SAMPLE({token.text}) AS ?one)"
            yield token.start, f"{token.text} is neither grouped nor counted. {how}, or take any one: {one}"


def _missing_dots(tokens: list[syntax.Token]) -> Iterator[tuple[int, str]]:
    """Yield the place where a triple goes on after its object."""
    room: int | None = None
    joined = False
    for token in tokens:
        if token.text in _ROOM:
            room = _ROOM[token.text]
        elif token.kind == "op":
            # What a path or a datatype joins is one term; of other brackets nothing is known.
            joined = token.text in ("/", "|", "^^")
            room = room if token.text in ("/", "|", "^", "^^", "*", "+", "?", "!") else None
            continue
        elif token.kind in _TERMS or token.text == "a":
            if room == 0 and not joined:
                yield token.start, f"a dot or semicolon is missing before {token.text}"
                return
            room = room if room is None or joined else room - 1
        elif token.kind == "word":
            room = None
        joined = False
