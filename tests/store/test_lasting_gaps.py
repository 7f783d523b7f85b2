"""Gaps with a lasting reason are believed for four weeks, by endpoint and signer, until there are numbers after all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from reportgen.catalog import HISTORICAL, Endpoint
from reportgen.coverage import Sight
from reportgen.gaps import Gap, Reason
from reportgen.request import Signer
from reportgen.store.known import read_known
from reportgen.store.lasting_gaps import forget_gaps, keep_gaps
from reportgen.store.open import Store
from tests.fetch.virtual import TWEETS, historical
from tests.store.using import needs_of_request

FOUND = datetime(2026, 11, 16, 12, tzinfo=UTC)
REQUEST = historical(TWEETS[:3], signer=Signer("@Acme"))
DELETED = Gap(TWEETS[0], None, Reason.UNAVAILABLE, "deleted, protected or never there")
NOT_OURS = Gap(TWEETS[1], None, Reason.FORBIDDEN, "not this account's tweet")
NO_METRIC = Gap(TWEETS[2], "favorites", Reason.FORBIDDEN, "these credentials may not have this metric")


def keep(store: Store, *gaps: Gap) -> None:
    with store.writing() as connection:
        keep_gaps(connection, REQUEST, gaps, FOUND)


def known(store: Store, later: timedelta = timedelta()) -> dict[tuple[Endpoint, str | None, str], tuple[Gap, ...]]:
    sight = Sight(FOUND + later, FOUND)
    with store.reading() as connection:
        return dict(read_known(connection, [needs_of_request(REQUEST, FOUND)], sight).gaps)


def test_they_are_known_by_endpoint_signer_and_tweet(store: Store) -> None:
    keep(store, DELETED, NOT_OURS, NO_METRIC)
    assert known(store) == {(HISTORICAL, "@acme", gap.tweet_id): (gap,) for gap in (DELETED, NOT_OURS, NO_METRIC)}


def test_what_is_found_again_is_known_once_and_as_it_was_found_last(store: Store) -> None:
    keep(store, DELETED)
    keep(store, Gap(TWEETS[0], None, Reason.FORBIDDEN, "now forbidden"))
    assert known(store) == {
        (HISTORICAL, "@acme", TWEETS[0]): (Gap(TWEETS[0], None, Reason.FORBIDDEN, "now forbidden"),)
    }


@pytest.mark.parametrize("reason", [Reason.CALL_FAILED, Reason.NOT_AUTHORIZED, Reason.NOT_IN_HISTORY])
def test_what_another_call_might_fill_or_a_rule_tells_is_not_kept(store: Store, reason: Reason) -> None:
    keep(store, Gap(TWEETS[0], None, reason, ""))
    assert known(store) == {}


def test_they_are_believed_for_four_weeks(store: Store) -> None:
    keep(store, DELETED)
    assert list(known(store, timedelta(days=28, seconds=-1)).values()) == [(DELETED,)]
    assert known(store, timedelta(days=28)) == {}


def test_numbers_of_the_same_tweets_make_them_forgotten(store: Store) -> None:
    keep(store, DELETED, NOT_OURS, NO_METRIC)
    with store.writing() as connection:
        forget_gaps(connection, REQUEST, [int(TWEETS[0]), int(TWEETS[2])])
    assert list(known(store).values()) == [(NOT_OURS,)]
