"""The answers of the other tests are held to the vendor's contract, and what it does not allow would be told."""

import json

import pytest
import requests

from reportgen.simulator.server import Simulator
from reportgen.simulator.x import names
from reportgen.simulator.x.problems import TYPES
from reportgen.simulator.x.routes import ROUTES
from tests.api.x.contract import CONTRACT, needs_contract
from tests.simulator.x.asking import ask, hold_to_the_contract

pytestmark = needs_contract


def test_an_answer_that_is_not_of_the_contract_would_be_told(friendly: Simulator) -> None:
    from openapi_core.validation.response.exceptions import InvalidData

    answer = ask(friendly, "/2/users/by", usernames="acme")
    hold_to_the_contract("/2/users/by", {"usernames": "acme"}, answer)
    answer._content = b'{"data": [{"id": 2794461350}]}'
    with pytest.raises(InvalidData):
        hold_to_the_contract("/2/users/by", {"usernames": "acme"}, answer)


@pytest.mark.parametrize("body", [{"type": f"{TYPES}invalid-request"}, {"type": "https://acme.example", "title": "x"}])
def test_a_problem_that_is_not_of_the_contract_would_be_told(friendly: Simulator, body: dict[str, str]) -> None:
    from openapi_core.validation.response.exceptions import InvalidData

    answer: requests.Response = ask(friendly, "/2/tweets", ids="x")
    answer._content = json.dumps(body).encode()
    with pytest.raises(InvalidData):
        hold_to_the_contract("/2/tweets", {"ids": "x"}, answer)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.template)
def test_a_call_takes_the_parameters_of_the_contract(route: object) -> None:
    document = json.loads(CONTRACT.read_text())
    declared = document["paths"][route.template]["get"]["parameters"]  # type: ignore[attr-defined]
    shared = document["components"]["parameters"]
    found = [shared[one["$ref"].rpartition("/")[2]] if "$ref" in one else one for one in declared]
    known = {one["name"] for one in found if one["in"] == "query"}
    assert set(route.parameters) == known  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("parameter", "known"),
    [
        ("PostFieldsParameter", names.POST_FIELDS),
        ("UserFieldsParameter", names.USER_FIELDS),
        ("MediaFieldsParameter", names.MEDIA_FIELDS),
        ("PollFieldsParameter", names.POLL_FIELDS),
        ("PlaceFieldsParameter", names.PLACE_FIELDS),
        ("PostExpansionsParameter", names.POST_EXPANSIONS),
        ("UserExpansionsParameter", names.USER_EXPANSIONS),
    ],
)
def test_a_list_of_names_takes_those_of_the_contract(parameter: str, known: tuple[str, ...]) -> None:
    document = json.loads(CONTRACT.read_text())
    assert sorted(known) == sorted(document["components"]["parameters"][parameter]["schema"]["items"]["enum"])
