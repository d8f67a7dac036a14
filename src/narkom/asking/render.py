"""Answers as people use them: a table with numbered notes, CSV, JSON, Markdown. Each with its citations."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import sys
from collections.abc import Sequence

import pyoxigraph as ox

from narkom.asking.asked import Asked
from narkom.asking.citing import Answer
from narkom.asking.columns import beside, joined, row_evidence
from narkom.asking.joining import widened
from narkom.asking.notes import Note, Notes, label_of
from narkom.building.views import claim_order
from narkom.vocabulary import cited_name

FORMATS = ("table", "csv", "json", "markdown")
_OUTSIDE = ("testified", "charged", "rejected")
_NARROWEST = 20
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Rendered:
    """An answer with its notes read and numbered in the order in which they are first cited."""

    def __init__(self, store: ox.Store, answer: Answer) -> None:
        """Take the store the answer came from."""
        self.store = store
        self.answer = answer
        notes = Notes(store)
        order: dict[str, int] = {}
        for citation in answer.citations:
            for claim in sorted(citation.claims, key=claim_order):
                order.setdefault(claim, len(order) + 1)
        self.numbers = order
        self.notes: dict[str, Note] = {claim: notes.one(claim) for claim in order}

    def cell(self, value) -> str:
        """Return a term as a reader wants to see it: a label, or the value itself."""
        if value is None:
            return ""
        if isinstance(value, ox.NamedNode):
            return label_of(self.store, value)
        return value.value if isinstance(value, ox.Literal) else str(value)

    def marks(self, row: int) -> str:
        """Return the note marks of a row: numbers, or in words why there is none."""
        if not self.answer.citations:
            return ""
        citation = self.answer.citations[row]
        if citation.gap:
            return citation.gap
        claims = sorted(citation.claims, key=claim_order)
        marks = " ".join(f"[{self.numbers[claim]}]" for claim in claims) or "register"
        outside = [s for s in _OUTSIDE if any(self.notes[claim].stance == s for claim in claims)]
        return f"{marks} {', '.join(outside)}".strip()

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.answer.rows)


def render(
    store: ox.Store, answer: Answer, form: str, title: str = "", asked: Sequence[Asked] = (), query: str = ""
) -> str:
    """Return an answer in one of FORMATS, as text that ends with a line feed.

    `asked` are the values that it was asked with: CSV, which has no title, tells them in a column each, JSON in a list.
    `query` is what was asked; CSV and JSON have the IRIs beside the labels that it shows (joining.py).
    """
    rendered = Rendered(store, answer)
    if form in ("csv", "json"):
        return {"csv": _csv, "json": _json}[form](rendered, query, title, asked)
    return {"table": _table, "markdown": _markdown}[form](rendered, title)


def _table(rendered: Rendered, title: str) -> str:
    from rich.console import Console
    from rich.text import Text

    out = io.StringIO()
    width = max(shutil.get_terminal_size((120, 24)).columns, _NARROWEST)
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    console = Console(file=out, width=width, force_terminal=colour, no_color=not colour, highlight=False)
    console.print(_grid(rendered, title, console.width) if len(rendered) else Text(f"{title}\n  No rows."))
    for claim, number in rendered.numbers.items():
        console.print(Text(f"[{number}] {rendered.notes[claim]}"))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _grid(rendered: Rendered, title: str, width: int):
    """The answer laid out for a page of `width` characters: a table, or a list of rows where words would be broken."""
    heads = [name.replace("_", " ") for name in rendered.answer.variables]
    rows = [[rendered.cell(value) for value in row] for row in rendered.answer.rows]
    if rendered.answer.citations:
        heads.append("notes")
        rows = [[*row, rendered.marks(i)] for i, row in enumerate(rows)]
    widths = _widths([heads, *rows], width - 2 * len(heads) - 2)
    return _columns(title, heads, rows, widths) if widths else _records(title, heads, rows)


def _columns(title: str, heads: list[str], rows: list[list[str]], widths: list[int]):
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title) if title else None, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for head, room in zip(heads, widths, strict=True):
        table.add_column(Text(head), width=room)
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def _records(title: str, heads: list[str], rows: list[list[str]]):
    """Each row as lines of a name and a value; what is empty is left out."""
    from rich.table import Table
    from rich.text import Text

    table = Table(
        title=Text(title) if title else None, title_justify="left", box=None, padding=(0, 1), show_header=False
    )
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for row in rows:
        table.add_row()
        for head, cell in zip(heads, row, strict=True):
            if cell:
                table.add_row(Text(head, style="dim"), Text(cell))
    return table


def _widths(rows: list[list[str]], room: int) -> list[int]:
    """Share out `room` characters among the columns: to each its longest word, then to whichever is tallest.

    Returns nothing where there is no room for whole words.
    """
    columns = list(zip(*rows, strict=True))
    widths = [max(len(word) for cell in column for word in [" ", *cell.split()]) for column in columns]
    if sum(widths) > room:
        return []
    longest = [max(map(len, column)) for column in columns]
    for _ in range(room - sum(widths)):
        tallest = max(range(len(widths)), key=lambda at: longest[at] / widths[at])
        if longest[tallest] <= widths[tallest]:
            break
        widths[tallest] += 1
    return widths


def _csv(rendered: Rendered, query: str, title: str, asked: Sequence[Asked]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    variables, rows = widened(rendered.store, query, rendered.answer)
    names = beside(variables) if rendered.answer.cited or rendered.answer.citations else []
    writer.writerow([*variables, *names, *(f"asked_{one.name}" for one in asked)])
    values = [one.text for one in asked]
    for i, row in enumerate(rows):
        cells = ["" if value is None else value.value for value in row]
        notes = [_citation_cell(rendered, name, i) for name in names]
        writer.writerow([_defused(cell) for cell in [*cells, *notes, *values]])
    return out.getvalue()


def _citation_cell(rendered: Rendered, column: str, row: int) -> str:
    said = row_evidence(column, rendered.answer.citations[row], rendered.notes.__getitem__)
    return said if isinstance(said, str) else joined(column, said)


def _defused(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; a plain negative number stays one."""
    if cell.startswith(_FORMULA) and not cell.lstrip("+-").replace(".", "", 1).isdigit():
        cell = "'" + cell
    # The csv module leaves a lone carriage return unquoted where rows end with a line feed, and readers split there.
    return cell.replace("\r\n", "\n").replace("\r", "\n")


