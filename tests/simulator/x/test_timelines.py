"""A user's posts, page by page."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
import requests

from reportgen.instants import parse_instant
from reportgen.simulator.faults import Faults
from reportgen.simulator.server import Simulator, serve
from reportgen.simulator.timeline import Tweet
from reportgen.simulator.world import World
from tests.simulator.x.asking import ask, problems, told

ACME, STATUS, SHOP, GLOBEX = "2794461350", "1971846201384529921", "1981349922177466369", "2801139467"


def of(user_id: str) -> str:
    return f"/2/users/{user_id}/tweets"


def pages(simulator: Simulator, user_id: str, signer: str | None = None, **query: str) -> Iterator[dict[str, Any]]:
    """Each page of 100, to the last."""
    token: Mapping[str, str] = {}
    while True:
        page = ask(simulator, of(user_id), signer, **{"max_results": "100", **query, **token}).json()
        yield page
        if "next_token" not in page["meta"]:
            return
        token = {"pagination_token": page["meta"]["next_token"]}


def ids(simulator: Simulator, user_id: str, signer: str | None = None, **query: str) -> list[str]:
    return [post["id"] for page in pages(simulator, user_id, signer, **query) for post in page.get("data", [])]


def there(world: World, handle: str) -> list[Tweet]:
    """The tweets of a handle that are not deleted, the newest first."""
    return [tweet for tweet in reversed(world.tweets) if tweet.handle == handle and world.is_available(tweet)]


def test_all_pages_together_are_all_posts_once_the_newest_first(world: World, friendly: Simulator) -> None:
    expected = [tweet.id for tweet in there(world, "@acme")]
    assert 400 < len(expected) < 3_200
    assert ids(friendly, ACME) == expected
    assert "2120192257029046273" not in expected, "the world has deleted it"


def test_a_page_tells_its_ends_its_length_and_the_next_one(world: World, friendly: Simulator) -> None:
    newest = [tweet.id for tweet in there(world, "@acme_status")]
    first = ask(friendly, of(STATUS), max_results=5).json()
    assert {**first["meta"], "next_token": None} == {
        "newest_id": newest[0],
        "oldest_id": newest[4],
        "result_count": 5,
        "next_token": None,
    }
    second = ask(friendly, of(STATUS), max_results=5, pagination_token=first["meta"]["next_token"]).json()
    assert [post["id"] for post in second["data"]] == newest[5:10]
    assert ask(friendly, of(STATUS)).json()["meta"]["result_count"] == 10


def test_the_last_page_has_no_token_even_where_it_is_full(world: World, friendly: Simulator) -> None:
    fifth = there(world, "@acme_status")[4]
    page = ask(friendly, of(STATUS), max_results=5, start_time=f"{fifth.posted_at:%Y-%m-%dT%H:%M:%SZ}").json()
    assert (page["meta"]["result_count"], "next_token" in page["meta"]) == (5, False)


def test_no_more_than_the_3200_newest_are_ever_given(world: World, friendly: Simulator) -> None:
    everything = [tweet.id for tweet in there(world, "@acme_status")]
    assert len(everything) > 3_500
    found = list(pages(friendly, STATUS))
    assert len(found) == 32
    assert [post["id"] for page in found for post in page["data"]] == everything[:3_200]
    before = there(world, "@acme_status")[3_200].posted_at
    older = ask(friendly, of(STATUS), end_time=f"{before:%Y-%m-%dT%H:%M:%SZ}")
    assert older.json() == {"meta": {"result_count": 0}}


def test_retweets_that_are_left_out_count_against_the_3200(world: World, friendly: Simulator) -> None:
    reached = there(world, "@acme_status")[:3_200]
    expected = [tweet.id for tweet in reached if not tweet.text.startswith("RT @")]
    assert ids(friendly, STATUS, exclude="retweets") == expected


def test_without_replies_no_more_than_800_are_given(world: World, friendly: Simulator) -> None:
    talk = [tweet for tweet in there(world, "@acme_status") if not tweet.text.startswith("@")]
    assert ids(friendly, STATUS, exclude="replies") == [tweet.id for tweet in talk[:800]]
    both = [tweet.id for tweet in talk[:800] if not tweet.text.startswith("RT @")]
    assert ids(friendly, STATUS, exclude="replies,retweets") == both
    assert len(both) < 800


def test_the_start_is_in_and_the_end_is_out(world: World, friendly: Simulator) -> None:
    launch = [tweet for tweet in there(world, "@acme") if f"{tweet.posted_at:%Y-%m-%d}" == "2026-11-15"]
    assert len(launch) == 7
    span = {"start_time": "2026-11-15T14:30:00Z", "end_time": "2026-11-15T21:30:00Z"}
    assert ids(friendly, ACME, **span) == [tweet.id for tweet in launch[1:-1]]


def test_ids_bound_a_timeline_and_are_out_themselves(world: World, friendly: Simulator) -> None:
    newest = [tweet.id for tweet in there(world, "@acme_status")[:10]]
    assert ids(friendly, STATUS, since_id=newest[6], until_id=newest[2]) == newest[3:6]


def test_an_empty_timeline_counts_nothing_and_has_no_data(friendly: Simulator) -> None:
    answer = ask(friendly, of(SHOP), expansions="author_id")
    assert (answer.status_code, answer.json()) == (200, {"meta": {"result_count": 0}})


def test_a_deleted_tweet_is_not_on_the_timeline_any_more(world: World) -> None:
    newest = [tweet.id for tweet in there(world, "@acme_status")[:101]]
    with serve(world, faults=Faults(deleted_tweet_ids=(newest[50],))) as simulator:
        page = ask(simulator, of(STATUS), max_results=100).json()
    assert [post["id"] for post in page["data"]] == newest[:50] + newest[51:]


def test_a_tweet_posted_between_two_pages_shifts_nothing(world: World) -> None:
    times = iter([world.now, parse_instant("2026-11-16T20:00:00Z"), parse_instant("2026-11-16T20:00:00Z")])
    newest = [tweet.id for tweet in there(world, "@acme_status")]
    with serve(world, now=lambda: next(times)) as simulator:
        first = ask_at(simulator, world)
        second = ask_at(simulator, world, pagination_token=first["meta"]["next_token"])
    assert [post["id"] for page in (first, second) for post in page["data"]] == newest[:10]


def ask_at(simulator: Simulator, world: World, **query: str) -> dict[str, Any]:
    """A page of five, without a look at the simulator's clock."""
    headers = {"Authorization": f"Bearer {world.app.bearer_token}"}
    with requests.Session() as session:
        session.trust_env = False
        parameters = {"max_results": "5", **query}
        page: dict[str, Any] = session.get(simulator.origin + of(STATUS), params=parameters, headers=headers).json()
    return page


