"""The temporal network against a solver that tries every assignment of days."""

from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narkom.building.network import ORIGIN, Constraint, Contradiction, Network

DAYS = range(-2, 3)
VARIABLES = [("a", "start"), ("a", "end"), ("b", "start"), ("b", "end")]
CLAIMS = "pqrst"
NETWORKS = settings(max_examples=300, deadline=None, derandomize=True)

# Every variable stands for one of a few days, as the brute force needs it; these bounds need no claim.
WITHIN = [
    bound for one in VARIABLES for bound in (Constraint(one, ORIGIN, DAYS[-1]), Constraint(ORIGIN, one, -DAYS[0]))
]
NATURAL = [Constraint((name, "start"), (name, "end"), 0) for name in "ab"]


@st.composite
def told(draw) -> Constraint:
    """Return a constraint that one or two claims tell of two variables, or of one and day 0."""
    left, right = draw(st.permutations([ORIGIN, *VARIABLES]))[:2]
    claims = draw(st.sets(st.sampled_from(CLAIMS), min_size=1, max_size=2))
    return Constraint(left, right, draw(st.integers(-3, 3)), tuple(sorted(claims)))


NETWORK = st.lists(told(), max_size=8)


def days(constraints) -> list[dict]:
    """Return every assignment that meets the constraints."""
    found = []
    for values in product(DAYS, repeat=len(VARIABLES)):
        day = {ORIGIN: 0, **dict(zip(VARIABLES, values, strict=True))}
        if all(day[one.left] - day[one.right] <= one.days for one in constraints):
            found.append(day)
    return found


def of(constraints, claims) -> list[Constraint]:
    return [one for one in constraints if set(one.claims) <= set(claims)]


def solved(constraints) -> Network | None:
    try:
        return Network([*constraints, *NATURAL, *WITHIN])
    except Contradiction:
        return None


@NETWORKS
@given(NETWORK)
def test_bounds_are_tight_and_a_contradiction_is_one(constraints) -> None:
    solutions = days([*constraints, *NATURAL])
    network = solved(constraints)
    assert (network is None) == (not solutions)
    for one in VARIABLES if network else ():
        assert network.earliest(one) == min(day[one] for day in solutions)
        assert network.latest(one) == max(day[one] for day in solutions)


@NETWORKS
@given(NETWORK)
def test_reasons_suffice_and_none_can_be_left_out(constraints) -> None:
    network = solved(constraints)
    for one in VARIABLES if network else ():
        for why, bound, pick in (
            (network.why_earliest(one), network.earliest(one), min),
            (network.why_latest(one), network.latest(one), max),
        ):
            assert pick(day[one] for day in days([*of(constraints, why), *NATURAL])) == bound
            for claim in why:
                rest = days([*of(constraints, why - {claim}), *NATURAL])
                assert pick(day[one] for day in rest) != bound


@NETWORKS
@given(st.lists(told(), min_size=3, max_size=10))
def test_a_contradiction_is_explained_by_claims_of_which_none_can_be_left_out(constraints) -> None:
    try:
        Network([*constraints, *NATURAL, *WITHIN])
    except Contradiction as error:
        assert not days([*of(constraints, error.claims), *NATURAL])
        for few in combinations(error.claims, len(error.claims) - 1):
            assert days([*of(constraints, few), *NATURAL])


@NETWORKS
@given(NETWORK, st.randoms(use_true_random=False))
def test_the_order_of_the_constraints_does_not_matter(constraints, random) -> None:
    shuffled = [*constraints]
    random.shuffle(shuffled)
    first, second = solved(constraints), solved(shuffled)
    assert (first is None) == (second is None)
    for one in VARIABLES if first else ():
        assert (first.earliest(one), first.latest(one)) == (second.earliest(one), second.latest(one))
        assert (first.why_earliest(one), first.why_latest(one)) == (second.why_earliest(one), second.why_latest(one))


@NETWORKS
@given(NETWORK, st.sets(st.sampled_from(CLAIMS)))
def test_fewer_claims_never_bound_more_tightly(constraints, claims) -> None:
    every, fewer = solved(constraints), solved(of(constraints, claims))
    assert every is None or fewer is not None
    for one in VARIABLES if every else ():
        assert fewer.earliest(one) <= every.earliest(one)
        assert fewer.latest(one) >= every.latest(one)


@NETWORKS
@given(NETWORK)
def test_to_add_what_follows_changes_nothing(constraints) -> None:
    network = solved(constraints)
    if network:
        implied = [Constraint(one, ORIGIN, network.latest(one)) for one in VARIABLES]
        again = solved([*constraints, *implied])
        assert [again.earliest(one) for one in VARIABLES] == [network.earliest(one) for one in VARIABLES]


def test_what_nothing_bounds_has_no_bounds() -> None:
    network = Network([Constraint(("a", "start"), ("b", "end"), 0, ("p",))])
    assert network.latest(("a", "start")) is None
    with pytest.raises(KeyError):
        network.why_latest(("a", "start"))


def test_a_cycle_that_no_date_reaches_is_found() -> None:
    cycle = [Constraint(("a", ""), ("b", ""), -1, ("p",)), Constraint(("b", ""), ("a", ""), 0, ("q",))]
    with pytest.raises(Contradiction) as caught:
        Network(cycle)
    assert caught.value.claims == {"p", "q"}
