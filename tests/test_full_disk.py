"""A full disk or a damaged file is one clear line, costs no number, and what is kept can still be read."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.engine.interfaces import DBAPIConnection

from reportgen.store import sqlite
from reportgen.store.address import DEFAULT_STORE
from tests.conftest import ROOT, Command, Ended
from tests.runs import PRESENT
from tests.store.full_disk import no_file_over
from tests.store.using import ANOTHER

WEEKLY, LAUNCH = (ROOT / "reports" / f"{name}.yaml" for name in ("weekly", "launch-day"))
SMALL = """\
version: 1
name: small
endpoint: historical
handles: [{handle: "@acme", tweet_ids: ["2117600084332904449"]}]
date_range: {start: 2026-11-09, end: 2026-11-10}
metrics: [impressions]
groupings: {by-tweet: [tweet.id, engagement.type]}
"""
FULL = f"the store {DEFAULT_STORE} cannot grow, since the disk is full; make room, or {ANOTHER}"
BROKEN = (
    f"the store {DEFAULT_STORE} cannot be read or written, since the disk reports an error; "
    f"check the disk, or {ANOTHER}"
)
DAMAGED = f"the store {DEFAULT_STORE} is damaged; put a copy of it in its place, or {ANOTHER}"


@pytest.fixture
def json_of(project: Path, reportgen: Command) -> Callable[..., tuple[int, str, str]]:
    """Runs a report into a folder: exit code, standard error, and the JSON that it made, if it did."""

    def run(report: Path, folder: str, *options: str) -> tuple[int, str, str]:
        ended = reportgen("run", report, "--as-of", PRESENT, "--format", "json", "--out", folder, *options)
        files = list((project / folder).glob("*.json"))
        return ended.code, ended.err, files[0].read_text() if files else ""

    return run


@pytest.fixture
def no_page_more(project: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From now on, the file of the store has no room for another page."""
    use_log = sqlite._use_write_ahead_log

    def use_and_limit(connection: DBAPIConnection) -> None:
        use_log(connection)
        if connection.execute("PRAGMA database_list").fetchone()[2]:
            connection.execute("PRAGMA max_page_count = 1")

    return lambda: monkeypatch.setattr(sqlite, "_use_write_ahead_log", use_and_limit)


Run = Callable[..., tuple[int, str, str]]


class TestAFullDisk:
    def test_costs_no_number_of_a_run_that_has_begun(
        self, json_of: Run, no_page_more: Callable[[], None], project: Path, reportgen: Command
    ) -> None:
        _, _, undisturbed = json_of(WEEKLY, "undisturbed")
        (project / ".reportgen" / "store.db").unlink()
        reportgen("status")
        json_of(LAUNCH, "before")
        no_page_more()
        assert json_of(WEEKLY, "full") == (
            0,
            f"{FULL}; what it lacks of this run will be asked for again\n",
            undisturbed,
        )

    def test_lets_everything_be_read_that_was_kept_before(
        self, json_of: Run, no_page_more: Callable[[], None], reportgen: Command
    ) -> None:
        _, _, launch = json_of(LAUNCH, "before")
        reportgen("store", "export", "before.parquet")
        no_page_more()
        json_of(WEEKLY, "full")
        code, _, read = json_of(LAUNCH, "offline", "--offline")
        assert (code, read) == (0, launch)
        assert reportgen("store", "check").code == 0
        assert reportgen("store", "export", "after.parquet").code == 0
        assert Path("after.parquet").read_bytes() == Path("before.parquet").read_bytes()

    def test_without_room_for_one_more_file_lets_the_store_be_read(
        self, json_of: Run, project: Path, reportgen: Command
    ) -> None:
        report = project / "small.yaml"
        report.write_text(SMALL)
        _, _, small = json_of(report, "before")
        sound, status = reportgen("store", "check"), reportgen("status")
        with no_file_over(3_000):
            assert json_of(report, "offline", "--offline") == (
                0,
                f"{BROKEN}; what is in it was read, and the ledger lacks this run\n",
                small,
            )
            assert reportgen("store", "check") == sound
            assert reportgen("status") == status
            assert reportgen("run", report, "--as-of", PRESENT, "--refresh").err == f"{BROKEN}\n"
            assert reportgen("store", "prune", "--before", "2026-11-16").err == f"{BROKEN}\n"
        assert reportgen("store", "check") == sound

    def test_in_the_midst_of_tidying_loses_nothing(self, json_of: Run, project: Path, reportgen: Command) -> None:
        json_of(WEEKLY, "before")
        forget = ("store", "forget", "--tweet", "2117270504862646273")
        with no_file_over(150_000):
            ended = reportgen(*forget)
        assert ended.out.startswith("Forgotten: 1 tweet, with 1,956 counts")
        assert (ended.code, ended.err) == (2, f"{BROKEN}\n")
        sound, size = reportgen("store", "check"), (project / ".reportgen" / "store.db").stat().st_size
        assert sound.code == 0
        assert reportgen(*forget) == Ended(0, "Nothing was known of tweet 2117270504862646273.\n", "")
        assert reportgen("store", "check") == sound
        assert (project / ".reportgen" / "store.db").stat().st_size < size


class TestADamagedFile:
    @pytest.fixture
    def damaged(self, json_of: Run, project: Path) -> None:
        """A store of which a page with counts is overwritten."""
        json_of(WEEKLY, "before")
        file = project / ".reportgen" / "store.db"
        with sqlite3.connect(file) as connection:
            ((counts,),) = connection.execute("SELECT counts FROM facts ORDER BY length(counts) DESC LIMIT 1")
        connection.close()
        content = bytearray(file.read_bytes())
        page = content.index(counts.encode()) // 4096 * 4096
        content[page : page + 4096] = b"\xff" * 4096
        file.write_bytes(content)

    @pytest.mark.parametrize("options", [(), ("--offline",)])
    def test_ends_a_run_with_one_line(self, damaged: None, json_of: Run, options: tuple[str, ...]) -> None:
        code, err, made = json_of(WEEKLY, "damaged", *options)
        assert (code, err, made) == (2, f"{DAMAGED}\n", "")

    def test_does_not_keep_a_run_from_asking_for_everything_anew(
        self, json_of: Run, request: pytest.FixtureRequest
    ) -> None:
        _, _, before = json_of(WEEKLY, "before")
        request.getfixturevalue("damaged")
        code, err, made = json_of(WEEKLY, "anew", "--refresh")
        assert (code, err) == (0, f"{DAMAGED}; what it lacks of this run will be asked for again\n")
        assert made == before

    def test_ends_an_export_with_one_line(self, damaged: None, project: Path, reportgen: Command) -> None:
        ended = reportgen("store", "export", "facts.parquet")
        assert (ended.code, ended.err) == (2, f"{DAMAGED}\n")
        assert list(project.glob("*.parquet*")) == []

    def test_is_found_by_the_check(self, damaged: None, reportgen: Command) -> None:
        ended = reportgen("store", "check")
        assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
        assert ended.err.startswith(f"the store {DEFAULT_STORE} ")
        assert "; put a copy of it in its place" in ended.err

    def test_with_text_that_is_none_is_damaged_too(self, json_of: Run, project: Path, reportgen: Command) -> None:
        json_of(WEEKLY, "before")
        file = project / ".reportgen" / "store.db"
        file.write_bytes(file.read_bytes().replace(b"impressions", b"impre\xff\xfeions"))
        assert reportgen("store", "export", "facts.parquet").err == f"{DAMAGED}\n"
