"""What a question was asked with: the value of each of its parameters, typed or default, in words and as a term."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from narkom.asking.notes import label_of
from narkom.asking.questions import ALL, REGISTERED, Parameter, Question
from narkom.errors import Phrase, Unfit
from narkom.vocabulary import NUMBERED, PREFIXES, cited_name, kind_of, local_name, space_of
from narkom.words import choice

_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:\^\^(\w+):(\w+)|\^\^<\S+>|@\S+)?$')


@dataclass(frozen=True, slots=True)
class Asked:
    """A parameter's name, its value as a reader knows it, and the same value as a SPARQL term (empty: all values)."""

    name: str
    text: str
    term: str


def asked_with(store: ox.Store, question: Question, terms: dict[str, str]) -> list[Asked]:
    """Return every parameter of a question with its value: the given SPARQL term, else the default."""
    return [_asked(store, parameter, terms.get(parameter.name, parameter.default)) for parameter in question.parameters]


def _asked(store: ox.Store, parameter: Parameter, term: str) -> Asked:
    if term == ALL:
        return Asked(parameter.name, "all", "")
    literal = _LITERAL.match(term)
    if literal:
        if literal[2]:
            # Beyond the query no prefix is declared.
            term = f"{term.rpartition('^^')[0]}^^<{PREFIXES[literal[2]]}{literal[3]}>"
        return Asked(parameter.name, literal[1].replace('\\"', '"').replace("\\\\", "\\"), term)
    iri = _iri(term)
    if iri:
        # An event is labelled by whoever tells of it: its identifier takes no side.
        kind = kind_of(iri)
        name = cited_name(iri) if kind in NUMBERED else local_name(iri)
        return Asked(parameter.name, label_of(store, ox.NamedNode(iri)) if kind in REGISTERED else name, f"<{iri}>")
    return Asked(parameter.name, term, term)


def _iri(term: str) -> str:
    """Return the IRI of a term that is one, in angle brackets or with a prefix; else nothing."""
    if term.startswith("<"):
        return term[1:-1]
    prefix, colon, local = term.partition(":")
    return space + local if colon and (space := space_of(prefix)) else ""


def given(question: Question, typed: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return what was typed for a question's parameters, by name; what is not typed keeps its default.

    Raises Unfit for a name that is no parameter, an empty value, and a parameter that is given twice.
    """
    names = {parameter.name for parameter in question.parameters}
    found: dict[str, str] = {}
    for name, text in typed:
        if name not in names or not text.strip() or name in found:
            its = {"name": name, "typed": text}
            raise Unfit(_why_not(its, name in names, name in found), _known(question))
        found[name] = text.strip()
    return found


def _why_not(its: dict[str, str], known: bool, again: bool) -> Phrase:
    if not known:
        return Phrase("{name}={typed}: is no parameter.", **its)
    return Phrase("{name}={typed}: is given twice.", **its) if again else Phrase("{name}={typed}: is empty.", **its)


def _known(question: Question) -> Phrase:
    known = ", ".join(f"{p.name}=<{choice(p.kinds)}>" for p in question.parameters) or "none"
    return Phrase("{question} has these: {known}", question=question.name, known=known)


def titled(question: Question, asked: list[Asked]) -> str:
    """Return a question's title with the values that it was asked with."""
    return question.summary + (f" ({told(asked)})" if asked else "")


def told(asked: list[Asked]) -> str:
    """Return the values in one line: `from = 1937-03-25, to = 1937-04-15`."""
    return ", ".join(f"{one.name} = {one.text}" for one in asked)
