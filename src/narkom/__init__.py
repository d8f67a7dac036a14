"""Narkom: claims of scholarly texts about the Soviet state security service, kept as data with their sources.

>>> import narkom
>>> kb = narkom.open()
>>> kb.ask("career", person="Yezhov").to_dicts()[0]["notes"]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from narkom.asking.knowledge import KnowledgeBase
    from narkom.asking.questions import Question

__version__ = "0.1.0"


def open(store=None, **how) -> KnowledgeBase:
    """Open the knowledge base: as narkom.asking.knowledge.open_knowledge_base, which tells the parameters."""
    # Read when it is asked for: `import narkom` costs nothing.
    from narkom.asking.knowledge import open_knowledge_base

    return open_knowledge_base(store, **how)


def questions(root=None) -> list[Question]:
    """Return the stored questions: as narkom.asking.knowledge.questions."""
    from narkom.asking.knowledge import questions as found

    return found(root)
