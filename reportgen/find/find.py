"""The station that finds tweets: from reports that name handles to reports that have their tweets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from reportgen.credentials import Credentials
from reportgen.errors import InputError
from reportgen.find.desk import XDesk
from reportgen.find.finder import Finder
from reportgen.find.merge import with_found
from reportgen.find.owned import owned
from reportgen.finding import Found
from reportgen.planned import Ask
from reportgen.spans import Span
from reportgen.spec.model import ReportSpec
from reportgen.spec.posted import posted_span
from reportgen.store.open import Store


def find(
    specs: Sequence[ReportSpec],
    as_of: datetime,
    ask: Ask,
    store: Store,
    credentials: Credentials,
    desk: XDesk | None,
) -> Found:
    """The reports as of `as_of` (UTC) with the tweets of their handles' timelines, beside those that they list; each
    has its owner, or what keeps it from being asked for.

    What the store does not know is asked for at the desk; where that is None, no call is made. No failure of a call
    ends it. Raises InputError where a range of `posted` is still to come, and StoreError.
    """
    wants = _wants(specs, as_of)
    finder = Finder(store, as_of, ask, desk)
    handles = {handle.lower(): handle for spec, _ in wants for handle in spec.handles}
    finder.look_up([*handles.values()])
    finder.read(wants)
    found = {spec.name: [*finder.found(spec, span)] for spec, span in wants}
    # A timeline tells the owners of its tweets, so these are not looked up.
    with_tweets = [with_found(spec, found[spec.name]) if spec.name in found else spec for spec in specs]
    return Found(
        owned(with_tweets, ask, store, credentials, desk),
        {name: tuple(one.timeline for one in of_report) for name, of_report in found.items()},
    )


def _wants(specs: Sequence[ReportSpec], as_of: datetime) -> list[tuple[ReportSpec, Span]]:
    """The reports that take tweets from timelines, and when these were posted."""
    wants: list[tuple[ReportSpec, Span]] = []
    problems: list[object] = []
    for spec in specs:
        try:
            if span := posted_span(spec, as_of):
                wants.append((spec, span))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(*problems)
    return wants
