"""From the old file to the new one. Pure: what is on the disk and what time it is comes in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from reportgen.catalog import DEFAULT_HISTORY
from reportgen.errors import InputError
from reportgen.migrate.model import Asked, Hours, Inbox, Part, Remark
from reportgen.migrate.python import migrate_python
from reportgen.migrate.reading import Reading
from reportgen.migrate.recognise import Kind
from reportgen.migrate.report_file import report_file
from reportgen.migrate.ruby import migrate_ruby
from reportgen.spec.document import Document

_LONG_AGO: Final = Remark(
    "More than a year ago: set history in reportgen.yaml to the day that your contract reaches to."
)


def migrate_file(
    document: Document,
    kind: Kind,
    asked: Asked,
    owner: Part[str | None],
    inbox: Inbox,
    now: datetime,
    schema: str,
) -> str:
    """The text of the report file. Raises InputError with every problem of the old one.

    `owner` is the handle that a file of accounts tells, `inbox` what is in the Ruby client's, `now` the present (UTC),
    `schema` the path of the schema from the new file.
    """
    reading = Reading(document)
    if kind == "ruby":
        migrated = migrate_ruby(reading, asked, owner, inbox, now)
    else:
        migrated = migrate_python(reading, asked, owner)
    if not migrated.metrics.value and not reading.findings:
        reading.complain((), "none of its metrics is left; switch on one that the endpoint has")
    if reading.findings:
        raise InputError(*sorted(map(document.problem, reading.findings)))
    dates = migrated.date_range
    if isinstance(dates.value, Hours) and dates.value.start < now - DEFAULT_HISTORY:
        migrated = replace(migrated, date_range=Part(dates.value, (*dates.remarks, _LONG_AGO)))
    return report_file(migrated, schema)
