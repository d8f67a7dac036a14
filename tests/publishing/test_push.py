"""What a push reads and remembers; against real engines see tests/engines."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from narkom.errors import UsageError
from narkom.publishing.push import chunks

A = "<http://x/{}> <http://x/p> {} .\n"


def write(path: Path, *lines: str) -> Path:
    file = path / "data.nq"
    file.write_text("".join(lines), encoding="utf-8")
    return file


def test_chunks_are_whole_subjects(tmp_path: Path) -> None:
    file = write(tmp_path, *(A.format(name, f'"{i}"') for name in ("a", "b", "c") for i in range(3)))
    assert [len(chunk) for chunk in chunks(file, 2)] == [3, 3, 3]
    assert [len(chunk) for chunk in chunks(file, 4)] == [6, 3]
    assert [len(chunk) for chunk in chunks(file, 100)] == [9]


def test_a_subject_that_begins_another_is_in_order(tmp_path: Path) -> None:
    lines = sorted([A.format("ab", '"1"'), A.format("a-b", '"1"'), A.format("a", '"1"'), A.format("a/b", '"1"')])
    assert len(list(chunks(write(tmp_path, *lines), 1))) == 4


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([A.format("b", '"1"'), A.format("a", '"1"')], "is not sorted"),
        (["_:b <http://x/p> <http://x/o> .\n"], "blank node"),
        ([A.format("a", "_:b")], "blank node"),
        (["<http://x/a> <http://x/p> .\n"], "is no N-Quads"),
    ],
)
def test_what_cannot_be_sent_twice_is_refused(tmp_path: Path, lines: list[str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        list(chunks(write(tmp_path, *lines), 10))


def test_a_file_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read: No such file"):
        list(chunks(tmp_path / "none.nq", 10))


def test_a_datatype_as_text(tmp_path: Path) -> None:
    duration = "http://www.w3.org/2001/XMLSchema#duration"
    file = write(tmp_path, A.format("a", f'"PT2H"^^<{duration}>'), A.format("b", '"1"@en'))
    assert [q.object for q in next(chunks(file, 10, frozenset([duration])))] == [
        ox.Literal("PT2H"),
        ox.Literal("1", language="en"),
    ]
