"""A tweet's id tells when it was posted."""

from datetime import UTC, datetime

from reportgen.snowflake import posted_at


def test_an_id_holds_the_millisecond_of_its_posting() -> None:
    assert posted_at("2117632892728246273") == datetime(2026, 11, 3, 15, 0, 0, tzinfo=UTC)


def test_ids_from_before_snowflakes_are_taken_for_as_old_as_ids_can_tell() -> None:
    assert posted_at("20") == datetime(2010, 11, 4, 1, 42, 54, 657000, tzinfo=UTC)
