"""All checks in one sorted report."""

from collections.abc import Callable, Iterable, Set

from pyoxigraph import Dataset

from narkom.checking.dates import check_dates
from narkom.checking.findings import Finding
from narkom.checking.references import check_references
from narkom.reading.sources import Sources

# What a shape or rule says that the check of references or dates has said already, and says better.
_TWINS = {
    "claim-gloss": {"gloss"},
    "claim-has-graph": {"no-graph", "empty-graph"},
    "claim-name-of-passage": {"claim-name", "dangling"},
    "claim-one-stance": {"stance"},
    "claim-passage": {"passage"},
    "claim-stance": {"stance", "dangling"},
    "footnote-governs": {"footnote"},
    "footnote-missing": {"footnote"},
    "graph-described": {"undescribed"},
    "stance-range": {"stance", "dangling"},
    **{f"{name}-form": {"date-form", "date-type"} for name in ("date", "begin", "end", "attested", "period")},
}
_RANGE = {"dangling", "claim-link", "unknown-term"}


def quick_check(sources: Sources) -> list[Finding]:
    """Return the findings of the checks that need nothing derived: dates and references."""
    return sorted({*check_dates(sources), *check_references(sources)})


def full_check(
    sources: Sources,
    dataset: Dataset,
    owl: bool = True,
    tell: Callable[[str], None] = lambda step: None,
    reference: bool = False,
    only: Set[str] | None = None,
) -> list[Finding]:
    """Return the findings of every check; `tell` is called with the name of each step as it begins.

    `reference` has pyshacl decide on the shapes in place of the engine of this package, which is faster. `only`
    names the things to which the shapes are held; dates, references and rules look at everything. Raises
    NarkomError when OWL is asked for and its reasoner is not installed.
    """
    from narkom.checking.datings import check_datings
    from narkom.checking.glosses import check_glosses
    from narkom.checking.rules import check_rules
    from narkom.checking.shapes import check_shapes
    from narkom.checking.wording import check_wording

    tell("dates and references")
    found = set(quick_check(sources))
    tell("shapes")
    found.update(without_twins(found, check_shapes(sources, dataset, reference, only)))
    tell("rules")
    found.update(without_twins(found, check_rules(sources, dataset)))
    tell("glosses")
    found.update(check_glosses(sources, only))
    found.update(check_datings(sources, only))
    found.update(check_wording(sources, only))
    if owl:
        from narkom.checking.reasoning import check_reasoning

        tell("reasoning")
        found.update(check_reasoning(sources, dataset))
    return sorted(found)


def without_twins(known: Iterable[Finding], found: Iterable[Finding]) -> list[Finding]:
    """Return what is found and not known: a fault is reported once, by the check that says best how to mend it."""
    said: dict[tuple[str, str], set[str]] = {}
    for one in known:
        said.setdefault((one.claim, one.subject or one.claim), set()).add(one.check)
    return [one for one in found if not _twins(one.check) & said.get((one.claim, one.subject or one.claim), set())]


def _twins(check: str) -> set[str]:
    return _TWINS.get(check, set()) | (_RANGE if check.endswith("-range") else set())


def concerning(found: Iterable[Finding], sources: Sources, files: set[str]) -> list[Finding]:
    """Return the findings that lie in the given files, or speak of a claim that does."""
    claims = {iri for iri, place in sources.graphs.items() if place.file in files}
    return [one for one in found if one.file in files or one.claim in claims]


def things_in(sources: Sources, files: set[str]) -> set[str]:
    """Return what the given files speak of: claims, and the subjects inside and outside their graphs."""
    places = {**sources.subjects, **sources.graphs}
    within = {subject for (_, subject), place in sources.graph_subjects.items() if place.file in files}
    return within | {iri for iri, place in places.items() if place.file in files}
