"""Who is who: users by their names, and the one who signs."""

import pytest

from reportgen.simulator.faults import Faults
from reportgen.simulator.server import Simulator, serve
from reportgen.simulator.world import World
from tests.simulator.x.asking import ask, problems, told

ACME = {"id": "2794461350", "name": "Acme Coffee Outdoors", "username": "acme"}
HELP = {"id": "3190572284", "name": "Acme Help", "username": "acme_help"}
GLOBEX = {"id": "2801139467", "name": "Globex Camping", "username": "globex"}


def test_names_are_found_in_the_order_asked_whatever_their_capitals_and_each_once(friendly: Simulator) -> None:
    answer = ask(friendly, "/2/users/by", usernames="globex,ACME,globex")
    assert (answer.status_code, answer.json()) == (200, {"data": [GLOBEX, ACME]})


def test_a_name_that_nobody_bears_is_a_problem_beside_the_others(friendly: Simulator) -> None:
    answer = ask(friendly, "/2/users/by", usernames="acme,nobody")
    assert answer.json() == {
        "data": [ACME],
        "errors": [
            {
                "type": "https://api.x.com/2/problems/resource-not-found",
                "title": "Not Found Error",
                "detail": "Could not find user with usernames: [nobody].",
                "resource_type": "user",
                "parameter": "usernames",
                "resource_id": "nobody",
                "value": "nobody",
            }
        ],
    }


def test_where_nobody_is_found_there_is_no_data(friendly: Simulator) -> None:
    assert list(ask(friendly, "/2/users/by", usernames="nobody").json()) == ["errors"]


def test_fields_are_told_when_asked_for(friendly: Simulator) -> None:
    answer = ask(friendly, "/2/users/by", usernames="acme", user__fields="protected,created_at,location")
    assert answer.json()["data"] == [{**ACME, "protected": False, "created_at": "2014-09-06T09:00:00.000Z"}]


def test_a_user_tells_how_many_posts_there_are_without_those_that_are_deleted(
    world: World, friendly: Simulator
) -> None:
    there = sum(tweet.handle == "@acme" and world.is_available(tweet) for tweet in world.tweets)
    answer = ask(friendly, "/2/users/by", usernames="acme,acme_shop", user__fields="public_metrics")
    counts = [user["public_metrics"]["post_count"] for user in answer.json()["data"]]
    assert counts == [there, 0]


def test_a_protected_user_is_found_and_says_so(world: World) -> None:
    with serve(world, faults=Faults(protected_handles=("@globex",))) as simulator:
        answer = ask(simulator, "/2/users/by", usernames="acme,globex", user__fields="protected")
    assert [user["protected"] for user in answer.json()["data"]] == [False, True]


@pytest.mark.parametrize(("path", "parameter"), [("/2/users/by", "usernames"), ("/2/users/by/username/acme", "")])
def test_a_suspended_user_is_a_problem_in_the_vendors_words(world: World, path: str, parameter: str) -> None:
    query = {parameter: "acme"} if parameter else {}
    with serve(world, faults=Faults(suspended_handles=("@acme",))) as simulator:
        answer = ask(simulator, path, **query)
    assert problems(answer) == [("resource-not-found", "Forbidden", "User has been suspended: [acme].")]
    assert "data" not in answer.json()


def test_a_renamed_user_is_found_under_the_new_name_alone_with_the_same_id(world: World) -> None:
    with serve(world, faults=Faults(renamed_handles={"@acme": "@Acme_Coffee"})) as simulator:
        answer = ask(simulator, "/2/users/by", usernames="acme,acme_coffee")
        me = ask(simulator, "/2/users/me", "@acme")
    assert answer.json()["data"] == [{**ACME, "username": "Acme_Coffee"}]
    assert problems(answer) == [
        ("resource-not-found", "Not Found Error", "Could not find user with usernames: [acme].")
    ]
    assert me.json() == {"data": {**ACME, "username": "Acme_Coffee"}}


def test_one_user_can_be_asked_for(friendly: Simulator) -> None:
    assert ask(friendly, "/2/users/by/username/Acme_Help").json() == {"data": HELP}
    answer = ask(friendly, "/2/users/by/username/nobody")
    assert (answer.status_code, problems(answer)) == (
        200,
        [("resource-not-found", "Not Found Error", "Could not find user with username: [nobody].")],
    )


def test_a_user_is_told_who_they_are_and_the_app_is_not(friendly: Simulator) -> None:
    assert ask(friendly, "/2/users/me", "@acme_help").json() == {"data": HELP}
    answer = ask(friendly, "/2/users/me")
    assert (answer.status_code, answer.json()["title"]) == (403, "Unsupported Authentication")


@pytest.mark.parametrize(
    ("path", "query", "message"),
    [
        ("/2/users/by", {}, "The `usernames` query parameter can not be empty"),
        ("/2/users/by", {"usernames": ""}, "The `usernames` query parameter can not be empty"),
        (
            "/2/users/by",
            {"usernames": "acme,@globex"},
            "The `usernames` query parameter value [@globex] does not match ^[A-Za-z0-9_]{1,15}$",
        ),
        (
            "/2/users/by/username/a-b",
            {},
            "The `username` path parameter value [a-b] does not match ^[A-Za-z0-9_]{1,15}$",
        ),
        (
            "/2/users/by",
            {"usernames": ",".join(f"user_{n}" for n in range(101))},
            "The number of values in the `usernames` query parameter list [101] is not between 1 and 100",
        ),
        (
            "/2/users/me",
            {"ids": "1"},
            "The query parameter [ids] is not one of [user.fields,expansions,post.fields]",
        ),
        (
            "/2/users/me",
            {"expansions": "author_id"},
            (
                "The `expansions` query parameter value [author_id] is not one of "
                "[affiliation,most_recent_post_id,pinned_post_id]"
            ),
        ),
    ],
)
def test_a_wrong_parameter_is_refused_and_told(
    friendly: Simulator, path: str, query: dict[str, str], message: str
) -> None:
    assert told(ask(friendly, path, "@acme", **query)) == message


def test_a_hundred_names_are_looked_up_at_once(friendly: Simulator) -> None:
    names = ["acme", *(f"user_{n}" for n in range(99))]
    answer = ask(friendly, "/2/users/by", usernames=",".join(names))
    assert (len(answer.json()["data"]), len(problems(answer))) == (1, 99)
