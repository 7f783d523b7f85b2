"""Calls of the simulated X API over HTTP, each answer held to the vendor's contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import requests
from requests_oauthlib import OAuth1

from reportgen.simulator.server import Simulator
from reportgen.simulator.world import World
from reportgen.simulator.x.problems import TYPES
from tests.api.x.contract import CONTRACT, ORIGIN, contract

OUTSIDE_THE_CONTRACT = {"about:blank", f"{TYPES}unsupported-authentication", f"{TYPES}usage-capped"}
"""The types of refusals that the vendor gives and the contract does not list."""


def signed_by(world: World, handle: str | None) -> dict[str, Any]:
    """The bearer token, or the token of a handle, for a request."""
    app = world.app
    if handle is None:
        return {"headers": {"Authorization": f"Bearer {app.bearer_token}"}}
    account = world.account(handle)
    key, secret = app.consumer_key, app.consumer_secret
    return {"auth": OAuth1(key, secret, account.access_token, account.access_token_secret)}


def ask(simulator: Simulator, path: str, signer: str | None = None, **query: str | int) -> requests.Response:
    """The answer to GET `path`, signed by the handle or with the bearer token; `__` in a name stands for a dot."""
    named = {name.replace("__", "."): str(value) for name, value in query.items()}
    with requests.Session() as session:
        session.trust_env = False
        answer = session.get(simulator.origin + path, params=named, **signed_by(simulator.world(), signer))
    hold_to_the_contract(path, named, answer)
    return answer


def hold_to_the_contract(path: str, query: Mapping[str, str], answer: requests.Response) -> None:
    """Raises openapi-core's error where the answer is not one of the contract; nothing where there is no contract."""
    if not CONTRACT.exists() or answer.json().get("type") in OUTSIDE_THE_CONTRACT:
        return
    from openapi_core.contrib.requests import RequestsOpenAPIRequest, RequestsOpenAPIResponse

    request = requests.Request("GET", ORIGIN + path, params=query)
    contract().validate_response(RequestsOpenAPIRequest(request), RequestsOpenAPIResponse(answer))


def problems(answer: requests.Response) -> list[tuple[str, str, str]]:
    """The kind, the title and the detail of each problem beside the data."""
    return [
        (problem["type"].removeprefix(TYPES), problem["title"], problem["detail"])
        for problem in answer.json().get("errors", [])
    ]


def told(answer: requests.Response) -> str:
    """What a refused parameter is told."""
    assert answer.status_code == 400, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json; charset=utf-8"
    body = answer.json()
    assert (body["title"], body["type"]) == ("Invalid Request", f"{TYPES}invalid-request")
    assert body["detail"] == "One or more parameters to your request was invalid."
    (error,) = body["errors"]
    return str(error["message"])
