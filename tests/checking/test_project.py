"""The knowledge base itself passes every check but HermiT, which `narkom check` runs."""

from dataclasses import replace

from pyoxigraph import Dataset

from narkom.building.chronology import check_chronology
from narkom.checking.findings import INFO
from narkom.checking.report import full_check
from narkom.checking.rules import load_rules, rule_store, run_rule
from narkom.reading.sources import Sources
from narkom.vocabulary import shorten, term


def test_no_errors_or_warnings(sources: Sources, dataset: Dataset) -> None:
    found = [*full_check(sources, dataset, owl=False), *check_chronology(sources)]
    assert [str(one) for one in found if one.severity != INFO] == []


def test_a_definition_that_lost_its_russian_is_told_where_it_stands(sources: Sources) -> None:
    """Each of these is spoken of in a file that comes first: the alignment of a class, the link of a place."""
    lost = {("nk:Arrest", "skos:definition"), ("place:nkvd-headquarters", "nk:doubt")}

    def kept(quads: list) -> list:
        russian = {(term(subject), term(name)) for subject, name in lost}
        return [quad for quad in quads if (quad.subject, quad.predicate) not in russian or quad.object.language != "ru"]

    less = replace(sources, ontology=kept(sources.ontology), registers=kept(sources.registers))
    rule = next(one for one in load_rules(sources.root) if one.name == "text-in-both-languages")
    found = list(run_rule(rule, rule_store(less, Dataset()), less))
    assert {(shorten(one.subject), one.message) for one in found} == {
        (subject, f"{name} is not in Russian") for subject, name in lost
    }
    for one in found:
        lines = (sources.root / one.file).read_text(encoding="utf-8").splitlines()
        assert lines[one.line - 1] == shorten(one.subject) and " a " in lines[one.line], one
