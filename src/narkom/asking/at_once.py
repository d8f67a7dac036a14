"""A stored question asked with many values of its parameters at once, and its answer taken apart by these values.

The query is given all of them and shows them beside its own columns. So a row is returned together with its values, and
what it rests on is neither less nor more than where the question is asked with these alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

import pyoxigraph as ox

from narkom.asking import syntax
from narkom.asking.citing import Answer, answer
from narkom.asking.evidence import Evidence
from narkom.asking.questions import Question
from narkom.asking.steady import gathers
from narkom.asking.syntax import Select

Values = tuple[str, ...]
Row = tuple
_GIVEN = re.compile(r"VALUES\s+[?$](\w+)", re.IGNORECASE)


@dataclass
class AtOnce:
    """A question with the terms (in SPARQL's notation) of some parameters, which are asked with each other.

    Each value has an answer of its own, under its terms: one for each parameter that is listed.
    """

    question: Question
    listed: dict[str, list[str]] = field(default_factory=dict)

    @property
    def can_be(self) -> bool:
        """Whether the question may be asked so: it neither gathers nor cuts off solutions of several values."""
        select = syntax.parse_select(self.question.text)
        parts = (part.text for part in select.where.parts if isinstance(part, syntax.Bind))
        given = {match[1] for match in map(_GIVEN.match, parts) if match}
        cut = bool(select.limit) or select.offset or gathers(select)
        return self.listed.keys() <= given and not cut and bool(select.group_by or not select.grouped)

    def answered(self, store: ox.Store) -> list[Values]:
        """Return the values that have a row, found without the evidence."""
        select = self._read({})
        shown = " ".join(f"?{name}" for name in self.listed)
        found = store.query(f"{select.prologue} SELECT DISTINCT {shown} WHERE {select.where.text}")
        return [tuple(map(_named, one)) for one in found]

    def ask(self, evidence: Evidence, given: dict[str, str], only: Iterable[Row] = ()) -> dict[Values, Answer]:
        """Return the answers that have a row by their values, with the evidence.

        `given` is a term for each of other parameters. With `only` no other rows than these are looked for.
        """
        select = self._read(given)
        text = _text(select, self._added(select), _narrowed(select, list(only)))
        found = answer(evidence.store, text, evidence.view, evidence=evidence)
        answers: dict[Values, Answer] = {}
        for (key, row, _), citation in zip(self._apart(found.variables, found.rows), found.citations, strict=True):
            its = answers.setdefault(key, Answer(found.variables[: len(row)], [], [], cited=True))
            its.rows.append(row)
            its.citations.append(citation)
        return answers

    def beside(self, store: ox.Store, given: dict[str, str], shown: list[str]) -> Iterator[tuple[Values, Row, Row]]:
        """Yield each row with its values, and what some expressions of SPARQL are for it."""
        select = self._read(given)
        result = store.query(_text(select, self._added(select), select.where.text, shown))
        names = [variable.value for variable in result.variables]
        yield from self._apart(names, map(tuple, result), len(shown))

    @cached_property
    def variables(self) -> list[str]:
        """The columns of an answer."""
        return list(syntax.parse_select(self.question.text).variables)

    def _read(self, given: dict[str, str]) -> Select:
        listed = {name: " ".join(terms) for name, terms in self.listed.items()}
        return syntax.parse_select(self.question.with_values(listed | given))

    def _added(self, select: Select) -> list[str]:
        return [name for name in self.listed if name not in select.variables]

    def _apart(self, names: list[str], rows: Iterable[Row], more: int = 0) -> Iterator[tuple[Values, Row, Row]]:
        places, width = [names.index(name) for name in self.listed], len(self.variables)
        for row in rows:
            yield tuple(_named(row[at]) for at in places), row[:width], row[len(row) - more :]


def _text(select: Select, added: list[str], where: str, shown: Iterable[str] = ()) -> str:
    """The query with further columns: variables, and expressions."""
    more = " ".join(f"?{name}" for name in added)
    columns = " ".join(f"({one} AS ?beside_{at})" for at, one in enumerate(shown))
    keys = {name for name, _ in select.keys}
    grouping = (
        " ".join([select.group_by, *(f"?{name}" for name in added if name not in keys)]) if select.grouped else ""
    )
    distinct = "DISTINCT" if select.distinct else ""
    head = f"{select.prologue} SELECT {distinct} {select.projection} {more} {columns}"
    return f"{head} WHERE {where} {grouping} {select.having} {select.order_by}"


def _narrowed(select: Select, rows: list[Row]) -> str:
    """The pattern for some rows alone: what its own triples bind in all of them is given."""
    certain = set().union(*(syntax.variables_in(part) for part in select.where.parts if isinstance(part, syntax.Bgp)))
    places = [at for at, name in enumerate(select.variables) if name in certain and name not in select.expressions]
    if not rows or not places:
        return select.where.text
    names = " ".join(f"?{select.variables[at]}" for at in places)
    values = " ".join(f"({' '.join(str(row[at]) for at in places)})" for row in dict.fromkeys(rows))
    return f"{{ VALUES ({names}) {{ {values} }} {select.where.text[1:]}"


def _named(term: ox.NamedNode | ox.Literal) -> str:
    """A term as SPARQL writes it, numbers bare."""
    is_number = isinstance(term, ox.Literal) and term.datatype.value.endswith("#integer")
    return term.value if is_number else str(term)
