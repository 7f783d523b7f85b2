"""Posts by their ids: whose they are, and which are not there."""

import pytest
import requests

from reportgen.simulator.faults import Faults
from reportgen.simulator.server import Simulator, serve
from reportgen.simulator.world import World
from tests.simulator.x.asking import ask, problems, signed_by, told

VIRAL = "2120562194641846273"
HELP = "2117632892728246273"
DELETED = "2120192257029046273"
TEXT = "Somebody proposed with our mug, the ring in its lid. Free coffee until the silver wedding. 💍"


def test_a_post_has_its_id_its_text_and_its_edits(friendly: Simulator) -> None:
    answer = ask(friendly, "/2/tweets", ids=VIRAL)
    assert (answer.status_code, answer.json()) == (
        200,
        {"data": [{"id": VIRAL, "text": TEXT, "edit_history_post_ids": [VIRAL]}]},
    )


def test_the_expansion_of_authors_tells_whose_each_is(friendly: Simulator) -> None:
    fields = {"post__fields": "created_at", "expansions": "author_id", "user__fields": "protected"}
    body = ask(friendly, "/2/tweets", ids=f"{HELP},{VIRAL},{HELP}", **fields).json()
    assert [(post["id"], post["author_id"], post["created_at"]) for post in body["data"]] == [
        (HELP, "3190572284", "2026-11-03T15:00:00.000Z"),
        (VIRAL, "2794461350", "2026-11-11T17:00:00.000Z"),
    ]
    assert body["includes"] == {
        "users": [
            {"id": "3190572284", "name": "Acme Help", "username": "acme_help", "protected": False},
            {"id": "2794461350", "name": "Acme Coffee Outdoors", "username": "acme", "protected": False},
        ]
    }


def test_what_is_gone_or_was_never_there_is_a_problem_beside_the_others(world: World) -> None:
    faults = Faults(deleted_tweet_ids=(HELP,))
    with serve(world, faults=faults) as simulator:
        answer = ask(simulator, "/2/tweets", ids=f"{VIRAL},{DELETED},{HELP},12,9999999999999999999")
    assert [post["id"] for post in answer.json()["data"]] == [VIRAL]
    assert problems(answer) == [
        ("resource-not-found", "Not Found Error", f"Could not find tweet with ids: [{tweet_id}].")
        for tweet_id in (DELETED, HELP, "12", "9999999999999999999")
    ]


def test_one_deleted_among_a_hundred_leaves_ninety_nine(world: World) -> None:
    ids = [tweet.id for tweet in world.tweets if tweet.handle == "@acme_status"][-100:]
    with serve(world, faults=Faults(deleted_tweet_ids=(ids[40],))) as simulator:
        answer = ask(simulator, "/2/tweets", ids=",".join(ids))
        (call,) = simulator.x_calls
    assert [post["id"] for post in answer.json()["data"]] == ids[:40] + ids[41:]
    assert len(problems(answer)) == 1
    assert call.posts == 99


@pytest.mark.parametrize("faults", [Faults(protected_handles=("@acme",)), Faults(protected_tweet_ids=(VIRAL,))])
def test_a_protected_post_is_for_its_owner_alone(world: World, faults: Faults) -> None:
    with serve(world, faults=faults) as simulator:
        ours, app, other = (ask(simulator, "/2/tweets", signer, ids=VIRAL) for signer in ("@acme", None, "@acme_help"))
    assert ours.json()["data"][0]["id"] == VIRAL
    for answer in (app, other):
        assert list(answer.json()) == ["errors"]
        assert problems(answer) == [
            (
                "not-authorized-for-resource",
                "Authorization Error",
                f"Sorry, you are not authorized to see the Tweet with ids: [{VIRAL}].",
            )
        ]


def test_the_posts_of_a_suspended_user_are_not_found_by_either_api(world: World) -> None:
    with serve(world, faults=Faults(suspended_handles=("@acme",))) as simulator:
        answer = ask(simulator, "/2/tweets", ids=f"{VIRAL},{HELP}")
        assert [post["id"] for post in answer.json()["data"]] == [HELP]
        assert problems(answer) == [
            ("resource-not-found", "Not Found Error", f"Could not find tweet with ids: [{VIRAL}].")
        ]
        body = {
            "tweet_ids": [VIRAL, HELP],
            "engagement_types": ["favorites"],
            "groupings": {"g": {"group_by": ["tweet.id"]}},
        }
        with requests.Session() as session:
            session.trust_env = False
            counted = session.post(f"{simulator.url}/totals", json=body, **signed_by(world, None)).json()
    assert (counted["unavailable_tweet_ids"], list(counted["g"])) == ([VIRAL], [HELP])


def test_texts_are_written_as_in_html_but_for_quotes(world: World, friendly: Simulator) -> None:
    marked = {tweet.id: tweet.text for tweet in world.tweets if tweet.handle == "@acme_status" and "<" in tweet.text}
    ids = list(marked)[:100]
    for post in ask(friendly, "/2/tweets", ids=",".join(ids)).json()["data"]:
        text = marked[post["id"]]
        assert post["text"] == text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert any("<b>" in text for text in marked.values())


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({}, "The `ids` query parameter can not be empty"),
        ({"ids": "1,2.11763E+18"}, "The `ids` query parameter value [2.11763E+18] does not match ^[0-9]{1,19}$"),
        ({"ids": "1,"}, "The `ids` query parameter value [] does not match ^[0-9]{1,19}$"),
        (
            {"ids": ",".join(map(str, range(1, 102)))},
            "The number of values in the `ids` query parameter list [101] is not between 1 and 100",
        ),
        (
            {"ids": "1", "tweet__fields": "author_id"},
            (
                "The query parameter [tweet.fields] is not one of "
                "[ids,post.fields,expansions,user.fields,media.fields,poll.fields,place.fields]"
            ),
        ),
    ],
)
def test_a_wrong_parameter_is_refused_and_told(friendly: Simulator, query: dict[str, str], message: str) -> None:
    assert told(ask(friendly, "/2/tweets", **query)) == message


@pytest.mark.parametrize(
    "parameter", ["post__fields", "user__fields", "media__fields", "poll__fields", "place__fields"]
)
def test_a_field_that_is_not_known_is_refused(friendly: Simulator, parameter: str) -> None:
    message = told(ask(friendly, "/2/tweets", **{"ids": "1", parameter: "author_id"}))
    name = parameter.replace("__", ".")
    assert message.startswith(f"The `{name}` query parameter value [author_id] is not one of [")
