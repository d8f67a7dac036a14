"""The tables of what evidence costs, in Markdown."""

from __future__ import annotations

import statistics

from ways import BARE, CITED, PLAIN, Asked

_HEADS = (
    "asked", "answered", "plain, median", "cited, median", "within 3 × + 5 ms", "within 5 × + 10 ms", "plain, all, s",
    "cited, all, s", "oxigraph, median",
)  # fmt: skip
HEAD = f"| {' | '.join(_HEADS)} |\n|---|" + (len(_HEADS) - 1) * "---:|"
WORST = 10


def rows(title: str, asked: dict[str, Asked]) -> str:
    """Return two rows of the main table, of wall time and of processor time.

    Medians and sums are of the questions that were answered plain and cited; the shares are of all that were asked:
    what was not answered is not within the aim.
    """
    used = {name: Asked(one.processor) for name, one in asked.items()}
    return f"{_row(title, asked)}\n{_row('– processor time', used)}"


def _row(title: str, asked: dict[str, Asked]) -> str:
    pairs = list(_pairs(asked).values())
    bare = [one.times[BARE] for one in asked.values() if one.pair() and BARE in one.times]
    near = sum(cited <= 3 * plain + 5 for plain, cited in pairs)
    far = sum(cited <= 5 * plain + 10 for plain, cited in pairs)
    cells = [title, f"{len(pairs)} of {len(asked)}"]
    cells += [_milliseconds([pair[at] for pair in pairs]) for at in (0, 1)]
    cells += [f"{share} of {len(asked)}" for share in (near, far)]
    cells += [f"{sum(pair[at] for pair in pairs) / 1000:,.2f}" for at in (0, 1)]
    return f"| {' | '.join([*cells, _milliseconds(bare)])} |"


def _pairs(asked: dict[str, Asked]) -> dict[str, tuple[float, float]]:
    return {name: pair for name, one in asked.items() if (pair := one.pair()) is not None}


def _milliseconds(times: list[float]) -> str:
    return f"{statistics.median(times):,.1f}" if times else ""


def worst(asked: dict[str, Asked]) -> str:
    """Return the questions whose cited processor time exceeds five times the plain one and 10 ms the most."""
    used = _pairs({name: Asked(one.processor) for name, one in asked.items()})
    ranked = sorted(used.items(), key=lambda one: one[1][1] / (5 * one[1][0] + 10), reverse=True)
    lines = []
    for name, (plain, cited) in ranked[:WORST]:
        times = (asked[name].times[PLAIN], asked[name].times[CITED], plain, cited, cited / plain)
        lines.append(f"| {name} | {' | '.join(f'{one:,.1f}' for one in times)} |")
    head = "| question | plain, ms | cited, ms | plain, processor | cited, processor | ratio |\n|---|" + 5 * "---:|"
    beyond = [f"{name} ({p:,.0f} / {c:,.0f})" for name, (p, c) in ranked if c > 5 * p + 10]
    table = "\n".join([head, *lines])
    return f"{table}\n\nBeyond 5 × + 10 ms of processor time: {', '.join(beyond) or 'none'}"


def unanswered(asked: dict[str, Asked]) -> str:
    """Return what was not answered and why, and what was answered with a row that could not be traced."""
    lines = [
        f"- {kind}, {why}: " + ", ".join(name for name, one in asked.items() if one.failures.get(kind) == why)
        for kind in (PLAIN, CITED, BARE)
        for why in sorted({one.failures[kind] for one in asked.values() if kind in one.failures})
    ]
    if gaps := [name for name, one in asked.items() if one.gap]:
        lines.append(f"- cited, with rows that cannot be traced: {', '.join(gaps)}")
    return "\n".join(lines)


def growth(way: str, factors: dict[int, dict[str, Asked]]) -> str:
    """Return by how much the processor times grow from each factor to the next, over the questions answered at both."""
    lines = [f"Growth {way}, the median of each question's ratio and the five largest:", ""]
    for small, large in zip(factors, list(factors)[1:], strict=False):
        for kind in (PLAIN, CITED):
            ratios = {
                name: one.processor[kind] / factors[small][name].processor[kind]
                for name, one in factors[large].items()
                if kind in one.processor and name in factors[small] and factors[small][name].processor.get(kind)
            }
            ranked = sorted(ratios.items(), key=lambda one: one[1], reverse=True)[:5]
            middle = f"{statistics.median(ratios.values()):.1f}" if ratios else "none"
            named = ", ".join(f"{name} {ratio:,.0f}" for name, ratio in ranked)
            lines.append(f"- × {small} to × {large}, {kind}: {middle} over {len(ratios)} ({named})")
    return "\n".join(lines)
