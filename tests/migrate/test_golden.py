"""The sample files come out as the report files that were looked at by a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.migrate.model import Asked
from tests.migrate.migrating import migrated

HERE = Path(__file__).parent
GOLDEN = {
    "app_settings.yaml": Asked(),
    "config.yaml": Asked(
        name="Monthly", handle="@acme", start="2026-10-01", end="2026-11-01T09:30", tweets=("ids/october.txt",)
    ),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_a_sample_comes_out_as_its_report_file(name: str) -> None:
    old = (HERE / "samples" / name).read_text()
    assert migrated(old, GOLDEN[name], path=name) == (HERE / "golden" / name).read_text()
