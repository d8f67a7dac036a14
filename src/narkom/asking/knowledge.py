"""The knowledge base as programs ask it: stored questions, free queries, things and names, every row with its evidence.

The command, the server's pages and notebooks ask through it, so that a default, a view and a citation are made in one
place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox

from narkom.asking.answers import CitedAnswer
from narkom.asking.asked import asked_with, given, titled
from narkom.asking.citing import answer
from narkom.asking.evidence import Evidence
from narkom.asking.free import QueryError, checked
from narkom.asking.names import resolve, thing_named
from narkom.asking.questions import Question, find_question, load_all
from narkom.asking.search import Found, Names
from narkom.building.views import VIEWS
from narkom.config import find_root, store_folder
from narkom.errors import UsageError
from narkom.vocabulary import BASE, RDF_TYPE, term

_DEFAULT = ox.DefaultGraph()
_ABOUT = """SELECT ?subject ?property ?object {{
  {{ VALUES ?subject {{ {0} }} ?subject ?property ?object }}
  UNION {{ VALUES ?object {{ {0} }} ?subject ?property ?object }}
}} ORDER BY ?subject ?property ?object"""


class KnowledgeBase:
    """A built store, or an endpoint that holds one, under one view."""

    def __init__(
        self,
        store: ox.Store,
        view: str,
        find: Callable[[str], Question],
        shown_from: ox.Store | None = None,
        evidence: Evidence | None = None,
    ) -> None:
        """Take the store (pyoxigraph's, or a RemoteStore), its view, and what finds a stored question by its name.

        `shown_from` is where names and notes are read, where that is another than what is asked; `evidence` keeps what
        was looked up from answer to answer.
        """
        self.store = store
        self.view = view
        self._find = find
        self._shown = shown_from or store
        self._evidence = evidence

    def ask(self, question: str, /, *, cite: bool = True, **values: str) -> CitedAnswer:
        """Answer a stored question by its name, with values for some of its parameters, typed as a person would.

        Raises UsageError for a question or parameter that is unknown and a value that fits nothing or several things.
        """
        return self.answered(self._find(question), {name: str(value) for name, value in values.items()}, cite)

    def answered(self, question: Question, values: Mapping[str, str], cite: bool = True) -> CitedAnswer:
        """Answer a stored question with values for some of its parameters; raises UsageError as `ask`."""
        typed = given(question, values.items())
        names = self._shown
        terms = {p.name: resolve(names, p, typed[p.name]) for p in question.parameters if p.name in typed}
        text = question.with_values(terms)
        found = answer(self.store, text, self.view, cite, self._evidence)
        asked = asked_with(names, question, terms)
        chosen = {**typed, **({} if self.view == "accepted" else {"view": self.view})}
        url = f"{BASE}question/{question.name}" + (f"?{urlencode(chosen)}" if chosen else "")
        return CitedAnswer(found, names, text, titled(question, asked), asked, question.plot, url)

    def query(self, text: str, *, cite: bool = True, name: str = "query") -> CitedAnswer:
        """Answer a SELECT query; prefixes of the knowledge base need not be declared.

        Raises QueryError for one that is malformed, fails, or names what this dataset does not have; `name` is what the
        message calls it.
        """
        query = checked(self.store, text, name)
        try:
            found = answer(self.store, query, self.view, cite, self._evidence)
        except (ValueError, OSError) as error:
            raise QueryError(f"{name}: the query fails: {error}") from error
        return CitedAnswer(found, self._shown, query)

    def describe(self, name: str) -> CitedAnswer:
        """Return what is said of a thing, named by IRI, `person:iagoda` or a name: a row for each triple from or to it.

        Raises UsageError where nothing bears the name, or several things do.
        """
        return self.query(_ABOUT.format(f"<{thing_named(self._shown, name)}>"))

    def search(self, text: str) -> Found:
        """Return things (IRIs) named like a text, in any spelling, the likeliest first, and claims with its words."""
        return self._names.find(text)

    @cached_property
    def _names(self) -> Names:
        claims = (q.subject for q in self._shown.quads_for_pattern(None, RDF_TYPE, term("nk:Claim"), _DEFAULT))
        glosses = {
            claim.value: quad.object.value
            for claim in sorted(claims, key=str)
            for quad in self._shown.quads_for_pattern(claim, term("nk:gloss"), None, _DEFAULT)
        }
        return Names(self._shown, glosses)


def open_knowledge_base(
    store: str | Path | None = None,
    *,
    view: str = "accepted",
    endpoint: str | None = None,
    default_graph: str | None = None,
    timeout: int = 60,
    root: str | Path | None = None,
) -> KnowledgeBase:
    """Open the built store (the usual one, or one in a folder), or an endpoint that holds the knowledge base.

    `view` is accepted, strict, wide or all; `default_graph` the graph in which an endpoint keeps it, `timeout` seconds
    for each of its answers, `root` the folder with the stored questions. Raises StoreError where nothing is built,
    EndpointError and UsageError where the endpoint does not answer or holds another view.
    """
    if view not in VIEWS:
        raise UsageError(f"view={view[:80]}: choose one of {', '.join(VIEWS)}")
    place = find_root(Path(root) if root else None)
    if endpoint is None and default_graph is not None:
        raise UsageError("a default graph says where an endpoint keeps the view: name the endpoint too")
    return KnowledgeBase(
        _opened(store, place, view, endpoint, default_graph, timeout), view, lambda name: find_question(place, name)
    )


def questions(root: str | Path | None = None) -> list[Question]:
    """Return the stored questions, by theme and name."""
    return load_all(find_root(Path(root) if root else None))


def _opened(store, place: Path, view: str, endpoint: str | None, default_graph: str | None, timeout: int):
    if endpoint is None:
        from narkom.building.snapshot import open_store

        return open_store(store_folder(Path(store) if store else None, place), view)
    # What speaks HTTP is read only where an engine elsewhere is asked.
    from narkom.asking.endpoint import Endpoint
    from narkom.asking.remote import RemoteStore, require_view

    remote = RemoteStore(Endpoint(endpoint, default_graph, timeout))
    require_view(remote, view)
    return remote
