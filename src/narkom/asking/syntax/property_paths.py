"""Reading property paths."""

from __future__ import annotations

from narkom.asking.syntax.patterns import Path
from narkom.asking.syntax.terms import Cursor


class PathReader(Cursor):
    """Reads a path, by recursive descent from alternatives to links."""

    def _alternative(self) -> Path:
        return self._joined("alternative", "|", self._sequence)

    def _sequence(self) -> Path:
        return self._joined("sequence", "/", self._step)

    def _joined(self, op: str, sign: str, read) -> Path:
        first = self.at
        parts = [read()]
        while self.accept(sign):
            parts.append(read())
        return parts[0] if len(parts) == 1 else Path(op, tuple(parts), self.slice(first, self.at))

    def _step(self) -> Path:
        first = self.at
        inverse = self.accept("^")
        inner = self._primary()
        for sign, op in (("*", "zero-or-more"), ("+", "one-or-more"), ("?", "zero-or-one")):
            if self.accept(sign):
                inner = Path(op, (inner,), self.slice(first + inverse, self.at))
                break
        return Path("inverse", (inner,), self.slice(first, self.at)) if inverse else inner

    def _primary(self) -> Path:
        first = self.at
        if self.accept("("):
            inner = self._alternative()
            self.expect(")")
            return inner if inner.op == "link" else Path(inner.op, inner.parts, self.slice(first, self.at))
        if self.accept("!"):
            return self._negated(first)
        iri = self._iri(self.next())
        return Path("link", (iri,), self.slice(first, self.at))

    def _negated(self, first: int) -> Path:
        parts: list[Path] = []
        bracket = self.accept("(")
        while True:
            start = self.at
            inverse = self.accept("^")
            link = Path("link", (self._iri(self.next()),), self.slice(start + inverse, self.at))
            parts.append(Path("inverse", (link,), self.slice(start, self.at)) if inverse else link)
            if not (bracket and self.accept("|")):
                break
        if bracket:
            self.expect(")")
        return Path("negated", tuple(parts), self.slice(first, self.at))
