"""Reading: each fault is one line with file, line and how to mend it, and every place is known."""

from pathlib import Path

import pytest

from narkom.reading.errors import ReadingErrors
from narkom.reading.lines import index_lines
from narkom.reading.sources import load

CLAIM = "https://w3id.org/narkom/small/claim/"
EVENT = "https://w3id.org/narkom/event/"


def faults(root: Path) -> list[str]:
    with pytest.raises(ReadingErrors) as error:
        load(root)
    return error.value.lines


def test_reads_the_small_project(small: Path) -> None:
    sources = load(small)
    assert sorted(sources.claims) == [CLAIM + "p1s1a", CLAIM + "p1s2a"]
    assert len(sources.claims[CLAIM + "p1s1a"]) == 3
    assert sources.place_of(CLAIM + "p1s1a").line == 16
    assert sources.place_of(EVENT + "arrest-one", CLAIM + "p1s2a").line == 24
    assert "data/small/claims/p01.trig" in sources.digests


def test_undeclared_prefix(small: Path, claims: Path, edit) -> None:
    edit(claims, "@prefix person: <https://w3id.org/narkom/person/> .\n", "")
    [line] = faults(small)
    assert line.startswith("data/small/claims/p01.trig:12: the prefix person: is not declared. Add @prefix person:")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("edtf:EDTF .\n}\nclaim:p1s1a a", "edtf:EDTF\n\nclaim:p1s1a a", 17),
        ("nk:person person:one ;", "nk:person person:one", 14),
        ('"1937-03-29"', '"1937-03-29', 14),
    ],
)
def test_not_trig(small: Path, claims: Path, edit, old: str, new: str, line: int) -> None:
    edit(claims, old, new)
    [fault] = faults(small)
    assert "not well-formed" in fault
    assert abs(int(fault.split(":")[1]) - line) <= 1


def test_byte_order_mark(small: Path, claims: Path) -> None:
    claims.write_bytes(b"\xef\xbb\xbf" + claims.read_bytes())
    [fault] = faults(small)
    assert fault.startswith("data/small/claims/p01.trig:1: begins with a byte order mark")


def test_stray_file(small: Path, claims: Path) -> None:
    claims.rename(claims.with_suffix(".trg"))
    [fault] = faults(small)
    assert fault.startswith("data/small/claims/p01.trg: no data file: only .ttl and .trig are read")


def test_not_utf8(small: Path, claims: Path) -> None:
    claims.write_bytes(claims.read_bytes() + b"# \xff\n")
    [fault] = faults(small)
    assert "is not UTF-8" in fault


def test_every_faulty_file_is_named_in_one_run(small: Path, claims: Path, edit) -> None:
    edit(claims, "nk:gloss", "nk:gloss nk:gloss")
    edit(small / "data" / "register" / "people.ttl", "person:one", "nobody:one")
    assert [line.split(":")[0] for line in faults(small)] == ["data/register/people.ttl", "data/small/claims/p01.trig"]


def test_graph_opened_twice(small: Path, claims: Path, edit) -> None:
    edit(claims, "claim:p1s2a {", "claim:p1s1a {")
    [fault] = faults(small)
    assert fault.startswith("data/small/claims/p01.trig:23: the claim small-claim:p1s1a stands twice")
    assert "data/small/claims/p01.trig:11" in fault


def test_claim_described_twice_in_two_files(small: Path, claims: Path) -> None:
    text = claims.read_text(encoding="utf-8")
    (claims.parent / "p02.trig").write_text(text, encoding="utf-8")
    lines = faults(small)
    assert len(lines) == 4
    assert all(line.startswith("data/small/claims/p02.trig:") for line in lines)


@pytest.mark.parametrize("blank", ["_:x", "[ a nk:Person ]", "( person:one )"])
def test_blank_node(small: Path, claims: Path, edit, blank: str) -> None:
    edit(claims, "nk:person person:one", f"nk:person {blank}")
    [fault] = faults(small)
    assert fault.startswith("data/small/claims/p01.trig:13: a blank node")


def test_missing_folder(small: Path) -> None:
    (small / "data" / "small" / "claims").rename(small / "elsewhere")
    [fault] = faults(small)
    assert fault.startswith("data/small/claims: the folder cannot be read")


def test_unreadable_file(small: Path, claims: Path) -> None:
    claims.unlink()
    claims.symlink_to(small / "nowhere.trig")
    [fault] = faults(small)
    assert fault.startswith("data/small/claims/p01.trig: cannot be read")


def test_unreadable_folder(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.iterdir

    def refuse(folder: Path):
        if folder.name == "claims":
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr(Path, "iterdir", refuse)
    [fault] = faults(small)
    assert fault == (
        "data/small/claims: the folder cannot be read: Permission denied. "
        "Check that the folder exists and that you may read it"
    )


def test_line_index_sees_through_strings_comments_and_brackets() -> None:
    index = index_lines(
        "PREFIX a: <http://a/>\n"
        'a:one a:p """x {\n a:not a:a a:subject .\n""" . # a:no\n'
        "GRAPH a:g {\n a:two a:p a:x.y . a:three a:p 1.5\n}\n"
        "<http://a/four> a:p [ a:q a:r . ] .\n".replace(" . ]", " ]")
    )
    assert [(s.graph, s.subject, s.line) for s in index.statements] == [
        (None, "http://a/one", 2),
        ("http://a/g", "http://a/two", 6),
        ("http://a/g", "http://a/three", 6),
        (None, "http://a/four", 8),
    ]
    assert index.graphs == [("http://a/g", 5)]
    assert index.blank_lines == [8]
