"""The project's own data: sound, and the source described by the text that the readers have."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from narkom.checking.coverage import compare, coverage
from narkom.checking.report import quick_check
from narkom.reading.sentences import read_sentences
from narkom.reading.sources import load

CHECKOUT = Path(__file__).resolve().parents[1]
COPY = Path(os.environ.get("NARKOM_SOURCE", CHECKOUT.parent / "shared" / "source" / "sentences.tsv"))


VERBATIM = CHECKOUT.parent / "shared" / "tools" / "verbatim.py"


@pytest.mark.skipif(not VERBATIM.exists(), reason="needs the tool that knows the chapter's wording")
def test_facts_carry_over_and_sentences_do_not() -> None:
    found = subprocess.run(
        [sys.executable, VERBATIM, CHECKOUT], capture_output=True, text=True, timeout=300, check=False
    )
    assert found.returncode == 0, found.stdout


def test_dates_and_references() -> None:
    assert [str(one) for one in quick_check(load(CHECKOUT))] == []


def test_source_has_every_part() -> None:
    sources = load(CHECKOUT)
    kinds = [quad.object.value.rpartition("#")[2] for quad in sources.source]
    assert {kind: kinds.count(kind) for kind in ("Work", "Paragraph", "Passage", "Footnote")} == {
        "Work": 2,
        "Paragraph": 63,
        "Passage": 342,
        "Footnote": 112,
    }
    assert len(coverage(sources)) == 342


@pytest.mark.skipif(not COPY.exists(), reason="needs a copy of the chapter; name it with NARKOM_SOURCE")
def test_source_agrees_with_a_copy() -> None:
    assert compare(load(CHECKOUT), read_sentences(COPY), "ssc") == []
