"""A line of a crontab that runs `reportgen run --due` every five minutes."""

from __future__ import annotations

import shlex
from typing import Final

from reportgen.install.installed import Installed

_CRONTAB: Final = """\
# Makes and sends each report of this project that is due. Put the line below into the crontab of {user}: crontab -e
# It looks every five minutes. It is no matter in which time zone this machine's cron counts, since reportgen reads the
# schedules of the reports itself. flock is not needed: one that is still at work has its report for itself, by the
# store, and the next one leaves it alone. Errors are mailed by cron to MAILTO; reportgen due shows what is to come.
*/5 * * * * {command}
"""


def crontab(installed: Installed) -> str:
    """The line, and how to install it. Paths may have spaces, quotes and percent signs in them."""
    command = f"cd {shlex.quote(str(installed.project))} && {shlex.join(installed.command('run', '--due'))} >/dev/null"
    # cron takes % for the end of the line, in quotes too, unless a backslash stands before it.
    return _CRONTAB.format(user=installed.user, command=command.replace("%", r"\%"))
