"""Make reports, from what their files say to their pages: what all do that make some."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from reportgen import run as conductor
from reportgen.ask import Ask
from reportgen.finding import find_tweets
from reportgen.made import HandOn, to_nobody
from reportgen.planned import plan_run
from reportgen.run import Run, Surroundings, Watch
from reportgen.spec.model import Format, ReportSpec


def make_reports(
    specs: Sequence[ReportSpec],
    as_of: datetime,
    around: Surroundings,
    watch: Watch,
    ask: Ask = Ask.MISSING,
    formats: Sequence[Format] = (),
    directory: Path | None = None,
    *,
    over_handle_limit: bool = False,
    hand_on: HandOn = to_nobody,
) -> Run:
    """Find the tweets of the reports as of `as_of` (UTC), plan their calls around what the store knows, and run them.

    Raises as `find_tweets`, `plan_run` and `reportgen.run.run` do: InputError, CredentialError, OutputError and
    StoreError, and what `hand_on` raises.
    """
    from reportgen.store.known import look_into

    settings, credentials = around.settings, around.credentials
    found = find_tweets(specs, as_of, ask, around, watch)
    planned = plan_run(found.specs, settings, credentials, as_of, look_into(around.store), ask, found.timelines)
    return conductor.run(
        planned, around, watch, formats, directory, over_handle_limit=over_handle_limit, hand_on=hand_on
    )
