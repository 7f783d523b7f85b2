"""Ids without a handle, in runs over HTTP: looked up once, and signed with the owner's token."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from reportgen.ask import Ask
from reportgen.credentials import BEARER
from reportgen.errors import CredentialError, Exit
from reportgen.simulator.faults import Faults
from reportgen.simulator.server import Simulator
from reportgen.simulator.world import World
from tests.runs import Ended, RunReport, tweets_of, weeks

UNKNOWN = "2117270504862646299"


@pytest.fixture
def store(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/kept.db"


class Mixed:
    """Tweets of both of our handles, one that is deleted, one of a competitor, and an id that nobody has."""

    def __init__(self, world: World) -> None:
        self.acme, self.help = tweets_of(world, "@acme", 3), tweets_of(world, "@acme_help", 2)
        self.deleted, *self.acme = self.acme
        (self.globex,) = tweets_of(world, "@globex", 1)
        self.ids = [*self.acme, self.globex, UNKNOWN, *self.help, self.deleted]
        self.faults = Faults(deleted_tweet_ids=(self.deleted,))

    def report(self, endpoint: str, **more: object) -> Mapping[str, object]:
        return {
            "endpoint": endpoint,
            "handles": ["@acme", "@acme_help"],
            "tweet_ids": self.ids,
            "metrics": ["impressions", "favorites"],
            "groupings": {"by-tweet": ["tweet.id", "engagement.type"], "by-handle": ["handle", "engagement.type"]},
            **more,
        }


@pytest.fixture
def mixed(world: World) -> Mixed:
    return Mixed(world)


DATES = {"start": "2026-10-01", "end": "2026-11-15"}


def asked(ended: Ended) -> set[frozenset[str]]:
    """The tweets of each call. The API refuses those that are not of who signed, so each set has one owner."""
    assert {call.status for call in ended.calls} <= {200}
    return {frozenset(call.tweet_ids) for call in ended.calls}


def warnings(ended: Ended) -> tuple[str, ...]:
    (made,) = ended.run.reports
    return made.warnings


class TestHistorical:
    def test_asks_with_the_owners_token_and_says_why_others_are_missing(
        self, mixed: Mixed, run_report: RunReport
    ) -> None:
        ended = run_report(mixed.report("historical", date_range=DATES), faults=mixed.faults)
        assert asked(ended) == {frozenset(mixed.acme), frozenset(mixed.help)}
        reasons = {mixed.globex: "not_authorized", UNKNOWN: "unavailable", mixed.deleted: "unavailable"}
        assert ended.reasons() == reasons
        values = ended.values("by-tweet")
        assert {id_ for (id_, _), value in values.items() if value is None} == reasons.keys()
        assert {handle for handle, _ in ended.values("by-handle")} == {"@acme", "@acme_help", "@globex", ""}
        assert ended.run.exit_code == Exit.DONE
        assert warnings(ended) == (
            f"1 tweet ({mixed.globex}): there is no access token for @globex, the owner",
            f"2 tweets ({UNKNOWN} and {mixed.deleted}): X knows no tweet of this id",
        )

    def test_the_second_run_looks_nothing_up_and_asks_for_nothing(
        self, mixed: Mixed, run_report: RunReport, store: str
    ) -> None:
        spec = mixed.report("historical", date_range=DATES)
        first, second = (run_report(spec, faults=mixed.faults, store=store) for _ in range(2))
        assert [(call.path, call.signer, call.posts) for call in first.x_calls] == [("/2/tweets", "app", 5)]
        assert second.x_calls == ()
        assert second.results == first.results
        assert warnings(second) == warnings(first)

    def test_a_tweet_that_x_did_not_know_is_looked_up_again_when_everything_is(
        self, mixed: Mixed, run_report: RunReport, store: str
    ) -> None:
        spec = mixed.report("historical", date_range=DATES)
        run_report(spec, faults=mixed.faults, store=store)
        again = run_report(spec, store=store, ask=Ask.EVERYTHING)
        assert [call.query["ids"] for call in again.x_calls] == [f"{UNKNOWN},{mixed.deleted}"]
        assert again.reasons() == {mixed.globex: "not_authorized", UNKNOWN: "unavailable"}
        assert run_report(spec, store=store).x_calls == ()

    def test_a_protected_account_is_looked_up_with_its_own_token(self, mixed: Mixed, run_report: RunReport) -> None:
        faults = Faults(protected_handles=("@acme_help",))
        ended = run_report(mixed.report("historical", date_range=DATES), faults=faults)
        assert [(call.signer, call.posts) for call in ended.x_calls] == [("app", 4), ("@acme", 0), ("@acme_help", 2)]

    def test_tweets_that_are_on_a_timeline_are_not_looked_up(self, mixed: Mixed, run_report: RunReport) -> None:
        ids = [*mixed.acme, mixed.globex]
        spec = mixed.report("historical", date_range=DATES, posted="last_28_days", exclude=["replies"], tweet_ids=ids)
        looked_up = [call for call in run_report(spec).x_calls if call.path == "/2/tweets"]
        assert [call.query["ids"] for call in looked_up] == [mixed.globex]

    def test_more_than_a_hundred_are_looked_up_by_the_hundred(self, world: World, run_report: RunReport) -> None:
        ids = [*tweets_of(world, "@acme", 120), *tweets_of(world, "@acme_help", 30)]
        spec = {**weeks({}), "handles": ["@acme", "@acme_help"], "tweet_ids": ids, "date_range": "yesterday"}
        ended = run_report(spec)
        assert [call.posts for call in ended.x_calls] == [100, 50]
        assert ended.reasons() == {}


class TestTotals:
    def test_asks_for_what_is_public_of_others_with_the_bearer_token(self, mixed: Mixed, run_report: RunReport) -> None:
        ended = run_report(mixed.report("totals"), faults=mixed.faults)
        values = ended.values("by-tweet")
        assert {id_ for (id_, name), value in values.items() if value is None and name == "favorites"} == {
            UNKNOWN,
            mixed.deleted,
        }
        assert values[mixed.globex, "impressions"] is None
        assert ended.reasons() == {
            mixed.globex: "not_authorized", UNKNOWN: "unavailable", mixed.deleted: "unavailable"
        }  # fmt: skip
        assert ended.run.exit_code == Exit.DONE

    def test_looks_up_with_an_owners_token_where_there_is_no_bearer_token(
        self, mixed: Mixed, run_report: RunReport, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Simulator, "environment", _without_bearer(Simulator.environment))
        ended = run_report(mixed.report("totals"), faults=mixed.faults)
        assert [call.signer for call in ended.x_calls] == ["@acme"]
        values = ended.values("by-tweet")
        assert values[mixed.globex, "favorites"] is None
        assert all(values[tweet_id, "favorites"] is not None for tweet_id in (*mixed.acme, *mixed.help))
        assert ended.run.exit_code == Exit.DONE


class TestTrouble:
    def test_with_the_look_up_leaves_an_incomplete_report_and_the_next_run_mends_it(
        self, mixed: Mixed, run_report: RunReport, store: str
    ) -> None:
        spec = mixed.report("historical", date_range=DATES)
        failed = run_report(spec, faults=Faults(x_trouble=1), store=store, tries=2)
        assert set(failed.reasons().values()) == {"call_failed"}
        assert failed.calls == ()
        assert failed.run.exit_code == Exit.CALLS_FAILED
        (warning,) = warnings(failed)
        assert warning.startswith("7 tweets (")
        assert ": the owner could not be looked up: " in warning
        assert run_report(spec, store=store).run.exit_code == Exit.DONE

    def test_with_a_credential_goes_on_with_the_next_and_is_told_where_all_are_refused(
        self, mixed: Mixed, run_report: RunReport
    ) -> None:
        spec = mixed.report("historical", date_range=DATES)
        helped = run_report(spec, faults=Faults(refused_credentials=("app",)))
        assert [(call.signer, call.status) for call in helped.x_calls] == [(None, 401), ("@acme", 200)]
        assert helped.run.exit_code == Exit.DONE
        refused = run_report(spec, faults=Faults(refused_credentials=("all",)))
        assert len(refused.x_calls) == 3
        assert set(refused.reasons().values()) == {"not_authorized"}
        assert refused.run.exit_code == Exit.CALLS_FAILED
        (warning,) = warnings(refused)
        assert warning.endswith("the owner could not be looked up: the X API answered with status 401: Unauthorized")

    def test_for_want_of_any_credential_ends_a_run_that_does_not_know_the_owners_yet(
        self, mixed: Mixed, run_report: RunReport, store: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        spec = mixed.report("historical", date_range=DATES)
        with monkeypatch.context() as without:
            without.setattr(Simulator, "environment", _without_credentials(Simulator.environment))
            with pytest.raises(CredentialError, match="there is no credential: run reportgen auth app"):
                run_report(spec, store=store)
        first = run_report(spec, store=store)
        monkeypatch.setattr(Simulator, "environment", _without_credentials(Simulator.environment))
        assert run_report(spec, store=store).results == first.results

    def test_is_said_where_the_month_is_used_up(self, mixed: Mixed, run_report: RunReport) -> None:
        ended = run_report(mixed.report("historical", date_range=DATES), faults=Faults(x_usage_capped=True))
        (warning,) = warnings(ended)
        assert warning.endswith(
            "the owner could not be looked up: the X API answered with status 429: "
            "Usage cap exceeded: Monthly product cap"
        )
        assert ended.run.exit_code == Exit.CALLS_FAILED

    def test_is_none_offline_beyond_that_nothing_is_asked(
        self, mixed: Mixed, run_report: RunReport, store: str
    ) -> None:
        spec = mixed.report("historical", date_range=DATES)
        offline = run_report(spec, store=store, ask=Ask.NOTHING)
        assert (offline.x_calls, offline.calls, warnings(offline)) == ((), (), ())
        assert {gap["detail"] for gap in offline.results["gaps"]} == {"not in the store, and not asked for"}
        first = run_report(spec, store=store)
        known = run_report(spec, store=store, ask=Ask.NOTHING)
        assert (known.x_calls, known.results["groupings"]) == ((), first.results["groupings"])


_Environment = Callable[[Simulator], dict[str, str]]


def _without_bearer(environment: _Environment) -> _Environment:
    return lambda simulator: {name: value for name, value in environment(simulator).items() if name != BEARER}


def _without_credentials(environment: _Environment) -> _Environment:
    return lambda simulator: {name: value for name, value in environment(simulator).items() if name.endswith("_URL")}
