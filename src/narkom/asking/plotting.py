"""Figures of an answer: timelines, bars and networks, readable in print, with their sources named beneath.

A stored question says in its header how it is drawn: `plot: {kind: timeline, label: …, start: …, end: …}`,
`{kind: bars, label: …, value: …}` or `{kind: network, from: …, to: …}`, each naming columns of the answer. matplotlib
and networkx draw; both belong to the extra `plot`.
"""

from __future__ import annotations

import datetime
from pathlib import Path

from narkom.asking.citing import Answer
from narkom.asking.render import Rendered
from narkom.errors import NarkomError, UsageError

_COLUMNS = {"timeline": ("label", "start", "end"), "bars": ("label", "value"), "network": ("from", "to")}
_INK, _MARK, _FAINT = "#222222", "#8c2d19", "#b9b9b9"
_MOST_NOTES = 40


class PlotError(NarkomError):
    """A figure that cannot be drawn or written."""


def plot(rendered: Rendered, how: dict, title: str, path: Path) -> None:
    """Draw an answer as its question's header says and write it to an .svg or .png file.

    Raises UsageError for an answer that has no figure or another kind of file, PlotError where matplotlib is not
    installed or the file cannot be written.
    """
    kind = how.get("kind")
    if kind not in _COLUMNS:
        raise UsageError("this question has no figure: it is not about time, counts or a network. Leave --plot out")
    if path.suffix not in (".svg", ".png"):
        raise UsageError(f"{path}: a figure is written as .svg or .png. Give the file one of these endings")
    if not len(rendered):
        raise UsageError("the answer has no rows, so there is nothing to draw")
    lines = len(rendered) if kind != "network" else 0
    figure = _figure(lines)
    columns = [_column(rendered.answer, how[name]) for name in _COLUMNS[kind]]
    axes = figure.add_axes(_frame(figure, 0.36 if lines else 0.02))
    {"timeline": _timeline, "bars": _bars, "network": _network}[kind](axes, rendered, columns)
    height = figure.get_figheight()
    figure.text(0.02, 1 - 0.15 / height, title, fontsize=10, weight="bold", color=_INK, va="top", wrap=True)
    figure.text(0.02, 0.12 / height, _sources(rendered), fontsize=6.5, color=_INK, va="bottom", wrap=True)
    _write(figure, path)


def _frame(figure, left: float) -> tuple[float, float, float, float]:
    """The place of the drawing: room for the title above and the sources below, whatever the height of the page."""
    height = figure.get_figheight()
    return left, 0.9 / height, 0.96 - left, 1 - 1.5 / height


def _figure(lines: int):
    """A page as wide as A4 is across, longer where there are more lines than it holds."""
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ImportError as error:
        raise PlotError("figures need matplotlib and networkx. Install them: pip install 'narkom[plot]'") from error
    matplotlib.rcParams.update({"svg.hashsalt": "narkom", "font.family": "DejaVu Sans", "svg.fonttype": "none"})
    return Figure(figsize=(8.27, max(4.6 if lines else 6.2, 1.7 + 0.19 * lines)), dpi=200)


def _column(answer: Answer, name: str) -> int:
    if name not in answer.variables:
        raise UsageError(f"the figure wants a column {name}, which the answer does not have")
    return answer.variables.index(name)


def _write(figure, path: Path) -> None:
    """Write the figure without a date in it, so that the same answer gives the same file."""
    metadata = {"Date": None, "Creator": "Narkom"} if path.suffix == ".svg" else {"Software": "Narkom"}
    try:
        figure.savefig(path, format=path.suffix[1:], metadata=metadata)
    except OSError as error:
        raise PlotError(f"{path}: cannot be written: {error.strerror}. Choose another file with --plot") from error


