"""Timelines: a day as a point, a time that is told less closely as what it is."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from narkom.asking.drawing import FAINT, MARK, calendar, grouped, heights, labelled, left_out, middles, plain, wrapped
from narkom.asking.render import Rendered
from narkom.errors import UsageError

_LABELS = 3.0
_WIDTH, _RIGHT = 8.27, 0.3
_READ = {
    "day": "● that day",
    "span": "|—| within that time, or throughout it",
    "from": "|→ not before that day",
    "to": "←| not after that day",
}


@dataclass(frozen=True)
class Span:
    """A row's place in time; a bound that is not known is None."""

    first: datetime.date | None
    last: datetime.date | None
    label: str

    @property
    def kind(self) -> str:
        """One of the kinds in the legend."""
        if self.first and self.last:
            return "day" if self.first == self.last else "span"
        return "from" if self.first else "to"

    @property
    def order(self) -> tuple:
        """Return a key that sorts by the first day that is known."""
        return (self.first or self.last, self.last or self.first, self.label)


class Timeline:
    """Rows one below the other, by time."""

    def __init__(self, rendered: Rendered, columns: dict[str, int]) -> None:
        """Take the answer and the columns `label`, `start`, `end` and perhaps `detail`.

        Raises UsageError where no row has a date.
        """
        keys = [_key(rendered, row, columns) for row in rendered.answer.rows]
        found = [
            Span(first, last, wrapped(labelled(rendered, rows, name), _LABELS - 0.1))
            for (first, last, name), rows in grouped(keys).items()
        ]
        if not found:
            raise UsageError("no row of the answer has a date, so there is nothing to draw. Leave --plot out")
        self.spans = sorted(found, key=lambda span: span.order)
        kinds = {span.kind for span in self.spans}
        how = "   ".join(text for kind, text in _READ.items() if kind in kinds)
        self.legend = (how, *left_out(keys.count(None), len(keys), "without a date"))
        self._sizes = heights([span.label for span in self.spans])
        self.height = sum(self._sizes) + 0.35

    def draw(self, figure, place: tuple[float, float]) -> None:
        """Draw into the band of the figure that begins at `place[0]` and is `place[1]` high."""
        import matplotlib.dates as mdates

        axes = figure.add_axes(
            (_LABELS / _WIDTH, place[0] + 0.3 / figure.get_figheight(), 1 - (_LABELS + _RIGHT) / _WIDTH,
             place[1] - 0.3 / figure.get_figheight())
        )  # fmt: skip
        days = [mdates.date2num(day) for span in self.spans for day in (span.first, span.last) if day]
        reach = max((max(days) - min(days)) * 0.05, 2)
        lines = middles(self._sizes)
        for line, span in zip(lines, self.spans, strict=True):
            _mark(axes, span, line, reach)
        axes.set_yticks(lines, [span.label for span in self.spans])
        axes.set_ylim(sum(self._sizes), 0)
        axes.set_xlim(min(days) - 1.6 * reach, max(days) + 1.6 * reach)
        calendar(axes)
        axes.grid(axis="x", color=FAINT, linewidth=0.4)
        axes.set_axisbelow(True)
        plain(axes)


def _key(rendered: Rendered, row: tuple, columns: dict[str, int]) -> tuple | None:
    """What rows that are drawn as one have in common: both days and the name; None for a row without a date."""
    first, last = (_day(row[columns[name]]) for name in ("start", "end"))
    name, detail = (rendered.cell(row[columns[field]]) if field in columns else "" for field in ("label", "detail"))
    return (first, last, f"{name.rstrip('.')}: {detail}" if detail else name) if first or last else None


def _day(value) -> datetime.date | None:
    return None if value is None else datetime.date.fromisoformat(value.value)


def _mark(axes, span: Span, line: float, reach: float) -> None:
    import matplotlib.dates as mdates

    first, last = (None if day is None else mdates.date2num(day) for day in (span.first, span.last))
    if span.kind == "day":
        axes.plot([first], [line], "o", color=MARK, markersize=4)
    elif span.kind == "span":
        axes.plot([first, last], [line, line], color=MARK, linewidth=1.2, marker="|", markersize=6)
    else:
        start, way = (first, reach) if span.kind == "from" else (last, -reach)
        axes.plot([start], [line], color=MARK, marker="|", markersize=6)
        axes.annotate(
            "", (start + way, line), (start, line),
            arrowprops={"arrowstyle": "->", "color": MARK, "linewidth": 1.2, "shrinkA": 0, "shrinkB": 0},
        )  # fmt: skip
