"""A gloss shows its claim's stance."""

from pathlib import Path

import pytest

from narkom.checking.wording import check_wording
from narkom.reading.sources import load


@pytest.mark.parametrize(
    ("stance", "gloss", "fits"),
    [
        ("asserted", "One was arrested in May 1937.", True),
        ("asserted", "One was perhaps arrested.", False),
        ("asserted", "One was not arrested.", False),
        ("asserted", "One was arrested, against the authors' account.", False),
        ("hedged", "One was perhaps arrested.", True),
        ("hedged", "One may have been arrested.", True),
        ("hedged", "One was arrested in May 1937.", False),
        ("reported", "One was arrested, by Two's account.", True),
        ("reported", "One was arrested by Two.", False),
        ("charged", "One plotted, as Two alleged.", True),
        ("charged", "One plotted with Two.", False),
        ("rejected", "The authors deny that One was arrested.", True),
        ("rejected", "One was arrested.", False),
    ],
)
def test_stance(small: Path, claims: Path, edit, stance: str, gloss: str, fits: bool) -> None:
    edit(claims, 'One was arrested; a \\"#\\" and a { in a gloss.', gloss)
    edit(claims, "stance:asserted", f"stance:{stance}")
    found = check_wording(load(small))
    assert [one.check for one in found] == ([] if fits else ["gloss-stance"])
    assert all(one.line and one.mend for one in found)


def test_doubt_about_a_date(small: Path, claims: Path, edit) -> None:
    edit(claims, 'One was arrested; a \\"#\\" and a { in a gloss.', "One was arrested, it seems in 1937.")
    assert [one.check for one in check_wording(load(small))] == ["gloss-stance"]
    edit(claims, '"1937-03-29"', '"1937-03-29?"')
    assert check_wording(load(small)) == []


@pytest.mark.parametrize(
    ("gloss", "found"),
    [
        ("One was arrested before the trial.", ["gloss-inferred"]),
        ("One was arrested, by inference, before the trial.", []),
        ("One was arrested before the trial, as may be inferred.", ["gloss-stance"]),
        ("One was arrested before the presumed trial.", []),
    ],
)
def test_what_is_inferred_is_told_so(small: Path, claims: Path, edit, gloss: str, found: list[str]) -> None:
    edit(claims, 'One was arrested; a \\"#\\" and a { in a gloss.', gloss)
    assert "gloss-inferred" not in {one.check for one in check_wording(load(small))}
    edit(claims, "nk:stance stance:asserted ;", 'nk:stance stance:asserted ;\n    nk:inferred "from the trial"@en ;')
    assert [one.check for one in check_wording(load(small))] == found


def test_only_what_is_asked_for(small: Path, claims: Path, edit) -> None:
    edit(claims, 'One was arrested; a \\"#\\" and a { in a gloss.', "One was perhaps arrested.")
    assert check_wording(load(small), only=set()) == []


@pytest.mark.parametrize(
    ("gloss", "alone"),
    [
        ("Two told Stalin of that conversation in May 1937.", False),
        ("The five were members of the commission.", False),
        ("He was arrested.", False),
        ("One was arrested at once.", False),
        ("One told Two that he was ill.", True),
        ("The five members of the commission were One and Two.", True),
        ("One wrote that the letter was lost.", True),
    ],
)
def test_a_gloss_stands_alone(small: Path, claims: Path, edit, gloss: str, alone: bool) -> None:
    edit(claims, 'One was arrested; a \\"#\\" and a { in a gloss.', gloss)
    assert [one.check for one in check_wording(load(small))] == ([] if alone else ["gloss-alone"])
