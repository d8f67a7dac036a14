"""Free queries: what a person typed, with the prefixes supplied and mistakes named before they give an empty answer."""

from __future__ import annotations

import re

import pyoxigraph as ox

from narkom.asking import syntax
from narkom.asking.malformed import explain
from narkom.asking.prefixes import with_prefixes
from narkom.errors import NarkomError
from narkom.vocabulary import PREFIXES, shorten

_OWN_TERMS = (PREFIXES["nk"], PREFIXES["crm"], PREFIXES["prov"])


class QueryError(NarkomError):
    """A query that cannot be run, with the place of the mistake where it is known."""


def checked(store: ox.Store, query: str, name: str = "query") -> str:
    """Return the query ready to run, or raise QueryError that names the mistake: syntax, form, or an unknown term."""
    full = with_prefixes(query)
    _check_syntax(full, query, name)
    unknown = unknown_terms(store, full)
    if unknown:
        raise QueryError(
            *[f"{name}: {shorten(iri)} is no term of this dataset.{_nearest(store, iri)}" for iri in unknown]
        )
    return full


def _check_syntax(full: str, typed: str, name: str) -> None:
    """Let the engine read the query over an empty store: only what is malformed fails there."""
    try:
        result = ox.Store().query(full)
    except SyntaxError as error:
        raise QueryError(f"{name}:{explain(typed, error, len(full) - len(typed))}") from error
    except (ValueError, OSError) as error:
        raise QueryError(f"{name}: {error}") from error
    if not isinstance(result, ox.QuerySolutions):
        raise QueryError(f"{name}: only SELECT queries are answered in rows. Write SELECT … WHERE {{ … }}")


def unknown_terms(store: ox.Store, query: str) -> list[str]:
    """Return the IRIs of our own, CIDOC-CRM's and PROV's vocabulary, and of our things, that the store lacks.

    A mistyped predicate would otherwise give an empty answer that reads like the sources' silence.
    """
    try:
        tokens = syntax.tokenize(query)
    except syntax.Uncitable:
        return []
    prefixes: dict[str, str] = {}
    found: dict[str, None] = {}
    for i, token in enumerate(tokens):
        if token.text.upper() == "PREFIX":
            prefixes[tokens[i + 1].text[:-1]] = tokens[i + 2].text[1:-1]
        elif token.kind == "pname" and tokens[i - 1].text.upper() != "PREFIX":
            prefix, _, local = token.text.partition(":")
            found[prefixes.get(prefix, "") + re.sub(r"\\(.)", r"\1", local)] = None
        elif token.kind == "iri" and tokens[i - 2].text.upper() != "PREFIX":
            found[token.text[1:-1]] = None
    ours = (
        *_OWN_TERMS,
        *(PREFIXES[name] for name in PREFIXES if PREFIXES[name].startswith("https://w3id.org/narkom/")),
    )
    return [iri for iri in found if iri.startswith(ours) and iri not in ours and not _occurs(store, ox.NamedNode(iri))]


def _occurs(store: ox.Store, node: ox.NamedNode) -> bool:
    patterns = ((node, None, None), (None, node, None), (None, None, node))
    return any(any(True for _ in store.quads_for_pattern(*p, None)) for p in patterns)


def _nearest(store: ox.Store, iri: str) -> str:
    from rapidfuzz import process

    space = next(s for s in sorted(PREFIXES.values(), key=len, reverse=True) if iri.startswith(s))
    known = {
        node.value.removeprefix(space)
        for quad in store
        for node in (quad.subject, quad.predicate, quad.object)
        if isinstance(node, ox.NamedNode) and node.value.startswith(space)
    }
    close = [match[0] for match in process.extract(iri.removeprefix(space), sorted(known), limit=3, score_cutoff=50)]
    return f" Did you mean {', '.join(shorten(space + local) for local in close)}?" if close else ""