def test_a_protected_timeline_is_for_its_owner_alone(world: World) -> None:
    with serve(world, faults=Faults(protected_handles=("@acme",))) as simulator:
        ours, app, other = (ask(simulator, of(ACME), signer) for signer in ("@acme", None, "@acme_help"))
    assert ours.json()["meta"]["result_count"] == 10
    for answer in (app, other):
        assert (answer.status_code, list(answer.json())) == (200, ["errors"])
        detail = f"Sorry, you are not authorized to see the user with id: [{ACME}]."
        assert problems(answer) == [("not-authorized-for-resource", "Authorization Error", detail)]


def test_a_suspended_timeline_is_a_problem_in_the_vendors_words(world: World) -> None:
    with serve(world, faults=Faults(suspended_handles=("@globex",))) as simulator:
        answer = ask(simulator, of(GLOBEX))
    assert (answer.status_code, list(answer.json())) == (200, ["errors"])
    assert problems(answer) == [("resource-not-found", "Forbidden", f"User has been suspended: [{GLOBEX}].")]


def test_a_renamed_user_keeps_the_timeline_and_bears_the_new_name_in_it(world: World) -> None:
    with serve(world, faults=Faults(renamed_handles={"@globex": "@initech"})) as simulator:
        body = ask(simulator, of(GLOBEX), expansions="author_id").json()
    assert body["includes"] == {"users": [{"id": GLOBEX, "name": "Globex Camping", "username": "initech"}]}
    assert {post["author_id"] for post in body["data"]} == {GLOBEX}


