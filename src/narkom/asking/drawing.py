"""What the kinds of figures share: labels of whole words, each with its evidence, and lines as high as their labels."""

from __future__ import annotations

import textwrap
from collections.abc import Hashable, Iterable, Sequence
from itertools import groupby
from operator import itemgetter

from narkom.asking.render import Rendered
from narkom.building.views import claim_order

INK, MARK, FAINT = "#222222", "#8c2d19", "#b9b9b9"
LINE = 0.125  # inches from one line of a label to the next
_GAP = 0.075
_CHARACTER = 0.058  # inches that a character of 7 points takes on the average
_MOST_MARKS = 4


def wrapped(text: str, inches: float) -> str:
    """Return a text in lines that fit into a width, no word cut."""
    return textwrap.fill(text, max(int(inches / _CHARACTER), 12), break_long_words=False) or " "


def evidence(rendered: Rendered, rows: Sequence[int]) -> str:
    """Return what rows rest on, as it is cited: "n. 36", passages where there is no note, and a stance to beware of.

    Empty where the answer is not cited and where there are more notes than can be told. Where the answer cites several
    sources, the key of each stands before its notes.
    """
    if not rendered.answer.citations:
        return ""
    claims = sorted({claim for row in rows for claim in rendered.answer.citations[row].claims}, key=claim_order)
    notes = [rendered.notes[claim] for claim in claims]
    several = len({note.source for note in rendered.notes.values()}) > 1
    numbers = sorted({(note.source, number) for note in notes for number in note.footnotes})
    passages = list(dict.fromkeys(note.passage for note in notes if not note.footnotes))
    if len(numbers) + len(passages) > _MOST_MARKS:
        numbers, passages = [], []
    marks = [
        f"{f'{source} ' if several else ''}n.\xa0{', '.join(str(number) for _, number in its)}"
        for source, its in groupby(numbers, key=itemgetter(0))
    ]
    marks += [passage if several else passage.partition("/")[2] for passage in passages]
    return "; ".join([*marks, *stances_outside(rendered, rows)])


def stances_outside(rendered: Rendered, rows: Sequence[int]) -> list[str]:
    """Return which of the stances that the authors do not vouch for the claims behind rows have."""
    cited = rendered.answer.citations
    found = {rendered.notes[claim].stance for row in rows if cited for claim in cited[row].claims}
    return [stance for stance in ("testified", "charged", "rejected") if stance in found]


def labelled(rendered: Rendered, rows: Sequence[int], name: str) -> str:
    """Return a label with the evidence behind it."""
    mark = evidence(rendered, rows)
    return f"{name} [{mark}]" if mark else name


def grouped(keys: Iterable[Hashable]) -> dict[Hashable, list[int]]:
    """Return the numbers of the rows that are drawn as one, by what they have in common; None is left out."""
    found: dict[Hashable, list[int]] = {}
    for row, key in enumerate(keys):
        if key is not None:
            found.setdefault(key, []).append(row)
    return found


def heights(labels: Sequence[str]) -> list[float]:
    """Return the height of each label's line in inches."""
    return [LINE * (label.count("\n") + 1) + _GAP for label in labels]


def middles(sizes: Sequence[float]) -> list[float]:
    """Return the middle of each of the lines that follow one another, from the top in inches."""
    found, top = [], 0.0
    for size in sizes:
        found.append(top + size / 2)
        top += size
    return found


def left_out(count: int, total: int, why: str) -> tuple[str, ...]:
    """Return the sentence that says how many rows are not drawn, and why; none where all are."""
    verb = "is" if count == 1 else "are"
    return (f"{count} of {total} rows {verb} not drawn: {why}.",) if count else ()


def plain(axes) -> None:
    """Leave the frame out but for the line below."""
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(axis="both", length=0)


def calendar(axes) -> None:
    """Label the axis of time with years, months or days; the year stands at the first tick and wherever it changes."""
    import matplotlib.dates as mdates

    low, high = axes.get_xlim()
    ticks = mdates.AutoDateLocator(minticks=3, maxticks=10).tick_values(mdates.num2date(low), mdates.num2date(high))
    days = [mdates.num2date(tick) for tick in ticks if low <= tick <= high]
    by_year = all((day.month, day.day) == (1, 1) for day in days)
    by_month = all(day.day == 1 for day in days)
    labels = []
    for before, day in zip([None, *days], days, strict=False):
        year = "" if before and before.year == day.year else str(day.year)
        name = f"{day:%b}" if by_month else f"{day.day} {day:%b}"
        labels.append(year if by_year else f"{name}\n{year}")
    axes.set_xticks([mdates.date2num(day) for day in days], labels)
