"""Evidence as further columns of an answer, for clients that know nothing but rows: claims, notes, stances and more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import pyoxigraph as ox

from narkom.asking.citing import Answer, Citation
from narkom.asking.notes import Note, Notes
from narkom.building.views import claim_order
from narkom.errors import UsageError

REGISTER = "needs no claim: said by a register, the source's description or the ontology"
_SEPARATORS = {"claims": " ", "glosses": " "}
# What a column says of one claim; a row says each thing once.
COLUMNS: dict[str, Callable[[str, Note], Sequence[str]]] = {
    "claims": lambda claim, note: [claim],
    "passages": lambda claim, note: [note.passage],
    "footnotes": lambda claim, note: [f"{note.source}/{number}" for number in note.footnotes],
    "notes": lambda claim, note: [note.where()],
    "stances": lambda claim, note: [f"{note.stance} (inferred)" if note.inferred else note.stance],
    "voices": lambda claim, note: note.voices,
    "glosses": lambda claim, note: [note.gloss],
}
USUAL = ("claims", "notes", "stances")
BESIDE_ROWS = ("claims", "passages", "footnotes", "notes", "stances", "voices")
NONE = ("", "false")


def chosen_columns(text: str) -> tuple[str, ...]:
    """Return the columns that `true` or a list such as `claims,glosses` asks for, none for `false` or nothing.

    Raises UsageError for a column that there is not.
    """
    if text in NONE:
        return ()
    if text == "true":
        return USUAL
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",")))
    for name in names:
        if name not in COLUMNS:
            raise UsageError(f"evidence={name[:80]}: choose true, false, or some of {', '.join(COLUMNS)}")
    return names


def with_columns(notes: Notes, found: Answer, columns: tuple[str, ...]) -> tuple[list[str], list[tuple]]:
    """Return the variables and rows of a cited answer with a variable more for each column: `_claims`, `_notes` …

    The values are plain literals. `_claims` has IRIs with a space between, most others a semicolon; `(inferred)` after
    a stance says that the encoder drew the claim from the source, which does not say it. A row that needs no claim has
    no claims, and its notes (or another column than claims) say why. A column that the query shows itself and
    leaves open is filled in its place, for clients that know no variable but those of the query. Raises UsageError
    where the query binds one of these names.
    """
    names = [f"_{name}" for name in columns]
    for name in names:
        if name in found.variables and any(row[found.variables.index(name)] is not None for row in found.rows):
            raise UsageError(f"?{name} is a column of evidence: give the variable of the query another name")
    variables = [*found.variables, *(name for name in names if name not in found.variables)]
    # Why a row has no claims stands in its notes, or else in the first column that holds no IRIs.
    telling = "notes" if "notes" in columns else next((name for name in columns if name != "claims"), "")
    rows = []
    for row, citation in zip(found.rows, found.citations, strict=True):
        values = dict(zip(found.variables, row, strict=True))
        values |= {f"_{name}": _value(name, citation, notes, name == telling) for name in columns}
        rows.append(tuple(values[variable] for variable in variables))
    return variables, rows


def beside(variables: Sequence[str]) -> list[str]:
    """Return the columns of evidence beside the variables of an answer; where the query has one of them, its stands."""
    return [name for name in (*BESIDE_ROWS, "gap") if name not in variables]


def row_evidence(name: str, citation: Citation, note_of: Callable[[str], Note]) -> list[str] | str:
    """Return what one of the columns beside the rows says of a row: a list, or of a gap the reason."""
    return citation.gap if name == "gap" else evidence_of(name, citation.claims, note_of)


def evidence_of(column: str, claims: Iterable[str], note_of: Callable[[str], Note]) -> list[str]:
    """Return what a column says of claims (IRIs), each thing once, in the order of the sources."""
    parts = (part for claim in sorted(claims, key=claim_order) for part in COLUMNS[column](claim, note_of(claim)))
    return list(dict.fromkeys(filter(None, parts)))


def joined(column: str, parts: Iterable[str]) -> str:
    """Return what a column says as one text."""
    return _SEPARATORS.get(column, "; ").join(parts)


def _value(column: str, citation: Citation, notes: Notes, tells: bool) -> ox.Literal | None:
    if not citation.claims:
        return ox.Literal(citation.gap or REGISTER) if tells else None
    text = joined(column, evidence_of(column, citation.claims, notes.one))
    return ox.Literal(text) if text else None
