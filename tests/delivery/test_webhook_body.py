"""What a webhook is told: the page's own words and numbers, in Slack's form, and nothing that Slack takes for more."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from reportgen.delivery.webhook_body import webhook_body
from reportgen.render.look import Look
from reportgen.report.changes import NoChange
from reportgen.report.kpis import KpiSection
from reportgen.report.model import Change, ColumnsSection, Report, Value
from tests.render import made_up

TILES = made_up.kpis("impressions", "engagements", "engagement_rate", missing=2)
WITH_CHANGES = replace(
    TILES,
    kpis=(
        replace(TILES.kpis[0], change=Change(Value(1_100_000), 0.168)),
        replace(TILES.kpis[1], change=Change(Value(None, 34), None, why=NoChange.NOT_KNOWN_BEFORE)),
        replace(TILES.kpis[2], change=Change(Value(0.04), -0.0038, in_points=True)),
    ),
)
WEEKLY = replace(made_up.WEEKLY, sections=(WITH_CHANGES, *made_up.WEEKLY.sections[1:]))
SHORTFALL = "There are no numbers for 3 of 34 tweets."
FILES = "Files: acme-weekly-2026-11-15.html, acme-weekly-2026-11-15.pdf"


def told(report: Report) -> Any:
    return json.loads(webhook_body(report, Look(), ("html", "pdf")))


def texts(blocks: list[dict[str, Any]]) -> list[str]:
    parts = [part for block in blocks for part in (block.get("elements") or block.get("fields") or [block["text"]])]
    return [part["text"] for part in parts]


def test_its_text_has_title_period_figures_and_files() -> None:
    assert told(WEEKLY)["text"].splitlines() == [
        "Acme on X, weekly",
        "9–15 November 2026",
        "Impressions: 1,284,937 (↑ 16.8% from 1,100,000; from 32 of 34 tweets)",
        "Engagements: 44,314 (not known before; from 32 of 34 tweets)",
        "Engagement rate: 3.62% (↓ 0.38\N{NO-BREAK SPACE}pp from 4.00%)",
        FILES,
    ]


def test_its_blocks_say_the_same() -> None:
    blocks = told(WEEKLY)["blocks"]
    assert [block["type"] for block in blocks] == ["header", "context", "section", "context"]
    assert texts(blocks) == [
        "Acme on X, weekly",
        "9–15 November 2026",
        "Impressions\n*1,284,937*\n↑ 16.8% from 1,100,000\nfrom 32 of 34 tweets",
        "Engagements\n*44,314*\nnot known before\nfrom 32 of 34 tweets",
        "Engagement rate\n*3.62%*\n↓ 0.38\N{NO-BREAK SPACE}pp from 4.00%",
        FILES,
    ]


def test_programs_read_the_rest() -> None:
    assert told(WEEKLY)["metadata"] == {
        "event_type": "report_made",
        "event_payload": {
            "report": "acme-weekly",
            "title": "Acme on X, weekly",
            "status": "complete",
            "as_of": "2026-11-16T13:00:00Z",
            "files": [
                {"format": "html", "name": "acme-weekly-2026-11-15.html"},
                {"format": "pdf", "name": "acme-weekly-2026-11-15.pdf"},
            ],
            "period": {
                "label": "9–15 November 2026",
                "start": "2026-11-09T05:00:00Z",
                "end": "2026-11-16T05:00:00Z",
                "timezone": "America/New_York",
            },
        },
    }


def test_a_report_without_a_period_has_none() -> None:
    body = told(made_up.TOTALS)
    assert "Totals as of 16 November 2026" in body["text"]
    assert "period" not in body["metadata"]["event_payload"]


def test_an_incomplete_report_says_so_everywhere() -> None:
    body = told(replace(WEEKLY, complete=False, shortfall=SHORTFALL))
    assert f"This report is incomplete. {SHORTFALL}" in body["text"].splitlines()
    assert f":warning: This report is incomplete. {SHORTFALL}" in texts(body["blocks"])
    assert body["metadata"]["event_payload"]["status"] == "incomplete"


def test_a_number_that_is_not_known_is_no_zero() -> None:
    unknown = replace(TILES, kpis=(replace(TILES.kpis[0], value=Value(None, 34)),))
    assert "Impressions: – (not known. See the notes.)" in told(replace(WEEKLY, sections=(unknown,)))["text"]


def test_tiles_in_columns_count_and_ten_are_enough() -> None:
    column = ColumnsSection(None, None, (TILES, TILES))
    fields = told(replace(WEEKLY, sections=(column, TILES, TILES)))["blocks"][2]["fields"]
    assert [field["text"].split("\n")[0] for field in fields] == [
        *["Impressions", "Engagements", "Engagement rate"] * 3,
        "Impressions",
    ]


def test_without_tiles_there_is_no_empty_section() -> None:
    assert [block["type"] for block in told(replace(WEEKLY, sections=()))["blocks"]] == ["header", "context", "context"]


def test_nothing_in_a_title_mentions_anyone_or_is_a_link() -> None:
    body = told(replace(WEEKLY, title="<!channel> R&D <https://evil.example|here> @here"))
    expected = "&lt;!channel&gt; R&amp;D &lt;https://evil.example|here&gt; @here"
    assert body["text"].splitlines()[0] == expected
    assert body["blocks"][0]["text"] == {"type": "plain_text", "text": expected, "emoji": False}
    assert body["metadata"]["event_payload"]["title"] == "<!channel> R&D <https://evil.example|here> @here"
    formatted = [field for block in body["blocks"] for field in block.get("fields", [])]
    assert {(field["type"], field["verbatim"]) for field in formatted} == {("mrkdwn", True)}


def test_slacks_limits_are_kept() -> None:
    label = replace(made_up.RATE, label="&" * 200)
    kpis = tuple(replace(TILES.kpis[0], measure=label, value=Value(0.1, 1)) for _ in range(12))
    report = replace(WEEKLY, title="&" * 200, sections=(KpiSection(None, None, kpis),), complete=False)
    header, *_ = blocks = told(report)["blocks"]
    assert header["type"] == "section", "a header takes 150 characters"
    assert header["text"]["text"] == "&amp;" * 200
    assert max(map(len, texts(blocks))) <= 2_000


def test_values_in_the_metadata_are_of_the_kinds_that_slack_takes() -> None:
    payload = told(WEEKLY)["metadata"]["event_payload"]
    flat = (str, int, bool)
    for value in payload.values():
        items = value if isinstance(value, list) else [value]
        assert all(isinstance(item, flat) or all(isinstance(part, flat) for part in item.values()) for item in items)


def test_the_same_report_gives_the_same_bytes() -> None:
    assert webhook_body(WEEKLY, Look(), ("html",)) == webhook_body(WEEKLY, Look(), ("html",))
