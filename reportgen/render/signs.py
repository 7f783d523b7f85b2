"""The signs that stand where a number is missing, or beside one that is not whole."""

from __future__ import annotations

from typing import Final

UNKNOWN: Final = "–"
"""What stands where there is no number."""
INCOMPLETE: Final = "*"
"""The mark behind a sum that lacks some of its tweets."""
