"""`reportgen outbox`: what leaves and what has not, in a terminal, in a file and as JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from sqlalchemy import update

from reportgen.store.open import Store
from reportgen.store.schema_of_delivery import OUTBOX
from tests.cli.conftest import ADDRESS
from tests.conftest import Command, Ended

LIST = """\
  number  report            due (UTC)         to                         state    when (UTC)              attempts  said last
       6  acme-weekly       2026-11-16 13:00  mail to dan@acme.example   sending  until 2026-11-16 13:08         1
       4  trailbrew-launch  by hand           mail to cleo@acme.example  failed   2026-11-16 13:01               1  550 5.1.1 No such user here
       3  acme-weekly       2026-11-16 13:00  mail to bob@acme.example   waiting  next 2026-11-16 13:20          1  450 4.2.0 Greylisted, see postgrey help; come back later
       2  acme-weekly       2026-11-16 13:00  mail to ann@acme.example   sent     2026-11-16 13:01               1  250 2.0.0 Ok: queued as 4F2B61
       5  acme-daily        2026-11-16 13:00  webhook to reports         held     –                              0
"""  # noqa: E501
OLD = "       1  acme-weekly       2026-11-09 13:00  mail to old@acme.example   sent     2026-11-09 13:00               1  250 OK\n"  # noqa: E501
WHAT_TO_DO = """\
failed: not sent; reportgen outbox retry --failed tries again
held: of an incomplete report; reportgen outbox retry NUMBER lets it go, cancel NUMBER ends it
"""
IN_80_COLUMNS = """\
number  state (UTC)             attempts  what, to whom, what was said last
     6  sending                        1  acme-weekly, due 2026-11-16 13:00
        until 2026-11-16 13:08            mail to dan@acme.example
     4  failed                         1  trailbrew-launch, by hand
        2026-11-16 13:01                  mail to cleo@acme.example
                                          550 5.1.1 No such user here
     3  waiting                        1  acme-weekly, due 2026-11-16 13:00
        next 2026-11-16 13:20             mail to bob@acme.example
                                          450 4.2.0 Greylisted, see postgrey
                                          help; come back later
     2  sent                           1  acme-weekly, due 2026-11-16 13:00
        2026-11-16 13:01                  mail to ann@acme.example
                                          250 2.0.0 Ok: queued as 4F2B61
     5  held                           0  acme-daily, due 2026-11-16 13:00
        –                                 webhook to reports
failed: not sent; reportgen outbox retry --failed tries again
held: of an incomplete report; reportgen outbox retry NUMBER lets it go, cancel
NUMBER ends it
"""


def in_terminal(reportgen: Command, monkeypatch: pytest.MonkeyPatch, columns: int) -> list[str]:
    """The lines that a terminal of so many columns shows."""
    for name, value in {"FORCE_COLOR": "1", "NO_COLOR": "1", "TERM": "xterm", "COLUMNS": str(columns)}.items():
        monkeypatch.setenv(name, value)
    bare = re.sub(r"\x1b\[\d*m", "", reportgen("outbox").out)
    return [line.rstrip() for line in bare.splitlines()]


def test_without_a_store_it_says_so_and_makes_none(folder: Path, reportgen: Command) -> None:
    assert reportgen("outbox") == Ended(0, f"There is no store at {ADDRESS} yet.\n", "")
    assert json.loads(reportgen("outbox", "--json").out) == {"deliveries": []}
    assert list(folder.iterdir()) == []


def test_an_empty_outbox_says_so(kept: Store, reportgen: Command) -> None:
    assert reportgen("outbox") == Ended(0, "Nothing waits, and nothing was sent in the last 7 days.\n", "")
    assert reportgen("outbox", "--all") == Ended(0, "The outbox is empty.\n", "")


def test_it_lists_what_was_not_sent_and_what_was_of_late_a_line_each(full: Store, reportgen: Command) -> None:
    assert reportgen("outbox") == Ended(0, LIST + WHAT_TO_DO, "")


def test_with_all_it_lists_what_was_sent_long_ago_too(full: Store, reportgen: Command) -> None:
    assert reportgen("outbox", "--all").out == LIST + OLD + WHAT_TO_DO


def test_in_a_terminal_it_fits_80_columns(full: Store, reportgen: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    assert in_terminal(reportgen, monkeypatch, 80) == IN_80_COLUMNS.splitlines()


@pytest.mark.parametrize("columns", [50, 60, 132])
def test_in_other_terminals_it_fits_too(
    full: Store, reportgen: Command, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = in_terminal(reportgen, monkeypatch, columns)
    assert max(map(len, lines)) <= columns
    is_whole = any("450 4.2.0 Greylisted, see postgrey help; come back later" in line for line in lines)
    assert is_whole == (columns == 132)


def test_a_sender_that_was_killed_has_it_no_more_when_its_lease_is_over(full: Store, reportgen: Command) -> None:
    with full.writing() as connection:
        connection.execute(update(OUTBOX).where(OUTBOX.c.id == 6).values(lease_until=OUTBOX.c.created))
    assert "mail to dan@acme.example   waiting  next 2026-11-16 13:01 " in reportgen("outbox").out


def test_what_a_server_said_is_one_line_of_letters(full: Store, reportgen: Command) -> None:
    with full.writing() as connection:
        connection.execute(update(OUTBOX).where(OUTBOX.c.id == 4).values(said="550 \x1b[31mno\r\n[bold]more[/]"))
    assert "550 �[31mno��[bold]more[/]\n" in reportgen("outbox").out


def test_as_json_it_is_one_object_with_all_of_it(full: Store, reportgen: Command) -> None:
    shown = json.loads(reportgen("outbox", "--json").out)["deliveries"]
    assert [one["number"] for one in shown] == [6, 4, 3, 2, 5]
    assert shown[2] == {
        "number": 3,
        "report": "acme-weekly",
        "due": "2026-11-16T13:00:00Z",
        "way": "mail",
        "recipient": "bob@acme.example",
        "about": "Acme on X",
        "message_id": "<bob@acme.example>",
        "state": "waiting",
        "attempts": 1,
        "created": "2026-11-16T13:01:00Z",
        "next_attempt": "2026-11-16T13:20:00Z",
        "lease_until": None,
        "ended": None,
        "said": "450 4.2.0 Greylisted, see postgrey help; come back later",
    }
    assert (shown[0]["lease_until"], shown[1]["due"], shown[3]["ended"]) == (
        "2026-11-16T13:08:00Z",
        None,
        "2026-11-16T13:01:00Z",
    )


def test_the_options_of_the_list_go_with_nothing_else(full: Store, reportgen: Command) -> None:
    ended = reportgen("outbox", "--all", "cancel", "4")
    assert (ended.code, ended.err.splitlines()[-1]) == (2, "Error: --all and --json go without cancel")
    assert reportgen("outbox").out == LIST + WHAT_TO_DO
