"""Ids without a handle get their owners, or a reason why nobody may ask for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from reportgen.api.reply import NoReplyError
from reportgen.api.x.failures import XBusyError, XRefusedError, XUnauthorizedError
from reportgen.api.x.model import Posts, ProblemKind, XPost, XProblem, XUser
from reportgen.catalog import HISTORICAL, TOTALS, Endpoint
from reportgen.credentials import Credentials
from reportgen.find.owners import NO_CREDENTIAL, look_up, with_owners
from reportgen.find.signers import look_up_signers
from reportgen.gaps import Reason
from reportgen.owners import NO_SUCH_TWEET, OWNER_UNKNOWN, Account, ids_without_owner
from reportgen.request import Signer
from reportgen.spec.model import Obstacle, ReportSpec, Tweet

APP, ACME, HELP = Signer(None), Signer("@acme"), Signer("@acme_help")
TOKENS = {"ACME": ("token", "secret"), "ACME_HELP": ("token", "secret")}
BOTH = Credentials("key", "secret", "bearer", TOKENS)
NO_BEARER = Credentials("key", "secret", None, TOKENS)
POSTED = datetime(2026, 11, 10, tzinfo=UTC)
HANDLES = {"12": "@Acme", "13": "@acme_help", "14": "@Globex"}


def spec_of(
    *tweets: Tweet, handles: tuple[str, ...] = ("@ACME", "@acme_help"), endpoint: Endpoint = TOTALS
) -> ReportSpec:
    return ReportSpec("r.yaml", "r", "R", ZoneInfo("UTC"), endpoint, handles, tweets, ("favorites",))


def posts(authors: Mapping[str, str], *problems: XProblem) -> Posts:
    found = tuple(XPost(tweet_id, user_id, POSTED, "") for tweet_id, user_id in authors.items())
    users = tuple(XUser(user_id, HANDLES[user_id]) for user_id in sorted(set(authors.values())))
    return Posts(found, users, problems)


@dataclass
class Api:
    """Answers each call as the test says, and notes who asked for what, and what was kept."""

    answers: list[Posts | Exception]
    asked: list[tuple[Signer, list[str]]] = field(default_factory=list)
    kept: list[tuple[list[str], list[str]]] = field(default_factory=list)

    def posts(self, ids: Sequence[str], signer: Signer) -> Posts:
        self.asked.append((signer, [*ids]))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def keep(self, found: Posts, unknown: Sequence[str]) -> None:
        self.kept.append(([post.id for post in found.posts], [*unknown]))

    def look_up(self, ids: Sequence[str], *signers: Signer) -> dict[str, Obstacle]:
        return look_up(ids, signers, self.posts, self.keep)


def not_found(tweet_id: str) -> XProblem:
    return XProblem("not_found", tweet_id, f"Could not find tweet with ids: [{tweet_id}].")


class TestIds:
    def test_are_those_that_a_report_of_several_handles_has_without_one(self) -> None:
        mixed = spec_of(Tweet("1", None), Tweet("2", "@ACME"), Tweet("3", None))
        public = spec_of(Tweet("4", None), handles=())
        assert ids_without_owner([mixed, public, spec_of(Tweet("3", None), Tweet("5", None))]) == ["1", "3", "5"]

    def test_are_looked_up_by_the_app_and_then_by_the_owners_who_may_see_more(self) -> None:
        handles = ("@ACME", "@acme_help")
        assert look_up_signers(handles, BOTH) == [APP, Signer("@ACME"), HELP]
        assert look_up_signers(handles, NO_BEARER) == [Signer("@ACME"), HELP]
        assert look_up_signers(handles, Credentials(bearer_token="bearer")) == [APP]
        assert look_up_signers(handles, Credentials(tokens=TOKENS)) == []


class TestLookUp:
    def test_goes_a_hundred_a_call_and_keeps_each_answer_as_it_comes(self) -> None:
        ids = [str(n) for n in range(1, 251)]
        parts = [ids[:100], ids[100:200], ids[200:]]
        api = Api([posts(dict.fromkeys(part, "12")) for part in parts])
        assert api.look_up(ids, APP, ACME) == {}
        assert api.asked == [(APP, part) for part in parts]
        assert api.kept == [(part, []) for part in parts]

    def test_of_a_tweet_that_x_does_not_know_asks_nobody_else(self) -> None:
        api = Api([posts({"1": "12"}, not_found("2"))])
        assert api.look_up(["1", "2"], APP, ACME) == {"2": NO_SUCH_TWEET}
        assert api.kept == [(["1"], ["2"])]

    def test_asks_the_owners_for_what_the_app_may_not_see(self) -> None:
        kept_back = XProblem("protected", "2", "Sorry, you are not authorized to see the Tweet with ids: [2].")
        api = Api([posts({"1": "12"}, kept_back), posts({}, kept_back), posts({"2": "13"})])
        assert api.look_up(["1", "2"], APP, ACME, HELP) == {}
        assert api.kept == [(["1"], []), ([], []), (["2"], [])]
        assert api.asked == [(APP, ["1", "2"]), (ACME, ["2"]), (HELP, ["2"])]

    @pytest.mark.parametrize(
        ("kind", "reason"),
        [
            ("protected", Reason.NOT_AUTHORIZED),
            ("forbidden", Reason.NOT_AUTHORIZED),
            ("suspended", Reason.UNAVAILABLE),
            ("other", Reason.CALL_FAILED),
        ],
    )
    def test_that_fails_for_a_tweet_says_why(self, kind: ProblemKind, reason: Reason) -> None:
        failed = reason is Reason.CALL_FAILED
        told = Obstacle(reason, "the owner could not be looked up: Sorry, not …", is_failure=failed)
        api = Api([posts({}, XProblem(kind, "1234567890", "Sorry, not 1234567890"))])
        assert api.look_up(["1234567890"], APP) == {"1234567890": told}

    @pytest.mark.parametrize(
        ("error", "reason"),
        [
            (XUnauthorizedError("status 401"), Reason.NOT_AUTHORIZED),
            (XRefusedError(403, "status 403"), Reason.NOT_AUTHORIZED),
            (XRefusedError(400, "status 400"), Reason.CALL_FAILED),
            (XBusyError(None, "usage capped"), Reason.CALL_FAILED),
            (NoReplyError("no answer in time"), Reason.CALL_FAILED),
        ],
    )
    def test_that_fails_as_a_whole_says_why_and_goes_on_as_the_next_signer(
        self, error: Exception, reason: Reason
    ) -> None:
        ids = [str(n) for n in range(1, 151)]
        told = Obstacle(reason, f"the owner could not be looked up: {error}", is_failure=True)
        failed = Api([error])
        assert failed.look_up(ids, APP) == dict.fromkeys(ids, told)
        assert len(failed.asked) == 1
        helped = Api([error, posts(dict.fromkeys(ids[:100], "12")), posts(dict.fromkeys(ids[100:], "12"))])
        assert helped.look_up(ids, APP, ACME) == {}
        assert helped.kept == [(ids[:100], []), (ids[100:], [])]

    def test_that_a_credential_is_refused_for_does_not_hide_what_x_said_of_a_tweet(self) -> None:
        kept_back = XProblem("protected", "1", "Sorry")
        api = Api([posts({}, kept_back), XUnauthorizedError("status 401")])
        assert api.look_up(["1"], APP, ACME)["1"] == Obstacle(
            Reason.NOT_AUTHORIZED, "the owner could not be looked up: Sorry"
        )

    def test_without_a_credential_is_not_authorized(self) -> None:
        assert Api([]).look_up(["1"]) == {"1": NO_CREDENTIAL}


class TestOwners:
    def test_are_written_as_the_report_file_has_them_and_bring_their_labels(self) -> None:
        labels = {"@ACME": {"market": "US"}}
        spec = replace(spec_of(Tweet("1", None, labels={"campaign": "x"})), handle_labels=labels)
        (tweet,) = with_owners(spec, {"1": Account("@Acme", ("@acme",))}, BOTH, OWNER_UNKNOWN).tweets
        assert tweet == Tweet("1", "@ACME", labels={"campaign": "x", "market": "US"})

    def test_that_were_renamed_are_known_by_their_old_handle(self) -> None:
        (tweet,) = with_owners(
            spec_of(Tweet("1", None)), {"1": Account("@acme_new", ("@acme_new", "@acme"))}, BOTH, OWNER_UNKNOWN
        ).tweets
        assert (tweet.handle, tweet.obstacle) == ("@ACME", None)

    def test_whom_the_file_does_not_name_sign_where_their_token_is_there(self) -> None:
        shop = replace(BOTH, tokens={**TOKENS, "ACME_SHOP": ("token", "secret")})
        (tweet,) = with_owners(
            spec_of(Tweet("1", None)), {"1": Account("@Acme_Shop", ("@acme_shop",))}, shop, OWNER_UNKNOWN
        ).tweets
        assert tweet == Tweet("1", "@acme_shop")

    @pytest.mark.parametrize(
        ("endpoint", "credentials", "only_private"),
        [(HISTORICAL, BOTH, False), (TOTALS, BOTH, True), (TOTALS, NO_BEARER, False)],
    )
    def test_without_a_token_are_not_authorized_or_public_on_totals(
        self, endpoint: Endpoint, credentials: Credentials, only_private: bool
    ) -> None:
        spec = spec_of(Tweet("1", None), endpoint=endpoint)
        (tweet,) = with_owners(spec, {"1": Account("@Globex", ("@globex",))}, credentials, OWNER_UNKNOWN).tweets
        detail = "there is no access token for @globex, the owner"
        assert tweet == Tweet("1", "@globex").behind(Obstacle(Reason.NOT_AUTHORIZED, detail, only_private))

    @pytest.mark.parametrize(("endpoint", "only_private"), [(HISTORICAL, False), (TOTALS, True)])
    def test_who_took_the_name_of_a_handle_are_not_that_handle(self, endpoint: Endpoint, only_private: bool) -> None:
        spec = spec_of(Tweet("1", None), endpoint=endpoint)
        (tweet,) = with_owners(spec, {"1": Account("@Acme", ())}, BOTH, OWNER_UNKNOWN).tweets
        told = "posted by another account, which is called @Acme now"
        assert tweet == Tweet("1", None).behind(Obstacle(Reason.NOT_AUTHORIZED, told, only_private))

    def test_who_took_the_name_of_a_handle_are_known_by_the_one_that_means_them(self) -> None:
        owners = {"1": Account("@Acme", ("@acme_help",))}
        (tweet,) = with_owners(spec_of(Tweet("1", None)), owners, BOTH, OWNER_UNKNOWN).tweets
        assert tweet == Tweet("1", "@acme_help")

    def test_whom_a_file_of_tweets_tells_are_treated_alike(self) -> None:
        spec = spec_of(Tweet("1", "@Globex"), Tweet("2", "@ACME"), endpoint=HISTORICAL)
        globex, acme = with_owners(spec, {}, BOTH, OWNER_UNKNOWN).tweets
        assert globex.obstacle == Obstacle(Reason.NOT_AUTHORIZED, "there is no access token for @Globex, the owner")
        assert acme.obstacle is None

    def test_that_the_report_file_names_have_to_have_their_token_as_ever(self) -> None:
        spec = spec_of(Tweet("1", None), endpoint=HISTORICAL)
        (tweet,) = with_owners(spec, {"1": Account("@acme", ("@acme",))}, Credentials(), OWNER_UNKNOWN).tweets
        assert tweet == Tweet("1", "@ACME")

    def test_that_are_not_known_leave_their_reason(self) -> None:
        spec = spec_of(Tweet("1", None), Tweet("2", None))
        unknown, not_asked = with_owners(spec, {"1": NO_SUCH_TWEET}, BOTH, OWNER_UNKNOWN).tweets
        assert (unknown.handle, unknown.obstacle) == (None, NO_SUCH_TWEET)
        assert not_asked.obstacle == replace(OWNER_UNKNOWN, only_private=True)

    def test_do_not_matter_to_a_report_without_handles_or_with_one(self) -> None:
        for spec in (spec_of(Tweet("1", None), handles=()), spec_of(Tweet("1", "@acme"), handles=("@acme",))):
            assert with_owners(spec, {"1": Account("@Globex", ("@globex",))}, BOTH, OWNER_UNKNOWN) == spec
