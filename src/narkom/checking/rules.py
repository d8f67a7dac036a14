"""Rules: what shapes cannot say quickly, as SPARQL queries that are run once over a store.

A rule is a file of shapes/rules/ whose header says its severity and message, and whose SELECT yields one row a finding.
?claim and ?subject say where, or ?entry: what is said of an entry belongs where it is given its class, not where an
alignment or a link speaks of it first. Any variable can stand in the message as {name}. Rules look at what the files
say, each claim in its graph, with three things added: the days that each date can mean (nk:earliest and nk:latest of
the claim, and rule:dateEarliest, rule:attestedLatest and so on of each single date), and rule:accepted for each claim
that the accepted view admits.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pyoxigraph import Dataset, DefaultGraph, Literal, NamedNode, Quad, QuerySolution, Store

from narkom.checking.findings import ERROR, INFO, WARNING, Finding
from narkom.checking.shapegraph import ShapesError
from narkom.reading.dates import DateError, bounds
from narkom.reading.parsing import read_query
from narkom.reading.sources import Sources
from narkom.vocabulary import BASE, EDTF, PREFIXES, shorten, term

_RULE = BASE + "rule/"
_ACCEPTED = NamedNode(_RULE + "accepted")
_DAY, _TRUE = term("xsd:date"), Literal(True)
_MEMBER, _STANCE = term("skos:member"), term("nk:stance")
_FIELD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Rule:
    """One rule: its name is that of its file."""

    name: str
    summary: str
    severity: str
    message: str
    mend: str
    query: str


def load_rules(root: Path) -> list[Rule]:
    """Return the rules under shapes/rules of a root, in the order of their names.

    Raises ShapesError for an ill one, ReadingErrors for one that cannot be read.
    """
    folder = root / "shapes" / "rules"
    return [_read(path.name, read_query(path, f"shapes/rules/{path.name}")) for path in sorted(folder.glob("*.rq"))]


@cache
def _read(file: str, text: str) -> Rule:
    header = "\n".join(line[2:].strip() for line in text.splitlines() if line.startswith("#+"))
    try:
        meta = yaml.safe_load(header) or {}
        rule = Rule(file.removesuffix(".rq"), meta["summary"], meta["severity"], meta["message"], meta["mend"], text)
    except (yaml.YAMLError, KeyError, TypeError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        what = " ".join(str(error).split())
        raise ShapesError(
            f"shapes/rules/{file}:{line}: the header lacks or breaks {what}. Give summary, severity, message and mend"
        ) from error
    if rule.severity not in (ERROR, WARNING, INFO):
        raise ShapesError(f"shapes/rules/{file}: severity {rule.severity}: choose error, warning or info")
    return rule


def check_rules(sources: Sources, dataset: Dataset) -> list[Finding]:
    """Return a finding for each row of each rule; raises ShapesError where a rule cannot be run."""
    rules = load_rules(sources.root)
    if not rules:
        return []
    store = rule_store(sources, dataset)
    return sorted({one for rule in rules for one in run_rule(rule, store, sources)})


def rule_store(sources: Sources, dataset: Dataset) -> Store:
    """Return the store that rules are run over."""
    store = Store()
    store.extend(sources.default_quads())
    store.extend(_accepted(sources))
    graphs = [quad for quad in dataset if not isinstance(quad.graph_name, DefaultGraph)]
    store.extend(graphs)
    store.extend(_days(graphs))
    return store


def run_rule(rule: Rule, store: Store, sources: Sources) -> Iterator[Finding]:
    """Yield the findings of one rule."""
    try:
        rows = list(store.query(rule.query))
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        raise ShapesError(f"shapes/rules/{rule.name}.rq:{line}: the query fails: {error}. Correct it") from error
    return (_finding(rule, row, sources) for row in rows)


def _accepted(sources: Sources) -> Iterable[Quad]:
    view = NamedNode(PREFIXES["view"] + "accepted")
    stances = {quad.object for quad in sources.ontology if quad.predicate == _MEMBER and quad.subject == view}
    for quad in sources.descriptions:
        if quad.predicate == _STANCE and quad.object in stances:
            yield Quad(quad.subject, _ACCEPTED, _TRUE)


def _days(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield the first and the last day of each date, under names of the rules' own."""
    for quad in quads:
        if not isinstance(quad.object, Literal) or quad.object.datatype != EDTF:
            continue
        name = quad.predicate.value.rpartition("#")[2]
        try:
            found = bounds(quad.object.value)
        except DateError:
            continue
        for end, day in (("Earliest", found.earliest), ("Latest", found.latest)):
            literal = Literal(day.isoformat(), datatype=_DAY)
            yield Quad(quad.subject, NamedNode(f"{_RULE}{name}{end}"), literal, quad.graph_name)


def _finding(rule: Rule, row: QuerySolution, sources: Sources) -> Finding:
    claim = _iri(row, "claim")
    entry = _iri(row, "entry")
    subject = entry or _iri(row, "subject") or claim
    place = sources.entries.get(entry) or sources.place_of(subject, claim if claim and subject != claim else None)
    message = _FIELD.sub(lambda match: _show(_value(row, match.group(1))), rule.message)
    return Finding(
        place.file, place.line, claim, "" if subject == claim else subject, rule.name, message, rule.mend, rule.severity
    )


def _value(row: QuerySolution, name: str):
    try:
        return row[name]
    except KeyError:
        return None


def _iri(row: QuerySolution, name: str) -> str:
    value = _value(row, name)
    return value.value if isinstance(value, NamedNode) else ""


def _show(value) -> str:
    if isinstance(value, NamedNode):
        return shorten(value.value)
    return value.value if value is not None else "?"
