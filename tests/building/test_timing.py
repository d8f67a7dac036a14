"""What the network says of the claims of a project: days, reasons, datings, and what is done with contradictions."""

from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Triple

from narkom.building.dataset import derive
from narkom.building.relations import MEETINGS, RELATIONS, read_facts
from narkom.building.timing import DATING, EARLIEST, LATEST, Timing, derive_alone, derive_times, statement_of
from narkom.building.views import admitted_claims
from narkom.vocabulary import BASE, EDTF, PREFIXES, RDF_TYPE, term

CLAIM = BASE + "test/claim/"


def told(*claims: str) -> list:
    """Return the facts of claims a, b, c …, each written as `thing property value; …`."""
    return [
        read_facts(CLAIM + name, [_triple(*one.split()) for one in claim.split("; ")])
        for name, claim in zip("abcdefgh", claims, strict=False)
    ]


def _triple(subject: str, name: str, value: str) -> Triple:
    obj = Literal(value, datatype=EDTF) if value[0] in "0123456789[" else _thing(value)
    predicate = RDF_TYPE if name == "a" else term(f"nk:{name}")
    return Triple(_thing(subject), predicate, term(f"nk:{value}") if name == "a" else obj)


def _thing(name: str) -> NamedNode:
    return NamedNode(PREFIXES["person" if name[0].isupper() else "event"] + name)


def days(facts, thing: str) -> tuple[str | None, str | None]:
    """Return the bounds of a thing, each with the claims that yield it, as `1937-02-23 ab`."""
    found = {
        bound.name: f"{bound.triple.object.value} {''.join(sorted(claim[-1] for claim in bound.claims))}"
        for bound in Timing(facts).bounds
        if bound.thing == _thing(thing)
    }
    return found.get(EARLIEST), found.get(LATEST)


def dating(facts, thing: str) -> str:
    return next(
        one.object.value.rpartition("/")[2]
        for one in derive_times(facts)
        if one.subject == _thing(thing) and one.predicate == DATING
    )


PLENUM = "plenum date 1937-02-23/1937-03-05"


def test_an_arrest_at_the_plenum_has_the_days_of_the_plenum() -> None:
    facts = told(PLENUM, "arrest a Arrest; arrest occasion plenum")
    assert days(facts, "arrest") == ("1937-02-23 ab", "1937-03-05 ab")
    assert dating(facts, "arrest") == "inherited"
    assert dating(facts, "plenum") == "told"


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("x during plenum", ("1937-02-23 ab", "1937-03-05 ab")),
        ("x clauseOf plenum", ("1937-02-23 ab", "1937-03-05 ab")),
        ("x sameDayAs plenum", ("1937-02-23 ab", "1937-03-05 ab")),
        ("x after plenum", ("1937-03-05 ab", None)),
        ("x before plenum", (None, "1937-02-23 ab")),
        ("x shortlyAfter plenum", ("1937-03-05 ab", None)),
        ("x shortlyAfter plenum; x before y; y date 1938", ("1937-03-05 ab", "1938-12-31 b")),
        ("x shortlyBefore plenum", (None, "1937-02-23 ab")),
        ("x consequenceOf plenum", ("1937-02-23 ab", None)),
        ("plenum startOf x", ("1937-02-23 ab", None)),
        ("plenum endOf x", (None, "1937-03-05 ab")),
        ("x attested 1937-03", (None, None)),
        ("x begin 1937-03", ("1937-03-01 b", None)),
        ("x end 1937-03", (None, "1937-03-31 b")),
        ("x date 1937-03", ("1937-03-01 b", "1937-03-31 b")),
        ("x date someday", (None, None)),
    ],
)
def test_each_relation_bounds_as_it_says(claim: str, expected: tuple) -> None:
    assert days(told(PLENUM, claim), "x") == expected


def test_an_interval_lasts_and_a_vague_date_does_not() -> None:
    # What lasts from January to March is not over before March; what happened in the first quarter may be.
    lasting, vague = "x date 1937-01/1937-03", "x date 1937-33"
    after = "y after x; y date 1937"
    assert days(told(lasting, after), "y")[0] == "1937-03-01 ab"
    assert days(told(vague, after), "y")[0] == "1937-01-01 b"


def test_the_dead_do_not_act_and_hold_no_office() -> None:
    facts = told(
        "e a Execution; e person P; e date 1937-08-14",
        "t a Tenure; t person P; s a Speech; s actor P",
        "m a Meeting; m participant P; h a Sentencing; h person P; b a Publication; b actor P",
    )
    assert days(facts, "t") == days(facts, "s") == (None, "1937-08-14 ab")
    assert days(facts, "m") == days(facts, "h") == days(facts, "b") == (None, None)
    assert dating(facts, "s") == "ordered"


