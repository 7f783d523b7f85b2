"""What several commands take alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import click
from click.core import ParameterSource

from reportgen.handles import handle_name, is_handle
from reportgen.instants import parse_instant
from reportgen.spec.words import quoted


class Instant(click.ParamType[datetime]):
    """An ISO 8601 date-time, as UTC, to the whole second: the store and the pages know no finer ones."""

    name = "time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value.replace(microsecond=0)
        try:
            instant = parse_instant(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)
        if not 2006 <= instant.year < 2100:
            self.fail(f"{value} is not between 2006, when the first tweet was posted, and 2100", param, ctx)
        return instant.replace(microsecond=0)


class Handle(click.ParamType[str]):
    """A handle, with or without @; as `@name`."""

    name = "handle"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not is_handle(str(value)):
            said = f"{quoted(str(value))} is no handle; it has up to 15 letters, digits and underscores"
            self.fail(said, param, ctx)
        return handle_name(str(value))


def now() -> datetime:
    """The present (UTC), by the real clock."""
    return datetime.now(UTC)


def moved_clock(as_of: datetime) -> Callable[[], datetime]:
    """The clock of a command with `as_of`: it stands still where the user has set it, and else it is the real one."""
    is_set = click.get_current_context().get_parameter_source("as_of") is not ParameterSource.DEFAULT
    return (lambda: as_of) if is_set else now


# As typed: a path of pathlib's would lose a leading ./ in the lines that name the file.
files = click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="FILE...")
as_of = click.option(
    "--as-of", type=Instant(), default=now, metavar="T", help="Let the present be T (ISO 8601; UTC without an offset)."
)
