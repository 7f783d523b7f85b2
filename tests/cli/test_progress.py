"""The terminal tells how far the calls are, and why none leaves."""

from __future__ import annotations

import pytest
from rich.console import Console

from reportgen.cli import bar
from reportgen.cli.progress import run_progress


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch) -> Console:
    """A terminal of 80 columns that keeps what it shows."""
    monkeypatch.setenv("TERM", "xterm-256color")
    terminal = Console(width=80, force_terminal=True, record=True)
    monkeypatch.setattr(bar, "Console", lambda **_: terminal)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    return terminal


def test_it_says_for_how_long_no_call_leaves_and_why(console: Console) -> None:
    with run_progress() as watch:
        watch.calls(2, 3)
        watch.waiting(27.6, "this minute is used up")
    shown = console.export_text()
    assert "2/5" in shown
    assert "waiting 28 s: this minute is used up" in shown


def test_while_it_waits_it_has_the_line_for_the_reason(console: Console) -> None:
    with run_progress() as watch:
        watch.reading("@acme_help", 0)
        watch.waiting(3, "the connection to the X API failed")
        console.export_text(clear=True)
    shown = console.export_text()
    assert shown.split("\n")[0].rstrip() == "waiting 3 s: the connection to the X API failed (Tweets of @acme_help)"


@pytest.mark.parametrize("tweets", [0, 300])
def test_it_counts_without_an_end_where_none_is_known(console: Console, tweets: int) -> None:
    with run_progress() as watch:
        watch.reading("@acme", tweets)
    shown = console.export_text()
    assert "?" not in shown
    assert ("300" in shown) == bool(tweets)


def test_it_says_which_timeline_is_read_how_many_tweets_came_and_what_it_waits_for(console: Console) -> None:
    with run_progress() as watch:
        watch.reading("@acme_status", 300)
        watch.waiting(600, "the X API's limit of 15 minutes is used up")
    shown = console.export_text()
    assert "Tweets of @acme_status" in shown
    assert "300" in shown
    assert "waiting 600 s: the X API's limit of 15 minutes is used up (Tweets of @acme_stat…" in shown


def test_it_says_nothing_of_waiting_when_calls_leave_again(console: Console) -> None:
    with run_progress() as watch:
        watch.waiting(27.6, "this minute is used up")
        console.export_text(clear=True)
        watch.calls(3, 2)
        watch.rendering("acme-weekly")
    shown = console.export_text()
    assert "Rendering acme-weekly" in shown
    assert "waiting" not in shown


def test_a_long_reason_stays_in_its_line(console: Console) -> None:
    with run_progress() as watch:
        watch.calls(0, 1)
        watch.waiting(8, "the API answered with status 503: " + "over capacity, " * 20)
    assert (
        console.export_text()
        .splitlines()[0]
        .endswith("waiting 8 s: the API answered with status 503: over capacity, over capacity, ov…")
    )


def test_what_looks_like_markup_is_shown_as_it_is(console: Console) -> None:
    with run_progress() as watch:
        watch.waiting(8, "maintenance [/b] [secret]")
        watch.rendering("[/b]")
    shown = console.export_text()
    assert "waiting 8 s: maintenance [/b] [secret]" in shown
    assert "Rendering [/b]" in shown
