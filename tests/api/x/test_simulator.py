"""The calls to the X API v2 over HTTP, against the simulator, which checks signatures for real."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from reportgen.api.x.client import XClient
from reportgen.api.x.failures import XRefusedError, XUnauthorizedError
from reportgen.api.x.model import FEWEST, TimelineAsk, XProblem, XUser
from reportgen.request import Signer
from reportgen.settings import load_settings
from reportgen.simulator.server import Simulator, serve
from reportgen.simulator.world import World
from tests.runs import AS_OF, tweets_of

APP, ACME, HELP = Signer(None), Signer("@acme"), Signer("@ACME_HELP")


def client_of(simulator: Simulator, change: Callable[[dict[str, str]], dict[str, str]] = dict) -> XClient:
    return XClient(*load_settings(Path("nowhere"), change(simulator.environment())))


@pytest.mark.parametrize("signer", [APP, ACME, HELP])
def test_every_signer_may_ask_for_accounts_timelines_and_tweets(signer: Signer, simulator: Simulator) -> None:
    client, world = client_of(simulator), simulator.world()
    users = client.users(["@ACME", "globex", "@nobody_at_all"], signer)
    assert [user.handle for user in users.users] == ["@acme", "@globex"]
    assert [(problem.kind, problem.about) for problem in users.problems] == [("not_found", "@nobody_at_all")]
    acme, globex = users.users
    ask = TimelineAsk(acme.id, AS_OF - timedelta(days=28), AS_OF - timedelta(days=1), ("replies", "retweets"))
    timeline = client.timeline(ask, signer)
    assert timeline.users == (acme,)
    assert timeline.posts
    assert all(ask.start <= post.posted_at < ask.end for post in timeline.posts if ask.start and ask.end)
    ids = [*tweets_of(world, "@acme", 60), *tweets_of(world, "@globex", 39), "12"]
    posts = client.posts(ids, signer)
    assert [post.id for post in posts.posts] == ids[:-1]
    assert {post.author_id for post in posts.posts} == {acme.id, globex.id}
    assert posts.problems == (XProblem("not_found", "12", "Could not find tweet with ids: [12]."),)


def test_the_texts_of_tweets_are_those_of_the_world(simulator: Simulator) -> None:
    world = simulator.world()
    with_entities = [tweet for tweet in world.tweets if "&" in tweet.text and world.is_available(tweet)][-5:]
    assert len(with_entities) == 5
    read = client_of(simulator).posts([tweet.id for tweet in with_entities], APP)
    assert [post.text for post in read.posts] == [tweet.text for tweet in with_entities]
    assert [(post.posted_at, post.author_id) for post in read.posts] == [
        (tweet.posted_at, world.account(tweet.handle).user_id) for tweet in with_entities
    ]


def test_a_timeline_is_read_page_by_page(simulator: Simulator) -> None:
    client = client_of(simulator)
    (status,) = client.users(["@acme_status"], APP).users
    first = client.timeline(TimelineAsk(status.id), APP)
    second = client.timeline(TimelineAsk(status.id, page_token=first.next_token), APP)
    ids = [int(post.id) for post in (*first.posts, *second.posts)]
    assert ids == sorted(set(ids), reverse=True)
    assert (len(first.posts), len(second.posts)) == (100, 100)
    assert client.timeline(TimelineAsk(status.id, most=FEWEST), APP).posts == first.posts[:5]


def test_a_token_knows_whose_it_is_and_the_app_has_none(simulator: Simulator) -> None:
    client = client_of(simulator)
    world = simulator.world()
    there = sum(tweet.handle == "@acme" and world.is_available(tweet) for tweet in world.tweets)
    assert client.me(ACME) == XUser(world.account("@acme").user_id, "@acme", posts=there)
    with pytest.raises(XRefusedError, match=r"status 403: Authenticating with OAuth 2.0 Application-Only is forbidden"):
        client.me(APP)


def test_a_wrong_token_is_refused_and_not_repeated(simulator: Simulator) -> None:
    def wrong(environment: dict[str, str]) -> dict[str, str]:
        return environment | {"REPORTGEN_ACME_ACCESS_TOKEN_SECRET": "not-the-secret-of-acme"}

    with pytest.raises(XUnauthorizedError) as raised:
        client_of(simulator, wrong).me(ACME)
    assert str(raised.value) == "the X API answered with status 401: Unauthorized"


def test_other_simulators_do_not_take_the_credentials() -> None:
    with serve(World(7, AS_OF)) as other, serve(World(1, AS_OF)) as simulator:
        settings, _ = load_settings(Path("nowhere"), other.environment())
        _, credentials = load_settings(Path("nowhere"), simulator.environment())
        with pytest.raises(XUnauthorizedError):
            XClient(settings, credentials).users(["@acme"], APP)