def test_an_arrest_comes_before_the_only_trial() -> None:
    facts = told("a a Arrest; a person P", "t a Trial; t person P; t date 1937-01-23/1937-01-30")
    assert days(facts, "a") == (None, "1937-01-23 ab")
    again = told("a a Arrest; a person P", "t a Trial; t person P; t date 1937-01-23", "b a Arrest; b person P")
    assert days(again, "a") == (None, None)


def test_a_successor_ends_the_only_tenure() -> None:
    facts = told(
        "t a Tenure; t person P; t office O",
        "s a Appointment; s person Q; s office O; s predecessor P; s date 1936-09-26",
    )
    assert days(facts, "t") == (None, "1936-09-26 ab")


def test_a_date_of_its_own_is_told_even_where_others_narrow_it() -> None:
    facts = told(PLENUM, "x occasion plenum; x date 1937-02")
    assert days(facts, "x") == ("1937-02-23 ab", "1937-02-28 b")
    assert dating(facts, "x") == "told"


def test_claims_that_cannot_all_hold_say_each_their_own() -> None:
    facts = told("x date 1937-05-01", "x date 1937-05-02", "y occasion x", "z date 1937; z after y")
    timing = Timing(facts)
    assert timing.contradictions == [frozenset(CLAIM + one for one in "ab")]
    assert sorted((b.name.value[-8:], b.triple.object.value) for b in timing.bounds if b.thing == _thing("x")) == [
        ("earliest", "1937-05-01"),
        ("earliest", "1937-05-02"),
        ("y#latest", "1937-05-01"),
        ("y#latest", "1937-05-02"),
    ]
    assert days(facts, "y") == (None, "1937-12-31 d")
    assert days(facts, "z") == ("1937-01-01 d", "1937-12-31 d")


def test_a_claim_that_contradicts_itself_says_each_of_its_dates() -> None:
    [facts] = told("x begin 1938; x end 1937")
    assert {(one.predicate, one.object.value) for one in derive_alone(facts)} == {
        (EARLIEST, "1938-01-01"),
        (LATEST, "1937-12-31"),
    }


def test_attested_days_are_those_of_the_literal() -> None:
    [facts] = told("x attested 1937-03")
    assert {one.object.value for one in derive_alone(facts)} == {"1937-03-01", "1937-03-31"}


def test_every_relation_is_one_line_of_reason() -> None:
    assert all(one.why for one in (*RELATIONS.values(), *MEETINGS))


# -- the knowledge base itself ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["strict", "accepted", "all"])
def view(request, sources):
    return [
        read_facts(claim, [quad.triple for quad in sources.claims.get(claim, ())])
        for claim in admitted_claims(sources, request.param)
    ]


def test_the_reasons_of_each_day_suffice_and_none_can_be_left_out(view) -> None:
    by_claim = {facts.claim: facts for facts in view}
    for bound in Timing(view).bounds:
        few = [by_claim[claim] for claim in sorted(bound.claims)]
        assert bound.triple in {one.triple for one in Timing(few).bounds}
        for left_out in bound.claims if len(few) > 1 else ():
            rest = [facts for facts in few if facts.claim != left_out]
            assert bound.triple not in {one.triple for one in Timing(rest).bounds}


def test_each_day_of_the_view_has_a_resource_with_its_reasons(view) -> None:
    found = derive_times(view)
    subjects = {triple.subject for triple in found}
    assert all(statement_of(one) in subjects for one in found if one.predicate in (EARLIEST, LATEST))


def test_a_smaller_view_knows_no_day_better(sources) -> None:
    def outer(view: str) -> dict:
        timing = Timing(
            [read_facts(c, [q.triple for q in sources.claims.get(c, ())]) for c in admitted_claims(sources, view)]
        )
        aside = {one.thing for one in timing.bounds if one.claims & set().union(*timing.contradictions)}
        return {(one.thing, one.name): one.day for one in timing.bounds if one.thing not in aside}

    strict, accepted = outer("strict"), outer("accepted")
    for (thing, name), day in strict.items():
        if (thing, name) in accepted:
            assert day <= accepted[thing, name] if name == EARLIEST else day >= accepted[thing, name]


def test_the_order_of_the_claims_does_not_matter(sources) -> None:
    turned = replace(
        sources,
        claims=dict(reversed(sources.claims.items())),
        descriptions=[*reversed(sources.descriptions)],
    )
    assert {*map(Quad.__str__, derive(turned))} == {*map(Quad.__str__, derive(sources))}
