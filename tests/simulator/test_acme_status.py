"""@acme_status has more to say than a timeline gives, @acme_shop nothing."""

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise

from reportgen.instants import parse_instant
from reportgen.simulator.acme_status_texts import ANSWERS, REPORTS
from reportgen.simulator.timeline import posted_on
from reportgen.simulator.world import World
from reportgen.snowflake import posted_at


def test_it_tweets_every_two_hours_from_the_first_day_on(world: World) -> None:
    times = [tweet.posted_at for tweet in world.tweets if tweet.handle == "@acme_status"]
    assert times[0] == parse_instant("2025-11-01T00:07:00Z")
    assert {later - earlier for earlier, later in pairwise(times)} == {timedelta(hours=2)}
    assert times[-1] == parse_instant("2026-11-16T10:07:00Z")
    assert len(times) == 4_566


def test_its_instants_and_ids_are_the_same_with_any_seed() -> None:
    day = date(2026, 11, 15)
    ids = [[t.id for t in posted_on(seed, day) if t.handle == "@acme_status"] for seed in (1, 7)]
    assert ids[0] == ids[1]
    assert ids[0][0] == "2121756816307126274"


def test_a_fifth_are_replies_and_some_are_retweets(world: World) -> None:
    texts = [tweet.text for tweet in world.tweets if tweet.handle == "@acme_status"]
    kinds = Counter("reply" if t.startswith("@") else "retweet" if t.startswith("RT @acme: ") else "" for t in texts)
    assert 0.17 < kinds["reply"] / len(texts) < 0.23
    assert 0.06 < kinds["retweet"] / len(texts) < 0.1


def test_no_report_is_given_twice_in_three_days_and_none_has_a_gap_left_in_it(world: World) -> None:
    own = [(t.posted_at, t.text) for t in world.tweets if t.handle == "@acme_status" and not t.text.startswith("@")]
    last: dict[str, datetime] = {}
    for at, text in own:
        assert text.startswith("RT @") or at - last.get(text, at - timedelta(days=3)) >= timedelta(days=3), text
        last[text] = at
    assert not [text for text in last if "{" in text]
    assert all(len(text) <= 140 for text in (*REPORTS, *ANSWERS))


def test_the_ids_of_new_accounts_tell_when_they_were_made_as_the_vendors_do(world: World) -> None:
    for handle in ("@acme_status", "@acme_shop"):
        account = world.account(handle)
        assert posted_at(account.user_id).replace(microsecond=0) == account.created_at


def test_the_shop_says_nothing(world: World) -> None:
    assert world.account("@acme_shop").ours
    assert not [tweet for tweet in world.tweets if tweet.handle == "@acme_shop"]
