"""All checks in one sorted report."""

from collections.abc import Callable

from pyoxigraph import Dataset

from narkom.checking.dates import check_dates
from narkom.checking.findings import Finding
from narkom.checking.references import check_references
from narkom.reading.sources import Sources


def quick_check(sources: Sources) -> list[Finding]:
    """Return the findings of the checks that need nothing derived: dates and references."""
    return sorted({*check_dates(sources), *check_references(sources)})


def full_check(
    sources: Sources, dataset: Dataset, owl: bool = True, tell: Callable[[str], None] = lambda step: None
) -> list[Finding]:
    """Return the findings of every check; `tell` is called with the name of each step as it begins.

    Raises NarkomError when OWL is asked for and its reasoner is not installed.
    """
    from narkom.checking.shapes import check_shapes

    tell("dates and references")
    found = set(quick_check(sources))
    tell("shapes")
    found.update(check_shapes(sources, dataset))
    if owl:
        from narkom.checking.reasoning import check_reasoning

        tell("reasoning")
        found.update(check_reasoning(sources, dataset))
    return sorted(found)
