"""Reading the tokens of a query one after another, and the terms among them."""

from __future__ import annotations

import re

import pyoxigraph as ox

from narkom.asking.syntax.tokens import Token, Uncitable, tokenize

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"


class Cursor:
    """A place among the tokens of one query."""

    def __init__(self, text: str) -> None:
        """Take the query; raises Uncitable where it is not made of tokens."""
        self.text = text
        self.tokens = tokenize(text)
        self.at = 0
        self.prefixes: dict[str, str] = {}
        self.base = ""
        self.prologue_text = ""
        self.blank = 0

    # -- tokens ------------------------------------------------------------------------------------------------------

    def peek(self, ahead: int = 0) -> Token | None:
        """Return the token that comes, or one further ahead; None behind the last."""
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) else None

    def word(self, ahead: int = 0) -> str:
        """Return a keyword or sign that comes, in capitals; nothing where it is a token of another kind."""
        token = self.peek(ahead)
        return token.text.upper() if token and token.kind in ("word", "op") else ""

    def next(self) -> Token:
        """Take the token that comes; raises Uncitable behind the last."""
        token = self.peek()
        if token is None:
            raise Uncitable("the end of the query")
        self.at += 1
        return token

    def accept(self, *words: str) -> bool:
        """Take the token that comes if it is one of some keywords or signs, and return whether it was."""
        if self.word() in words:
            self.at += 1
            return True
        return False

    def expect(self, word: str) -> Token:
        """Take the token that comes, which has to be this keyword or sign; raises Uncitable where it is not."""
        token = self.next()
        if token.text.upper() != word:
            raise Uncitable(f"'{token.text}' where '{word}' belongs")
        return token

    def slice(self, first: int, last: int) -> str:
        """Return the text from token number `first` up to, not including, token number `last`."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end] if last > first else ""

    def skip_brackets(self) -> None:
        """Pass over one balanced (…), {…} or […]."""
        pairs = {"(": ")", "{": "}", "[": "]"}
        stack = [pairs[self.next().text]]
        while stack:
            token = self.next()
            if token.kind != "op":
                continue
            if token.text in pairs:
                stack.append(pairs[token.text])
            elif token.text == stack[-1]:
                stack.pop()

    # -- terms --------------------------------------------------------------------------------------------------------

    def _iri(self, token: Token) -> ox.NamedNode:
        if token.kind == "iri":
            iri = token.text[1:-1]
            return ox.NamedNode(iri if re.match(r"[A-Za-z][\w+.-]*:", iri) else self.base + iri)
        if token.kind == "pname":
            prefix, _, local = token.text.partition(":")
            return ox.NamedNode(self.prefixes[prefix] + re.sub(r"\\(.)", r"\1", local))
        if token.text == "a":
            return ox.NamedNode(RDF + "type")
        raise Uncitable(f"'{token.text}' in a triple pattern")

    def _literal(self, token: Token) -> ox.Literal:
        if token.text in ("true", "false"):
            return ox.Literal(token.text, datatype=ox.NamedNode(XSD + "boolean"))
        if token.kind == "string":
            return self._string(token)
        sign = token.text if token.text in "+-" else ""
        number = sign + (self.next().text if sign else token.text)
        kind = "double" if "e" in number.lower() else "decimal" if "." in number else "integer"
        return ox.Literal(number, datatype=ox.NamedNode(XSD + kind))

    def _string(self, token: Token) -> ox.Literal:
        quotes = 3 if token.text[:3] in ('"""', "'''") else 1
        value = _unescape(token.text[quotes:-quotes])
        following = self.peek()
        if following and following.kind == "lang":
            return ox.Literal(value, language=self.next().text[1:])
        if self.accept("^^"):
            return ox.Literal(value, datatype=self._iri(self.next()))
        return ox.Literal(value)


def _unescape(text: str) -> str:
    """Undo the escapes of a SPARQL string."""
    plain = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}

    def one(match: re.Match[str]) -> str:
        code = match.group(1)
        return chr(int(code[1:], 16)) if code[0] in "uU" else plain.get(code, code)

    return re.sub(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", one, text)
