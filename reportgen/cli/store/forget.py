"""`reportgen store forget`: delete all that is known of tweets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from reportgen.cli import options
from reportgen.cli.store.opened import no_store_yet, opened_store
from reportgen.errors import InputError
from reportgen.handles import handle_name, is_handle
from reportgen.snowflake import LARGEST_ID
from reportgen.spec.words import counted, listed, quoted

if TYPE_CHECKING:
    from reportgen.store.forget import Forgotten
    from reportgen.store.recall import Recalled


@click.command()
@click.option("--tweet", "tweets", multiple=True, metavar="ID", help="A tweet. May be given more than once.")
@click.option("--handle", "handles", multiple=True, metavar="NAME", help="All tweets of a handle; the same.")
def forget(tweets: tuple[str, ...], handles: tuple[str, ...]) -> None:
    """Delete all that is known of tweets, such as those that were deleted on X."""
    if not tweets and not handles:
        raise InputError("say what to forget, with --tweet ID or --handle NAME")
    ids, names = [*map(_id, tweets)], [*map(_name, handles)]
    with opened_store() as store:
        if store is None:
            click.echo(no_store_yet())
            return
        from reportgen.store.forget import forget

        for line in _lines(forget(store, ids, names, options.now())):
            click.echo(line)
        # Also where nothing was known: the last time, it may not have come so far.
        store.tidy()


def _id(text: str) -> int:
    if not re.fullmatch("[1-9][0-9]{0,18}", text) or int(text) > LARGEST_ID:
        raise InputError(f"--tweet: {quoted(text)} is no id of a tweet; write it like 2117270504862646273")
    return int(text)


def _name(text: str) -> str:
    if not is_handle(text):
        raise InputError(f"--handle: {quoted(text)} is no handle; it has up to 15 letters, digits and underscores")
    return handle_name(text)


def _lines(forgotten: Forgotten) -> Iterator[str]:
    if forgotten.tweets:
        what = f"{counted(forgotten.counts, 'count')}, {counted(forgotten.snapshots, 'snapshot')}"
        gaps = counted(forgotten.gaps, "lasting gap")
        yield f"Forgotten: {counted(forgotten.tweets, 'tweet')}, with {what} and {gaps}."
        yield "A report that names a forgotten tweet asks for it again: take it out of the report files too."
    yield from _recalled(forgotten.recalled)
    yield from _unknown("tweet", forgotten.unknown_tweets)
    yield from (f"No tweet of {handle} was known." for handle in forgotten.unknown_handles)


def _recalled(recalled: Recalled) -> Iterator[str]:
    if recalled.canceled:
        yield f"Not sent, since it tells of them, and canceled: {_numbers(recalled.canceled)} of the outbox."
    if recalled.sending:
        yield f"Being sent, so not canceled: {_numbers(recalled.sending)} of the outbox. Call again in a few minutes."


def _numbers(ids: Sequence[int]) -> str:
    return listed([*map(str, ids)], "and")


def _unknown(noun: str, names: Iterable[object]) -> Iterator[str]:
    return (f"Nothing was known of {noun} {name}." for name in names)
