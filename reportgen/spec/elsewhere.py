"""Keys that people look for in one place, and that have another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from reportgen.spec.problems import Place

_IN_SETTINGS: Final = " here; it has its place in reportgen.yaml"

ELSEWHERE: Final[Mapping[Place, str]] = {
    ("smtp",): _IN_SETTINGS,
    ("alerts",): _IN_SETTINGS,
    ("email", "from"): "; who sends is mail.from in reportgen.yaml",
    ("smtp", "password"): "; it is REPORTGEN_SMTP_PASSWORD, in the environment or in .env",
}
"""By the key that the file does not know: how the words "this key is not known" go on."""
