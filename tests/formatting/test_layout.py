"""The layout keeps what a file says, keeps its comments, and is its own layout."""

import shutil
from pathlib import Path

import pytest
from pyoxigraph import Dataset, RdfFormat, parse
from typer.testing import CliRunner

from narkom.cli import app
from narkom.config import find_root
from narkom.formatting.files import all_files, laid_out
from narkom.formatting.query import layout_query
from narkom.formatting.tokens import tokens
from narkom.formatting.turtle import layout

ROOT = find_root()
UNTIDY = """\
# Head of the file.
@prefix nk: <https://w3id.org/narkom/ontology#> . # beside nk
# Above claim.
@prefix claim: <https://w3id.org/narkom/ssc/claim/> .
PREFIX event: <https://w3id.org/narkom/event/>
# p1s1

# Two groups of comments.
claim:p1s1a { # opens
  event:one a nk:Arrest,nk:Event; nk:count 3.0 # three
     ; nk:gloss "a # no comment ; \\"{\\""@en, '''two
lines''' ;
  .
  # Above two.
  event:two nk:date "1937"^^nk:EDTF . # the last
  # Below.
} # closes


claim:p1s1a nk:gloss "x"@en ; # beside the gloss
    a nk:Claim ;
    # Above the stance.
    nk:stance nk:s ; nk:passage nk:p .
<https://example.org/a>nk:b _:c.
# The end.
"""
TIDY = """\
# Head of the file.
# Above claim.
@prefix claim: <https://w3id.org/narkom/ssc/claim/> .
@prefix event: <https://w3id.org/narkom/event/> .
@prefix nk: <https://w3id.org/narkom/ontology#> .  # beside nk

# p1s1

# Two groups of comments.
claim:p1s1a {  # opens
    event:one a nk:Arrest ;
        a nk:Event ;
        nk:count 3.0 ;  # three
        nk:gloss "a # no comment ; \\"{\\""@en ;
        nk:gloss '''two
lines''' .
    # Above two.
    event:two nk:date "1937"^^nk:EDTF .  # the last
    # Below.
}  # closes
claim:p1s1a a nk:Claim ;
    nk:passage nk:p ;
    # Above the stance.
    nk:stance nk:s ;
    nk:gloss "x"@en .  # beside the gloss

<https://example.org/a> nk:b _:c .

# The end.
"""


def quads(text: str) -> set[str]:
    return {str(quad) for quad in Dataset(parse(input=text, format=RdfFormat.TRIG)) if "_:" not in str(quad)}


def comments(text: str) -> list[str]:
    return sorted(token.text for token in tokens(text) if token.kind == "comment")


def test_untidy() -> None:
    assert layout(UNTIDY, trig=True) == TIDY
    assert layout(TIDY, trig=True) == TIDY
    assert quads(UNTIDY) == quads(TIDY)
    assert comments(UNTIDY) == comments(TIDY)


def test_register_has_subjects_on_their_own_line() -> None:
    text = "@prefix a: <x:> .\na:b a a:c; a:d (1 [ a:e a:f;a:g 2 ] ( )) ."
    tidy = "@prefix a: <x:> .\n\na:b\n    a a:c ;\n    a:d ( 1 [ a:e a:f ; a:g 2 ] () ) .\n"
    assert layout(text, trig=False) == tidy
    assert layout(tidy, trig=False) == tidy


@pytest.mark.parametrize("path", all_files(ROOT), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_file_keeps_its_meaning_and_comments(path: Path) -> None:
    text, fresh = laid_out(path, path.name)
    if path.suffix == ".rq":
        assert layout_query(fresh) == fresh
        assert sorted(text.split()) == sorted(fresh.split())
    else:
        assert layout(fresh, path.suffix == ".trig") == fresh
        assert comments(text) == comments(fresh)


def test_query() -> None:
    text = "#+ summary: x  \nprefix b: <x:b>\nPREFIX a: <x:a> \n\n\nSELECT * {\t\n  ?a b:c ?d }\n\n"
    tidy = "#+ summary: x\nPREFIX a: <x:a>\nPREFIX b: <x:b>\n\nSELECT * {\n  ?a b:c ?d }\n"
    assert layout_query(text) == tidy
    assert layout_query(tidy) == tidy


def test_command(tmp_path: Path) -> None:
    file = tmp_path / "untidy.trig"
    file.write_text(UNTIDY, encoding="utf-8")
    runner = CliRunner()
    assert runner.invoke(app, ["format", "--check", str(file)]).exit_code == 1
    assert file.read_text(encoding="utf-8") == UNTIDY
    assert runner.invoke(app, ["format", str(file)]).exit_code == 0
    assert file.read_text(encoding="utf-8") == TIDY
    assert runner.invoke(app, ["format", "--check", str(file)]).exit_code == 0


def test_an_ill_file_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "ill.ttl"
    file.write_text("@prefix a: <x:> .\na:b a: .\na:b a:c ", encoding="utf-8")
    found = CliRunner().invoke(app, ["format", str(file)])
    assert found.exit_code != 0
    assert "not well-formed" in str(found.exception)
    assert file.read_text(encoding="utf-8").endswith("a:b a:c ")


def test_no_layout_for_other_files(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    assert "has no layout" in str(CliRunner().invoke(app, ["format", str(tmp_path / "pyproject.toml")]).exception)