def _json(rendered: Rendered, query: str, title: str, asked: Sequence[Asked]) -> str:
    variables, found = widened(rendered.store, query, rendered.answer)
    rows = []
    for i, row in enumerate(found):
        values = {n: json_term(v) for n, v in zip(variables, row, strict=True) if v is not None}
        entry: dict = {"values": values}
        if rendered.answer.citations:
            citation = rendered.answer.citations[i]
            entry["claims"] = [cited_name(claim) for claim in sorted(citation.claims, key=claim_order)]
            if citation.gap:
                entry["gap"] = citation.gap
        rows.append(entry)
    notes = {note.claim: note.as_dict() for note in rendered.notes.values()}
    document = {
        "title": title,
        "parameters": {one.name: {"text": one.text, "term": one.term} for one in asked},
        "variables": variables,
        "rows": rows,
        "notes": notes,
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def json_term(value: ox.Term | ox.Triple) -> dict:
    """Return a term as in the SPARQL 1.1 Query Results JSON Format, a triple term as RDF 1.2 adds it."""
    if isinstance(value, ox.NamedNode):
        return {"type": "uri", "value": value.value}
    if isinstance(value, ox.BlankNode):
        return {"type": "bnode", "value": value.value}
    if isinstance(value, ox.Triple):
        parts = {"subject": value.subject, "predicate": value.predicate, "object": value.object}
        return {"type": "triple", "value": {name: json_term(part) for name, part in parts.items()}}
    found = {"type": "literal", "value": value.value}
    if value.language:
        found["xml:lang"] = value.language
    elif value.datatype.value != "http://www.w3.org/2001/XMLSchema#string":
        found["datatype"] = value.datatype.value
    return found


def _markdown(rendered: Rendered, title: str) -> str:
    cited = bool(rendered.answer.citations)
    heads = [name.replace("_", " ") for name in rendered.answer.variables]
    lines = [f"**{_plain(title)}**", ""] if title else []
    lines.append("| " + " | ".join([*heads, *(["notes"] if cited else [])]) + " |")
    lines.append("|" + " --- |" * (len(heads) + cited))
    for i, row in enumerate(rendered.answer.rows):
        cells = [_plain(rendered.cell(value)) for value in row]
        lines.append("| " + " | ".join([*cells, *([_footnote_marks(rendered, i)] if cited else [])]) + " |")
    lines.append("")
    lines += [f"[^{number}]: {_plain(str(rendered.notes[claim]))}" for claim, number in rendered.numbers.items()]
    return "\n".join(lines).rstrip() + "\n"


def _footnote_marks(rendered: Rendered, row: int) -> str:
    return rendered.marks(row).replace("[", "[^")


def _plain(text: str) -> str:
    """Return text that Markdown takes as it is, on one line."""
    for sign in "\\`*_{}[]<>|":
        text = text.replace(sign, "\\" + sign)
    return " ".join(text.split())
