"""What a JSON object says of a tweet: API v1.1, v2, activity streams and the vendor's archive. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from reportgen.printable import printable_text
from reportgen.snowflake import FIRST_SNOWFLAKE, posted_at
from reportgen.spec.tweet_files.faults import RowError
from reportgen.spec.tweet_files.ids import is_id, read_id
from reportgen.spec.tweet_files.json_text import Decimal
from reportgen.spec.words import listed, quoted, shown

Json = Mapping[str, Any]

_ACTIVITY: Final = "tag:search.twitter.com,2005:"
_MARKS: Final = frozenset(
    ("text", "full_text", "body", "actor", "author_id", "conversation_id", "edit_history_tweet_ids")
)
"""A tweet has one of these; other objects with an id, such as users, have none."""
_OTHERS: Final = frozenset({"event_type", "dm_conversation_id", "message_create"})
"""Messages between people have one of these."""
_IDS: Final = frozenset({"id", "id_str"})
_WHOLE_TEXTS: Final = (("extended_tweet", "full_text"), ("note_tweet", "text"), ("long_object", "body"))
"""Where the whole text is, if the one of the tweet itself is cut off."""
_TEXTS: Final = ("full_text", "text", "body")
_AUTHORS: Final = (("user", "screen_name"), ("author", "username"), ("actor", "preferredUsername"))
_TIMES: Final = ("created_at", "postedTime")
_RARER: Final = frozenset((*_TIMES, *(outer for outer, _ in (*_WHOLE_TEXTS, *_AUTHORS))))
_MONTHS: Final = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_SIX_DIGITS: Final = 1e-5
_A_DAY: Final = 1
"""Ids and texts tell the time to the second or better; what differs by days is another tweet's."""


class SaidTweet(NamedTuple):
    """A tweet as an object tells of it. `author` is a name without `@`; `author_id` may lead to one."""

    id: str
    author: str | None
    author_id: str | None
    text: str | None


def is_tweet(given: Json) -> bool:
    """Whether the object is about a tweet."""
    if "id" not in given and "id_str" not in given:
        return False
    marked = "text" in given or not _MARKS.isdisjoint(given) or given.keys() <= _IDS
    return marked and _OTHERS.isdisjoint(given)


def read_tweet(given: Json) -> SaidTweet:
    """What an object says of which `is_tweet` holds. Raises RowError."""
    tweet_id = _id_of(given)
    if "edit_history_tweet_ids" in given:
        _check_history(tweet_id, given["edit_history_tweet_ids"])
    author_id = given.get("author_id")
    if not isinstance(author_id, str):
        author_id = None
    if _RARER.isdisjoint(given):  # of a million, each key that is looked for in vain counts
        return SaidTweet(tweet_id, None, author_id, _plain(_text_of(given)))
    for key in _TIMES:
        if key in given:
            _check_time(tweet_id, key, given[key])
    text = _text_within(given, _WHOLE_TEXTS) or _text_of(given)
    return SaidTweet(tweet_id, _text_within(given, _AUTHORS), author_id, _plain(text))


def names_of_users(given: Json) -> dict[str, str]:
    """By user id, the names of the users that came with the tweets of an answer."""
    included = given.get("includes")
    users = included.get("users") if isinstance(included, dict) else None
    known = [user for user in users if isinstance(user, dict)] if isinstance(users, list) else []
    return {
        user["id"]: user["username"]
        for user in known
        if isinstance(user.get("id"), str) and isinstance(user.get("username"), str)
    }


def _id_of(given: Json) -> str:
    """The id as text counts before the one as a number, of which programs may have lost the last digits."""
    number, text = given.get("id"), given.get("id_str")
    if text is None and isinstance(number, str) and is_id(number):
        return number
    if isinstance(text, str):
        written = read_id(text.strip())
        _check_id(written, number)
        return written
    if isinstance(number, Decimal) or (isinstance(number, int) and not isinstance(number, bool)):
        return read_id(str(number))
    if isinstance(number, str):
        return read_id(_bare(number))
    raise RowError("id", "the id of this tweet is neither text nor a number")


def _bare(written: str) -> str:
    return written.strip().removeprefix(_ACTIVITY)


def _check_id(written: str, other: object) -> None:
    """The `id` beside an `id_str` may be it, rounded. Where the text is the rounded one, its last digits are lost."""
    if isinstance(other, bool) or not isinstance(other, (int, str)) or (said := _bare(str(other))) == written:
        return
    if isinstance(other, Decimal):
        same = abs(float(other) - float(written)) <= _SIX_DIGITS * float(written)
    else:
        same = is_id(said) and float(said) == float(written)
    if not same:
        raise RowError("ids", f"{quoted(written)} is the id_str of this tweet, and {shown(said)} its id")
    if not isinstance(other, Decimal) and int(float(said)) == int(written):
        message = f"the id_str {quoted(written)} has lost its last digits: the id is {said}; export it again as text"
        raise RowError("rounded id_str", message)


def _check_history(tweet_id: str, history: object) -> None:
    if isinstance(history, list) and history and tweet_id not in history:
        known = listed([shown(str(one)) for one in history[:5]], "and")
        message = f"{quoted(tweet_id)} is not among the edit_history_tweet_ids of this tweet, {known}; export it again"
        raise RowError("history", message)


def _check_time(tweet_id: str, key: str, moment: object) -> None:
    if not isinstance(moment, str) or int(tweet_id) < FIRST_SNOWFLAKE or (told := _day_of(moment)) is None:
        return
    by_id = posted_at(tweet_id).date()
    if abs((by_id - told).days) > _A_DAY:
        message = (
            f"{quoted(tweet_id)} is the id of a tweet of {by_id}, and by its {key} this one is of {told}; "
            "export it again with the id as text"
        )
        raise RowError("time", message)


def _day_of(moment: str) -> date | None:
    """The day in `2026-11-09T14:00:00.000Z`, or in `Mon Nov 09 14:00:00 +0000 2026`."""
    words = moment.split()
    try:
        if len(words) == 6:
            return date(int(words[5]), _MONTHS.index(words[1]) + 1, int(words[2]))
        return date.fromisoformat(moment[:10])
    except (ValueError, OverflowError):
        return None


def _text_within(given: Json, places: tuple[tuple[str, str], ...]) -> str | None:
    """The first text that an object within this one has under one of these pairs of keys."""
    for outer, inner in places:
        if outer in given and isinstance(within := given[outer], dict) and isinstance(text := within.get(inner), str):
            return text
    return None


def _text_of(given: Json) -> str:
    for key in _TEXTS:
        if isinstance(text := given.get(key), str):
            return text
    return ""


def _plain(text: str) -> str | None:
    """The text without the three entities that the API writes, halves of characters and control characters."""
    if "&" in text:
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    if not text.isascii():
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return printable_text(text.strip()) or None
