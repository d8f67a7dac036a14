"""The command line: exit codes, one line for each mistake, and never a traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest


@pytest.fixture
def narkom(small: Path, tmp_path: Path):
    """Return a function that runs the command on the small project."""
    environment = {**os.environ, "NARKOM_ROOT": str(small), "NARKOM_STORE": str(tmp_path / "store")}

    def run(*arguments: str | Path) -> subprocess.CompletedProcess:
        command = [sys.executable, "-m", "narkom.cli", *map(str, arguments)]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    return run


def test_build_then_export(narkom, tmp_path: Path) -> None:
    done = narkom("build")
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 claims" in done.stdout
    assert narkom("export", "--output", tmp_path / "all.ttl").returncode == 0
    assert (tmp_path / "all.ttl").read_text(encoding="utf-8") == narkom("export").stdout


def test_check(narkom, claims: Path, edit) -> None:
    assert narkom("check").returncode == 0
    edit(claims, "nk:stance stance:asserted ;", "")
    done = narkom("check", "--no-owl")
    assert done.returncode == 1
    assert "data/small/claims/p01.trig:16: error: small-claim:p1s1a: the claim has no stance." in done.stdout
    assert json.loads(narkom("check", "--no-owl", "--format", "json").stdout)[0]["check"] == "stance"


def test_check_of_one_file_counts_what_it_breaks_elsewhere(narkom, small: Path, edit) -> None:
    people = small / "data" / "register" / "people.ttl"
    edit(people, "person:one a", "person:another a")
    done = narkom("check", people)
    assert done.returncode == 1
    assert "more in other files" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "part"),
    [
        (("export",), 2, "Run: narkom build"),
        (("export", "--format", "pdf"), 2, ""),
        (("build", "--root", "/nonexistent"), 2, "no folder ontology/"),
        (("cover", "--source", "/nonexistent"), 2, "cannot be read"),
        (("cover", "--describe"), 2, "--source FILE"),
        (("cover", "--require-full"), 1, ""),
        (("check", "--format", "pdf"), 2, "choose one of"),
        (("unknown",), 2, "unknown"),
    ],
)
def test_mistakes(narkom, arguments: tuple[str, ...], code: int, part: str) -> None:
    done = narkom(*arguments)
    assert done.returncode == code
    assert part in done.stderr
    assert "Traceback" not in done.stderr


def test_unreadable_input(narkom, claims: Path) -> None:
    narkom("build")
    claims.write_text("claim:p1s1a {", encoding="utf-8")
    done = narkom("build")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert narkom("export").returncode == 0


def test_cover(narkom, small: Path) -> None:
    done = narkom("cover", "--source", small / "sentences.tsv")
    assert done.returncode == 0
    assert "2 of 3 passages carry claims" in done.stdout
    described = narkom("cover", "--describe", "--source", small / "sentences.tsv")
    assert described.stdout.count("a nk:Passage") == 3
    assert "One was taken" not in described.stdout


def test_export_into_a_closed_pipe(narkom, small: Path) -> None:
    narkom("build")
    environment = {**os.environ, "NARKOM_ROOT": str(small), "NARKOM_STORE": str(small.parent / "store")}
    script = f"{sys.executable} -m narkom.cli export --format trig | head -c 10"
    done = subprocess.run(["sh", "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr


def test_light_start() -> None:
    """The command must not import the heavy libraries before a verb asks for them."""
    code = (
        "import sys, narkom.cli; print(*{'rdflib', 'pyshacl', 'owlready2', 'edtf', 'rich.console'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
@pytest.mark.parametrize("stream", ["full", "closed"])
@pytest.mark.parametrize(
    "arguments",
    [("ask",), ("ask", "career"), ("build",), ("check", "--no-owl"), ("cover",), ("export",), ("format", "--check"),
     ("--help",), ("--version",), ("check", "--no-owl", "--format", "sarif")],
    ids=" ".join,
)  # fmt: skip
def test_output_that_cannot_be_written_is_told(narkom_shell, arguments: tuple[str, ...], stream: str) -> None:
    done = narkom_shell(*arguments, redirect={"full": ">/dev/full", "closed": ">&-"}[stream])
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1].startswith("the output cannot be written: ")
    assert "Traceback" not in done.stderr and "Exception" not in done.stderr


@pytest.mark.parametrize("redirect", ["2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_closed_streams_change_no_exit_code(narkom_shell, redirect: str) -> None:
    assert narkom_shell("check", "--format", "nonsense", redirect=redirect).returncode == 2
    assert narkom_shell("ask", "nonsense", redirect=redirect).stdout == ""


@pytest.fixture
def narkom_shell(small: Path, tmp_path: Path):
    """Return a function that runs the command by a shell, with its streams redirected."""
    environment = {**os.environ, "NARKOM_STORE": str(tmp_path / "store"), "ASKED": sys.executable}
    subprocess.run([sys.executable, "-m", "narkom.cli", "build"], env=environment, check=True, capture_output=True)

    def run(*arguments: str, redirect: str) -> subprocess.CompletedProcess:
        command = f'exec "$ASKED" -m narkom.cli {" ".join(arguments)} {redirect}'
        return subprocess.run(["sh", "-c", command], env=environment, capture_output=True, text=True, check=False)

    return run


CHAINED = {
    "braces": "SELECT * {" + "{" * 20_000 + "?s ?p ?o" + "}" * 20_000 + "}",
    "sums": "SELECT * { ?s ?p ?o FILTER(1" + "+1" * 20_000 + ") }",
    "unions": "SELECT * { {?s ?p ?o} " + "UNION {?s ?p ?o}" * 20_000 + " }",
    "terms": "SELECT * { ?s ?p " + "<<( ?s ?p " * 20_000 + "?o" + " )>>" * 20_000 + " }",
    "paths": "SELECT * { ?s " + "(" * 20_000 + "<http://a/p>" + ")" * 20_000 + " ?o }",
}


@pytest.mark.parametrize("kind", sorted(CHAINED))
def test_a_query_that_ends_its_process_is_told_in_a_line(narkom, tmp_path: Path, kind: str) -> None:
    narkom("build")
    (tmp_path / "deep.rq").write_text(CHAINED[kind], encoding="utf-8")
    done = narkom("query", tmp_path / "deep.rq")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("the engine gave up: ") and len(done.stderr.splitlines()) == 1


def test_a_query_has_a_limit(narkom, tmp_path: Path) -> None:
    narkom("build")
    cross = " . ".join(f"?a{i} ?b{i} ?c{i}" for i in range(9))
    (tmp_path / "long.rq").write_text(f"SELECT (COUNT(*) AS ?n) {{ {cross} }}", encoding="utf-8")
    done = narkom("query", tmp_path / "long.rq", "--timeout", "1")
    assert done.returncode == 2
    assert "took longer than 1 seconds" in done.stderr and "--timeout" in done.stderr


def test_a_query_may_begin_with_a_byte_order_mark(narkom, tmp_path: Path) -> None:
    narkom("build")
    (tmp_path / "bom.rq").write_bytes(b"\xef\xbb\xbfSELECT ?s { ?s a nk:Claim }\r\n")
    done = narkom("query", tmp_path / "bom.rq", "--format", "csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("s,")


@pytest.mark.parametrize("text", ["1936-1X-9", "1936-1Y", "2190-1X", "1936-X1X", "Y1X"])
@pytest.mark.parametrize("form", ["json", "sarif", "junit"])
def test_a_report_for_programs_holds_nothing_that_a_library_prints(narkom, claims, edit, text: str, form: str) -> None:
    edit(claims, "1937-03-29", text)
    printed = narkom("check", "--no-owl", "--format", form).stdout
    if form == "junit":
        ElementTree.fromstring(printed)
    else:
        assert json.loads(printed) is not None


# Each takes longer to read than the answer takes to find.
HEAVY = ("pydantic", "rdflib", "pyshacl", "SPARQLWrapper", "owlready2", "edtf", "starlette", "uvicorn", "jinja2",
         "http.client", "matplotlib", "networkx", "iuliia", "pylode")  # fmt: skip


@pytest.mark.parametrize("arguments", [("ask", "career"), ("ask",), ("--version",)], ids=" ".join)
def test_a_cold_answer_reads_no_library_that_it_does_not_need(narkom, small, tmp_path, arguments) -> None:
    narkom("build")
    code = (
        "import sys; from narkom.commands.streams import guarded; from narkom.cli import app\n"
        f"sys.argv = ['narkom', *{arguments!r}]; guarded(app)\n"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)"
    )
    environment = {**os.environ, "NARKOM_STORE": str(tmp_path / "store")}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1] == "[]"
