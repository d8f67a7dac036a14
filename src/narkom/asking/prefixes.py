"""The prefixes that a query need not declare, in the command and at the endpoint alike."""

from __future__ import annotations

from narkom.asking import syntax
from narkom.vocabulary import space_of


def with_prefixes(query: str) -> str:
    """Return the query with a declaration for each known prefix it uses and does not declare, on its first line."""
    used, declared = _prefixes(query)
    missing = {name: space for name in sorted(used - declared) if (space := space_of(name))}
    return " ".join(f"PREFIX {name}: <{space}>" for name, space in missing.items()) + (" " if missing else "") + query


def undeclared(query: str) -> syntax.Token | None:
    """Return the first name of a query whose prefix is neither declared nor known."""
    declared = _prefixes(query)[1]
    tokens = _tokens(query)
    names = (
        token
        for token, before in zip(tokens, [None, *tokens], strict=False)
        if token.kind == "pname" and not _declares(before)
    )
    found = ((token, token.text.partition(":")[0]) for token in names)
    return next((token for token, prefix in found if prefix not in declared and space_of(prefix) is None), None)


def _prefixes(query: str) -> tuple[set[str], set[str]]:
    """Return the prefixes that a query uses and those that it declares; what stands in texts and comments is neither.

    A query that cannot be read as tokens uses none: the engine says what is wrong with it.
    """
    used: set[str] = set()
    declared: set[str] = set()
    before = None
    for token in _tokens(query):
        if token.kind == "pname":
            (declared if _declares(before) else used).add(token.text.partition(":")[0])
        before = token
    return used, declared


def _tokens(query: str) -> list[syntax.Token]:
    try:
        return [token for token in syntax.tokenize(query) if token.kind != "space"]
    except syntax.Uncitable:
        return []


def _declares(token: syntax.Token | None) -> bool:
    return token is not None and token.kind == "word" and token.text.upper() == "PREFIX"
