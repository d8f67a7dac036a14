"""Measures of the whole: how complete, dated and unmixed the accepted view is, figures that no single claim can break.

Each measure is a figure with the aim that is set for it. They are no findings: a source may well leave an event
undated. `narkom check --report` prints them.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Dataset, DefaultGraph, NamedNode

from narkom.reading.sources import Sources
from narkom.vocabulary import PREFIXES, RDF_TYPE, shorten, term

_CONCEPT = PREFIXES["concept"]
_EARLIEST, _LATEST = term("nk:earliest"), term("nk:latest")
_EVENT, _ACT = term("nk:Event"), term("nk:Act")
_NAMED = tuple(PREFIXES[name] for name in ("event", "relation", "attitude", "statistic", "imputed"))
_LANGUAGES = ("en", "ru")


@dataclass(frozen=True)
class Measure:
    """A figure, the aim, and what falls short of it.

    `value` is a share (0 to 1) where `share` is true, else a count; `aim` is what it should be at least, or at most
    where `most` is true. `short` are the prefixed names that do not fulfil it, sorted.
    """

    name: str
    value: float
    aim: float
    share: bool
    most: bool
    short: tuple[str, ...] = ()

    @property
    def reached(self) -> bool:
        """Whether the figure is as good as the aim."""
        return self.value <= self.aim if self.most else self.value >= self.aim

    def __str__(self) -> str:
        """Return the line of the report."""

        def figure(number: float) -> str:
            return f"{number:.1%}" if self.share else f"{number:.0f}"

        sign = "at most" if self.most else "at least"
        return f"{self.name}: {figure(self.value)} ({sign} {figure(self.aim)}{'' if self.reached else ': not reached'})"


def measures(sources: Sources, dataset: Dataset) -> list[Measure]:
    """Return the measures of the sources and of the dataset derived from them (the accepted view)."""
    return [_dated(dataset), *_concepts(sources), _bare_acts(dataset), _named(sources), _voices(sources)]


def _default(dataset: Dataset, predicate: NamedNode) -> Iterable[tuple[NamedNode, object]]:
    for quad in dataset.quads_for_graph_name(DefaultGraph()):
        if quad.predicate == predicate:
            yield quad.subject, quad.object


def _events(dataset: Dataset) -> set[NamedNode]:
    return {thing for thing, kind in _default(dataset, RDF_TYPE) if kind == _EVENT}


def _dated(dataset: Dataset) -> Measure:
    events = _events(dataset)
    both = {one for one, _ in _default(dataset, _EARLIEST)} & {one for one, _ in _default(dataset, _LATEST)}
    return _share("events of the accepted view with both bounds", events & both, events, 0.9)


def _concepts(sources: Sources) -> list[Measure]:
    used = Counter(
        quad.object.value
        for quads in sources.claims.values()
        for quad in quads
        if isinstance(quad.object, NamedNode) and quad.object.value.startswith(_CONCEPT)
    )
    known = {quad.subject.value for quad in sources.registers if quad.subject.value.startswith(_CONCEPT)}
    once = sorted(shorten(one) for one, times in used.items() if times == 1)
    part = len(once) / len(used) if used else 0.0
    return [
        Measure("concepts", len(known), 450, share=False, most=True),
        Measure("concepts used once", part, 0.25, share=True, most=True, short=tuple(once)),
    ]


def _bare_acts(dataset: Dataset) -> Measure:
    events = _events(dataset)
    bare = {thing for thing, kind in _default(dataset, RDF_TYPE) if kind == _ACT} & events
    part = len(bare) / len(events) if events else 0.0
    names = tuple(sorted(shorten(one.value) for one in bare))
    return Measure("events that are acts of no class", part, 0.12, share=True, most=True, short=names)


def _named(sources: Sources) -> Measure:
    told = {
        quad.subject
        for quads in sources.claims.values()
        for quad in quads
        if quad.predicate == RDF_TYPE and quad.subject.value.startswith(_NAMED)
    }
    labels: dict[NamedNode, set[str]] = {}
    for quad in sources.registers:
        if quad.predicate == term("skos:prefLabel") and quad.object.language:
            labels.setdefault(quad.subject, set()).add(quad.object.language)
    named = {one for one in told if labels.get(one, set()).issuperset(_LANGUAGES)}
    return _share("events, states, statistics and imputed acts named in both languages", named, told, 1.0)


def _voices(sources: Sources) -> Measure:
    voices = Counter(quad.subject.value for quad in sources.descriptions if quad.predicate == term("nk:accordingTo"))
    several = tuple(sorted(shorten(one) for one, number in voices.items() if number > 1))
    return Measure("claims with several innermost voices", len(several), 0, share=False, most=True, short=several)


def _share(name: str, good: set[NamedNode], whole: set[NamedNode], aim: float) -> Measure:
    short = tuple(sorted(shorten(one.value) for one in whole - good))
    return Measure(name, len(good) / len(whole) if whole else 1.0, aim, share=True, most=False, short=short)
