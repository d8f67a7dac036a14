"""Bars: figures of one unit on one axis, bounds as bounds, and months and days in their places, the empty ones too."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from itertools import groupby

from narkom.asking.drawing import (
    FAINT,
    INK,
    MARK,
    calendar,
    grouped,
    heights,
    labelled,
    left_out,
    middles,
    plain,
    wrapped,
)
from narkom.asking.render import Rendered
from narkom.errors import UsageError

_LABELS = 3.4
_WIDTH, _RIGHT = 8.27, 0.75
_HEAD = 0.3
_CALENDAR = 2.6
_DAY = re.compile(r"\d{4}-\d\d(-\d\d)?$")


@dataclass(frozen=True)
class Bar:
    """A figure: exact (`least` and `most` the same), or bounded on one side or both (None where there is no bound)."""

    label: str
    least: float | None
    most: float | None
    unit: str

    @property
    def text(self) -> str:
        """The figure in digits."""
        if self.least == self.most:
            return f"{self.least:,.10g}"
        if self.least is None:
            return f"≤ {self.most:,.10g}"
        return f"≥ {self.least:,.10g}" if self.most is None else f"{self.least:,.10g}–{self.most:,.10g}"


class Bars:
    """Bars one below the other, each unit with an axis of its own."""

    def __init__(self, rendered: Rendered, columns: dict[str, int]) -> None:
        """Take the answer and the columns `label`, `value` and perhaps `least`, `most` and `unit`."""
        keys = [_key(rendered, row, columns) for row in rendered.answer.rows]
        bars = _without_gaps(
            [
                Bar(wrapped(labelled(rendered, rows, name), _LABELS - 0.1), least, most, unit)
                for (name, least, most, unit), rows in grouped(keys).items()
            ]
        )
        if not bars:
            raise UsageError("no row of the answer has a figure, so there is nothing to draw. Leave --plot out")
        self.units = [list(of) for _, of in groupby(sorted(bars, key=lambda bar: bar.unit), lambda bar: bar.unit)]
        bounded = any(bar.least != bar.most for bar in bars)
        self.legend = (
            *(["A light bar is a bound: at least (≥) or at most (≤) so many."] if bounded else []),
            *left_out(keys.count(None), len(keys), "without a figure"),
        )
        self._sizes = [heights([bar.label for bar in bars]) for bars in self.units]
        self.height = sum(sum(sizes) + _HEAD for sizes in self._sizes)

    def draw(self, figure, place: tuple[float, float]) -> None:
        """Draw into the band of the figure that begins at `place[0]` and is `place[1]` high."""
        height = figure.get_figheight()
        top = place[0] + place[1]
        for bars, sizes in zip(self.units, self._sizes, strict=True):
            part = sum(sizes) / height
            top -= _HEAD / height
            figure.text(_LABELS / _WIDTH, top + 0.06 / height, bars[0].unit, weight="bold")
            axes = figure.add_axes((_LABELS / _WIDTH, top - part, 1 - (_LABELS + _RIGHT) / _WIDTH, part))
            _draw(axes, bars, sizes)
            top -= part


def _draw(axes, bars: list[Bar], sizes: list[float]) -> None:
    lines = middles(sizes)
    for line, bar in zip(lines, bars, strict=True):
        exact = bar.least == bar.most
        length = bar.least if bar.most is None else bar.most
        axes.barh(
            line, length, height=0.1, color=MARK if exact else "none", edgecolor=MARK, linewidth=0.8,
            linestyle="-" if exact else ":",
        )  # fmt: skip
        axes.annotate(bar.text, (length, line), xytext=(3, 0), textcoords="offset points", va="center")
    axes.set_yticks(lines, [bar.label for bar in bars])
    axes.set_ylim(sum(sizes), 0)
    axes.set_xlim(left=0)
    axes.xaxis.set_visible(False)
    axes.axvline(0, color=INK, linewidth=0.8)
    plain(axes)
    axes.spines["bottom"].set_visible(False)


def _key(rendered: Rendered, row: tuple, columns: dict[str, int]) -> tuple | None:
    """What rows that are drawn as one have in common: name, bounds and unit; None for a row without a figure."""
    numbers = {
        name: float(row[columns[name]].value)
        for name in ("value", "least", "most")
        if name in columns and row[columns[name]] is not None
    }
    if not numbers:
        return None
    least, most = (numbers.get(name, numbers.get("value")) for name in ("least", "most"))
    unit = rendered.cell(row[columns["unit"]]) if "unit" in columns else ""
    return rendered.cell(row[columns["label"]]), least, most, unit


def _without_gaps(bars: list[Bar]) -> list[Bar]:
    """Return the bars with a zero for each number that a numbered series leaves out, such as paragraphs."""
    places = {int(bar.label.split(" [")[0]): bar for bar in bars if re.match(r"\d{1,4}( \[|$)", bar.label)}
    if len(places) < len(bars) or not bars:
        return bars
    return [places.get(n) or Bar(str(n), 0, 0, bars[0].unit) for n in range(min(places), max(places) + 1)]


# -- months and days -------------------------------------------------------------------------------------------------


def dates(rendered: Rendered, columns: dict[str, int]) -> list[datetime.date]:
    """Return the first day of each row's month or day; nothing where a row's label is neither."""
    labels = [rendered.cell(row[columns["label"]]) for row in rendered.answer.rows]
    if not all(map(_DAY.match, labels)) or len(set(map(len, labels))) > 1 or len(set(labels)) < len(labels):
        return []
    return [datetime.date.fromisoformat(label if len(label) > 7 else f"{label}-01") for label in labels]


class Calendar:
    """Columns along the calendar: where nothing stands, the answer has nothing."""

    height = _CALENDAR

    def __init__(self, rendered: Rendered, columns: dict[str, int], days: list[datetime.date]) -> None:
        """Take the answer, the columns `label` and `value`, and each row's first day."""
        self.by_month = len(rendered.cell(rendered.answer.rows[0][columns["label"]])) == 7
        self.counts = {
            day: float(row[columns["value"]].value)
            for day, row in zip(days, rendered.answer.rows, strict=True)
            if row[columns["value"]] is not None
        }
        step = "month" if self.by_month else "day"
        self.legend = (f"A {step} without a column has no row in the answer.",)

    def draw(self, figure, place: tuple[float, float]) -> None:
        """Draw into the band of the figure that begins at `place[0]` and is `place[1]` high."""
        import matplotlib.dates as mdates

        height = figure.get_figheight()
        axes = figure.add_axes((0.06, place[0] + 0.35 / height, 0.9, place[1] - 0.45 / height))
        days = [mdates.date2num(day) for day in self.counts]
        width = 24 if self.by_month else max((max(days) - min(days)) / 150, 0.7)
        shift = 15 if self.by_month else 0
        axes.bar([day + shift for day in days], list(self.counts.values()), width=width, color=MARK)
        for day, number in zip(days, self.counts.values(), strict=True):
            axes.annotate(
                f"{number:,.10g}", (day + shift, number), xytext=(0, 2), textcoords="offset points", ha="center"
            )
        axes.set_xlim(min(days) - 20, max(days) + 20 + 2 * shift)
        axes.set_ylim(0, max(self.counts.values()) * 1.12)
        calendar(axes)
        axes.yaxis.set_visible(False)
        axes.tick_params(axis="x", length=3, color=FAINT)
        for side in ("top", "right", "left"):
            axes.spines[side].set_visible(False)
