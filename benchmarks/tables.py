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


def row(title: str, asked: dict[str, Asked]) -> str:
    """Return a row of the main table. Medians and sums are of the questions that were answered plain and cited.

    The shares are of all that were asked: what was not answered is not within the aim.
    """
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
    """Return the questions whose cited time is the largest multiple of five times the plain one and 10 ms."""
    ranked = sorted(_pairs(asked).items(), key=lambda one: one[1][1] / (5 * one[1][0] + 10), reverse=True)
    lines = [f"| {name} | {p:,.1f} | {c:,.1f} | {c / p:,.1f} |" for name, (p, c) in ranked[:WORST]]
    beyond = [name for name, (p, c) in ranked if c > 5 * p + 10]
    table = "\n".join(["| question | plain, ms | cited, ms | ratio |\n|---|---:|---:|---:|", *lines])
    return f"{table}\n\nBeyond 5 × + 10 ms: {', '.join(beyond) or 'none'}"


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
    """Return by how much the times grow from each factor to the next, over the questions answered at both."""
    lines = [f"Growth {way}, the median of each question's ratio and the five largest:", ""]
    for small, large in zip(factors, list(factors)[1:], strict=False):
        for kind in (PLAIN, CITED):
            ratios = {
                name: one.times[kind] / factors[small][name].times[kind]
                for name, one in factors[large].items()
                if kind in one.times and name in factors[small] and kind in factors[small][name].times
            }
            ranked = sorted(ratios.items(), key=lambda one: one[1], reverse=True)[:5]
            middle = f"{statistics.median(ratios.values()):.1f}" if ratios else "none"
            named = ", ".join(f"{name} {ratio:,.0f}" for name, ratio in ranked)
            lines.append(f"- × {small} to × {large}, {kind}: {middle} over {len(ratios)} ({named})")
    return "\n".join(lines)
