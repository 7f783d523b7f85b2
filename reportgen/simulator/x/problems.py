"""What the X API says where it has nothing to give: in the words of the vendor."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final, Literal

TYPES: Final = "https://api.x.com/2/problems/"

Kind = Literal["user", "tweet"]


class ProblemError(Exception):
    """The whole call is refused: with a status, and a problem as its body."""

    def __init__(self, status: int, body: dict[str, object]) -> None:
        super().__init__(body.get("detail"))
        self.status = status
        self.body = body


def blank(status: int, detail: str | None = None) -> ProblemError:
    """A refusal that has no type of its own. The contract does not list it; the vendor answers so all the same."""
    phrase = HTTPStatus(status).phrase
    body = {"title": phrase, "type": "about:blank", "status": status, "detail": detail or phrase}
    return ProblemError(status, body)


def invalid(message: str, **parameters: str) -> ProblemError:
    """The refusal of a query parameter."""
    return ProblemError(
        400,
        {
            "errors": [{"parameters": {name: [value] for name, value in parameters.items()}, "message": message}],
            "title": "Invalid Request",
            "detail": "One or more parameters to your request was invalid.",
            "type": f"{TYPES}invalid-request",
        },
    )


def for_users_only() -> ProblemError:
    """The refusal of the bearer token where only a user may ask."""
    supported = "OAuth 1.0a User Context, OAuth 2.0 User Context"
    return ProblemError(
        403,
        {
            "title": "Unsupported Authentication",
            "detail": "Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.  "
            f"Supported authentication types are [{supported}].",
            "type": f"{TYPES}unsupported-authentication",
            "status": 403,
        },
    )


def usage_capped() -> ProblemError:
    """The refusal of an app whose month is used up."""
    return ProblemError(
        429,
        {
            "title": "UsageCapExceeded",
            "detail": "Usage cap exceeded: Monthly product cap",
            "type": f"{TYPES}usage-capped",
            "period": "Monthly",
            "scope": "Product",
            "status": 429,
        },
    )


def not_found(kind: Kind, parameter: str, value: str) -> dict[str, object]:
    """The problem of a user or a post that is not there."""
    detail = f"Could not find {kind} with {parameter}: [{value}]."
    return _resource("resource-not-found", "Not Found Error", detail, kind, parameter, value)


def suspended(parameter: str, value: str) -> dict[str, object]:
    """The problem of a user who is suspended."""
    return _resource(
        "resource-not-found", "Forbidden", f"User has been suspended: [{value}].", "user", parameter, value
    )


def not_authorized(kind: Kind, parameter: str, value: str) -> dict[str, object]:
    """The problem of a user or a post that is protected from the caller."""
    what = "Tweet" if kind == "tweet" else "user"
    detail = f"Sorry, you are not authorized to see the {what} with {parameter}: [{value}]."
    problem = _resource("not-authorized-for-resource", "Authorization Error", detail, kind, parameter, value)
    return {**problem, "section": "data"}


def _resource(name: str, title: str, detail: str, kind: Kind, parameter: str, value: str) -> dict[str, object]:
    return {
        "type": TYPES + name,
        "title": title,
        "detail": detail,
        "resource_type": kind,
        "parameter": parameter,
        "resource_id": value,
        "value": value,
    }
