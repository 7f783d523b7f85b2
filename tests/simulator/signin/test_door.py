"""Signing in over HTTP, as `reportgen auth` and a browser do it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

import pytest
import requests
from requests_oauthlib import OAuth1, OAuth1Session

from reportgen.simulator.faults import Faults
from reportgen.simulator.server import Simulator, serve
from reportgen.simulator.signin.pins import LASTS
from reportgen.simulator.world import World

WORLD = World(1, datetime(2026, 11, 16, 12, tzinfo=UTC))
APP = WORLD.app
CLOCK = 1_794_830_400.0


class Clock:
    """A clock of ours."""

    now = CLOCK

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def simulator(clock: Clock) -> Iterator[Simulator]:
    faults = Faults(renamed_handles={"@acme_help": "@acme_care"}, suspended_handles=("@acme_shop",))
    with serve(WORLD, clock=clock, faults=faults) as running:
        yield running


@pytest.fixture
def browser() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        yield session


def app(**more: Any) -> OAuth1Session:
    credentials: dict[str, Any] = {"client_secret": APP.consumer_secret, **more}
    session = OAuth1Session(APP.consumer_key, **credentials)
    session.trust_env = False
    return session


def begun(simulator: Simulator) -> dict[str, str]:
    token: dict[str, str] = app(callback_uri="oob").fetch_request_token(f"{simulator.origin}/oauth/request_token")
    return token


def the_pin(simulator: Simulator, browser: requests.Session, token: dict[str, str], handle: str = "@acme") -> str:
    form = {"oauth_token": token["oauth_token"], "handle": handle}
    page = browser.post(f"{simulator.origin}/oauth/authorize", data=form)
    assert page.status_code == 200
    (pin,) = re.findall(r"<output>(\d+)</output>", page.text)
    return str(pin)


def redeemed(simulator: Simulator, token: dict[str, str], pin: str) -> requests.Response:
    session = app(
        resource_owner_key=token["oauth_token"], resource_owner_secret=token["oauth_token_secret"], verifier=pin
    )
    return session.post(f"{simulator.origin}/oauth/access_token")


def test_a_user_signs_in_with_a_pin_and_gets_a_token_that_works(
    simulator: Simulator, browser: requests.Session
) -> None:
    token = begun(simulator)
    assert token["oauth_callback_confirmed"] == "true"
    answer = redeemed(simulator, token, the_pin(simulator, browser, token))
    assert answer.headers["Content-Type"] == "application/x-www-form-urlencoded; charset=utf-8"
    acme = WORLD.account("@acme")
    given = {name: values[0] for name, values in parse_qs(answer.text).items()}
    assert given == {
        "oauth_token": acme.access_token,
        "oauth_token_secret": acme.access_token_secret,
        "user_id": "2794461350",
        "screen_name": "acme",
    }
    auth = OAuth1(APP.consumer_key, APP.consumer_secret, given["oauth_token"], given["oauth_token_secret"])
    assert browser.get(f"{simulator.origin}/2/users/me", auth=auth).json()["data"]["username"] == "acme"


def test_a_callback_and_a_verifier_may_come_in_a_form(simulator: Simulator, browser: requests.Session) -> None:
    answer = app().post(f"{simulator.origin}/oauth/request_token", data={"oauth_callback": "oob"})
    token = {name: values[0] for name, values in parse_qs(answer.text).items()}
    pin = the_pin(simulator, browser, token)
    session = app(resource_owner_key=token["oauth_token"], resource_owner_secret=token["oauth_token_secret"])
    answer = session.post(f"{simulator.origin}/oauth/access_token", data={"oauth_verifier": pin})
    assert parse_qs(answer.text)["screen_name"] == ["acme"]


def test_the_page_offers_the_brands_accounts_under_their_present_names(
    simulator: Simulator, browser: requests.Session
) -> None:
    token = begun(simulator)
    page = browser.get(f"{simulator.origin}/oauth/authorize", params={"oauth_token": token["oauth_token"]})
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "<h1>Authorize reportgen?</h1>" in page.text
    assert re.findall(r"Authorize as (@\w+)", page.text) == ["@acme", "@acme_care", "@acme_status"]


def test_a_renamed_account_signs_in_under_its_new_name(simulator: Simulator, browser: requests.Session) -> None:
    token = begun(simulator)
    answer = redeemed(simulator, token, the_pin(simulator, browser, token, "@acme_help"))
    given = parse_qs(answer.text)
    assert (given["screen_name"], given["user_id"]) == (["acme_care"], ["3190572284"])


@pytest.mark.parametrize("handle", ["@globex", "@acme_shop", "@nobody", ""])
def test_nobody_authorizes_for_an_account_that_is_not_offered(
    simulator: Simulator, browser: requests.Session, handle: str
) -> None:
    form = {"oauth_token": begun(simulator)["oauth_token"], "handle": handle}
    page = browser.post(f"{simulator.origin}/oauth/authorize", data=form)
    assert "<output>" not in page.text
    assert "<h1>Authorize reportgen?</h1>" in page.text


def test_a_wrong_pin_is_refused_in_the_vendors_words_and_the_right_one_works_once(
    simulator: Simulator, browser: requests.Session
) -> None:
    token = begun(simulator)
    pin = the_pin(simulator, browser, token)
    wrong = redeemed(simulator, token, "12")
    assert (wrong.status_code, wrong.text) == (
        401,
        "Error processing your OAuth request: Invalid oauth_verifier parameter",
    )
    assert [redeemed(simulator, token, pin).status_code for _ in range(2)] == [200, 401]


def test_a_sign_in_that_took_too_long_is_over(simulator: Simulator, browser: requests.Session, clock: Clock) -> None:
    token = begun(simulator)
    pin = the_pin(simulator, browser, token)
    clock.now += LASTS
    late = redeemed(simulator, token, pin)
    assert (late.status_code, late.json()) == (401, {"errors": [{"code": 89, "message": "Invalid or expired token."}]})
    page = browser.get(f"{simulator.origin}/oauth/authorize", params={"oauth_token": token["oauth_token"]})
    assert (page.status_code, "<h1>This link is over</h1>" in page.text) == (403, True)
    form = {"oauth_token": token["oauth_token"], "handle": "@acme"}
    assert browser.post(f"{simulator.origin}/oauth/authorize", data=form).status_code == 403


def test_a_wrong_consumer_secret_is_refused_at_each_step(simulator: Simulator) -> None:
    refused = {"errors": [{"code": 32, "message": "Could not authenticate you."}]}
    first = app(client_secret="wrong", callback_uri="oob").post(f"{simulator.origin}/oauth/request_token")
    assert (first.status_code, first.json()) == (401, refused)
    token = begun(simulator)
    session = app(
        client_secret="wrong",
        resource_owner_key=token["oauth_token"],
        resource_owner_secret=token["oauth_token_secret"],
        verifier="1",
    )
    second = session.post(f"{simulator.origin}/oauth/access_token")
    assert (second.status_code, second.json()) == (401, refused)


def test_the_request_tokens_secret_is_part_of_the_signature(simulator: Simulator, browser: requests.Session) -> None:
    token = begun(simulator)
    pin = the_pin(simulator, browser, token)
    assert redeemed(simulator, {**token, "oauth_token_secret": "wrong"}, pin).status_code == 401


@pytest.mark.parametrize("callback", [{}, {"oauth_callback": "https://acme.example/back"}])
def test_only_a_sign_in_with_a_pin_can_be_begun(simulator: Simulator, callback: dict[str, str]) -> None:
    answer = app().post(f"{simulator.origin}/oauth/request_token", data=callback)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (403, 415)


CLIENT = {"grant_type": "client_credentials"}


def test_the_app_gets_its_bearer_token(simulator: Simulator, browser: requests.Session) -> None:
    auth = (APP.consumer_key, APP.consumer_secret)
    answer = browser.post(f"{simulator.origin}/oauth2/token", auth=auth, data=CLIENT)
    assert (answer.status_code, answer.json()) == (200, {"token_type": "bearer", "access_token": APP.bearer_token})


@pytest.mark.parametrize(
    ("auth", "form", "code"),
    [
        (None, CLIENT, 99),
        ((APP.consumer_key, "wrong"), CLIENT, 99),
        (("wrong", APP.consumer_secret), CLIENT, 99),
        ((APP.consumer_key, APP.consumer_secret), {}, 170),
    ],
)
def test_the_app_is_refused_as_the_vendor_does(
    simulator: Simulator,
    browser: requests.Session,
    auth: tuple[str, str] | None,
    form: dict[str, str],
    code: int,
) -> None:
    answer = browser.post(f"{simulator.origin}/oauth2/token", auth=auth, data=form)
    assert (answer.status_code, [error["code"] for error in answer.json()["errors"]]) == (403, [code])


def test_basic_credentials_that_are_no_base64_are_refused(simulator: Simulator, browser: requests.Session) -> None:
    headers = {"Authorization": "Basic no base64"}
    answer = browser.post(f"{simulator.origin}/oauth2/token", headers=headers, data=CLIENT)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/oauth/request_token", "POST"),
        ("GET", "/oauth2/token", "POST"),
        ("DELETE", "/oauth/authorize", "GET, POST"),
    ],
)
def test_another_method_is_refused(
    simulator: Simulator, browser: requests.Session, method: str, path: str, allowed: str
) -> None:
    answer = browser.request(method, simulator.origin + path)
    assert (answer.status_code, answer.headers["Allow"]) == (405, allowed)


def test_the_start_page_says_what_to_type(simulator: Simulator, browser: requests.Session) -> None:
    page = browser.get(f"{simulator.origin}/").text
    for text in (APP.consumer_key, APP.consumer_secret, "reportgen auth app", "reportgen auth login @acme"):
        assert f"<code>{text}</code>" in page
    assert f"<code>REPORTGEN_X_API_URL={simulator.origin}</code>" in page
    assert APP.bearer_token not in page
    assert WORLD.account("@acme").access_token not in page
