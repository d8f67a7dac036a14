"""A name that was given to a claim and withdrawn is not given again, and what is said to hold it now is there."""

import re

from narkom.config import find_root
from narkom.reading.sources import Sources
from narkom.vocabulary import source_space

ROWS = re.findall(r"(?m)^\| `(\w+)` \| (.+?) \| (.+) \|$", (find_root() / "docs" / "withdrawn.md").read_text())
NAME = re.compile(r"\b[pf]\d+s\d+[a-z]{1,2}\b")


def test_withdrawn_names_are_not_used(sources: Sources) -> None:
    claims = source_space("ssc", "claim")
    assert len(ROWS) > 70
    assert [name for name, _, _ in ROWS if claims + name in sources.claims] == []


def test_what_takes_their_place_is_there(sources: Sources) -> None:
    claims = source_space("ssc", "claim")
    withdrawn = {name for name, _, _ in ROWS}
    lost = {(name, one) for name, _, now in ROWS for one in NAME.findall(now) if claims + one not in sources.claims}
    assert {(name, one) for name, one in lost if one not in withdrawn} == set()
