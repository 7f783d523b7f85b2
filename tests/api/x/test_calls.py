"""Each call that we can make to the X API v2 is one of the vendor's contract, down to its parameters."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from requests import Request

from reportgen.api.x.calls import XCall, me_call, posts_call, timeline_call, users_call
from reportgen.api.x.model import FEWEST, TimelineAsk
from tests.api.x.contract import ORIGIN, contract, needs_contract

START, END = datetime(2026, 10, 19, 4, tzinfo=UTC), datetime(2026, 11, 16, 5, tzinfo=UTC)
HANDLES = [f"@acme_{n}" for n in range(100)]
IDS = [str(2117270504862646273 + n) for n in range(100)]

CALLS = [
    users_call(["@acme"]),
    users_call(HANDLES),
    me_call(),
    posts_call(IDS[:1]),
    posts_call(IDS),
    timeline_call(TimelineAsk("2244994945")),
    timeline_call(TimelineAsk("2244994945", START)),
    timeline_call(TimelineAsk("2244994945", most=FEWEST)),
    timeline_call(TimelineAsk("2244994945", None, END, ("retweets",))),
    timeline_call(TimelineAsk("2244994945", START, END, ("replies", "retweets"), "7140dibdnow9c7btw3w29")),
]


@needs_contract
@pytest.mark.parametrize("call", CALLS)
def test_a_call_is_one_of_the_contract_and_so_is_each_of_its_parameters(call: XCall) -> None:
    from openapi_core.contrib.requests import RequestsOpenAPIRequest

    request = RequestsOpenAPIRequest(Request("GET", ORIGIN + call.path, params=list(call.query)))
    read = contract().unmarshal_request(request)
    assert read.errors == []
    assert read.parameters.query.keys() == dict(call.query).keys()
    assert len(dict(call.query)) == len(call.query)


@needs_contract
@pytest.mark.parametrize(
    "query", [("post.fields", "author_id"), ("exclude", "quotes"), ("max_results", "101"), ("ids", "1,2x")]
)
def test_a_value_that_the_contract_does_not_know_would_be_told(query: tuple[str, str]) -> None:
    from openapi_core.contrib.requests import RequestsOpenAPIRequest
    from openapi_core.validation.request.exceptions import RequestValidationError

    path = "/2/tweets" if query[0] == "ids" else "/2/users/1/tweets"
    with pytest.raises(RequestValidationError):
        contract().validate_request(RequestsOpenAPIRequest(Request("GET", ORIGIN + path, params=[query])))


def test_a_timeline_is_asked_for_as_the_report_wants_it() -> None:
    ask = TimelineAsk("2244994945", START, END, ("replies", "retweets"), "7140dibdnow9c7btw3w29")
    assert timeline_call(ask) == XCall(
        "/2/users/2244994945/tweets",
        (
            ("max_results", "100"),
            ("post.fields", "created_at,text"),
            ("expansions", "author_id"),
            ("user.fields", "protected,public_metrics,username"),
            ("start_time", "2026-10-19T04:00:00Z"),
            ("end_time", "2026-11-16T05:00:00Z"),
            ("exclude", "replies,retweets"),
            ("pagination_token", "7140dibdnow9c7btw3w29"),
        ),
        "/2/users/{id}/tweets",
        "timeline",
    )


def test_a_page_may_be_a_small_one() -> None:
    assert timeline_call(TimelineAsk("2244994945", most=FEWEST)).query[0] == ("max_results", "5")


def test_handles_are_asked_for_without_their_sign() -> None:
    assert users_call(["@Acme", "globex"]).query[0] == ("usernames", "Acme,globex")


@pytest.mark.parametrize("count", [0, 101])
def test_a_call_takes_no_more_than_a_hundred_and_no_less_than_one(count: int) -> None:
    names = [str(number) for number in range(1, count + 1)]
    with pytest.raises(ValueError, match=f"^{count} in a call; it takes 1 to 100$"):
        posts_call(names)
    with pytest.raises(ValueError, match=f"^{count} in a call; it takes 1 to 100$"):
        users_call(names)
