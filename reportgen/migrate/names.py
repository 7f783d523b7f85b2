"""Names as a report file allows them."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

_LONGEST_NAME: Final = 100


def report_name(written: str) -> str:
    """The name of a report: small letters and digits, with single hyphens between them."""
    return re.sub(r"[^a-z0-9]+", "-", written.lower())[:_LONGEST_NAME].strip("-") or "report"


def one_line(written: str) -> str | None:
    """A title; None where there would be nothing in it."""
    return " ".join(written.split())[: 2 * _LONGEST_NAME] or None


def grouping_name(written: str, taken: Collection[str]) -> str:
    """The name of a grouping, which may have single underscores too; with a number behind it where it is taken."""
    parted = re.sub(r"[^a-z0-9]+", lambda between: "_" if set(between[0]) == {"_"} else "-", written.lower())
    name = parted.strip("-_") or "grouping"
    number = 1
    while (free := name if number == 1 else f"{name}-{number}") in taken:
        number += 1
    return free
