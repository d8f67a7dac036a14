"""The knowledge base itself passes every check but HermiT, which `narkom check` runs."""

from pyoxigraph import Dataset

from narkom.building.chronology import check_chronology
from narkom.checking.findings import INFO
from narkom.checking.report import full_check
from narkom.reading.sources import Sources


def test_no_errors_or_warnings(sources: Sources, dataset: Dataset) -> None:
    found = [*full_check(sources, dataset, owl=False), *check_chronology(sources)]
    assert [str(one) for one in found if one.severity != INFO] == []
