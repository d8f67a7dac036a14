"""Two sources side by side: a tiny one and another whose every local name is the same stay apart everywhere."""

import hashlib
import json
import re
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
from typer.testing import CliRunner

from narkom.asking.works import sources_of
from narkom.building.snapshot import open_store
from narkom.cli import app
from narkom.config import find_root
from narkom.portal.library import Library
from narkom.portal.pages import Pages
from narkom.vocabulary import source_space

KEYS = ("aa", "b2")
PREFIXES = """@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix event: <https://w3id.org/narkom/event/> .
@prefix nk: <https://w3id.org/narkom/ontology#> .
@prefix person: <https://w3id.org/narkom/person/> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix stance: <https://w3id.org/narkom/stance/> .
@prefix work: <https://w3id.org/narkom/work/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
OWN = (
    "".join(f"@prefix {kind}: <{source_space('KEY', kind)}> .\n" for kind in ("claim", "note", "paragraph", "passage"))
    + f"@prefix OTHER-claim: <{source_space('OTHER', 'claim')}> .\n"
)
SOURCE = """
work:KEY
    a nk:Work ;
    schema:temporalCoverage "1920/YEAR"^^edtf:EDTF ;
    dcterms:title "Title KEY"@en ;
    dcterms:creator person:writer-KEY ;
    dcterms:issued "YEAR"^^xsd:gYear .
"""
CLAIMS = """
claim:p1s1a {
    event:arrest-one a nk:Arrest ;
        nk:person person:one ;
        nk:date "YEAR-03-29"^^edtf:EDTF .
}
claim:p1s1a a nk:Claim ;
    nk:passage passage:p1s1 ;
    nk:footnote note:1 ;
    nk:stance stance:asserted ;
    nk:contradicts OTHER-claim:p1s1a ;
    nk:gloss "One was arrested on 29 March YEAR, KEY says."@en .
