"""The file: nobody else may read it, at no moment."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from reportgen.errors import SafeError
from reportgen.safe.addresses import Addresses
from reportgen.safe.file_safe import FileSafe
from reportgen.safe.kept import NOTHING, Kept
from tests.safe.test_kept import ACME, KEPT

ORIGIN = "https://api.x.com"
VENDOR = "https://data-api.twitter.com"
ADDRESSES = Addresses(ORIGIN, VENDOR)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "reportgen" / "credentials.json"


@pytest.fixture
def safe(path: Path) -> FileSafe:
    return FileSafe(path, ADDRESSES)


def refusal(safe: FileSafe) -> str:
    with pytest.raises(SafeError) as raised:
        safe.read()
    with pytest.raises(SafeError) as again:
        safe.write(KEPT)
    assert str(again.value) == str(raised.value)
    return str(raised.value)


def test_what_is_written_is_read(safe: FileSafe) -> None:
    assert safe.read() == NOTHING
    safe.write(KEPT)
    assert safe.read() == KEPT


def test_the_file_and_its_folder_are_for_nobody_else_whatever_the_umask(safe: FileSafe, path: Path) -> None:
    before = os.umask(0)
    try:
        safe.write(KEPT)
    finally:
        os.umask(before)
    modes = [made.stat().st_mode & 0o777 for made in (path, path.parent, path.parent.parent)]
    assert modes == [0o600, 0o700, 0o700]


def test_it_is_never_open_to_others_while_it_is_written(
    safe: FileSafe, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int, bool]] = []
    replace = Path.replace

    def looking(part: Path, target: Path) -> Path:
        seen.append((part.stat().st_mode & 0o777, b"kept-secret" in part.read_bytes()))
        return replace(part, target)

    monkeypatch.setattr(Path, "replace", looking)
    safe.write(KEPT)
    assert seen == [(0o600, True)]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    safe: FileSafe, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    safe.write(KEPT)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SafeError) as raised:
        safe.write(KEPT.without("@acme"))
    assert str(raised.value) == f"the file {path} cannot be written: No space left on device"
    assert safe.read() == KEPT
    assert [file.name for file in path.parent.iterdir()] == ["credentials.json"]


@pytest.mark.parametrize("kept", [KEPT.without("@acme"), NOTHING])
def test_what_a_kill_left_of_a_write_goes_with_the_next(safe: FileSafe, path: Path, kept: Kept) -> None:
    safe.write(KEPT)
    left = path.with_name(f".{path.name}.abc123.part")
    left.write_text("what was to be kept")
    safe.write(kept)
    assert (safe.read(), left.exists()) == (kept, False)


def test_each_x_api_has_its_own(safe: FileSafe, path: Path) -> None:
    simulator = FileSafe(path, Addresses("http://127.0.0.1:8400", VENDOR))
    safe.write(KEPT)
    simulator.write(Kept(None, {"GLOBEX": ACME}))
    assert (safe.read(), simulator.read()) == (KEPT, Kept(None, {"GLOBEX": ACME}))
    safe.write(NOTHING)
    assert list(json.loads(path.read_text())) == ["http://127.0.0.1:8400"]
    simulator.write(NOTHING)
    assert not path.exists()
    simulator.write(NOTHING)


def test_each_engagement_api_has_its_own_with_the_same_x_api(safe: FileSafe, path: Path) -> None:
    other = FileSafe(path, Addresses(ORIGIN, "https://elsewhere.example"))
    safe.write(KEPT)
    assert (other.read(), other.elsewhere(), safe.elsewhere()) == (NOTHING, (VENDOR,), ())
    other.write(Kept(None, {"GLOBEX": ACME}))
    assert (safe.read(), safe.elsewhere()) == (KEPT, ("https://elsewhere.example",))
    safe.write(NOTHING)
    assert (other.read(), other.elsewhere()) == (Kept(None, {"GLOBEX": ACME}), ())
    other.write(NOTHING)
    assert not path.exists()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_it_is_refused_when_others_may_read_it(safe: FileSafe, path: Path, mode: int) -> None:
    safe.write(KEPT)
    path.chmod(mode)
    assert refusal(safe) == f"others may read your credentials, which are not used until you run chmod 600 {path}"
    path.chmod(0o600)
    assert safe.read() == KEPT


@pytest.mark.parametrize("mode", [0o720, 0o702])
def test_it_is_refused_when_others_may_put_another_in_its_place(safe: FileSafe, path: Path, mode: int) -> None:
    safe.write(KEPT)
    path.parent.chmod(mode)
    folder = path.parent
    told = "others may write into the folder of your credentials, which are not used until you run"
    assert refusal(safe) == f"{told} chmod 700 {folder}"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_it_is_refused_when_it_is_somebody_elses(safe: FileSafe, path: Path) -> None:
    safe.write(KEPT)
    os.chown(path, 65534, 65534)
    assert refusal(safe) == f"{path} is somebody else's, and is not used: remove it, and sign in again"


def test_a_link_is_refused(safe: FileSafe, path: Path, tmp_path: Path) -> None:
    FileSafe(tmp_path / "elsewhere" / "credentials.json", ADDRESSES).write(KEPT)
    path.parent.mkdir(parents=True)
    path.symlink_to(tmp_path / "elsewhere" / "credentials.json")
    assert refusal(safe) == f"the file {path} cannot be read: Too many levels of symbolic links"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("hush-hush", "it is not JSON"),
        ("[]", "it is not what reportgen keeps"),
        (f'{{"{ORIGIN}": []}}', "it is not what reportgen keeps"),
        (f'{{"{ORIGIN}": {{"version": 1}}}}', "it is not what reportgen keeps"),
    ],
)
def test_a_damaged_file_is_told_and_not_repeated(safe: FileSafe, path: Path, text: str, why: str) -> None:
    safe.write(KEPT)
    path.write_text(text)
    assert refusal(safe) == f"the file {path} cannot be read: {why}; remove it, and sign in again"


def test_a_damaged_document_is_told(safe: FileSafe, path: Path) -> None:
    safe.write(KEPT)
    path.write_text(json.dumps({ORIGIN: {VENDOR: {"version": 2}}}))
    with pytest.raises(SafeError, match="another version of reportgen wrote it"):
        safe.read()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "reportgen" / "credentials.json"
    with pytest.raises(SafeError) as raised:
        FileSafe(path, ADDRESSES).write(KEPT)
    assert str(raised.value) == f"the file {path} cannot be read: Not a directory"
