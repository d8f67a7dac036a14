"""Networks: two columns of names with the ties between them, or a circle where both sides are of one kind.

A name that stands on both sides of a tie is in both columns. No name lies on another, however many there are.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable

from narkom.asking.drawing import FAINT, INK, MARK, heights, left_out, middles, stances_outside, wrapped
from narkom.asking.render import Rendered
from narkom.errors import UsageError

_WIDTH = 8.27
_LABELS = 2.6
_ROOM = _LABELS - 0.1
_PASSES = 8


class Sides:
    """Who stands on the one side and who on the other, in columns."""

    def __init__(self, rendered: Rendered, columns: dict[str, int], how: dict) -> None:
        """Take the answer, the columns `from` and `to`, and the header, which says whether the tie is `directed`."""
        self.directed = bool(how.get("directed"))
        self.heads = [how[name].replace("_", " ") for name in ("from", "to")]
        ties = _Ties(rendered, columns, lambda one, other: (wrapped(one, _ROOM), wrapped(other, _ROOM)))
        self.ties, self.outside = ties.weights, ties.outside
        self.left, self.right = _untangled(self.ties)
        self.legend = ties.legend(how, self.heads if self.directed else None)
        self.height = max(sum(heights(names)) for names in (self.left, self.right)) + 0.35

    def draw(self, figure, place: tuple[float, float]) -> None:
        """Draw into the band of the figure that begins at `place[0]` and is `place[1]` high."""
        axes = figure.add_axes((0, place[0], 1, place[1]))
        axes.set_xlim(0, _WIDTH)
        axes.set_ylim(self.height, 0)
        axes.set_axis_off()
        ends = (_LABELS, _WIDTH - _LABELS)
        lines = [_spread(names, self.height - 0.3) for names in (self.left, self.right)]
        for at, names, end, side in zip(lines, (self.left, self.right), ends, ("right", "left"), strict=True):
            shift = -0.08 if side == "right" else 0.08
            for name in names:
                axes.text(end + shift, at[name] + 0.3, name, ha=side, va="center")
        for head, end, side in zip(self.heads, ends, ("right", "left"), strict=True):
            axes.text(end + (-0.08 if side == "right" else 0.08), 0.1, head, ha=side, va="center", weight="bold")
        most = max(self.ties.values())
        for (one, other), count in self.ties.items():
            line = ":" if (one, other) in self.outside else "-"
            arrow = "-|>,head_length=0.35,head_width=0.12" if self.directed else "-"
            looks = {"arrowstyle": arrow, "linestyle": line, "linewidth": _breadth(count, most), "color": MARK}
            axes.annotate(
                "", (ends[1], lines[1][other] + 0.3), (ends[0], lines[0][one] + 0.3),
                arrowprops={**looks, "alpha": 0.75, "shrinkA": 0, "shrinkB": 0},
            )  # fmt: skip


class Circle:
    """Names of one kind around a circle, with the ties across."""

    def __init__(self, rendered: Rendered, columns: dict[str, int], how: dict) -> None:
        """Take the answer and the columns `from` and `to`, neither of which is first, and the header."""
        from networkx import Graph
        from networkx.utils import cuthill_mckee_ordering

        ties = _Ties(rendered, columns, lambda one, other: tuple(sorted((one, other))))
        self.ties, self.outside = ties.weights, ties.outside
        graph = Graph(sorted(self.ties))
        # Names that are tied to the same others stand near one another.
        self.names = list(cuthill_mckee_ordering(graph, lambda part: min(part.degree, key=lambda one: one[::-1])[0]))
        self.legend = ties.legend(how, None)
        self._room = max(len(name) for name in self.names) * 0.06 + 0.3
        self._radius = max(min(_WIDTH / 2 - self._room, 2.6), len(self.names) * 0.16 / (2 * math.pi), 0.8)
        self.height = 2 * (self._radius + self._room)

    def draw(self, figure, place: tuple[float, float]) -> None:
        """Draw into the band of the figure that begins at `place[0]` and is `place[1]` high."""
        from networkx import circular_layout

        axes = figure.add_axes((0, place[0], 1, place[1]))
        half = self.height / 2
        axes.set_xlim(-_WIDTH / 2, _WIDTH / 2)
        axes.set_ylim(-half, half)
        axes.set_axis_off()
        places = circular_layout(self.names, scale=self._radius)
        most = max(self.ties.values())
        for (one, other), count in self.ties.items():
            (x, y), (u, v) = places[one], places[other]
            line = ":" if (one, other) in self.outside else "-"
            axes.plot([x, u], [y, v], line, color=FAINT, linewidth=_breadth(count, most), zorder=1)
        for name, (x, y) in places.items():
            angle = math.degrees(math.atan2(y, x))
            left = not -90 <= angle <= 90
            axes.plot([x], [y], "o", color=MARK, markersize=4, zorder=2)
            axes.text(
                x * (1 + 0.1 / self._radius), y * (1 + 0.1 / self._radius), name, color=INK,
                rotation=angle + 180 * left, rotation_mode="anchor", ha="right" if left else "left", va="center",
            )  # fmt: skip


class _Ties:
    """The ties of an answer: what each weighs, and which rest on charges and rejected accounts alone."""

    def __init__(self, rendered: Rendered, columns: dict[str, int], named: Callable[[str, str], tuple]) -> None:
        """Take what names a tie by its sides; raises UsageError where no row names both."""
        self.weights: Counter[tuple[str, str]] = Counter()
        inside = set()
        self._total, self._missing = len(rendered), 0
        for i, row in enumerate(rendered.answer.rows):
            sides = [row[columns[name]] for name in ("from", "to")]
            if None in sides:
                self._missing += 1
                continue
            tie = named(*map(rendered.cell, sides))
            self.weights[tie] += int(float(row[columns["weight"]].value)) if "weight" in columns else 1
            if not stances_outside(rendered, [i]):
                inside.add(tie)
        if not self.weights:
            raise UsageError("no row of the answer names both sides, so there is nothing to draw. Leave --plot out")
        self.outside = set(self.weights) - inside

    def legend(self, how: dict, heads: list[str] | None) -> tuple[str, ...]:
        """Return how the lines are read, and what is left out; `heads` name the sides of a tie that has a direction."""
        most = max(self.weights.values())
        told = [f"An arrow leads from “{heads[0]}” to “{heads[1]}”."] if heads else []
        told += [f"The broadest line stands for {most} {how.get('weight', 'rows').replace('_', ' ')}."] * (most > 1)
        told += ["A dotted line is testified, charged or rejected."] * bool(self.outside)
        return (*([" ".join(told)] if told else []), *left_out(self._missing, self._total, "only one side is named"))


def _breadth(count: int, most: int) -> float:
    """The breadth of a line in points."""
    return 0.6 if most == 1 else 0.6 + 1.8 * (count - 1) / (most - 1)


def _untangled(ties: Counter) -> tuple[list[str], list[str]]:
    """Both columns in an order in which few ties cross: each name near the middle of its partners (barycentre method).

    Sugiyama, Tagawa and Toda, "Methods for Visual Understanding of Hierarchical System Structures" (1981).
    """
    left, right = (list(dict.fromkeys(tie[side] for tie in sorted(ties))) for side in (0, 1))
    for _ in range(_PASSES):
        right = _by_partners(right, left, [(other, one) for one, other in ties])
        left = _by_partners(left, right, list(ties))
    return left, right


def _by_partners(names: list[str], others: list[str], ties: list[tuple[str, str]]) -> list[str]:
    place = {name: at for at, name in enumerate(others)}
    mean = {name: [place[other] for one, other in ties if one == name] for name in names}
    return sorted(names, key=lambda name: (sum(mean[name]) / len(mean[name]), name))


def _spread(names: list[str], height: float) -> dict[str, float]:
    """The middle of each name, the names spread over a height."""
    sizes = heights(names)
    scale = height / sum(sizes)
    return dict(zip(names, middles([size * scale for size in sizes]), strict=True))
