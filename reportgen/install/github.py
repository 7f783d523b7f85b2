"""A workflow of GitHub Actions that runs `reportgen run --due`."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from typing import Final

from reportgen.install.installed import as_arguments

_WORKFLOW: Final = """\
# Makes and sends each report of this project that is due. Save this as .github/workflows/reportgen.yml on the default
# branch, and define the secrets below (Settings, Secrets and variables, Actions): those that reportgen.yaml says
# already, or that your reports do not need, may be left out. Then run it once by hand (Actions, reportgen, Run
# workflow): schedules count from the first run on.
#
# REPORTGEN_STORE is the address of a PostgreSQL database. A file on the runner is gone with it: then nobody knows what
# was due and what was sent. What reports write into folders is gone, too: let it go by mail or to a webhook.
#
# reportgen {version} wrote this; define the variable REPORTGEN_PACKAGE (beside the secrets, Variables) to say where the
# runner has it from: a wheel in this repository, which begins with ./, or git+https://...@ and a version. By its name
# alone nothing is installed: the public index has another program of that name.
name: reportgen
on:
  workflow_dispatch:
  schedule:
    # UTC. Schedules of reports are in their own time zones, so they are here in summer and in winter time; run --due
    # does only what is due. GitHub starts late where many do, at whole hours most of all: what a report says is that
    # of the time at which it was due.
{crons}permissions:
  contents: read
# No need, as the store has each report made once; it only spares a runner that would find nothing to do.
concurrency:
  group: reportgen
  cancel-in-progress: false
jobs:
  due:
    runs-on: ubuntu-latest
    timeout-minutes: 60
    steps:
      - uses: actions/checkout@v5
        with:
          persist-credentials: false
      - uses: actions/setup-python@v6
        with:
          python-version: "3.13"
      - name: Install the libraries and fonts of the pages
        run: >-
          sudo apt-get update -q && sudo apt-get install -qy --no-install-recommends
          libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig
          fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji
      - name: Install reportgen
        env:
          PACKAGE: ${{{{ vars.REPORTGEN_PACKAGE }}}}
        run: |
          case "$PACKAGE" in
            ./*|https://*|git+https://*) python -m pip install "$PACKAGE" 'psycopg[binary]' ;;
            *) echo "::error::{no_package}"; exit 1 ;;
          esac
      - name: Make and send what is due
        run: {command}
        env:
{secrets}
"""

_NO_PACKAGE: Final = (
    "The variable REPORTGEN_PACKAGE has to say where reportgen comes from: a wheel in this repository (./...whl), "
    "git+https://... or https://...; define it in Settings, Secrets and variables, Actions, Variables."
)

_EACH_HOUR: Final = """\
    # What failed, and what GitHub did not start, is tried again. Leave it out to save minutes: then that waits for the
    # next start above.
    - cron: "40 * * * *"
"""
_STARTS_THEN: Final = re.compile(r"(\*|([0-9]+,)*40(,[0-9]+)*) \* \* \* \*")


def github_workflow(crons: Sequence[str], variables: Sequence[str], files: tuple[str, ...], version: str) -> str:
    """The text of `.github/workflows/reportgen.yml`. `crons` are in UTC; `files` are as on the command line."""
    return _WORKFLOW.format(
        crons="".join(f'    - cron: "{cron}"\n' for cron in crons) + _again(crons),
        version=version,
        no_package=_NO_PACKAGE,
        command=_folded(shlex.join(["reportgen", "run", "--due", *as_arguments(files)])),
        secrets="\n".join(f"          {name}: ${{{{ secrets.{name} }}}}" for name in variables),
    )


def _again(crons: Sequence[str]) -> str:
    return "" if any(map(_STARTS_THEN.fullmatch, crons)) else _EACH_HOUR


def _folded(command: str) -> str:
    """As a block, which takes any sign. In the names of files, GitHub is not to find an expression."""
    return f"|\n          {command.replace('${{', _NO_EXPRESSION)}"


_NO_EXPRESSION: Final = "${{ '${{' }}"
