"""What the pages of the stored questions show: answers of the store under one of its views."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox

from narkom.asking.answers import CitedAnswer
from narkom.asking.evidence import Evidence
from narkom.asking.knowledge import KnowledgeBase
from narkom.asking.questions import Question
from narkom.portal.library import Library


class Answers:
    """Answers the stored questions; `kept`, each is answered once for the pages of all languages."""

    def __init__(
        self,
        library: Library,
        views: tuple[str, ...] = ("accepted",),
        opened: Callable[[str], ox.Store] | None = None,
        kept: bool = False,
    ) -> None:
        """Take the library, the views, and what opens a store under one (without it the library's is asked).

        What is kept stays for good: that is for who writes a site and ends, and not for a server.
        """
        self.views = views
        self._library = library
        self._opened = opened or (lambda _: library.store)
        self._kept: dict[tuple, CitedAnswer] | None = {} if kept else None
        self._evidence: dict[str, Evidence] = {}

    def of(self, question: Question, typed: dict[str, str], view: str) -> CitedAnswer:
        """Return the answer to a question with the values that were typed; raises what asking raises."""
        if self._kept is None:
            return self._asked(view).answered(question, typed)
        key = (question.name, view, *sorted(typed.items()))
        if key not in self._kept:
            self._kept[key] = self._asked(view).answered(question, typed)
        return self._kept[key]

    def _asked(self, view: str) -> KnowledgeBase:
        """The knowledge base under a view."""
        opened = self._opened(view)
        # What is shown beside the rows, names and notes, needs no engine elsewhere: the library has them.
        shown_from = opened if isinstance(opened, ox.Store) else self._library.store
        evidence = None
        if self._kept is not None:
            evidence = self._evidence.setdefault(view, Evidence(opened, view))
        return KnowledgeBase(opened, view, self._library.questions.__getitem__, shown_from, evidence)
