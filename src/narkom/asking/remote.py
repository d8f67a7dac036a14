"""A store elsewhere, under the few names by which asking and citing know a store here.

Citing (citing.py) looks up the triples behind a row one by one. Over a wire that would be a request each, so a look-up
by subject fetches everything that is said of that subject, in the default graph and in the claims' graphs, and with
it of up to a few hundred other things that earlier answers have named and that will be looked up next. What was
fetched is kept in a store in memory and answers from there. Only what the answer rests on crosses the wire; the one
exception is an answer whose citation has to be tried out (citing.py tells which): that takes the registers, which
means the whole default graph, once, and is left uncited where that graph is too large.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from narkom.asking.endpoint import Endpoint, EndpointError, parsed
from narkom.asking.evidence import DERIVED_FROM
from narkom.asking.syntax import Token, Uncitable, tokenize
from narkom.asking.times import BOUNDS
from narkom.building.timing import statement_of
from narkom.errors import UsageError
from narkom.vocabulary import BASE, PREFIXES, is_claim, is_claim_sparql, term

BATCH = 250
MOST_TRIPLES = 200_000
_DAYS = {term("nk:earliest"), term("nk:latest")}
_DEFAULT = ox.DefaultGraph()
_SAMPLE = 20


class RemoteStore:
    """The part of pyoxigraph's Store that asking needs, over an endpoint; every method raises EndpointError."""

    def __init__(self, endpoint: Endpoint) -> None:
        """Take the endpoint; nothing is sent yet."""
        self.endpoint = endpoint
        self._local = ox.Store()
        self._fetched: set[str] = set()
        self._ahead: dict[str, None] = {}
        self._graphs: set[str] = set()
        self._graphs_ahead: dict[str, None] = {}
        self._answers: dict[str, bytes] = {}

    def query(self, query: str) -> ox.QuerySolutions:
        """Return the solutions of a SELECT query, computed by the engine; the same text is sent once."""
        if query not in self._answers:
            text = without_graph(query, self.endpoint.default_graph)
            answer = self.endpoint.fetch(text)
            if not self._look_ahead(parsed(answer)) and (equal := with_equality(text)) != text:
                # To Virtuoso 7.2 a constant that BIND has bound is not the same term as itself, but equal to it.
                answer = self.endpoint.fetch(equal)
            self._answers[query] = without_repeats(answer) if _is_distinct(text) else answer
        return parsed(self._answers[query])

    def quads_for_pattern(self, subject, predicate, obj, graph=None) -> Iterator[ox.Quad]:
        """Return the quads that match, None standing for anything; of named graphs, the claims' alone are known."""
        if subject is not None:
            self._fetch_subject(subject)
        elif isinstance(graph, ox.NamedNode):
            self._fetch_graph(graph)
        else:
            return iter(self._matching(predicate, obj, graph))
        return self._local.quads_for_pattern(subject, predicate, obj, graph)

    def __iter__(self) -> Iterator[ox.Quad]:
        """Iterate over the default graph; raises EndpointError where it is too large for that."""
        try:
            return self.quads_for_pattern(None, None, None, _DEFAULT)
        except Uncitable as error:
            raise EndpointError(f"{self.endpoint.url}: {error}") from error

    # -- by subject --------------------------------------------------------------------------------------------------

    def _look_ahead(self, solutions: ox.QuerySolutions) -> bool:
        """Remember the things an answer names, to be looked up next; return whether it has any rows."""
        any_rows = False
        for solution in solutions:
            any_rows = True
            for value in solution:
                if isinstance(value, ox.NamedNode):
                    self._remember(value)
        return any_rows

    def _remember(self, node: ox.NamedNode) -> None:
        if node.value.startswith(BASE) and node.value not in self._fetched:
            self._ahead[node.value] = None

    def _fetch_subject(self, subject) -> None:
        if not isinstance(subject, ox.NamedNode) or subject.value in self._fetched:
            return
        self._ahead.pop(subject.value, None)
        batch = [subject.value, *list(self._ahead)[: BATCH - 1]]
        self._fetched.update(batch)
        for name in batch[1:]:
            del self._ahead[name]
        for quad in self._select(subjects_query(batch)):
            self._local.add(quad)
            if quad.graph_name != _DEFAULT:
                # A claim that says something of the subject will be asked for its description, and perhaps for all.
                self._remember(quad.graph_name)
                self._remember_graph(quad.graph_name)
            elif quad.predicate in BOUNDS:
                self._remember(statement_of(quad.triple))
            elif quad.predicate == DERIVED_FROM and quad.subject.value.startswith(PREFIXES["bound"]):
                self._remember(quad.object)
                self._remember_graph(quad.object)

    # -- by other patterns -------------------------------------------------------------------------------------------

    def _remember_graph(self, graph: ox.NamedNode) -> None:
        if graph.value not in self._graphs:
            self._graphs_ahead[graph.value] = None

    def _fetch_graph(self, graph: ox.NamedNode) -> None:
        if graph.value in self._graphs:
            return
        self._graphs_ahead.pop(graph.value, None)
        batch = [graph.value, *list(self._graphs_ahead)[: BATCH - 1]]
        self._graphs.update(batch)
        for name in batch[1:]:
            del self._graphs_ahead[name]
        values = " ".join(f"<{name}>" for name in batch)
        self._local.extend(self._select(f"SELECT ?g ?s ?p ?o {{ VALUES ?g {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} }}"))

    def _matching(self, predicate, obj, graph) -> list[ox.Quad]:
        """Return the quads of any subject, from the default graph or from everywhere."""
        pattern = f"?s {predicate or '?p'} {obj or '?o'}"
        binds = "".join(f" BIND({value} AS ?{name})" for name, value in (("p", predicate), ("o", obj)) if value)
        default = f"{pattern} .{binds}"
        if graph == _DEFAULT:
            size = self._default_size() if predicate is None and obj is None else None
            found = list(self._select(f"SELECT ?s ?p ?o {{ {default} }}"))
            if size is not None and len(found) != size:
                raise Uncitable(f"a default graph of which only {len(found):,} of {size:,} triples could be fetched")
            if size is not None:
                # Which of it needs no claim will be asked of each.
                for quad in found:
                    self._remember(quad.subject)
            return found
        return list(
            self._select(f"SELECT ?g ?s ?p ?o {{ {{ {default} }} UNION {{ GRAPH ?g {{ {pattern} }}{binds} }} }}")
        )

    def _default_size(self) -> int:
        """Return the number of triples of the default graph; raises Uncitable where it is too large to fetch."""
        size = int(next(iter(self.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")))[0].value)
        if size > MOST_TRIPLES:
            raise Uncitable(f"a default graph of {size:,} triples, too large to be fetched")
        return size

    def _select(self, query: str) -> Iterable[ox.Quad]:
        """Return quads from an answer with ?s ?p ?o and perhaps ?g; graphs that are no claims are left out."""
        solutions = parsed(self.endpoint.fetch(query))
        named = any(variable.value == "g" for variable in solutions.variables)
        for solution in solutions:
            graph = solution["g"] if named else None
            if graph is None or is_claim(graph.value):
                yield ox.Quad(solution["s"], solution["p"], solution["o"], graph or _DEFAULT)


def without_graph(query: str, graph: str | None) -> str:
    """Return the query such that no `GRAPH ?g { … }` matches one graph, that in which an engine keeps the view.

    Where the engine has a default graph (`graph` is None), and in a query that cannot be read, nothing changes.
    """
    tokens = _tokens(query) if graph else []
    added: list[tuple[int, str]] = []
    for i, token in enumerate(tokens[:-2]):
        if token.kind == "word" and token.text.upper() == "GRAPH" and tokens[i + 1].kind == "var":
            added.append((_closing(tokens[i + 2 :]), f" FILTER({is_claim_sparql(tokens[i + 1].text)})"))
    for place, text in sorted(added, reverse=True):
        query = query[:place] + text + query[place:]
    return query


def with_equality(query: str) -> str:
    """Return the query with `a = b` for every `SAMETERM(a, b)` of two plain terms."""
    tokens = _tokens(query)
    for i in range(len(tokens) - 4, -1, -1):
        name, comma = tokens[i], tokens[i + 3]
        if name.text.upper() == "SAMETERM" and comma.text == ",":
            query = f"{query[: name.start]}{query[name.end : comma.start]} ={query[comma.end :]}"
    return query


def without_repeats(answer: bytes) -> bytes:
    """Return an answer (SPARQL 1.1 Query Results JSON) with each of its rows once, where it first stands.

    The answer to a SELECT DISTINCT has no repeats (SPARQL 1.1, section 18.2.5.3), but Virtuoso 7.2, depending on the
    plan that it chooses, gives a row with an unbound variable twice.
    """
    found = json.loads(answer)
    once: dict[str, dict] = {}
    for row in found["results"]["bindings"]:
        once.setdefault(json.dumps(row, sort_keys=True), row)
    found["results"]["bindings"] = list(once.values())
    return json.dumps(found, ensure_ascii=False).encode()


def _is_distinct(query: str) -> bool:
    """Whether the outermost SELECT of a query, which is the first, is a SELECT DISTINCT."""
    words = [token.text.upper() for token in _tokens(query)]
    return "SELECT" in words and words[words.index("SELECT") + 1] == "DISTINCT"


def _tokens(query: str) -> list[Token]:
    """The tokens of a query, none where it cannot be read."""
    try:
        return [token for token in tokenize(query) if token.kind != "space"]
    except Uncitable:
        return []


def _closing(tokens: list[Token]) -> int:
    """The place after the brace that closes the group with which the tokens begin."""
    depth = 0
    for token in tokens:
        depth += (token.text == "{") - (token.text == "}")
        if not depth:
            return token.end
    return tokens[-1].end


def subjects_query(subjects: Iterable[str]) -> str:
    """Return the query for everything that is said of some things, in the default graph and in every named one."""
    values = f"VALUES ?s {{ {' '.join(f'<{name}>' for name in subjects)} }}"
    return f"SELECT ?g ?s ?p ?o {{ {{ {values} ?s ?p ?o }} UNION {{ {values} GRAPH ?g {{ ?s ?p ?o }} }} }}"


def require_view(store: RemoteStore, view: str) -> None:
    """Raise UsageError where the endpoint's default graph is not the view that is asked for.

    Told by samples: the charges stand in the view `all` alone, what was testified in `all` and `wide`, what is reported
    in these and in `accepted`.
    """
    charged, testified, reported = (_admitted(store, stance) for stance in ("charged", "testified", "reported"))
    held = "all" if charged else "wide" if testified else "accepted" if reported else "strict"
    alike = {"accepted", "wide"} if testified is None else set()
    if charged is not None and reported is not None and held != view and not {held, view} <= alike:
        raise UsageError(
            f"{store.endpoint.url}: holds the view {held}, not {view}. Ask with --view {held}, or push the other: "
            f"narkom push --view {view}"
        )


def _admitted(store: RemoteStore, stance: str) -> bool | None:
    """Return whether some claims of a stance stand in the default graph, None where there are no such claims."""
    text = f"SELECT ?c {{ ?c {term('nk:stance')} {term(f'stance:{stance}')} }} LIMIT {_SAMPLE}"
    claims = [solution[0] for solution in store.query(text)]
    quads = [quad for claim in claims for quad in store.quads_for_pattern(None, None, None, claim)]
    # What follows of time from one claim alone may be wider than what follows from all, which the view has.
    quads = [quad for quad in quads if quad.predicate not in _DAYS]
    if not quads:
        return None
    return all(any(store.quads_for_pattern(q.subject, q.predicate, q.object, _DEFAULT)) for q in quads)
