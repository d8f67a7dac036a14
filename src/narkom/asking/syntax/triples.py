"""Reading triple patterns."""

from __future__ import annotations

import re

import pyoxigraph as ox

from narkom.asking.syntax.patterns import Bgp, Path, Triple
from narkom.asking.syntax.property_paths import PathReader
from narkom.asking.syntax.terms import RDF


class TripleReader(PathReader):
    """Reads triple patterns that stand together, those that brackets abbreviate too."""

    def _bgp(self) -> Bgp:
        triples: list[Triple] = []
        while True:
            before = len(triples)
            subject = self._node(triples)
            if not (len(triples) > before and (self.peek() is None or self.word() in (".", "}"))):
                self._properties(subject, triples)
            if not self.accept("."):
                break
            if self.peek() is None or self.word() in ("{", "}") or self._starts_part():
                break
        return Bgp(triples)

    def _properties(self, subject: object, triples: list[Triple]) -> None:
        while True:
            predicate = self._verb()
            while True:
                triples.append(Triple(subject, predicate, self._node(triples)))
                if not self.accept(","):
                    break
            while self.accept(";"):
                pass
            if self.word() in (".", "}", "]", "{") or self.peek() is None or self._starts_part():
                return

    def _starts_part(self) -> bool:
        return self.word() in ("OPTIONAL", "MINUS", "GRAPH", "SERVICE", "FILTER", "BIND", "VALUES")

    def _verb(self) -> ox.Variable | ox.NamedNode | Path:
        token = self.peek()
        if token and token.kind == "var":
            self.next()
            return ox.Variable(token.text[1:])
        path = self._alternative()
        return path.parts[0] if isinstance(path, Path) and path.op == "link" else path

    def _node(self, triples: list[Triple]) -> ox.Variable | ox.NamedNode | ox.Literal:
        token = self.next()
        if token.kind == "var":
            return ox.Variable(token.text[1:])
        if token.kind == "bnode":
            return ox.Variable("_b_" + re.sub(r"\W", "_", token.text[2:]))
        if token.text == "[":
            node = self._fresh()
            if self.word() != "]":
                self._properties(node, triples)
            self.expect("]")
            return node
        if token.text == "(":
            return self._collection(triples)
        if token.kind == "string" or token.kind == "number" or token.text in ("+", "-", "true", "false"):
            return self._literal(token)
        return self._iri(token)

    def _collection(self, triples: list[Triple]) -> ox.Variable | ox.NamedNode:
        nodes = []
        while self.word() != ")":
            nodes.append(self._node(triples))
        self.next()
        rest: ox.Variable | ox.NamedNode = ox.NamedNode(RDF + "nil")
        for node in reversed(nodes):
            cell = self._fresh()
            triples.append(Triple(cell, ox.NamedNode(RDF + "first"), node))
            triples.append(Triple(cell, ox.NamedNode(RDF + "rest"), rest))
            rest = cell
        return rest

    def _fresh(self) -> ox.Variable:
        self.blank += 1
        return ox.Variable(f"_anon{self.blank}")
