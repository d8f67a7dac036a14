"""The shape of a SPARQL 1.1 SELECT query: what citing needs to know of it, and where each part stands in the text.

Oxigraph executes queries and decides what is well-formed. This module reads only queries that it has accepted, and
keeps the pieces of text, so that a part (the inside of an EXISTS, a sub-SELECT) can be executed by itself. The names
follow the grammar of SPARQL 1.1, https://www.w3.org/TR/sparql11-query/#sparqlGrammar.
"""

from narkom.asking.syntax.patterns import (
    Aggregate,
    Bgp,
    Bind,
    Filter,
    Graph,
    Group,
    Minus,
    Optional_,
    Path,
    Select,
    Triple,
    Union,
    variables_in,
    within,
)
from narkom.asking.syntax.reader import AGGREGATES, parse_select
from narkom.asking.syntax.tokens import Token, Uncitable, tokenize

__all__ = [
    "AGGREGATES",
    "Aggregate",
    "Bgp",
    "Bind",
    "Filter",
    "Graph",
    "Group",
    "Minus",
    "Optional_",
    "Path",
    "Select",
    "Token",
    "Triple",
    "Uncitable",
    "Union",
    "parse_select",
    "tokenize",
    "variables_in",
    "within",
]