def _sources(rendered: Rendered) -> str:
    """The book, and the footnotes and passages behind the rows."""
    book = "Source: M. Jansen and N. Petrov, Stalin's Loyal Executioner (2002), ch. 3"
    numbers = sorted({number for note in rendered.notes.values() for number in note.footnotes})
    passages = list(dict.fromkeys(note.passage for note in rendered.notes.values() if not note.footnotes))
    parts = [book]
    if numbers:
        parts.append(f"notes {_shortened(list(map(str, numbers)))}")
    if passages:
        parts.append(f"without a note {_shortened(passages)}")
    return "; ".join(parts) + "."


def _shortened(names: list[str]) -> str:
    more = f" and {len(names) - _MOST_NOTES} more" if len(names) > _MOST_NOTES else ""
    return ", ".join(names[:_MOST_NOTES]) + more


def _days(row: tuple, start: int, end: int) -> tuple[datetime.date, datetime.date] | None:
    """The span of a row; a missing bound is taken from the other, a row without both has no place in time."""
    values = [datetime.date.fromisoformat(row[at].value) if row[at] is not None else None for at in (start, end)]
    first, last = values[0] or values[1], values[1] or values[0]
    return (first, last) if first and last else None


def _timeline(axes, rendered: Rendered, columns: list[int]) -> None:
    import matplotlib.dates as mdates

    label, start, end = columns
    spans = [(rendered.cell(row[label]), _days(row, start, end), i) for i, row in enumerate(rendered.answer.rows)]
    dated = sorted(((*days, name, i) for name, days, i in spans if days), key=lambda s: (s[0], s[1], s[2], s[3]))
    for line, (first, last, _, _) in enumerate(dated):
        axes.plot([first, last], [line, line], color=_MARK, linewidth=2.4, solid_capstyle="round")
        axes.plot([first], [line], "o", color=_MARK, markersize=4)
    names = [
        f"{_cut(name)}  {rendered.marks(i) if len(rendered.numbers) <= _MOST_NOTES else ''}" for _, _, name, i in dated
    ]
    axes.set_yticks(range(len(dated)), names, fontsize=7)
    axes.invert_yaxis()
    axes.xaxis.set_major_formatter(mdates.ConciseDateFormatter(axes.xaxis.get_major_locator()))
    axes.grid(axis="x", color=_FAINT, linewidth=0.4)
    _plain(axes)


def _bars(axes, rendered: Rendered, columns: list[int]) -> None:
    label, value = columns
    rows = [(rendered.cell(r[label]), float(r[value].value)) for r in rendered.answer.rows if r[value] is not None]
    axes.barh(range(len(rows)), [number for _, number in rows], color=_MARK, height=0.6)
    axes.set_yticks(range(len(rows)), [_cut(name) for name, _ in rows], fontsize=7)
    axes.invert_yaxis()
    for line, (_, number) in enumerate(rows):
        axes.annotate(f"{number:g}", (number, line), xytext=(3, 0), textcoords="offset points", va="center", fontsize=7)
    _plain(axes)


def _network(axes, rendered: Rendered, columns: list[int]) -> None:
    import networkx

    graph = networkx.DiGraph()
    for row in rendered.answer.rows:
        graph.add_edge(*(rendered.cell(row[at]) for at in columns))
    places = networkx.spring_layout(graph, seed=7, k=1.6 / max(len(graph), 1) ** 0.5, iterations=200)
    networkx.draw_networkx_edges(graph, places, ax=axes, edge_color=_FAINT, arrowsize=7, width=0.7, node_size=60)
    networkx.draw_networkx_nodes(graph, places, ax=axes, node_color=_MARK, node_size=28)
    for name, (x, y) in places.items():
        axes.annotate(
            _cut(name), (x, y), xytext=(0, 5), textcoords="offset points", ha="center", fontsize=6.5, color=_INK
        )
    axes.margins(0.12)
    axes.set_axis_off()


def _cut(name: str) -> str:
    return name if len(name) <= 38 else name[:37] + "…"


def _plain(axes) -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(axis="both", labelsize=7, length=0, colors=_INK)