"""
PEOPLE = """
person:one a nk:Person ; skos:prefLabel "Pavel One"@en ; skos:prefLabel "Павел Одинов"@ru .
person:writer-aa a nk:Person ; skos:prefLabel "Anna Author"@en ; skos:prefLabel "Анна Автор"@ru .
person:writer-b2 a nk:Person ; skos:prefLabel "Boris Author"@en ; skos:prefLabel "Борис Автор"@ru .
"""
EVENTS = 'event:arrest-one skos:prefLabel "Arrest of One"@en ; skos:prefLabel "Арест Одинова"@ru .\n'
COPY = "paragraph\tsentence\tmarkers\tnotes\ttext\n1\t1\t1\t1\tKEY says that One was arrested.\n"


def run(*words: object):
    """Run a command in this process; what it raises counts as said."""
    done = CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "200"})
    done.said = f"{done.output}{done.exception or ''}"
    return done


def filled(text: str, key: str) -> str:
    """Return a template for one of the sources."""
    other = {"aa": "b2", "b2": "aa"}[key]
    return text.replace("KEY", key).replace("YEAR", {"aa": "1937", "b2": "1938"}[key]).replace("OTHER", other)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project of the real ontology, shapes and questions, and of two sources, each described by its copy."""
    root = tmp_path_factory.mktemp("two")
    for folder in ("ontology", "shapes", "queries"):
        shutil.copytree(find_root() / folder, root / folder)
    (root / "data" / "register").mkdir(parents=True)
    (root / "data" / "register" / "people.ttl").write_text(PREFIXES + PEOPLE, encoding="utf-8")
    (root / "data" / "register" / "events.ttl").write_text(PREFIXES + EVENTS, encoding="utf-8")
    for key in KEYS:
        place = root / "data" / key
        (place / "claims").mkdir(parents=True)
        (place / "source.ttl").write_text(PREFIXES + filled(SOURCE, key), encoding="utf-8")
        (place / "claims" / "p01.trig").write_text(PREFIXES + filled(OWN + CLAIMS, key), encoding="utf-8")
    for key in KEYS:
        copy = root / f"{key}.tsv"
        copy.write_text(filled(COPY, key), encoding="utf-8")
        described = run("cover", "--root", root, "--source", copy, "--key", key, "--describe")
        assert described.exit_code == 0, described.output
        (root / "data" / key / "source.ttl").write_text(described.stdout, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def folder(root: Path) -> Path:
    """Return the folder of the built store."""
    done = run("build", "--root", root, "--store", root / "build")
    assert done.exit_code == 0, done.output
    return root / "build"


@pytest.fixture(scope="module")
def both(folder: Path) -> ox.Store:
    return open_store(folder)


def test_both_are_sound(root: Path) -> None:
    done = run("check", "--root", root, "--no-owl")
    assert "Checked 2 claims" in done.stdout
    assert "error" not in done.stdout.replace("0 errors", ""), done.stdout


def test_each_is_compared_with_its_own_copy(root: Path) -> None:
    assert "Name one of aa, b2 with --key" in run("cover", "--root", root, "--source", root / "aa.tsv").said
    assert run("cover", "--root", root, "--source", root / "aa.tsv", "--key", "aa").exit_code == 0
    done = run("cover", "--root", root, "--source", root / "aa.tsv", "--key", "b2")
    assert done.exit_code == 1 and "b2/p1s1: the digest differs" in done.output
    assert json.loads(run("cover", "--root", root, "--format", "json").stdout) == {"aa/p1s1": 1, "b2/p1s1": 1}


def test_a_name_of_the_other_source_is_found(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root, tmp_path / "two")
    claims = tmp_path / "two" / "data" / "b2" / "claims" / "p01.trig"
    claims.write_text(claims.read_text(encoding="utf-8").replace("b2/claim/", "aa/claim/"), encoding="utf-8")
    assert "aa-claim:p1s1a stands twice" in run("check", "--root", tmp_path / "two").said
    claims.write_text(claims.read_text(encoding="utf-8").replace("p1s1a", "p1s1b"), encoding="utf-8")
    found = run("check", "--root", tmp_path / "two", "--no-owl").said
    assert "p01.trig:17: error: aa-claim:p1s1b: the name is one of the source aa" in found
    assert "the claim's name says aa-passage:p1s1, but its passage is b2-passage:p1s1" in found


def test_an_ill_key_is_a_fault(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root, tmp_path / "two")
    (tmp_path / "two" / "data" / "b2").rename(tmp_path / "two" / "data" / "person")
    assert "data/person: the folder's name is no key of a source" in run("check", "--root", tmp_path / "two").said


def test_what_describes_them_is_read_from_the_data(both: ox.Store) -> None:
    assert list(map(str, sources_of(both))) == ["Anna Author, Title aa (1937)", "Boris Author, Title b2 (1938)"]


def test_answers_cite_each_by_its_key(root: Path, folder: Path) -> None:
    given = ("--root", root, "--store", folder)
    answer = run("ask", "arrested-in", "from=1937-01-01", "to=1938-12-31", "--format", "csv", *given).stdout
    assert "aa/claim/p1s1a" in answer and "b2/claim/p1s1a" in answer and "aa/1" in answer and "b2/1" in answer
    table = run("ask", "arrested-in", "from=1937-01-01", "to=1938-12-31", *given).stdout
    assert "¶ 1, sentence 1, n. 1 (aa/p1s1a)" in table and "¶ 1, sentence 1, n. 1 (b2/p1s1a)" in table
    assert run("ask", "passage-record", "--format", "csv", *given).stdout.count("Title ") == 2
    for typed in ("b2/1", "b2-note:1", "https://w3id.org/narkom/b2/note/1"):
        one = run("ask", "on-footnote", f"note={typed}", *given).stdout
        assert "b2 says" in one and "aa says" not in one, typed
    several = run("ask", "on-footnote", "note=1", *given)
    assert "more than one fits: aa-note:1, b2-note:1. Choose one" in several.said


def test_figures_name_the_source_of_a_note(root: Path, folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    figure, given = tmp_path / "figure.svg", ("--root", root, "--store", folder)
    done = run("ask", "arrested-in", "from=1937-01-01", "to=1938-12-31", "--plot", figure, *given)
    assert done.exit_code == 0, done.said
    text = figure.read_text(encoding="utf-8")
    assert "Source: Anna Author, Title aa (1937); notes 1." in text
    assert "Source: Boris Author, Title b2 (1938); notes 1." in text
    assert "b2 n.\xa01" in text


def test_a_query_names_the_source_in_the_prefix(root: Path, folder: Path, tmp_path: Path) -> None:
    given = ("--root", root, "--store", folder, "--format", "csv")
    query = tmp_path / "query.rq"
    query.write_text("SELECT ?gloss { b2-claim:p1s1a nk:gloss ?gloss }", encoding="utf-8")
    assert "b2 says" in run("query", query, *given).stdout
    query.write_text("SELECT ?gloss { claim:p1s1a nk:gloss ?gloss }", encoding="utf-8")
    assert "claim: does not say of which source" in run("query", query, *given).said


def test_each_has_its_pages(both: ox.Store) -> None:
    pages = Pages(Library(both, []))
    for key in KEYS:
        page = pages.get(f"/{key}/claim/p1s1a.html").body.decode()
        assert f"{key} says" in page and 'href="../passage/p1s1.html"' in page
        assert 'href="../note/1.html"' in page
        assert f"<h1>Claims – Title {key}</h1>" in pages.get(f"/{key}/claim/").body.decode()
        listed = pages.get(f"/{key}/claim/").body.decode()
        assert 'href="p1s1a.html"' in listed
        assert not [one for one in KEYS if one != key and f"{one}/claim/" in listed]
        assert f"Footnote 1 ({key})" in pages.get(f"/{key}/note/1.html").body.decode()
        assert f"Title {key}" in pages.get(f"/{key}/").body.decode()
        redirect = pages.get(f"/{key}/claim/p1s1a", accept="text/turtle")
        assert (redirect.status, redirect.headers["Location"]) == (303, "p1s1a.ttl")
        turtle = pages.get(f"/{key}/claim/p1s1a.ttl").body.decode()
        assert f"{key}-claim:p1s1a" in turtle and f"{key} says" in turtle
        assert f"{key}/claim/p1s1a.html" in pages.get("/event/arrest-one.html").body.decode()
    assert pages.get("/claim/p1s1a.html").status == 404
    index = pages.get("/").body.decode()
    assert "Anna Author, <cite>Title aa</cite> (1937); Boris Author" in index and 'href="b2/"' in index


def test_exports_keep_them_apart(folder: Path) -> None:
    for words in ((), ("--profile", "prov"), ("--profile", "crm")):
        data = run("export", "--store", folder, *words).stdout
        for key in KEYS:
            assert f"{key}-passage:p1s1" in data, words
            assert not words or f"{key}-assertion:p1s1a" in data, words
    published = run("export", "--store", folder, "--format", "nquads", "--profile", "nanopub").stdout
    assert len(set(re.findall(r"np/RA[\w-]+", published))) == 2
    rebased = run("export", "--store", folder, "--base", "https://example.org/x/").stdout
    assert "@prefix b2-claim: <https://example.org/x/b2/claim/>" in rebased


def test_the_same_sources_are_the_same_bytes(root: Path, folder: Path, tmp_path: Path) -> None:
    run("build", "--root", root, "--store", tmp_path)
    one, two = (hashlib.sha256(next(place.glob("snapshots/*/narkom.nq")).read_bytes()) for place in (folder, tmp_path))
    assert one.digest() == two.digest()
