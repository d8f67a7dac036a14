"""What the build derives, and that no charge leaks into the accepted view."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from narkom.building.dataset import derive
from narkom.building.snapshot import sorted_nquads
from narkom.building.views import VIEWS, claim_order
from narkom.checking.findings import ERROR
from narkom.checking.report import quick_check
from narkom.reading.sources import Sources, load
from narkom.vocabulary import prefixes_for, source_space

PREFIXES = prefixes_for([source_space("small", "claim")])
HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())


def ask(root: Path, query: str, view: str = "accepted") -> list[tuple[str, ...]]:
    store = Store()
    store.load(sorted_nquads(derive(load(root), view)), RdfFormat.N_QUADS)
    return sorted(tuple(term.value for term in row) for row in store.query(HEAD + query))


def test_bounds_stay_with_their_claim(small: Path) -> None:
    default = ask(small, "SELECT ?a ?b { event:arrest-one nk:earliest ?a ; nk:latest ?b }")
    assert default == [("1937-03-29", "1937-03-29")]
    charged = ask(small, "SELECT ?a ?b { GRAPH small-claim:p1s2a { event:arrest-one nk:earliest ?a ; nk:latest ?b } }")
    assert charged == [("1936-01-01", "1936-12-31")]


def test_accepted_view_holds_no_charge(small: Path) -> None:
    assert ask(small, "SELECT ?d { event:arrest-one nk:date ?d }") == [("1937-03-29",)]
    assert len(ask(small, "SELECT ?g ?d { GRAPH ?g { event:arrest-one nk:date ?d } }")) == 2


def test_a_claim_without_a_stance_is_not_accepted(small: Path, claims: Path, edit) -> None:
    edit(claims, "    nk:stance stance:asserted ;\n", "")
    assert ask(small, "SELECT ?d { event:arrest-one nk:date ?d }") == []


def test_agreeing_dates_give_the_days_they_share(small: Path, claims: Path, edit) -> None:
    edit(claims, "stance:charged", "stance:asserted")
    edit(claims, '"1936"', '"1937"')
    assert ask(small, "SELECT ?a ?b { event:arrest-one nk:earliest ?a ; nk:latest ?b }") == [
        ("1937-03-29", "1937-03-29")
    ]


def test_contradicting_dates_give_each_their_own(small: Path, claims: Path, edit) -> None:
    edit(claims, "stance:charged", "stance:asserted")
    assert ask(small, "SELECT ?a { event:arrest-one nk:earliest ?a }") == [("1936-01-01",), ("1937-03-29",)]
    assert ask(small, "SELECT ?a { event:arrest-one nk:latest ?a }") == [("1936-12-31",), ("1937-03-29",)]


def test_begin_and_end_bound_what_lasts(small: Path, claims: Path, edit) -> None:
    edit(claims, "a nk:Arrest", "a nk:Investigation")
    edit(claims, 'nk:date "1937-03-29"^^edtf:EDTF', 'nk:begin "1936-41"^^edtf:EDTF')
    assert ask(small, "SELECT ?a { event:arrest-one nk:earliest ?a }") == [("1936-07-01",)]
    assert ask(small, "SELECT ?a { event:arrest-one nk:latest ?a }") == []


def test_an_arrest_is_over_in_a_day(small: Path, claims: Path, edit) -> None:
    edit(claims, 'nk:date "1937-03-29"^^edtf:EDTF', 'nk:begin "1936-41"^^edtf:EDTF')
    assert ask(small, "SELECT ?a { event:arrest-one nk:latest ?a }") == [("1936-12-31",)]


def test_who_holds_an_office_belongs_to_its_body(small: Path, claims: Path, edit) -> None:
    register = small / "data" / "register" / "offices.ttl"
    spaces = "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in ("nk", "office", "body"))
    register.write_text(f"{spaces}\noffice:chief a nk:Office ; nk:postIn body:committee .\n")
    edit(claims, "@prefix passage:", f"@prefix office: <{PREFIXES['office']}> .\n@prefix passage:")
    edit(claims, "event:arrest-one a nk:Arrest ;", "event:arrest-one a nk:Tenure ; nk:office office:chief ;")
    members = "SELECT ?who { ?who nk:memberOf body:committee }"
    assert ask(small, members) == [(PREFIXES["person"] + "one",)]
    edit(claims, "stance:asserted", "stance:charged")
    assert ask(small, members) == []


def test_superclasses_and_symmetry(small: Path) -> None:
    assert ask(small, "SELECT ?e { ?e a nk:Event }") == [(PREFIXES["event"] + "arrest-one",)]
    assert ask(small, "SELECT ?e { ?e a crm:E5_Event }") == [(PREFIXES["event"] + "arrest-one",)]
    assert ask(small, "SELECT ?c { small-claim:p1s1a nk:contradicts ?c }") == [(PREFIXES["small-claim"] + "p1s2a",)]


def test_what_is_inferred_is_not_strict(small: Path, claims: Path, edit) -> None:
    arrests = "SELECT ?e { ?e a nk:Arrest }"
    assert len(ask(small, arrests, "strict")) == 1
    edit(claims, "nk:stance stance:asserted ;", 'nk:stance stance:asserted ;\n    nk:inferred "from the next one"@en ;')
    assert ask(small, arrests, "strict") == []
    assert len(ask(small, arrests)) == 1


def test_provenance(small: Path) -> None:
    assert ask(small, "SELECT ?p ?a { small-claim:p1s1a prov:wasDerivedFrom ?p ; prov:wasAttributedTo ?a }") == [
        (PREFIXES["small-passage"] + "p1s1", PREFIXES["person"] + "writer")
    ]


def test_claims_sort_as_the_source_goes() -> None:
    names = ["claim/f1s1a", "claim/p10s1a", "claim/p2s1aa", "claim/p2s1b", "claim/p2s10a"]
    assert sorted(names, key=claim_order) == [
        "claim/p2s1b",
        "claim/p2s1aa",
        "claim/p2s10a",
        "claim/p10s1a",
        "claim/f1s1a",
    ]


@pytest.mark.parametrize("wrong", [Literal("a text"), NamedNode("https://example.org/elsewhere")])
def test_a_wrong_kind_of_value_anywhere_is_for_the_checks_to_find(sources: Sources, wrong) -> None:
    """What is derived comes before what is checked: it must not fall over what the checks would say in words."""
    seen: Counter = Counter()

    def spoilt(quads: list[Quad]) -> list[Quad]:
        found = []
        for quad in quads:
            found.append(quad)
            seen[quad.predicate] += 1
            # The first of each property, and many: what is derived looks at some classes alone.
            if seen[quad.predicate] % 10 == 1:
                found.append(Quad(quad.subject, quad.predicate, wrong, quad.graph_name))
        return found

    broken = replace(
        sources,
        registers=spoilt(sources.registers),
        descriptions=spoilt(sources.descriptions),
        claims={name: spoilt(quads) for name, quads in sources.claims.items()},
    )
    assert len(seen) > 60
    for view in VIEWS:
        assert len(list(derive(broken, view))) > 50_000
    assert [found for found in quick_check(broken) if found.severity == ERROR]
