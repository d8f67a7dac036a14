"""The snapshot: the same bytes every time, swapped in whole, and whole it stays whatever happens to the next build."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from narkom.building import snapshot
from narkom.building.build import build
from narkom.building.snapshot import open_store, read_snapshot
from narkom.checking.findings import FindingsError
from narkom.errors import StoreError
from narkom.reading.errors import ReadingErrors


@pytest.fixture
def built(small: Path, tmp_path: Path) -> Path:
    """Return the store's folder after a first build."""
    folder = tmp_path / "store"
    build(small, folder)
    return folder


def content(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def test_two_builds_are_the_same_bytes(small: Path, built: Path, tmp_path: Path) -> None:
    build(small, tmp_path / "other")
    assert content(built) == content(tmp_path / "other")
    before = content(built)
    build(small, built)
    assert content(built) == before


def test_lines_are_sorted_and_counted(built: Path) -> None:
    data, manifest = read_snapshot(built)
    lines = data.splitlines()
    assert lines == sorted(set(lines))
    assert manifest["counts"]["quads"] == len(lines) == len(open_store(built))
    assert manifest["counts"]["claim graphs"] == 2


def test_a_new_build_replaces_the_old(small: Path, built: Path, claims: Path, edit) -> None:
    old, _ = read_snapshot(built)
    edit(claims, "1937-03-29", "1937-03-30")
    build(small, built)
    assert read_snapshot(built)[0] != old
    assert len(list((built / "snapshots").iterdir())) == 1


@pytest.mark.parametrize("step", ["write_flushed", "point_to"])
def test_full_disk(small: Path, built: Path, claims: Path, edit, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    before = content(built)
    edit(claims, "1937-03-29", "1937-03-30")

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(snapshot, step, full)
    with pytest.raises(StoreError, match="the disk is full; the previous build"):
        build(small, built)
    assert before.items() <= content(built).items()
    assert open_store(built)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_truly_full_device(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space left"):
        snapshot.write_flushed(Path("/dev/full"), b"x")


@pytest.mark.parametrize("step", ["write_flushed", "point_to"])
def test_killed_build(small: Path, built: Path, claims: Path, edit, step: str) -> None:
    old, _ = read_snapshot(built)
    edit(claims, "1937-03-29", "1937-03-30")
    code = (
        "import sys, time; from pathlib import Path; from narkom.building import build, snapshot\n"
        f"real = snapshot.{step}\n"
        "def stop(*a):\n    print('here', flush=True); time.sleep(60)\n"
        f"snapshot.{step} = stop\n"
        "build.build(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    process = subprocess.Popen([sys.executable, "-c", code, small, built], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "here\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert read_snapshot(built)[0] == old
    build(small, built)
    assert read_snapshot(built)[0] != old
    assert len(list((built / "snapshots").iterdir())) == 1


def test_bad_input_leaves_the_old_store(small: Path, built: Path, claims: Path, edit) -> None:
    before = content(built)
    edit(claims, "nk:stance stance:asserted ;", "")
    with pytest.raises(FindingsError, match="no stance"):
        build(small, built)
    edit(claims, "claim:p1s1a {", "claim:p1s1a")
    with pytest.raises(ReadingErrors):
        build(small, built)
    assert content(built) == before


def test_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Run: narkom build"):
        open_store(tmp_path)


@pytest.mark.parametrize("file", ["narkom.nq", "manifest.json"])
@pytest.mark.parametrize("fault", ["truncated", "missing", "changed"])
def test_damaged_store(built: Path, file: str, fault: str) -> None:
    [path] = built.rglob(file)
    data = path.read_bytes()
    if fault == "missing":
        path.unlink()
    elif fault == "truncated":
        path.write_bytes(data[:-20])
    else:
        path.write_bytes(data.replace(b"1", b"7"))
    with pytest.raises(StoreError, match="Run: narkom build"):
        open_store(built)


def _damages(built: Path) -> dict:
    """Every way in which this test can damage a file or a folder of a store, by name."""

    def flip(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)

    def become_a_folder(path: Path) -> None:
        path.unlink()
        path.mkdir()
        (path / "within").touch()

    def lead_nowhere(path: Path) -> None:
        path.unlink()
        path.symlink_to(built / "nowhere")

    return {
        "truncated": lambda path: path.write_bytes(path.read_bytes()[:-5]),
        "empty": lambda path: path.write_bytes(b""),
        "flipped": flip,
        "garbage": lambda path: path.write_bytes(b"\xff\x00[]"),
        "another type": lambda path: path.write_bytes(b"[]"),
        "missing": Path.unlink,
        "folder": become_a_folder,
        "dangling": lead_nowhere,
    }


@pytest.mark.parametrize("file", ["narkom.nq", "all.nt", "strict.nt", "manifest.json", "current"])
@pytest.mark.parametrize("fault", sorted(_damages(Path())))
def test_the_recommended_build_mends_a_damaged_store(small: Path, built: Path, file: str, fault: str) -> None:
    whole = content(built)
    path = next(built.rglob(file))
    _damages(built)[fault](path)
    with pytest.raises(StoreError, match="Run: narkom build"):
        open_store(built, path.stem if path.suffix == ".nt" else "accepted")
    build(small, built)
    assert content(built) == whole
    for view in ("accepted", "strict", "all"):
        assert len(open_store(built, view))


@pytest.mark.parametrize("place", ["snapshots", "snapshots/*"])
@pytest.mark.parametrize("becomes", ["missing", "file"])
def test_a_build_mends_a_folder_that_is_gone_or_none(small: Path, built: Path, place: str, becomes: str) -> None:
    whole = content(built)
    path = next(built.glob(place))
    shutil.rmtree(path)
    if becomes == "file":
        path.touch()
    build(small, built)
    assert content(built) == whole


def test_what_a_killed_build_left_is_cleared_away_by_the_next(small: Path, built: Path) -> None:
    whole = content(built)
    (built / "snapshots" / ".new-dead").mkdir()
    (built / "snapshots" / ".new-dead" / "narkom.nq").write_bytes(b"half")
    (built / "snapshots" / ".new-file").touch()
    (built / ".current").touch()
    build(small, built)
    assert content(built) == whole


def test_a_folder_that_cannot_be_made(small: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="cannot be written"):
        build(small, tmp_path / "file" / "store")


def test_builds_wait_for_each_other(small: Path, built: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from narkom.building.build import build; "
        "build(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    with snapshot._locked(built):
        process = subprocess.Popen([sys.executable, "-c", code, small, built])
        time.sleep(0.5)
        assert process.poll() is None
    assert process.wait(120) == 0
