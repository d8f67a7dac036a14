"""`narkom push` against real engines: both protocols, breaking off and going on, and what verification finds."""

import urllib.request

import pytest

from narkom.asking.endpoint import Endpoint
from narkom.errors import UsageError
from narkom.publishing.push import Mismatch, Wishes, push
from narkom.publishing.target import Target

P = "https://w3id.org/narkom/"
LINES = sorted(
    [
        *(f'<{P}event/e{i:03}> <{P}ontology#date> "1937-03-{i % 28 + 1:02}" .' for i in range(60)),
        *(f"<{P}event/e{i:03}> <{P}ontology#person> <{P}person/a> <{P}claim/p1s{i}a> ." for i in range(60)),
        f'<{P}event/e999> <{P}ontology#count> "2273.0"^^<http://www.w3.org/2001/XMLSchema#decimal> .',
        f'<{P}event/e999> <{P}ontology#label> "Ежов \\"и\\"\\n{{# }}"@ru .',
    ]
)


class Broken(Exception):
    """The connection, when a test wants it to break."""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "small.nq"
    path.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def target(server, monkeypatch: pytest.MonkeyPatch) -> Target:
    """The engine under each test's own default graph, where it has one; cleared."""
    for name, value in (("NARKOM_USER", server.user), ("NARKOM_PASSWORD", server.password)):
        monkeypatch.setenv(name, value or "")
    found = Target(Endpoint(server.query, server.default_graph), server.update, "update")
    found.clear()
    return found


def silent(step: str) -> None:
    """Say nothing."""


@pytest.mark.parametrize("protocol", ["update", "gsp"])
def test_both_protocols(target: Target, server, file, tmp_path, protocol: str) -> None:
    url = server.update if protocol == "update" else server.graph_store
    report = push(file, Target(target.endpoint, url, protocol), tmp_path, Wishes(chunk=10), silent)
    assert (report.sent, report.skipped, report.default, report.named) == (122, 0, 62, 60)
    assert target.counts() == (62, 60)
    again = push(file, Target(target.endpoint, url, protocol), tmp_path, Wishes(chunk=10), silent)
    assert (again.sent, again.skipped, again.digest) == (0, 122, report.digest)


def test_goes_on_where_it_broke_off(target: Target, file, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[int] = []
    write = Target.write

    def break_at_the_fifth(self, quads) -> None:
        if len(written) == 4:
            raise Broken
        written.append(len(quads))
        write(self, quads)

    monkeypatch.setattr(Target, "write", break_at_the_fifth)
    with pytest.raises(Broken):
        push(file, target, tmp_path, Wishes(chunk=10), silent)
    monkeypatch.setattr(Target, "write", write)
    report = push(file, target, tmp_path, Wishes(chunk=10), silent)
    assert (report.skipped, report.sent) == (sum(written), 122 - sum(written))


def test_starts_again_where_the_engine_was_emptied(target: Target, file, tmp_path) -> None:
    push(file, target, tmp_path, Wishes(chunk=10), silent)
    target.clear()
    assert push(file, target, tmp_path, Wishes(chunk=10), silent).sent == 122


def test_refuses_to_mix_with_other_data(target: Target, file, tmp_path) -> None:
    target.write(list(_other()))
    with pytest.raises(UsageError, match=r"holds 1 quads already.*--replace"):
        push(file, target, tmp_path, Wishes(), silent)
    assert push(file, target, tmp_path, Wishes(replace=True), silent).sent == 122


def test_finds_what_is_missing(target: Target, file, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = Target.write
    monkeypatch.setattr(Target, "write", lambda self, quads: write(self, quads[1:]))
    with pytest.raises(Mismatch, match=r"does not hold what was sent[^\n]*\n  missing: <[^\n]*event/e000>"):
        push(file, target, tmp_path, Wishes(), silent)


def test_finds_what_is_too_much(target: Target, file, tmp_path) -> None:
    push(file, target, tmp_path, Wishes(), silent)
    target.write(list(_other()))
    with pytest.raises(Mismatch, match="holds 63 triples in the default graph and 60 quads"):
        push(file, target, tmp_path, Wishes(), silent)


def test_exit_code_of_a_mismatch(target: Target, server, file, narkom, pushing) -> None:
    assert narkom("push", *pushing(server), "--file", file, server=server).returncode == 0
    target.write(list(_other()))
    done = narkom("push", *pushing(server), "--file", file, server=server)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr


def test_wrong_password(server, file, narkom, pushing, monkeypatch: pytest.MonkeyPatch) -> None:
    if not server.user:
        pytest.skip("this engine asks for no password")
    monkeypatch.setenv("NARKOM_USER", "dba")
    monkeypatch.setenv("NARKOM_PASSWORD", "wrong")
    done = narkom("push", *pushing(server), "--replace", "--file", file)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1 and "HTTP status 401" in done.stderr


def test_server_is_on_loopback_alone(server) -> None:
    assert server.query.startswith("http://127.0.0.1:")
    with urllib.request.urlopen(f"{server.query}?query=ASK%20%7B%7D") as answer:
        assert answer.status == 200


def _other():
    import pyoxigraph as ox

    yield ox.Quad(ox.NamedNode(f"{P}event/other"), ox.NamedNode(f"{P}ontology#x"), ox.Literal("1"))
