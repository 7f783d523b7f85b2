"""What is kept for a pair of addresses, and what credentials take from it."""

from __future__ import annotations

import json

import pytest

from reportgen.credentials import Credentials
from reportgen.safe.kept import NOTHING, Kept, KeptApp, KeptToken, json_of, kept_from
from tests.leaks.known import made_up

APP = KeptApp(*map(made_up, ("kept-key", "kept-secret", "kept-bearer")))
ACME = KeptToken(made_up("kept-token"), "kept-token-secret", APP.name)
KEPT = Kept(APP, {"ACME": ACME})


def test_it_is_one_document() -> None:
    assert KEPT.as_json() == {
        "version": 1,
        "app": {"consumer_key": "kept-key", "consumer_secret": "kept-secret", "bearer_token": "kept-bearer"},
        "tokens": {
            "@acme": {"access_token": "kept-token", "access_token_secret": "kept-token-secret", "app": APP.name}
        },
    }
    assert kept_from(json.loads(json.dumps(KEPT.as_json()))) == KEPT
    assert kept_from(json.loads(json.dumps(NOTHING.as_json()))) == NOTHING


def test_handles_come_and_go_whatever_their_letters() -> None:
    assert NOTHING.with_token("@Acme_Help", ACME).tokens == {"ACME_HELP": ACME}
    assert KEPT.without("@aCmE") == Kept(APP)


def test_it_fills_what_credentials_lack() -> None:
    filled = KEPT.fill(Credentials())
    assert filled == Credentials(
        "kept-key", "kept-secret", "kept-bearer", {"ACME": ("kept-token", "kept-token-secret")}
    )


def test_what_is_set_wins() -> None:
    own = Credentials("kept-key", "kept-secret", "own-bearer", {"ACME": ("own-token", "own-secret")})
    assert KEPT.fill(own) == own


def test_what_was_issued_for_another_app_stays_out() -> None:
    other = Credentials("other-key", "other-secret")
    assert KEPT.fill(other) == other


def test_a_bearer_token_that_is_set_leaves_the_kept_key_to_sign() -> None:
    assert Kept(APP).fill(Credentials(bearer_token="own")) == Credentials("kept-key", "kept-secret", "own")


def test_tokens_without_their_app_are_of_no_use() -> None:
    assert Kept(None, {"ACME": ACME}).fill(Credentials()) == Credentials()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("hush-hush", "it is not JSON"),
        ("[" * 100_000, "it is not JSON"),
        ("[]", "it is not what reportgen keeps"),
        ('{"app": "hush"}', "it is not what reportgen keeps"),
        ('{"version": 2}', "another version of reportgen wrote it"),
        ('{"version": 1, "app": null, "tokens": []}', "it is not what reportgen keeps"),
        ('{"version": 1, "app": {"consumer_key": "hush"}, "tokens": {}}', "it is not what reportgen keeps"),
        *(
            (
                (
                    f'{{"version": 1, "app": null, "tokens": {{"{handle}": '
                    '{"access_token": "t", "access_token_secret": "s", "app": "a"}}}'
                ),
                "it is not what reportgen keeps",
            )
            for handle in ("\\ud800", "@a b", "", "@x;curl|sh", "acme")
        ),
        (
            '{"version": 1, "app": null, "tokens": {"@a": {"access_token": 1, "access_token_secret": "h"}}}',
            "it is not what reportgen keeps",
        ),
    ],
)
def test_what_is_no_such_document_is_told_and_not_repeated(text: str, why: str) -> None:
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - its whole text is compared
        kept_from(json_of(text))
    assert str(raised.value) == why


def test_nothing_of_it_is_in_a_repr() -> None:
    assert "kept-" not in repr(KEPT) + repr(APP) + repr(ACME)