def test_an_id_that_nobody_has_is_a_problem(friendly: Simulator) -> None:
    answer = ask(friendly, of("12"))
    assert problems(answer) == [("resource-not-found", "Not Found Error", "Could not find user with id: [12].")]


LATE = "'end_time' must be a minimum of 10 seconds prior to the request time."


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"max_results": "4"}, "The `max_results` query parameter value [4] is not between 5 and 100"),
        ({"max_results": "101"}, "The `max_results` query parameter value [101] is not between 5 and 100"),
        ({"max_results": "many"}, "The `max_results` query parameter value [many] is not between 5 and 100"),
        ({"exclude": "quotes"}, "The `exclude` query parameter value [quotes] is not one of [replies,retweets]"),
        ({"pagination_token": "zzz"}, "The `pagination_token` query parameter value [zzz] is not valid"),
        ({"pagination_token": ""}, "The `pagination_token` query parameter value [] is not valid"),
        ({"since_id": "-1"}, "The `since_id` query parameter value [-1] does not match ^[0-9]{1,19}$"),
        (
            {"start_time": "yesterday"},
            "The `start_time` query parameter value [yesterday] is not a date-time such as 2026-11-16T12:00:00Z",
        ),
        (
            {"start_time": "2026-13-16T12:00:00Z"},
            (
                "The `start_time` query parameter value [2026-13-16T12:00:00Z] is not a date-time "
                "such as 2026-11-16T12:00:00Z"
            ),
        ),
        (
            {"start_time": "2010-11-05T23:59:59Z"},
            "The `start_time` query parameter value [2010-11-05T23:59:59Z] must be on or after 2010-11-06",
        ),
        ({"end_time": "2026-11-16T11:59:51Z"}, f"Invalid 'end_time':'2026-11-16T11:59:51Z'. {LATE}"),
        (
            {"start_time": "2026-11-16T12:00:00Z"},
            "Invalid 'start_time':'2026-11-16T12:00:00Z'. 'start_time' must be before 'end_time'.",
        ),
        (
            {"start_time": "2026-11-02T00:00:00Z", "end_time": "2026-11-01T00:00:00Z"},
            "Invalid 'start_time':'2026-11-02T00:00:00Z'. 'start_time' must be before 'end_time'.",
        ),
    ],
)
def test_a_wrong_parameter_is_refused_and_told(friendly: Simulator, query: dict[str, str], message: str) -> None:
    assert told(ask(friendly, of(ACME), **query)) == message


def test_an_end_ten_seconds_ago_is_taken(friendly: Simulator) -> None:
    assert ask(friendly, of(ACME), end_time="2026-11-16T11:59:50Z").status_code == 200


def test_an_end_that_is_over_by_the_real_clock_is_taken_where_the_world_stands_still(world: World) -> None:
    real = world.now + timedelta(days=1)
    with serve(world, clock=real.timestamp) as simulator:
        assert ask(simulator, of(ACME), end_time="2026-11-17T11:59:50Z").status_code == 200
        late = f"Invalid 'end_time':'2026-11-17T11:59:51Z'. {LATE}"
        assert told(ask(simulator, of(ACME), end_time="2026-11-17T11:59:51Z")) == late


def test_a_user_id_that_is_none_is_refused(friendly: Simulator) -> None:
    assert told(ask(friendly, of("acme"))) == "The `id` path parameter value [acme] does not match ^[0-9]{1,19}$"


def test_the_token_of_another_timeline_is_refused(friendly: Simulator) -> None:
    token = ask(friendly, of(STATUS)).json()["meta"]["next_token"]
    message = told(ask(friendly, of(ACME), pagination_token=token))
    assert message == f"The `pagination_token` query parameter value [{token}] is not valid"
