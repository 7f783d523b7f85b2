"""Answers of the X API v2, read: users, tweets, and a reason for whatever did not come."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reportgen.api.bodies import Body
from reportgen.api.reply import NoReplyError
from reportgen.api.x.answers import read_me, read_posts, read_timeline, read_users
from reportgen.api.x.model import Posts, ProblemKind, Users, XPost, XProblem, XUser

TWEET = "2117270504862646273"
POSTED = datetime(2026, 11, 2, 15, tzinfo=UTC)
"""By the id."""
ACME = {"id": "2244994945", "name": "Acme", "username": "Acme"}
POST = {"id": TWEET, "author_id": "2244994945", "text": "Hello", "created_at": "2026-11-02T15:00:01.000Z"}
CREATED = datetime(2026, 11, 2, 15, 0, 1, tzinfo=UTC)
TYPES = ("https://api.x.com/2/problems/", "https://api.twitter.com/2/problems/")


def problem(kind: str, value: str, detail: str, types: str = TYPES[0], **more: object) -> dict[str, object]:
    return {"type": types + kind, "title": "A Problem", "detail": detail, "value": value, **more}


class TestUsers:
    def test_are_those_of_the_handles_as_the_vendor_spells_them_and_in_their_order(self) -> None:
        body = {"data": [{"id": "7", "username": "Globex", "protected": True}, ACME]}
        assert read_users(body, ["acme", "@GLOBEX"]) == Users(
            (XUser("2244994945", "@Acme"), XUser("7", "@Globex", is_protected=True))
        )

    @pytest.mark.parametrize("types", TYPES)
    @pytest.mark.parametrize(
        ("kind", "type_of_problem", "detail"),
        [
            ("not_found", "resource-not-found", "Could not find user with usernames: [Gone]."),
            ("suspended", "resource-not-found", "User has been suspended: [Gone]."),
            ("protected", "not-authorized-for-resource", "Sorry, you are not authorized to see the user: [Gone]."),
            ("forbidden", "disallowed-resource", "Not for you."),
            ("other", "internal-error", "Something went wrong."),
        ],
    )
    def test_that_did_not_come_have_their_reason(
        self, kind: ProblemKind, type_of_problem: str, detail: str, types: str
    ) -> None:
        body = {"data": [ACME], "errors": [problem(type_of_problem, "Gone", detail, types)]}
        assert read_users(body, ["@acme", "@gone"]) == Users(
            (XUser("2244994945", "@Acme"),), (XProblem(kind, "@gone", detail),)
        )

    def test_that_nothing_is_said_of_have_a_problem_too(self) -> None:
        unsaid = "the X API's answer says nothing of it"
        assert read_users({}, ["@a", "@b"]).problems == (
            XProblem("other", "@a", unsaid),
            XProblem("other", "@b", unsaid),
        )

    def test_that_nobody_asked_for_are_left_out(self) -> None:
        assert read_users({"data": [ACME, {"id": "7", "username": "Globex"}]}, ["@acme"]).users == (
            XUser("2244994945", "@Acme"),
        )

    def test_that_came_have_no_problem(self) -> None:
        field = problem("not-authorized-for-field", "acme", "no field for you")
        assert read_users({"data": [ACME], "errors": [field]}, ["@acme"]).problems == ()

    def test_are_told_by_the_problems_text_where_it_names_no_value(self) -> None:
        said = {"type": "about:blank", "detail": "User has been suspended: [gone]."}
        assert read_users({"errors": [said]}, ["@Gone"]).problems == (
            XProblem("suspended", "@Gone", "User has been suspended: [gone]."),
        )

    def test_tell_how_many_tweets_they_have(self) -> None:
        told = {**ACME, "public_metrics": {"followers_count": 9, "post_count": 3_201}}
        assert read_me({"data": told}).posts == 3_201
        assert read_me({"data": {**ACME, "public_metrics": {}}}).posts is None

    @pytest.mark.parametrize("count", [-1, "12", 1.5, True])
    def test_with_a_count_that_is_none_are_damaged(self, count: object) -> None:
        with pytest.raises(NoReplyError, match="post_count is not a count"):
            read_me({"data": {**ACME, "public_metrics": {"post_count": count}}})

    def test_of_a_token_are_one(self) -> None:
        assert read_me({"data": ACME}) == XUser("2244994945", "@Acme")


class TestPosts:
    def test_are_those_of_the_ids_in_their_order_with_their_owners(self) -> None:
        other = {"id": "2117270504862646274", "author_id": "7", "text": "World"}
        body = {"data": [other, POST], "includes": {"users": [ACME, {"id": "7", "username": "globex"}]}}
        read = read_posts(body, [TWEET, "2117270504862646274"])
        assert read.posts == (
            XPost(TWEET, "2244994945", CREATED, "Hello"),
            XPost("2117270504862646274", "7", POSTED, "World"),
        )
        assert read.users == (XUser("2244994945", "@Acme"), XUser("7", "@globex"))
        assert read.problems == ()

    def test_that_are_gone_have_their_reason(self) -> None:
        gone = problem("resource-not-found", "12", "Could not find tweet with ids: [12].", resource_id="12")
        read = read_posts({"data": [POST], "errors": [gone]}, ["12", TWEET])
        assert [post.id for post in read.posts] == [TWEET]
        assert read.problems == (XProblem("not_found", "12", "Could not find tweet with ids: [12]."),)

    def test_a_problem_of_something_else_is_told_beside_them(self) -> None:
        author = problem("resource-not-found", "2244994945", "Could not find user with id: [2244994945].")
        read = read_posts({"data": [POST], "errors": [author]}, [TWEET])
        assert read.problems == (XProblem("not_found", "2244994945", "Could not find user with id: [2244994945]."),)

    @pytest.mark.parametrize(
        ("written", "read"),
        [
            ("Tom &amp; Jerry &lt;3 &gt; all", "Tom & Jerry <3 > all"),
            ("&amp;lt; &quot;", "&lt; &quot;"),
            ("two\nlines\tand \x00\x1b[31m", "two\nlines\tand \ufffd\ufffd[31m"),
            ("", ""),
        ],
    )
    def test_have_their_text_as_people_read_it(self, written: str, read: str) -> None:
        (post,) = read_posts({"data": [POST | {"text": written}]}, [TWEET]).posts
        assert post.text == read


class TestTimeline:
    def test_is_a_page_with_the_way_to_the_next(self) -> None:
        body = {"data": [POST], "includes": {"users": [ACME]}, "meta": {"result_count": 1, "next_token": "7140"}}
        assert read_timeline(body, "2244994945") == Posts(
            (XPost(TWEET, "2244994945", CREATED, "Hello"),), (XUser("2244994945", "@Acme"),), (), "7140"
        )

    def test_may_be_empty_where_the_vendor_says_so(self) -> None:
        assert read_timeline({"meta": {"result_count": 0}}, "7") == Posts(())

    @pytest.mark.parametrize(
        ("kind", "detail"),
        [
            ("protected", "Sorry, you are not authorized to see the user with id: [7]."),
            ("suspended", "User has been suspended: [7]."),
        ],
    )
    def test_that_cant_be_read_has_a_problem_about_the_account(self, kind: ProblemKind, detail: str) -> None:
        said = problem("not-authorized-for-resource", "7", detail, resource_id="7")
        assert read_timeline({"errors": [said]}, "7") == Posts((), (), (XProblem(kind, "7", detail),))

    @pytest.mark.parametrize("body", [{}, {"data": []}, {"meta": {}}, {"data": [], "meta": {"result_count": 5}}])
    def test_that_is_silent_does_not_pass_for_an_empty_one(self, body: Body) -> None:
        with pytest.raises(NoReplyError, match=r"^the X API's answer is damaged: data is not there$"):
            read_timeline(body, "7")

    def test_of_somebody_else_is_damage(self) -> None:
        with pytest.raises(NoReplyError, match=r"^the X API's answer is damaged: author_id is not the account's$"):
            read_timeline({"data": [POST], "meta": {"result_count": 1}}, "7")


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ({"id": 2117270504862646273}, "id is not an id"),
        ({"id": "2.11763E+18"}, "id is not an id"),
        ({"id": "0123"}, "id is not an id"),
        ({"id": "9223372036854775808"}, "id is not an id"),
        ({"id": "٣"}, "id is not an id"),
        ({"id": None}, "id is not an id"),
        ({"author_id": 7}, "author_id is not an id"),
        ({"author_id": None}, "author_id is not an id"),
        ({"text": ["Hello"]}, "text is not text"),
        ({"created_at": 1762086393}, "created_at is not an instant"),
        ({"created_at": "yesterday"}, "created_at is not an instant"),
    ],
)
def test_a_damaged_tweet_is_no_answer(part: Body, told: str) -> None:
    with pytest.raises(NoReplyError, match=rf"^the X API's answer is damaged: {told}$"):
        read_posts({"data": [{**POST, **part}]}, [TWEET])


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"data": {}}, "data is not a list of objects"),
        ({"data": ["acme"]}, "data is not a list of objects"),
        ({"data": [ACME | {"username": "ac me"}]}, "username is not a handle"),
        ({"data": [ACME | {"protected": "no"}]}, "protected is not true or false"),
        ({"data": [ACME], "errors": {}}, "errors is not a list of objects"),
    ],
)
def test_damaged_users_are_no_answer(body: Body, told: str) -> None:
    with pytest.raises(NoReplyError, match=rf"^the X API's answer is damaged: {told}$"):
        read_users(body, ["@acme"])


@pytest.mark.parametrize(
    "part", [{"meta": []}, {"meta": {"next_token": 7}}, {"meta": {"next_token": ""}}, {"includes": []}]
)
def test_a_damaged_page_is_no_answer(part: Body) -> None:
    with pytest.raises(NoReplyError, match=r"^the X API's answer is damaged: "):
        read_timeline({"data": [POST], "meta": {"result_count": 1}, **part}, "2244994945")
