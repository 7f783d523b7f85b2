"""What several commands take alike."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from reportgen.instants import parse_instant


class Instant(click.ParamType[datetime]):
    """An ISO 8601 date-time, as UTC."""

    name = "time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            return parse_instant(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


def now() -> datetime:
    """The present (UTC), where no option sets it: the one place in which a report reads the clock."""
    return datetime.now(UTC)


files = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
as_of = click.option(
    "--as-of", type=Instant(), default=now, metavar="T", help="Let the present be T (ISO 8601; UTC without an offset)."
)
