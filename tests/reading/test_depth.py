"""Files that would end the process that reads them, or take its memory, are refused by file and line."""

from pathlib import Path

import pytest

from narkom.checking.rules import load_rules
from narkom.reading.errors import ReadingErrors
from narkom.reading.parsing import parse_file, read_query

HEAD = "PREFIX a: <http://a/>\n# two\n"
NESTED = {
    "triple terms": ("<<( a:s a:p ", " )>>"),
    "reified triples": ("<< a:s a:p ", " >>"),
    "lists": ("( ", " )"),
    "blank nodes": ("[ a:p ", " ]"),
}
LONG = {
    "literal": 'a:s a:p "%s" .',
    "long literal": 'a:s a:p """%s""" .',
    "IRI": "a:s a:p <http://a/%s> .",
    "comment": "a:s a:p a:o . # %s\n",
}


def refused(path: Path) -> str:
    with pytest.raises(ReadingErrors) as error:
        parse_file(path, path.name, blank_nodes=True)
    return error.value.lines[0]


@pytest.mark.parametrize("suffix", [".ttl", ".trig"])
@pytest.mark.parametrize("kind", sorted(NESTED))
def test_deep_nesting_is_refused_before_a_parser_sees_it(tmp_path: Path, kind: str, suffix: str) -> None:
    opened, closed = NESTED[kind]
    path = tmp_path / f"deep{suffix}"
    path.write_text(f"{HEAD}a:s a:p {opened * 20_000}a:o{closed * 20_000} .\n", encoding="utf-8")
    assert refused(path).startswith(f"deep{suffix}:3: brackets are nested more than 200 deep. Give")


def test_brackets_that_are_many_or_within_a_text_are_no_nesting(tmp_path: Path) -> None:
    path = tmp_path / "wide.ttl"
    lists = " ".join("a:s a:p ( a:o [ a:p 1 ] ) ." for _ in range(500))
    path.write_text(f'{HEAD}{lists} a:s a:p "{"([{" * 500}", """{"[" * 500} " """ . # {"(" * 500}\n', encoding="utf-8")
    assert parse_file(path, path.name, blank_nodes=True)[0]


@pytest.mark.parametrize("kind", sorted(LONG))
def test_a_token_that_is_too_long_is_named_by_its_line(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "long.ttl"
    path.write_text(HEAD + LONG[kind] % ("x" * 17_000_000), encoding="utf-8")
    assert refused(path).startswith("long.ttl:3: a name, text or comment of more than 16 MB begins here. Shorten")


def test_a_query_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "x.rq"
    path.write_bytes(b"\xef\xbb\xbf#+ summary: x\r\nSELECT * {}\r\n")
    assert read_query(path, "x.rq").startswith("#+ summary")


def test_a_rule_may_begin_with_a_byte_order_mark_and_is_held_to_the_same_depth(tmp_path: Path) -> None:
    rule = tmp_path / "shapes" / "rules" / "x.rq"
    rule.parent.mkdir(parents=True)
    header = "#+ summary: x\n#+ severity: error\n#+ message: y\n#+ mend: z\n"
    rule.write_text(f"\ufeff{header}SELECT ?claim {{}}", encoding="utf-8")
    assert load_rules(tmp_path)[0].severity == "error"
    rule.write_text(f"{header}SELECT * {{ {'{' * 20_000}{'}' * 20_000} }}", encoding="utf-8")
    with pytest.raises(ReadingErrors, match=r"shapes/rules/x\.rq:5: brackets are nested"):
        load_rules(tmp_path)
    rule.write_bytes(b"#+ summary: x\n#+ \xff\n")
    with pytest.raises(ReadingErrors, match=r"shapes/rules/x\.rq:2: this line is not UTF-8"):
        load_rules(tmp_path)
