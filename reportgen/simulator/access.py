"""Who may ask for what: every refusal for the sake of the caller, a tweet or a metric. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportgen.catalog import METRICS, Endpoint
from reportgen.simulator.accounts import Account
from reportgen.simulator.faults import APP, Faults
from reportgen.simulator.request import RefusedError, Request
from reportgen.simulator.timeline import Tweet
from reportgen.simulator.world import World


def check_address(endpoint: Endpoint, faults: Faults) -> None:
    """Raises RefusedError (404) where the endpoint is not there."""
    if endpoint.name in faults.not_found:
        raise RefusedError(404, f"There is no {endpoint.name} here.")


def check_credentials(caller: Account | None, faults: Faults) -> None:
    """Raises RefusedError (401) where these credentials are refused, right as they are."""
    if faults.refuses(caller.handle if caller else APP):
        reason = "Access token not found" if caller else "Bearer token not found"
        raise RefusedError(401, f"Your account could not be authenticated. Reason: {reason}")


def check_context(request: Request, caller: Account | None, faults: Faults) -> None:
    """Raises RefusedError (403) where these credentials may not have the endpoint or a metric."""
    if caller is None and not request.endpoint.app_context:
        message = f"{request.endpoint.name} needs user context: sign with the access token of the Tweets' owner."
        raise RefusedError(403, message)
    withheld = faults.forbidden_metrics.get(caller.handle, ()) if caller else ()
    forbidden = [name for name in request.metrics if name in withheld or not (caller or METRICS[name].public)]
    if forbidden:
        raise RefusedError(403, f"Forbidden to access metrics: {', '.join(forbidden)}")


def available(tweet_ids: Sequence[str], world: World, faults: Faults) -> list[Tweet]:
    """The tweets that are there. Raises RefusedError (400) where none is, or a protected one is among them."""
    found = [tweet for tweet in map(world.tweet, tweet_ids) if tweet and is_there(tweet, world, faults)]
    tweets = [tweet for tweet in found if not _is_protected(tweet, faults)]
    if tweets and len(tweets) == len(found):
        return tweets
    there = {tweet.id for tweet in tweets}
    missing = [tweet_id for tweet_id in tweet_ids if tweet_id not in there]
    named = {"unavailable_tweet_ids": missing} if faults.protected_named or tweets == found else {}
    raise RefusedError(400, unavailable(missing), **named)


def is_there(tweet: Tweet, world: World, faults: Faults) -> bool:
    """Whether the tweet is posted and not deleted, and its author not suspended."""
    gone = tweet.id in faults.deleted_tweet_ids or tweet.handle in faults.suspended_handles
    return world.is_available(tweet) and not gone


def _is_protected(tweet: Tweet, faults: Faults) -> bool:
    return tweet.id in faults.protected_tweet_ids or tweet.handle in faults.protected_handles


def unavailable(tweet_ids: Sequence[str]) -> str:
    """The `errors` text about deleted, unknown and protected tweets."""
    return f"{len(tweet_ids)} Tweet ID(s) are unavailable"


def check_owner(tweets: Iterable[Tweet], caller: Account | None, world: World, faults: Faults) -> None:
    """Raises RefusedError (403) where one tweet is foreign or forbidden; to the bearer token no tweet is foreign."""
    by_author: dict[str, list[str]] = {}
    for tweet in tweets:
        if tweet.id in faults.forbidden_tweet_ids or (caller and tweet.handle != caller.handle):
            by_author.setdefault(world.account(tweet.handle).user_id, []).append(tweet.id)
    if not by_author:
        return
    if faults.forbidden_wording == "unnamed":
        raise RefusedError(403, "Forbidden to access one or more of the Tweets requested")
    # Both wordings of the API occur; with `both`, several authors have a text each.
    plain = faults.forbidden_wording == "plain" or (faults.forbidden_wording == "both" and len(by_author) == 1)
    if plain:
        ids = [tweet_id for of_author in by_author.values() for tweet_id in of_author]
        raise RefusedError(403, f"Forbidden to access tweets: {', '.join(ids)}")
    raise RefusedError(
        403, *(f"Forbidden to access tweets for author id {who}: {', '.join(ids)}" for who, ids in by_author.items())
    )
