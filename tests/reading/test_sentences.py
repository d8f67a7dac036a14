"""A reader's copy: its normal form, its faults, and the description made of it."""

from pathlib import Path

import pytest

from narkom.reading.errors import ReadingErrors
from narkom.reading.sentences import normalise, read_sentences


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("It’s “so”—or  not.¹²", 'It\'s "so"-or not.'),
        ("1937–38\u00a0on [*sic*]", "1937-38 on [sic]"),
        ("e\u0301", "é"),
        (" a\tb…\u00ad", "a b..."),
    ],
)
def test_normal_form(text: str, normal: str) -> None:
    assert normalise(text) == normal
    assert normalise(normal) == normal


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("paragraph\tsentence\ttext\n", "the column markers is missing"),
        ("", "the column paragraph is missing"),
        ("paragraph\tsentence\tmarkers\tnotes\ttext\n1\t1\t\n", "3 columns where the header has 5"),
        ("paragraph\tsentence\tmarkers\tnotes\ttext\none\t1\t\t\tx\n", "paragraph or sentence is no number"),
    ],
)
def test_no_such_table(tmp_path: Path, content: str, what: str) -> None:
    file = tmp_path / "copy.tsv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ReadingErrors, match=what):
        read_sentences(file)


def test_missing_copy(tmp_path: Path) -> None:
    with pytest.raises(ReadingErrors, match="cannot be read"):
        read_sentences(tmp_path / "none.tsv")
