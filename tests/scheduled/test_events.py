"""The events of schedulers, and their page."""

from __future__ import annotations

import re

from reportgen.scheduled.events import MEANINGS
from tests.conftest import ROOT


def test_the_manual_has_them_all_with_their_fields() -> None:
    page = (ROOT / "docs" / "delivery.md").read_text()
    rows = re.findall(r"^\| `(\w+)` \| (.*) \| (.*) \|$", page.partition("| event | means | has |")[2], re.MULTILINE)
    told = {event: (meaning, fields) for event, meaning, fields in rows}
    for event, (meaning, fields) in MEANINGS.items():
        names = ", ".join(f"`{name}`" for name in fields.split(", ") if name)
        assert told[event] == (meaning, names)
