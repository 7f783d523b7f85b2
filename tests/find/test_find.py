"""Reports get the tweets of their handles: each account and each timeline asked for once, and never mixed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from reportgen.api.x.model import Posts, TimelineAsk, Users, XPost, XProblem, XUser
from reportgen.ask import Ask
from reportgen.catalog import HISTORICAL
from reportgen.credentials import Credentials
from reportgen.find.desk import XDesk
from reportgen.find.find import find
from reportgen.find.found import Found
from reportgen.find.users import find_accounts
from reportgen.request import Signer
from reportgen.spec.model import ReportSpec, Tweet
from reportgen.store.open import Store, open_store
from reportgen.timelines import Timeline, TimelineState
from tests.runs import UNWATCHED
from tests.store.filled import at
from tests.store.timelines import post

AS_OF = at("2026-11-16T12:00")
CREDENTIALS = Credentials("key", "secret", "bearer", {"ACME": ("token", "token secret")})


@dataclass
class World:
    """Accounts by handle as X knows them, what they posted, and all that was asked."""

    accounts: dict[str, str] = field(default_factory=dict)
    posts_of: Mapping[str, Sequence[XPost]] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    looked_up: list[tuple[tuple[str, ...], Signer]] = field(default_factory=list)
    read: list[tuple[str, Signer]] = field(default_factory=list)

    def users(self, handles: Sequence[str], signer: Signer) -> Users:
        self.looked_up.append((tuple(handles), signer))
        known = {name.lower(): XUser(its, name) for name, its in self.accounts.items()}
        return Users(
            tuple(known[handle.lower()] for handle in handles if handle.lower() in known),
            tuple(XProblem("not_found", h, "Could not find user") for h in handles if h.lower() not in known),
        )

    def me(self, signer: Signer) -> XUser:
        raise NotImplementedError

    def timeline(self, ask: TimelineAsk, signer: Signer) -> Posts:
        self.read.append((ask.user_id, signer))
        if ask.user_id in self.gone:
            return Posts((), (), (XProblem("not_found", ask.user_id, "Could not find user"),))
        names = {its: name for name, its in self.accounts.items()}
        found = tuple(p for p in self.posts_of.get(ask.user_id, ()) if ask.start is None or p.posted_at >= ask.start)
        return Posts(found, (XUser(ask.user_id, names[ask.user_id]),) if found else ())

    def posts(self, ids: Sequence[str], signer: Signer) -> Posts:
        raise NotImplementedError


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store("sqlite://") as store:
        yield store


def report(*handles: str, name: str = "weekly", tweets: tuple[Tweet, ...] = (), **more: object) -> ReportSpec:
    spec = ReportSpec(f"{name}.yaml", name, name, ZoneInfo("UTC"), HISTORICAL, handles, tweets, ("impressions",))
    return replace(spec, posted="last_7_days", **more)  # type: ignore[arg-type]


def found(
    world: World,
    store: Store,
    *specs: ReportSpec,
    as_of: datetime = AS_OF,
    ask: Ask = Ask.MISSING,
    now: datetime | None = None,
) -> Found:
    desk = XDesk(world, CREDENTIALS, store, as_of, now or as_of, UNWATCHED)
    return find(specs, as_of, ask, store, CREDENTIALS, desk)


def states(of: Found) -> list[tuple[str, TimelineState, int]]:
    return [(one.handle, one.state, one.tweets) for one in _timelines(of)]


def _timelines(of: Found) -> tuple[Timeline, ...]:
    return of.timelines["weekly"]


ONE, TWO = post(101, "2026-11-14", "one", "1"), post(202, "2026-11-15", "two", "2")


def test_a_handle_is_looked_up_once_whatever_its_capitals(store: Store) -> None:
    world = World({"@Acme": "1"}, {"1": (ONE,)})
    first = found(world, store, report("@acme"), report("@ACME", name="other"))
    second = found(world, store, report("@aCME"))
    assert [handles for handles, _ in world.looked_up] == [("@ACME",)]
    assert states(first) == [("@acme", TimelineState.READ, 1)]
    assert states(second) == [("@aCME", TimelineState.READ, 1)]
    assert second.specs[0].tweets == (Tweet("101", "@aCME", "one"),)


def test_the_owner_signs_where_the_token_is_there_and_the_app_looks_accounts_up(store: Store) -> None:
    world = World({"@acme": "1", "@globex": "2"})
    found(world, store, report("@acme", "@globex"))
    assert world.looked_up == [(("@acme", "@globex"), Signer(None))]
    assert world.read == [("1", Signer("@acme")), ("2", Signer(None))]


def test_a_handle_that_nobody_has_is_asked_for_again_and_the_others_are_not(store: Store) -> None:
    world = World({"@acme": "1"}, {"1": (ONE,)})
    for _ in range(2):
        of = found(world, store, report("@acme", "@nobody"))
        assert states(of) == [("@acme", TimelineState.READ, 1), ("@nobody", TimelineState.NOT_FOUND, 0)]
    assert [handles for handles, _ in world.looked_up] == [("@acme", "@nobody"), ("@nobody",)]


def test_an_account_under_its_old_and_its_new_name_gives_each_tweet_once(store: Store) -> None:
    world = World({"@acme": "1"}, {"1": (ONE,)})
    found(world, store, report("@acme"))
    world.accounts = {"@acme_inc": "1"}
    of = found(world, store, report("@acme", "@acme_inc"))
    assert states(of) == [("@acme", TimelineState.RENAMED, 1), ("@acme_inc", TimelineState.READ, 0)]
    assert [one.same_as for one in _timelines(of)] == ["", "@acme"]
    assert [tweet.id for tweet in of.specs[0].tweets] == ["101"]


def test_a_name_that_somebody_else_took_is_still_the_first_account_s(store: Store) -> None:
    world = World({"@acme": "1"}, {"1": (ONE,), "2": (TWO,)})
    found(world, store, report("@acme"))
    world.accounts = {"@acme_inc": "1", "@acme": "2"}
    of = found(world, store, report("@acme"))
    assert (states(of), _timelines(of)[0].detail) == ([("@acme", TimelineState.RENAMED, 1)], "@acme_inc")
    assert [tweet.id for tweet in of.specs[0].tweets] == ["101"]


def test_a_name_of_an_account_that_is_gone_becomes_another_s_and_the_report_says_so(store: Store) -> None:
    world = World({"@acme": "1"}, {"1": (ONE,), "2": (TWO,)})
    found(world, store, report("@acme"))
    world.accounts, world.gone = {"@acme": "2"}, frozenset({"1"})
    assert states(found(world, store, report("@acme"))) == [("@acme", TimelineState.NOT_FOUND, 1)]
    of = found(world, store, report("@acme"))
    assert states(of) == [("@acme", TimelineState.READ, 1)]
    assert [(one.another, one.detail) for one in _timelines(of)] == [(True, "")]
    assert [tweet.id for tweet in of.specs[0].tweets] == ["202"]
    assert [one.another for one in _timelines(found(world, store, report("@acme")))] == [True]


def test_a_handle_that_moved_within_the_brand_still_means_the_account_it_meant(store: Store) -> None:
    world = World({"@acme": "1", "@acme_help": "2"}, {"1": (ONE,), "2": (TWO,)})
    found(world, store, report("@acme", "@acme_help"))
    world.accounts = {"@Acme_US": "1", "@acme": "2"}
    for _ in range(3):
        of = found(world, store, report("@acme", "@acme_help"))
        assert states(of) == [("@acme", TimelineState.RENAMED, 1), ("@acme_help", TimelineState.RENAMED, 1)]
        assert [one.detail for one in _timelines(of)] == ["@Acme_US", "@acme"]
        assert [(tweet.id, tweet.handle) for tweet in of.specs[0].tweets] == [("101", "@acme"), ("202", "@acme_help")]
    assert len(world.looked_up) == 1


def test_a_refresh_looks_a_handle_up_again_and_says_for_good_that_it_means_another_account(store: Store) -> None:
    world = World({"@acme": "1"}, {"1": (ONE,), "2": (TWO,)})
    found(world, store, report("@acme"))
    world.accounts = {"@acme_us": "1", "@acme": "2"}
    for ask in (Ask.EVERYTHING, Ask.MISSING, Ask.EVERYTHING):
        of = found(world, store, report("@acme"), ask=ask)
        assert ([one.another for one in _timelines(of)], [tweet.id for tweet in of.specs[0].tweets]) == (
            [True],
            ["202"],
        )
    (planned,) = _timelines(find([report("@acme")], AS_OF, Ask.NOTHING, store, CREDENTIALS, None))
    assert planned.another


def test_that_a_handle_means_another_account_is_said_by_the_run_after_one_that_was_killed(store: Store) -> None:
    world = World({"@acme": "1"}, {"1": (ONE,), "2": (TWO,)})
    found(world, store, report("@acme"))
    world.accounts = {"@acme": "2"}
    desk = XDesk(world, CREDENTIALS, store, AS_OF, AS_OF, UNWATCHED)
    find_accounts(["@acme"], Ask.EVERYTHING, store, desk)
    assert [one.another for one in _timelines(found(world, store, report("@acme")))] == [True]


def test_a_new_name_stays_known_where_nothing_new_tells_it(store: Store) -> None:
    world = World({"@acme": "1"}, {"1": (ONE,)})
    found(world, store, report("@acme"))
    world.accounts = {"@acme_inc": "1"}
    for days in (0, 1):
        of = found(world, store, report("@acme"), as_of=AS_OF + timedelta(days=days))
        assert states(of) == [("@acme", TimelineState.RENAMED, 1)]
    world.posts_of = {}
    assert states(found(world, store, report("@acme"))) == [("@acme", TimelineState.RENAMED, 1)]


def test_what_the_file_says_of_a_tweet_counts_and_the_rest_is_as_found(store: Store) -> None:
    world = World({"@acme": "1"}, {"1": (ONE, post(102, "2026-11-12", "three", "1"))})
    listed = (Tweet("102", "@acme", "its own words", {"campaign": "launch"}), Tweet("7", "@acme"))
    of = found(world, store, report("@acme", tweets=listed, handle_labels={"@acme": {"campaign": "none", "team": "a"}}))
    first, second, third = of.specs[0].tweets
    assert (first.id, first.text, first.labels) == ("102", "its own words", {"campaign": "launch", "team": "a"})
    assert (second.id, second.text) == ("7", None)
    assert (third.id, third.text, third.labels) == ("101", "one", {"campaign": "none", "team": "a"})
    assert states(of) == [("@acme", TimelineState.READ, 2)]


def test_a_plan_makes_no_call_and_says_what_a_run_will_read(store: Store) -> None:
    planned = find([report("@acme")], AS_OF, Ask.MISSING, store, CREDENTIALS, None)
    (one,) = _timelines(planned)
    assert (one.state, one.unread) == (TimelineState.NOT_ASKED, (one.span,))
    found(World({"@acme": "1"}, {"1": (ONE,)}), store, report("@acme"))
    (one,) = _timelines(find([report("@acme")], AS_OF, Ask.MISSING, store, CREDENTIALS, None))
    assert (one.state, one.tweets) == (TimelineState.READ, 1)
    assert [tuple(span) for span in one.unread] == [(at("2026-11-13"), at("2026-11-16"))]
    (one,) = _timelines(find([report("@acme")], AS_OF, Ask.NOTHING, store, CREDENTIALS, None))
    assert (one.state, one.unread) == (TimelineState.READ, ())


def test_a_report_that_lists_its_tweets_is_left_as_it_is(store: Store) -> None:
    world = World({"@acme": "1"}, {"1": (ONE,)})
    listed = replace(report("@acme", name="listed", tweets=(Tweet("7", "@acme"),)), posted=None)
    of = found(world, store, report("@acme"), listed)
    assert of.specs[1] == listed
    assert list(of.timelines) == ["weekly"]
