"""Figures of an answer, readable in print: what they show above, their sources beneath.

A stored question says in its header how it is drawn, each field naming a column of the answer:

- `{kind: timeline, label: …, start: …, end: …}`, with `detail` where the label alone does not say what happened;
- `{kind: bars, label: …, value: …}`, with `least`, `most` and `unit` where the figures have bounds and units;
- `{kind: network, from: …, to: …}`, with `directed: true` where the tie leads from one side to the other,
  `symmetric: true` where both sides are of one kind and neither is first, and `weight` where a row stands for several.

matplotlib and networkx draw; both belong to the extra `plot`.
"""

from __future__ import annotations

import textwrap
from pathlib import Path

from narkom.asking.render import Rendered
from narkom.asking.works import sources_of
from narkom.errors import NarkomError, UsageError

FIELDS = {
    "timeline": (("label", "start", "end"), ("detail",)),
    "bars": (("label", "value"), ("least", "most", "unit")),
    "network": (("from", "to"), ("weight", "directed", "symmetric")),
}
_INK = "#222222"
_MOST_NOTES = 40
_WIDTH = 8.27  # inches: A4 across


class PlotError(NarkomError):
    """A figure that cannot be drawn or written."""


def plot(rendered: Rendered, how: dict, title: str, path: Path) -> None:
    """Draw an answer as its question's header says and write it to an .svg or .png file.

    Raises UsageError for an answer that has no figure or another kind of file, PlotError where matplotlib is not
    installed or the file cannot be written.
    """
    kind = how.get("kind")
    if kind not in FIELDS:
        raise UsageError(
            "this answer has no figure: it is not that of a stored question about time, counts or a network"
        )
    if path.suffix not in (".svg", ".png"):
        raise UsageError(f"{path}: a figure is written as .svg or .png. Give the file one of these endings")
    if not len(rendered):
        raise UsageError("the answer has no rows, so there is nothing to draw")
    with _style():
        figure = _figure(_drawing(kind, rendered, how), title, _sources(rendered))
        _write(figure, path)


def _style():
    """The look of every figure, while it is drawn; a name may hold a dollar sign, so nothing is read as mathematics."""
    try:
        import matplotlib
        import networkx  # noqa: F401
    except ImportError as error:
        raise PlotError("figures need matplotlib and networkx. Install them: pip install 'narkom[plot]'") from error
    return matplotlib.rc_context(
        {
            "svg.hashsalt": "narkom", "svg.fonttype": "none", "font.family": "DejaVu Sans", "font.size": 7,
            "text.parse_math": False, "text.color": _INK, "axes.edgecolor": _INK,
            "xtick.color": _INK, "ytick.color": _INK,
        }
    )  # fmt: skip


def _drawing(kind: str, rendered: Rendered, how: dict):
    from narkom.asking import bars, networks, timelines

    needed, more = FIELDS[kind]
    columns = {field: _column(rendered, how[field]) for field in (*needed, *more) if isinstance(how.get(field), str)}
    if kind == "timeline":
        return timelines.Timeline(rendered, columns)
    if kind == "bars":
        dated = bars.dates(rendered, columns)
        return bars.Calendar(rendered, columns, dated) if dated else bars.Bars(rendered, columns)
    return (networks.Circle if how.get("symmetric") else networks.Sides)(rendered, columns, how)


def _column(rendered: Rendered, name: str) -> int:
    if name not in rendered.answer.variables:
        raise UsageError(f"the figure wants a column {name}, which the answer does not have")
    return rendered.answer.variables.index(name)


def _figure(drawing, title: str, sources: str):
    """A page as wide as A4 and as long as it has to be: the title, the drawing, how to read it, the sources."""
    from matplotlib.figure import Figure

    head = textwrap.wrap(title, 88)
    foot = [line for text in (*drawing.legend, *sources.splitlines()) for line in textwrap.wrap(text, 150)]
    above, below = 0.3 + 0.18 * len(head), 0.25 + 0.12 * len(foot)
    height = above + drawing.height + below
    figure = Figure(figsize=(_WIDTH, height), dpi=200)
    figure.text(0.02, 1 - 0.12 / height, "\n".join(head), fontsize=10, weight="bold", va="top", linespacing=1.25)
    figure.text(0.02, 0.1 / height, "\n".join(foot), fontsize=6.5, va="bottom", linespacing=1.3)
    drawing.draw(figure, (below / height, drawing.height / height))
    return figure


def _write(figure, path: Path) -> None:
    """Write the figure without a date in it, so that the same answer gives the same file."""
    metadata = {"Date": None, "Creator": "Narkom"} if path.suffix == ".svg" else {"Software": "Narkom"}
    try:
        figure.savefig(path, format=path.suffix[1:], metadata=metadata)
    except OSError as error:
        raise PlotError(f"{path}: cannot be written: {error.strerror}. Choose another file with --plot") from error


def _sources(rendered: Rendered) -> str:
    """The texts, and the footnotes and passages behind the rows, a line for each source that is cited."""
    lines = []
    for source in sources_of(rendered.store):
        notes = [note for note in rendered.notes.values() if note.source == source.key]
        numbers = sorted({number for note in notes for number in note.footnotes})
        passages = list(dict.fromkeys(note.passage.partition("/")[2] for note in notes if not note.footnotes))
        parts = [f"Source: {source}"]
        if numbers:
            parts.append(f"notes {_shortened(list(map(str, numbers)))}")
        if passages:
            parts.append(f"without a note {_shortened(passages)}")
        if notes:
            lines.append("; ".join(parts) + ".")
    return "\n".join(lines)


def _shortened(names: list[str]) -> str:
    more = f" and {len(names) - _MOST_NOTES} more" if len(names) > _MOST_NOTES else ""
    return ", ".join(names[:_MOST_NOTES]) + more
