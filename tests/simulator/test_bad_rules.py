"""The rules on bad days: what is refused, and how answers are shaped. Each fault a test."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from reportgen.catalog import ENDPOINTS
from reportgen.simulator.faults import Faults, Unsupported, Wording
from reportgen.simulator.rules import answer
from reportgen.simulator.shapes import DAMAGE, EXTRA_KEYS
from reportgen.simulator.world import World
from tests.simulator.test_rules import (
    BY_TWEET,
    DELETED,
    GLOBEX,
    GLOBEX_ID,
    HELP,
    HELP_ID,
    HOURLY,
    NOW,
    OLD,
    OLD_VIDEO,
    UNKNOWN,
    VIDEO,
    VIRAL,
    WORLD,
)

ACME_ID = WORLD.account("@acme").user_id


def ask(
    faults: Faults,
    tweet_ids: list[str],
    metrics: list[str],
    *,
    endpoint: str = "totals",
    groupings: dict[str, Any] = BY_TWEET,
    signer: str | None = "@acme",
    world: World = WORLD,
) -> tuple[int, dict[str, Any]]:
    body = {"tweet_ids": tweet_ids, "engagement_types": metrics, "groupings": groupings}
    given = answer(ENDPOINTS[endpoint], body, world.account(signer) if signer else None, world, faults)
    return given.status, given.body


def favorites(*tweet_ids: str) -> dict[str, Any]:
    return {tweet_id: {"favorites": str(WORLD.total(tweet_id, "favorites"))} for tweet_id in tweet_ids}


def leaves(nested: Any) -> list[Any]:
    if isinstance(nested, dict) and nested:
        return [leaf for part in nested.values() for leaf in leaves(part)]
    return [nested]


class TestRefusals:
    @pytest.mark.parametrize(
        ("wording", "tweet_ids", "errors"),
        [
            ("plain", [VIRAL, HELP], [f"Forbidden to access tweets: {HELP}"]),
            ("plain", [HELP, GLOBEX], [f"Forbidden to access tweets: {HELP}, {GLOBEX}"]),
            ("by_author", [VIRAL, HELP], [f"Forbidden to access tweets for author id {HELP_ID}: {HELP}"]),
            (
                "by_author",
                [HELP, GLOBEX],
                [
                    f"Forbidden to access tweets for author id {HELP_ID}: {HELP}",
                    f"Forbidden to access tweets for author id {GLOBEX_ID}: {GLOBEX}",
                ],
            ),
            ("both", [VIRAL, HELP], [f"Forbidden to access tweets: {HELP}"]),
            (
                "both",
                [HELP, GLOBEX],
                [
                    f"Forbidden to access tweets for author id {HELP_ID}: {HELP}",
                    f"Forbidden to access tweets for author id {GLOBEX_ID}: {GLOBEX}",
                ],
            ),
            ("unnamed", [HELP, GLOBEX], ["Forbidden to access one or more of the Tweets requested"]),
        ],
    )
    def test_forbidden_tweets_are_named_in_the_wording_asked_for(
        self, wording: Wording, tweet_ids: list[str], errors: list[str]
    ) -> None:
        assert ask(Faults(forbidden_wording=wording), tweet_ids, ["favorites"]) == (403, {"errors": errors})

    @pytest.mark.parametrize("signer", ["@acme", None])
    def test_a_forbidden_tweet_is_refused_to_its_owner_and_the_app_too(self, signer: str | None) -> None:
        faults = Faults(forbidden_tweet_ids=(VIRAL,), forbidden_wording="by_author")
        assert ask(faults, [VIRAL, VIDEO], ["favorites"], signer=signer) == (
            403,
            {"errors": [f"Forbidden to access tweets for author id {ACME_ID}: {VIRAL}"]},
        )
        assert ask(faults, [VIDEO], ["favorites"], signer=signer) == (200, {"g": favorites(VIDEO)})

    @pytest.mark.parametrize(
        "faults", [Faults(protected_tweet_ids=(HELP,)), Faults(protected_handles=("@acme_help",))], ids=["id", "handle"]
    )
    def test_a_protected_tweet_refuses_the_whole_call_with_status_400(self, faults: Faults) -> None:
        assert ask(faults, [VIRAL, HELP, DELETED], ["favorites"], signer=None) == (
            400,
            {"errors": ["2 Tweet ID(s) are unavailable"], "unavailable_tweet_ids": [HELP, DELETED]},
        )
        assert ask(faults, [VIRAL], ["favorites"], signer=None) == (200, {"g": favorites(VIRAL)})

    def test_a_protected_tweet_is_refused_to_its_owner_too(self) -> None:
        assert ask(Faults(protected_tweet_ids=(VIRAL,)), [VIRAL], ["favorites"]) == (
            400,
            {"errors": ["1 Tweet ID(s) are unavailable"], "unavailable_tweet_ids": [VIRAL]},
        )

    def test_a_protected_tweet_may_go_unnamed_and_an_unknown_one_is_still_named(self) -> None:
        faults = Faults(protected_tweet_ids=(VIRAL,), protected_named=False)
        assert ask(faults, [VIRAL, VIDEO], ["favorites"]) == (400, {"errors": ["1 Tweet ID(s) are unavailable"]})
        assert ask(faults, [UNKNOWN], ["favorites"]) == (
            400,
            {"errors": ["1 Tweet ID(s) are unavailable"], "unavailable_tweet_ids": [UNKNOWN]},
        )

    def test_a_tweet_deleted_by_a_fault_is_named_beside_the_worlds_own_and_refuses_nothing(self) -> None:
        assert ask(Faults(deleted_tweet_ids=(VIDEO,)), [DELETED, VIRAL, VIDEO], ["favorites"]) == (
            200,
            {
                "errors": ["2 Tweet ID(s) are unavailable"],
                "unavailable_tweet_ids": [DELETED, VIDEO],
                "g": favorites(VIRAL),
            },
        )

    def test_a_metric_is_forbidden_to_that_handle_alone(self) -> None:
        faults = Faults(forbidden_metrics={"@acme": ("replies", "impressions")})
        metrics = ["impressions", "favorites", "replies"]
        assert ask(faults, [VIRAL], metrics) == (
            403,
            {"errors": ["Forbidden to access metrics: impressions, replies"]},
        )
        assert ask(faults, [VIRAL], ["favorites"])[0] == 200
        assert ask(faults, [HELP], metrics, signer="@acme_help")[0] == 200
        assert ask(faults, [VIRAL], ["replies"], signer=None)[0] == 200

    @pytest.mark.parametrize(
        ("refused", "statuses"),
        [
            ((), {"@acme": 200, "@acme_help": 403, None: 200}),
            (("@acme",), {"@acme": 401, "@acme_help": 403, None: 200}),
            (("app",), {"@acme": 200, "@acme_help": 403, None: 401}),
            (("all",), {"@acme": 401, "@acme_help": 401, None: 401}),
        ],
    )
    def test_only_the_credentials_named_are_refused(
        self, refused: tuple[str, ...], statuses: dict[str | None, int]
    ) -> None:
        faults = Faults(refused_credentials=refused)
        assert {signer: ask(faults, [VIRAL], ["favorites"], signer=signer)[0] for signer in statuses} == statuses

    @pytest.mark.parametrize(("signer", "reason"), [("@acme", "Access token"), (None, "Bearer token")])
    def test_refused_credentials_are_told_the_reason(self, signer: str | None, reason: str) -> None:
        text = f"Your account could not be authenticated. Reason: {reason} not found"
        given = ask(Faults(refused_credentials=("all",)), [VIRAL], ["favorites"], signer=signer)
        assert given == (401, {"errors": [text]})

    def test_an_endpoint_that_is_not_found_is_refused_before_all_else(self) -> None:
        faults = Faults(not_found=("28hr",), refused_credentials=("all",))
        assert ask(faults, [VIRAL], ["favorites"], endpoint="28hr") == (404, {"errors": ["There is no 28hr here."]})
        assert ask(faults, [VIRAL], ["favorites"])[0] == 401


class TestUnsupportedCounts:
    @pytest.mark.parametrize(
        ("unsupported", "keys", "data"),
        [
            (
                "listed_with_zero",
                ["errors", "unsupported_for_impressions_engagements_tweet_ids", "g"],
                {"impressions": "0"},
            ),
            ("listed", ["errors", "unsupported_for_impressions_engagements_tweet_ids", "g"], {}),
            ("zero", ["g"], {"impressions": "0"}),
        ],
    )
    def test_are_listed_or_zero_or_both(self, unsupported: Unsupported, keys: list[str], data: dict[str, str]) -> None:
        status, body = ask(Faults(unsupported=unsupported), [OLD, VIRAL], ["impressions", "favorites"])
        assert (status, list(body)) == (200, keys)
        assert body["g"][OLD] == data | favorites(OLD)[OLD]
        assert body["g"][VIRAL]["impressions"] == str(WORLD.total(VIRAL, "impressions"))

    def test_leave_an_empty_grouping_where_nothing_else_was_asked_for(self) -> None:
        assert ask(Faults(unsupported="listed"), [OLD_VIDEO], ["video_views"]) == (
            200,
            {"unsupported_for_video_views_tweet_ids": [OLD_VIDEO], "g": {}},
        )

    def test_may_go_untold_while_unavailable_tweets_are_still_named(self) -> None:
        _, body = ask(Faults(unsupported="zero"), [OLD, DELETED], ["impressions"])
        assert body["errors"] == ["1 Tweet ID(s) are unavailable"]


class TestShapes:
    def test_hours_may_be_summed_over_the_days(self) -> None:
        groupings = {"g": {"group_by": ["engagement.hour"]}}
        world = WORLD.at(NOW - timedelta(minutes=30))
        _, body = ask(
            Faults(hours="summed"), [VIRAL], ["impressions"], endpoint="historical", groupings=groupings, world=world
        )
        truth = Counter[str]()
        start = world.now - timedelta(weeks=4)
        for place, count in enumerate(world.hourly(VIRAL, "impressions", start, world.now)):
            truth[f"{start + timedelta(hours=place):%H}"] += count
        assert body["g"] == {hour: str(count) for hour, count in truth.items()}
        assert len(truth) == 24

    @pytest.mark.parametrize(("numbers", "kinds"), [("strings", {str}), ("bare", {int}), ("mixed", {str, int})])
    def test_numbers_are_strings_or_bare_or_both(self, numbers: Any, kinds: set[type]) -> None:
        friendly = ask(Faults(), [VIRAL, VIDEO], ["impressions"], endpoint="historical", groupings=HOURLY)
        shaped = ask(Faults(numbers=numbers), [VIRAL, VIDEO], ["impressions"], endpoint="historical", groupings=HOURLY)
        found = leaves(shaped[1]["g"])
        assert {type(leaf) for leaf in found} == kinds
        assert list(map(str, found)) == leaves(friendly[1]["g"])

    def test_a_bare_number_among_strings_is_rare(self) -> None:
        _, body = ask(Faults(numbers="mixed"), [VIRAL, VIDEO], ["impressions"], endpoint="historical", groupings=HOURLY)
        found = leaves(body["g"])
        assert 0.08 < sum(isinstance(leaf, int) for leaf in found) / len(found) < 0.12

    def test_extra_keys_stand_beside_the_groupings_and_in_each(self) -> None:
        assert ask(Faults(extra_keys=True), [VIRAL], ["favorites"]) == (
            200,
            {**EXTRA_KEYS, "g": {**EXTRA_KEYS, **favorites(VIRAL)}},
        )

    def test_a_grouping_wins_over_an_extra_key_of_its_name(self) -> None:
        groupings = {"took": {"group_by": ["engagement.type"]}}
        _, body = ask(Faults(extra_keys=True), [VIRAL], ["favorites"], groupings=groupings)
        assert body["took"]["favorites"] == favorites(VIRAL)[VIRAL]["favorites"]

    def test_missing_tweets_and_metrics_are_left_out_without_a_word(self) -> None:
        faults = Faults(missing_tweet_ids=(VIDEO,), missing_metrics=("replies",))
        assert ask(faults, [VIRAL, VIDEO], ["favorites", "replies"]) == (200, {"g": favorites(VIRAL)})
        assert ask(faults, [VIDEO], ["favorites"]) == (200, {"g": {}})

    def test_damage_meets_its_share_of_the_counts_in_every_form_and_is_always_the_same(self) -> None:
        shares = Faults(damaged=0.2)
        friendly = ask(Faults(), [VIRAL, VIDEO], ["impressions"], endpoint="historical", groupings=HOURLY)[1]["g"]
        damaged, again = (
            ask(shares, [VIRAL, VIDEO], ["impressions"], endpoint="historical", groupings=HOURLY)[1]["g"]
            for _ in range(2)
        )
        pairs = list(zip(leaves(damaged), leaves(friendly), strict=True))
        harmed = [leaf for leaf, true in pairs if leaf != true]
        assert 0.17 < len(harmed) / len(pairs) < 0.23
        assert {repr(leaf) for leaf in harmed} == {repr(leaf) for leaf in DAMAGE}
        assert damaged == again
        other = Faults(damaged=0.2, seed=2)
        assert damaged != ask(other, [VIRAL, VIDEO], ["impressions"], endpoint="historical", groupings=HOURLY)[1]["g"]

    @pytest.mark.parametrize(
        ("echo", "said"),
        [
            ("asked", {"start": "2026-11-15T08:00:00Z", "end": "2026-11-16T13:00:00Z"}),
            ("other", {"start": "2026-11-14T08:00:00Z", "end": "2026-11-15T13:00:00Z"}),
            ("none", {}),
        ],
    )
    def test_the_echo_is_the_window_asked_for_or_another_or_none(self, echo: Any, said: dict[str, str]) -> None:
        _, body = ask(Faults(echo=echo), [VIRAL], ["favorites"], endpoint="28hr")
        counts = WORLD.count(VIRAL, "favorites", NOW - timedelta(hours=28), NOW)
        assert body == {**said, "g": {VIRAL: {"favorites": str(counts)}}}

    def test_totals_have_no_window_to_echo(self) -> None:
        assert ask(Faults(echo="other"), [VIRAL], ["favorites"]) == (200, {"g": favorites(VIRAL)})
