"""What cannot all hold is reported by the smallest set of claims, with the place of each."""

from pathlib import Path

import pytest

from narkom.building.chronology import check_chronology
from narkom.reading.sources import load


@pytest.fixture
def asserted(claims: Path, edit) -> None:
    """Have the authors assert both dates of the small project, and neither claim contradict the other."""
    edit(claims, "stance:charged", "stance:asserted")
    edit(claims, "    nk:contradicts claim:p1s1a ;\n", "")


def test_a_charge_may_contradict_the_facts(small: Path) -> None:
    assert check_chronology(load(small)) == []


def test_two_dates_that_cannot_both_hold(small: Path, asserted) -> None:
    [found] = check_chronology(load(small))
    assert (found.file, found.line, found.severity) == ("data/small/claims/p01.trig", 11, "error")
    for says in ("1936-12-31 or earlier (small-claim:p1s2a, {}:24)", "1937-03-29 or later (small-claim:p1s1a, {}:12)"):
        assert f"event:arrest-one begins on {says.format(found.file)}" in found.message


def test_rival_accounts_say_so(small: Path, claims: Path, edit) -> None:
    edit(claims, "stance:charged", "stance:asserted")
    assert check_chronology(load(small)) == []


def test_no_claim_is_named_that_the_contradiction_does_not_need(small: Path, claims: Path, edit, asserted) -> None:
    edit(claims, 'nk:date "1936"^^edtf:EDTF', "nk:occasion event:meeting-one")
    edit(
        claims,
        "# p1s2",
        """claim:p1s1b { event:meeting-one a nk:Meeting ; nk:date "1938"^^edtf:EDTF . }
claim:p1s1b a nk:Claim ; nk:passage passage:p1s1 ; nk:stance stance:asserted ; nk:gloss "They met in 1938."@en .
claim:p1s1c { event:meeting-one a nk:Meeting ; nk:date "193X"^^edtf:EDTF . }
claim:p1s1c a nk:Claim ; nk:passage passage:p1s1 ; nk:stance stance:asserted ; nk:gloss "They met in the 1930s."@en .
# p1s2""",
    )
    [found] = check_chronology(load(small))
    assert all(name in found.message for name in ("p1s1a", "p1s1b", "p1s2a"))
    assert "p1s1c" not in found.message
