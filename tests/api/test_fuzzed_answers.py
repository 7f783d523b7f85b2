"""Answers with damage: never a crash, never a number that nobody counted, and every cell asked for told once."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.api.answers import read_reply
from reportgen.api.reply import Reply
from reportgen.api.verdicts import Answer, Refusal, Rejected, TooMany, Unanswered, Unauthorized, Verdict
from reportgen.catalog import HISTORICAL, TOTALS
from reportgen.gaps import Gap, Reason
from reportgen.request import Grain, Request, Signer
from reportgen.snowflake import posted_at
from tests.api.damage import NAMES, damaged, junk, whole
from tests.api.reference_reader import STEPS, Cell, cells_asked_for, cells_counted

AS_OF = datetime(2026, 11, 16, 12, 30, tzinfo=UTC)
TWEETS = tuple(NAMES["tweet.id"])
METRICS = ("impressions", "favorites")
START = datetime(2026, 11, 9, tzinfo=UTC)
POSTED = max(map(posted_at, TWEETS))

REQUESTS = [
    Request(TOTALS, Signer("@acme"), TWEETS, METRICS, Grain.TOTAL),
    *(
        Request(HISTORICAL, Signer("@acme"), TWEETS, METRICS, grain, START, START + timedelta(hours=hours))
        for grain, hours in ((Grain.TOTAL, 2), (Grain.DAY, 30), (Grain.DAY, 48), (Grain.HOUR, 2), (Grain.HOUR, 26))
    ),
]
ids = st.lists(st.one_of(st.sampled_from(TWEETS), st.sampled_from(["1", ""]), junk), max_size=2)

ERRORS = [["1 Tweet ID(s) are unavailable"], [f"Forbidden to access tweets: {TWEETS[0]}"]]


@st.composite
def bodies(draw: st.DrawFn, request: Request) -> dict[str, Any]:
    grouping = damaged(draw, whole(draw, [NAMES[key] for key in request.grain.value]))
    beside = {
        "errors": st.one_of(st.sampled_from(ERRORS), junk),
        "unavailable_tweet_ids": st.one_of(ids, junk),
        "unsupported_for_impressions_engagements_tweet_ids": st.one_of(ids, junk),
        "unsupported_for_video_views_tweet_ids": st.one_of(ids, junk),
        "start": st.one_of(st.just("2026-11-09T00:00:00Z"), junk),
        "anything": junk,
    }
    return {"facts": grouping} | draw(st.fixed_dictionaries({}, optional=beside))


def covers(gap: Gap, cell: Cell, request: Request) -> bool:
    tweet, metric, start = cell
    if gap.tweet_id != tweet or gap.metric not in {None, metric}:
        return False
    if start is None or gap.start is None or gap.end is None:
        return True
    return gap.start < start + STEPS[request.grain] and start < gap.end


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda request: f"{request.endpoint.name}-{request.grain.name}")
@settings(max_examples=40, deadline=None)
@given(draw=st.data())
def test_what_is_read_is_what_stands_there_and_the_rest_is_a_gap(request_: Request, draw: st.DataObject) -> None:
    body = draw.draw(bodies(request_))
    answer = read_reply(request_, Reply(200, json.dumps(body)), AS_OF)
    assert isinstance(answer, Answer)
    facts = {(str(tweet), metric, start): value for tweet, metric, start, value in answer.facts.iter_rows()}
    assert len(facts) == answer.facts.height
    asked = cells_asked_for(request_, POSTED)
    assert facts.keys() <= set(asked)
    counted = cells_counted(body["facts"], request_)
    assert {cell: counted.get(cell) for cell in facts} == facts
    told = Counter({cell: (cell in facts) + sum(covers(gap, cell, request_) for gap in answer.gaps) for cell in asked})
    assert set(told.values()) == {1}
    # What was counted is kept, unless the answer itself says that it is no measurement.
    known = [gap for gap in answer.gaps if gap.reason is not Reason.CALL_FAILED]
    for cell in asked:
        assert cell not in counted or cell in facts or any(covers(gap, cell, request_) for gap in known)
    assert answer.failed == any(gap.reason is Reason.CALL_FAILED for gap in answer.gaps)


VERDICTS: dict[int, tuple[type[Verdict], ...]] = {
    200: (Answer, Unanswered),
    400: (Refusal, Rejected, Unanswered),
    401: (Unauthorized,),
    403: (Refusal, Unanswered),
    404: (Rejected,),
    429: (TooMany,),
    503: (Unanswered,),
}
TEXTS = [
    '{"errors": ["Forbidden to access tweets for author id 77: 1, 2"], "facts": {}}',
    '{"start": "2026-11-09T00:00:00Z", "end": "2026-11-09T02:00:00Z", "facts": {"2117632892728246273": {}}}',
    '{"unavailable_tweet_ids": ["1"], "errors": [{"message": "\\ud800"}]}',
]


@pytest.mark.parametrize("status", VERDICTS)
@settings(max_examples=60, deadline=None)
@given(text=st.sampled_from(TEXTS), at=st.integers(0, 90), length=st.integers(0, 30), other=st.text(max_size=8))
def test_a_text_cut_and_written_over_at_any_place_gets_a_verdict_of_its_status(
    status: int, text: str, at: int, length: int, other: str
) -> None:
    verdict = read_reply(REQUESTS[-1], Reply(status, text[:at] + other + text[at + length :]), AS_OF)
    assert isinstance(verdict, VERDICTS[status])
