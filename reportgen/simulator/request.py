"""From a request's JSON body to a checked request: the rules that need no world and no clock."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from reportgen.catalog import METRICS, Endpoint
from reportgen.snowflake import LARGEST_ID

GROUPINGS_PER_CALL: Final = 3

_GROUP_BY: Final = ("tweet.id", "engagement.type")
_GROUP_BY_TIME: Final = ("engagement.day", "engagement.hour")
_FOUR_VALUES: Final = (
    ("tweet.id", "engagement.type", "engagement.day", "engagement.hour"),
    ("engagement.type", "tweet.id", "engagement.day", "engagement.hour"),
)
_DATE_FORMS: Final = ("%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ")


class RefusedError(Exception):
    """The whole call is refused: with a status, an errors text, and other keys of the body."""

    def __init__(self, status: int, *errors: str, **body: object) -> None:
        super().__init__(*errors)
        self.status = status
        self.body: dict[str, object] = {"errors": list(errors), **body}


@dataclass(frozen=True, slots=True)
class Request:
    """What a call asks for. `start` and `end` are None where the body has none."""

    endpoint: Endpoint
    tweet_ids: tuple[str, ...]
    metrics: tuple[str, ...]
    groupings: Mapping[str, tuple[str, ...]]
    start: datetime | None
    end: datetime | None


def read_request(endpoint: Endpoint, body: object) -> Request:
    """The request in a JSON body. Raises RefusedError (400) where it breaks a rule."""
    if not isinstance(body, dict):
        raise RefusedError(400, "The request body must be a JSON object.")
    return Request(
        endpoint,
        _tweet_ids(body.get("tweet_ids"), endpoint),
        _metrics(body.get("engagement_types"), endpoint),
        _groupings(body.get("groupings"), endpoint),
        _instant(body, "start", endpoint),
        _instant(body, "end", endpoint),
    )


def _tweet_ids(value: object, endpoint: Endpoint) -> tuple[str, ...]:
    ids = tuple(dict.fromkeys(_strings(value, "tweet_ids")))
    wrong = [tweet_id for tweet_id in ids if not re.fullmatch("[0-9]{1,19}", tweet_id) or int(tweet_id) > LARGEST_ID]
    if wrong:
        raise RefusedError(400, f"These are not Tweet IDs: {', '.join(wrong)}")
    if len(ids) > endpoint.tweets_per_call:
        raise RefusedError(
            400, f"{len(ids)} Tweet IDs requested; {endpoint.name} takes {endpoint.tweets_per_call} at most."
        )
    return ids


def _metrics(value: object, endpoint: Endpoint) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(_strings(value, "engagement_types")))
    wrong = [name for name in names if name not in METRICS or endpoint.name not in METRICS[name].endpoints]
    if wrong:
        raise RefusedError(400, _unsupported("engagement types", wrong))
    return names


def _groupings(value: object, endpoint: Endpoint) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict) or not value:
        raise RefusedError(400, "groupings must be an object with at least one grouping.")
    if len(value) > GROUPINGS_PER_CALL:
        raise RefusedError(400, f"{len(value)} groupings requested; {GROUPINGS_PER_CALL} are the most.")
    groupings = {name: _group_by(name, grouping, endpoint) for name, grouping in value.items()}
    if sum(len(group_by) == len(_FOUR_VALUES[0]) for group_by in groupings.values()) > 1:
        raise RefusedError(400, "Only one grouping of a request may have four group_by values.")
    return groupings


def _group_by(name: str, grouping: object, endpoint: Endpoint) -> tuple[str, ...]:
    values = _strings(grouping.get("group_by") if isinstance(grouping, dict) else None, f"groupings.{name}.group_by")
    allowed = _GROUP_BY + _GROUP_BY_TIME if endpoint.time_groupings else _GROUP_BY
    wrong = [value for value in values if value not in allowed]
    if wrong:
        raise RefusedError(400, _unsupported("groupBys", wrong))
    twice = [value for value, times in Counter(values).items() if times > 1]
    if twice:
        raise RefusedError(400, f"groupings.{name}.group_by has {', '.join(twice)} more than once.")
    if len(values) == len(_FOUR_VALUES[0]) and values not in _FOUR_VALUES:
        orders = " or ".join(", ".join(order) for order in _FOUR_VALUES)
        raise RefusedError(400, f"groupings.{name}.group_by: four values are allowed in these orders only: {orders}.")
    return values


def _instant(body: Mapping[str, object], name: str, endpoint: Endpoint) -> datetime | None:
    value = body.get(name)
    if value is None:
        return None
    if not endpoint.takes_range:
        raise RefusedError(400, f"{endpoint.name} takes no {name}.")
    for form in _DATE_FORMS:
        try:
            return datetime.strptime(str(value), form).replace(tzinfo=UTC)
        except ValueError:
            continue
    raise RefusedError(400, f"{name} must be a date such as 2026-11-09 or 2026-11-09T00:00:00Z.")


def _strings(value: object, name: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
        raise RefusedError(400, f"{name} must be an array of at least one string.")
    return tuple(value)


def _unsupported(what: str, values: Collection[str]) -> str:
    return (
        f"One or more of the {what} you have specified are not supported: ({', '.join(values)}). "
        "Please adjust your request and try again."
    )
