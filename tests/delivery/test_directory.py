"""A directory gets each report's files whole, with a page and a list of all of them, whoever else sends to it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest

from reportgen.delivery.directory import parcel, send
from reportgen.outbox import Copy, Later, Refused, Sent, Verdict, Way
from reportgen.render.look import Look
from reportgen.report.model import Report
from reportgen.settings import Settings
from reportgen.spec.model import Format
from tests.conftest import ROOT
from tests.delivery.made_up import delivery
from tests.render.made_up import WEEKLY

CONTENTS: dict[Format, bytes] = {"html": b"<p>page</p>", "pdf": b"%PDF"}
COPIES = (Copy("public", "<1@example.com>"),)
EARLIER = replace(WEEKLY, last_day=WEEKLY.last_day - timedelta(weeks=1), as_of=WEEKLY.as_of - timedelta(weeks=1))
OTHER = replace(WEEKLY, name="launch", title="Launch day")


def packed(report: Report = WEEKLY, contents: dict[Format, bytes] = CONTENTS) -> bytes:
    return parcel(report, Look(), contents, COPIES).content


def put(folder: Path, content: bytes) -> Verdict:
    return send(delivery(Way.DIRECTORY, str(folder)), content, Settings())


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def listed(folder: Path) -> list[tuple[str, str]]:
    editions = json.loads((folder / "index.json").read_text())["editions"]
    return [(edition["report"], edition["last_day"]) for edition in editions]


def test_the_files_come_with_a_page_and_a_list(tmp_path: Path) -> None:
    public = tmp_path / "www" / "public"
    assert put(public, packed()) == Sent(f"it is in {public}")
    assert names(public) == [
        ".reportgen.lock",
        "acme-weekly-2026-11-15.html",
        "acme-weekly-2026-11-15.pdf",
        "index.html",
        "index.json",
    ]
    assert (public / "acme-weekly-2026-11-15.pdf").read_bytes() == b"%PDF"
    assert json.loads((public / "index.json").read_text()) == {
        "schema": "reportgen/index/1",
        "editions": [
            {
                "report": "acme-weekly",
                "title": "Acme on X, weekly",
                "period": "9–15 November 2026",
                "last_day": "2026-11-15",
                "as_of": "2026-11-16T13:00:00Z",
                "timezone": "America/New_York",
                "complete": True,
                "files": {"html": "acme-weekly-2026-11-15.html", "pdf": "acme-weekly-2026-11-15.pdf"},
            }
        ],
    }


def test_what_was_there_stays_in_the_page_the_newest_first(tmp_path: Path) -> None:
    for report in (EARLIER, OTHER, WEEKLY):
        put(tmp_path, packed(report))
    assert listed(tmp_path) == [("acme-weekly", "2026-11-15"), ("launch", "2026-11-15"), ("acme-weekly", "2026-11-08")]


def test_sending_again_changes_nothing(tmp_path: Path) -> None:
    put(tmp_path, packed())
    for path in tmp_path.iterdir():
        os.utime(path, (1, 1))
    assert put(tmp_path, packed()) == Sent(f"it is in {tmp_path}")
    assert {path.stat().st_mtime for path in tmp_path.iterdir()} == {1}


def test_the_order_of_sending_makes_no_difference(tmp_path: Path) -> None:
    for folder, reports in ((tmp_path / "a", (EARLIER, OTHER, WEEKLY)), (tmp_path / "b", (WEEKLY, EARLIER, OTHER))):
        for report in reports:
            put(folder, packed(report))
    for name in ("index.html", "index.json"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_report_made_anew_takes_the_place_of_the_older(tmp_path: Path) -> None:
    later = replace(WEEKLY, as_of=WEEKLY.as_of + timedelta(hours=1))
    put(tmp_path, packed())
    put(tmp_path, packed(later, {"html": b"<p>anew</p>"}))
    assert (tmp_path / "acme-weekly-2026-11-15.html").read_bytes() == b"<p>anew</p>"
    assert json.loads((tmp_path / "index.json").read_text())["editions"][0]["files"] == {
        "html": "acme-weekly-2026-11-15.html"
    }
    assert put(tmp_path, packed()) == Sent("a newer one of the same days is there already")
    assert (tmp_path / "acme-weekly-2026-11-15.html").read_bytes() == b"<p>anew</p>"


def test_an_incomplete_report_that_comes_late_leaves_the_complete_one(tmp_path: Path) -> None:
    incomplete = packed(replace(WEEKLY, complete=False), {"html": b"<p>incomplete</p>", "pdf": b"%PDF"})
    assert put(tmp_path, incomplete) == Sent(f"it is in {tmp_path}")
    assert put(tmp_path, packed()) == Sent(f"it is in {tmp_path}")
    assert put(tmp_path, incomplete) == Sent("a newer one of the same days is there already")
    assert (tmp_path / "acme-weekly-2026-11-15.html").read_bytes() == b"<p>page</p>"


def test_reports_whose_files_were_taken_away_leave_the_page(tmp_path: Path) -> None:
    put(tmp_path, packed(EARLIER))
    (tmp_path / "acme-weekly-2026-11-08.pdf").unlink()
    put(tmp_path, packed())
    assert listed(tmp_path) == [("acme-weekly", "2026-11-15")]


def test_a_page_of_somebody_else_stays(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text("<h1>Acme</h1>")
    message = f"{page} is not reportgen's, and stays; publish into another directory, or move it away"
    assert put(tmp_path, packed()) == Later(message)
    assert names(tmp_path) == [".reportgen.lock", "index.html"]
    assert page.read_text() == "<h1>Acme</h1>"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b'{"editions": []}',
        b'{"schema": "reportgen/index/2", "editions": []}',
        b"\xff",
        b'{"schema": "reportgen/index/1", "editions": [{"report": "../../etc/cron.d/x"}]}',
        b"[" * 100_000,
    ],
)
def test_a_list_that_is_damaged_stays(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "index.json"
    path.write_bytes(content)
    message = f"{path} is not as reportgen wrote it; move it away, and a new one is made"
    assert put(tmp_path, packed()) == Later(message)
    assert path.read_bytes() == content


@pytest.mark.parametrize(("field", "value"), [("title", 5), ("period", 5), ("color", "red")])
def test_a_list_with_what_reportgen_would_not_write_stays(tmp_path: Path, field: str, value: object) -> None:
    put(tmp_path, packed())
    path = tmp_path / "index.json"
    given = json.loads(path.read_text())
    given["editions"][0][field] = value
    path.write_text(json.dumps(given))
    assert put(tmp_path, packed()) == Later(f"{path} is not as reportgen wrote it; move it away, and a new one is made")


def with_list(text: str) -> bytes:
    """An archive with all files that the list names."""
    made = io.BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr("index.json", text)
        for name in json.loads(text)["editions"][0]["files"].values():
            archive.writestr(name, b"evil")
    return made.getvalue()


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "a/b", "..", ""])
def test_nothing_leaves_the_directory(tmp_path: Path, name: str) -> None:
    with ZipFile(io.BytesIO(packed())) as archive:
        text = archive.read("index.json").decode()
    public = tmp_path / "public"
    for content in (with_list(text.replace("acme-weekly", name)), with_list(text.replace('"acme-weekly-', f'"{name}'))):
        assert put(public, content) == Refused("what was kept of its files is damaged")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"no archive", packed()[:-30]])
def test_damaged_files_are_not_sent(tmp_path: Path, content: bytes) -> None:
    assert put(tmp_path / "public", content) == Refused("what was kept of its files is damaged")


@pytest.mark.parametrize("flag", [b"\x01", b"\x20"], ids=["encrypted", "patched"])
def test_files_whose_flags_are_damaged_are_not_sent(tmp_path: Path, flag: bytes) -> None:
    content = packed()
    listed_at = content.index(b"PK\x01\x02")
    damaged = content[: listed_at + 8] + flag + content[listed_at + 9 :]
    assert put(tmp_path / "public", damaged) == Refused("what was kept of its files is damaged")


def test_files_that_cannot_be_unpacked_are_not_sent(tmp_path: Path) -> None:
    content = packed()
    begins = content.index(b"index.json") + len(b"index.json")
    damaged = content[:begins] + b"\xff" * 8 + content[begins + 8 :]
    assert put(tmp_path / "public", damaged) == Refused("what was kept of its files is damaged")


def test_a_link_in_place_of_a_file_is_not_followed(tmp_path: Path) -> None:
    public, outside = tmp_path / "public", tmp_path / "outside"
    public.mkdir()
    outside.write_text("mine")
    (public / "acme-weekly-2026-11-15.html").symlink_to(outside)
    put(public, packed())
    assert outside.read_text() == "mine"
    assert (public / "acme-weekly-2026-11-15.html").read_bytes() == b"<p>page</p>"


def test_a_directory_that_cannot_be_used_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "public"
    assert put(folder, packed()) == Later(f"cannot make the folder {folder}: Not a directory")
    (tmp_path / "public" / ".reportgen.lock").mkdir(parents=True)
    assert put(tmp_path / "public", packed()) == Later(f"cannot use the folder {tmp_path / 'public'}: Is a directory")


SENDER = """
import sys
from pathlib import Path
from reportgen.delivery.directory import send
from reportgen.outbox import Way
from reportgen.settings import Settings
from tests.delivery.made_up import delivery
for path in sys.argv[2:]:
    print(send(delivery(Way.DIRECTORY, sys.argv[1]), Path(path).read_bytes(), Settings()))
"""


def test_processes_that_send_at_once_lose_nothing(tmp_path: Path) -> None:
    public = tmp_path / "public"
    parcels: list[list[Path]] = [[], [], []]
    for number in range(12):
        path = tmp_path / f"{number}.zip"
        path.write_bytes(packed(replace(WEEKLY, name=f"report-{number:02}")))
        parcels[number % 3].append(path)
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", SENDER, public, *paths], env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=-1
        )
        for paths in parcels
    ]
    assert [process.communicate()[0].count(b"Sent") for process in processes] == [4, 4, 4]
    assert listed(public) == [(f"report-{number:02}", "2026-11-15") for number in range(12)]
    page = (public / "index.html").read_text()
    assert all(f"report-{number:02}-2026-11-15.html" in page for number in range(12))


def test_the_same_report_is_the_same_parcel() -> None:
    made = parcel(WEEKLY, Look(), CONTENTS, COPIES)
    assert made == parcel(WEEKLY, Look(), CONTENTS, COPIES)
    assert (made.way, made.about, made.copies) == (Way.DIRECTORY, "Acme on X, weekly: 9–15 November 2026", COPIES)
