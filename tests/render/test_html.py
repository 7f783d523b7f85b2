"""The HTML page."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

import pytest

from reportgen.catalog import FORMULAS, METRICS
from reportgen.render.environment import css_string
from reportgen.render.fonts import font_faces
from reportgen.render.html import render_html
from reportgen.render.look import Fonts, Look
from reportgen.render.policy import script
from reportgen.report.kpis import Kpi, KpiSection
from reportgen.report.model import GapLine, GapNote, Report, Value
from reportgen.report.tables import Column
from tests.render import made_up
from tests.render.page import Page, read


@pytest.fixture(scope="module")
def weekly(weekly_html: str) -> Page:
    return read(weekly_html)


@pytest.fixture(scope="module")
def long(long_html: str) -> Page:
    return read(long_html)


@pytest.fixture(scope="module")
def totals(totals_html: str) -> Page:
    return read(totals_html)


def plain(**changes: object) -> Page:
    """A report without sections, changed."""
    empty: Report = replace(made_up.WEEKLY, sections=(), gap_notes=(), remarks=())
    return read(render_html(replace(empty, **changes), Look()))  # type: ignore[arg-type]


def test_nothing_in_the_page_points_outside_but_links_to_tweets(long: Page, long_html: str) -> None:
    for element in long.elements:
        assert element.attributes.get("src") is None
        reference = element.attributes.get("href")
        if element.tag == "a":
            assert reference is not None
            assert reference.startswith("https://x.com/")
        else:
            assert reference is None or reference.startswith("data:")
    assert all(address.startswith("data:") for address in re.findall(r"url\(([^)]*)", long_html))
    assert "@import" not in long_html


def test_the_page_has_no_script_but_ours(long: Page, gallery_html: str) -> None:
    for page in (long, read(gallery_html)):
        assert [element.text for element in page.all("script")] == [script()]
        assert not any(name.startswith("on") for element in page.elements for name in element.attributes)


def test_the_page_allows_itself_nothing_but_its_own_script_and_styles(weekly: Page) -> None:
    policies = [
        meta.attributes["content"]
        for meta in weekly.all("meta")
        if meta.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    (style,) = weekly.all("style")
    digests = [b64encode(sha256(text.encode()).digest()).decode() for text in (script(), style.text)]
    ours = "script-src 'sha256-{}'; style-src 'sha256-{}'".format(*digests)
    assert policies == [
        f"default-src 'none'; {ours}; font-src data:; img-src data:; base-uri 'none'; form-action 'none'"
    ]


def test_hostile_words_are_words(long: Page, long_html: str) -> None:
    assert "<script>alert" not in long_html
    assert made_up.HOSTILE in long.texts("h2")
    assert made_up.HOSTILE in long.texts("p", "note")
    assert f"@acme, @acme_help, {made_up.HOSTILE}" in long.texts("dd")
    for css_class in ("handle", "metrics", "together"):
        assert made_up.HOSTILE.lower() in [text.lower() for text in long.texts("span", css_class)]


def test_the_page_is_english_and_has_a_title_and_a_description(weekly: Page) -> None:
    assert weekly.all("html")[0].attributes["lang"] == "en"
    assert weekly.texts("title") == ["Acme on X, weekly · 9–15 November 2026"]
    meta = {element.attributes.get("name"): element.attributes.get("content") for element in weekly.all("meta")}
    assert meta["description"] == "The engagement of 34 tweets of @acme, @acme_help: 9–15 November 2026."
    assert meta["viewport"] == "width=device-width, initial-scale=1"


def test_the_page_has_landmarks_and_one_main_heading(weekly: Page) -> None:
    for tag in ("header", "main", "footer", "h1"):
        assert len(weekly.all(tag)) == 1


def test_every_id_is_there_once(weekly: Page, gallery_html: str) -> None:
    for page in (weekly, read(gallery_html)):
        ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
        assert len(ids) == len(set(ids)) > 0


def test_the_head_says_what_the_report_is_of(weekly: Page) -> None:
    facts = dict(zip(weekly.texts("dt"), weekly.texts("dd"), strict=False))
    assert facts["Handles"] == "@acme, @acme_help"
    assert facts["Tweets"] == "34"
    assert facts["Times in"] == "America/New York"
    assert facts["As of"] == "16 November 2026, 08:00"
    assert weekly.texts("p", "period") == ["9–15 November 2026"]


def test_totals_say_the_day_that_they_were_taken(totals: Page) -> None:
    assert totals.texts("p", "period") == ["Totals as of 16 November 2026"]
    assert "Handles" not in totals.texts("dt")


def test_every_script_is_written_as_it_is(totals: Page) -> None:
    assert "Ünïcödé — 日本語 title" in totals.texts("h2")


def test_one_handle_is_a_handle() -> None:
    assert "Handle" in plain(handles=("@acme",)).texts("dt")


def test_tiles_have_the_exact_number_and_what_it_lacks(weekly: Page) -> None:
    assert weekly.texts("dd", "number") == ["1,284,937*", "44,314*", "3.62%", "5,085*"]
    assert weekly.texts("dd", "small") == [
        "From 32 of 34 tweets",
        "From 32 of 34 tweets",
        "Engagements / impressions",
        "From 32 of 34 tweets",
    ]


def test_a_tile_without_a_number_has_a_dash_and_says_why() -> None:
    rate = Kpi(FORMULAS["engagement_rate"], Value(None), 3)
    gap = Kpi(METRICS["impressions"], Value(None, 3), 3)
    page = plain(sections=(KpiSection(None, None, (rate, gap)),))
    assert page.texts("dd", "number") == ["–", "–"]
    assert page.texts("dd", "small") == ["No rate without impressions", "Not known. See the notes."]


def test_what_all_tiles_lack_is_said_once_below_them() -> None:
    page = plain(sections=(made_up.kpis("impressions", "engagements", "favorites", missing=2),))
    assert page.texts("dd", "small") == []
    assert page.texts("p", "small") == ["* From 32 of 34 tweets"]


def test_a_long_number_makes_all_tiles_of_its_row_smaller(weekly: Page, long: Page) -> None:
    assert [tiles.attributes["class"] for tiles in long.all("dl", "tiles")] == ["tiles in-3", "tiles long in-4"]
    assert weekly.all("dl", "long") == []


def test_a_table_has_a_caption_and_headers_with_a_scope(weekly: Page) -> None:
    assert weekly.texts("caption") == ["10 of 34, by impressions", "Each day"]
    headers = [header for header in weekly.all("th") if "thead" in header.parents]
    assert {header.attributes["scope"] for header in headers} == {"col"}
    rows = [header for header in weekly.all("th") if "tbody" in header.parents and "details" not in header.parents]
    assert {header.attributes["scope"] for header in rows} == {"row"}
    assert len(rows) == 10 + 14


def test_the_column_in_order_says_so(weekly: Page) -> None:
    ordered = [header for header in weekly.all("th") if header.attributes.get("aria-sort")]
    assert [(header.text.split()[-1], header.attributes["aria-sort"]) for header in ordered] == [
        ("Impressions", "descending")
    ]


def test_cells_have_exact_numbers_dashes_and_marks(weekly: Page) -> None:
    numbers = weekly.texts("td", "number")
    assert numbers[:6] == ["65,167", "9,647", "4,139", "2,386", "1,585", "6.10%"]
    assert numbers[18:24] == ["20,735", "–", "–", "–", "–", "–"]
    assert "62,664*" in numbers


def test_a_dash_says_why_to_those_who_do_not_see_it(weekly: Page) -> None:
    dashes = [element for element in weekly.all("span") if element.text == "–"]
    assert {dash.attributes.get("aria-label") for dash in dashes} == {
        "Not known. See the notes.",
        "No rate without impressions",
    }


def test_marks_are_explained_under_the_table_that_bears_them(weekly: Page) -> None:
    assert [text for text in weekly.texts("p", "small") if "notes" in text] == [
        "– Not known. See the notes.",
        "* From some of the tweets only. – No rate without impressions. See the notes.",
    ]


def test_a_table_and_a_chart_of_nothing_say_so() -> None:
    table = made_up.table("No tweets", 0, 0, "impressions")
    chart = made_up.chart("No days", "engagement.day", "line", made_up.panel("impressions", ()))
    page = plain(sections=(table, chart))
    assert page.texts("p", "small") + page.texts("figcaption") == ["Nothing to show.", "Nothing to show."]
    assert page.all("svg") == []


def test_a_tweet_is_its_time_its_handle_and_its_id_and_leads_to_it(weekly: Page) -> None:
    link = weekly.all("a")[1]
    assert link.text == "Mon 9 Nov, 16:18"
    assert link.attributes["href"] == "https://x.com/acme/status/2117632892833103874"
    assert weekly.texts("span", "id")[1] == "@acme 2117632892833103874"


def test_a_handle_with_a_column_of_its_own_is_not_repeated() -> None:
    tweets = made_up.table("By handle", 1, 1, "impressions")
    columns = (Column("Handle", "handle"), *tweets.columns)
    page = plain(sections=(replace(tweets, columns=columns, rows=(("@acme_help", *tweets.rows[0]),)),))
    assert page.texts("th", None)[-1] == "@acme_help"
    assert page.texts("span", "id") == ["2117632892728246273"]


def test_a_lone_panel_is_named_unless_its_title_does_so() -> None:
    panel = made_up.panel("impressions", made_up.days(3))
    named = made_up.chart("Impressions each day", "engagement.day", "line", panel)
    unnamed = made_up.chart("Day by day", "engagement.day", "line", panel)
    assert plain(sections=(named,)).texts("h3") == []
    assert plain(sections=(unnamed,)).texts("h3") == ["Impressions"]


def test_wide_tables_scroll_inside_their_own_box(long: Page) -> None:
    boxes = long.all("div", "scroll")
    assert len(boxes) == len([table for table in long.all("table") if "details" not in table.parents]) == 4
    assert {(box.attributes["role"], box.attributes["tabindex"]) for box in boxes} == {("group", "0")}


def test_the_notes_say_what_is_missing_for_which_tweets_and_why(weekly: Page) -> None:
    notes = weekly.all("section", "notes")[0].text
    assert "they were deleted, or their account is protected or suspended." in notes
    assert "how often they were seen." in notes
    assert weekly.texts("span", "metrics") == ["Impressions, engagements"]
    assert weekly.texts("span", "tweets") == [
        "@acme Tue 10 Nov, 06:44 @acme_help Thu 12 Nov, 16:28",
        "20 @acme Sun 9 Mar 2025, 18:30",
    ]
    assert weekly.texts("ul", "remarks")[0].startswith("Days and hours are local, in America/New_York.")


def test_a_gap_of_very_many_tweets_shows_the_first_of_them() -> None:
    tweets = tuple(made_up.tweet(number) for number in range(1_234))
    page = plain(gap_notes=(GapNote("They are gone.", (GapLine((), None, tweets),)),))
    assert len(page.all("a")) == 12
    assert page.texts("li")[-1].endswith(" and 1,222 more of @acme")


def test_the_tweets_of_a_report_on_one_handle_bear_none() -> None:
    notes = (GapNote("They are gone.", (GapLine((), None, (made_up.tweet(3),)),)),)
    assert plain(gap_notes=notes, handles=("@acme",)).texts("li") == ["Tue 10 Nov, 06:44"]


def test_tweets_that_are_all_meant_are_said_in_words() -> None:
    page = plain(gap_notes=(GapNote("They are gone.", (GapLine((), "All tweets of @acme", ()),)),))
    assert page.texts("li") == ["All tweets of @acme"]
    assert page.all("a") == []


def test_a_line_without_metrics_says_so_only_beside_lines_that_have_some() -> None:
    all_numbers, likes = GapLine((), "All tweets of @acme", ()), GapLine(("Likes",), "All tweets of @acme_help", ())
    page = plain(gap_notes=(GapNote("No.", (all_numbers, likes)), GapNote("No, no.", (all_numbers,))))
    assert page.texts("li") == [
        "All numbers All tweets of @acme", "Likes All tweets of @acme_help", "All tweets of @acme",
    ]  # fmt: skip


def test_a_note_whose_sentence_says_it_all_has_no_list() -> None:
    page = plain(gap_notes=(GapNote("X refused @acme.", ()),))
    assert "X refused @acme." in page.texts("p")
    assert page.all("ul") == []


def test_a_report_with_nothing_to_explain_has_no_notes() -> None:
    assert plain().all("section") == []


def test_an_incomplete_report_says_so_before_anything_else(totals: Page, weekly: Page) -> None:
    (alert,) = totals.all("aside", "alert")
    assert " ".join(alert.text.split()) == (
        "This report is incomplete. There are no numbers for 3 of 128 tweets, and only some for 2 more. See the notes."
    )
    assert totals.elements.index(alert) < totals.elements.index(totals.all("section")[0])
    assert weekly.all("aside") == []


def test_the_foot_says_when_and_by_what_the_page_was_made(weekly: Page) -> None:
    assert weekly.texts("footer") == ["As of 16 November 2026, 08:00, America/New York Made with reportgen"]


def test_the_paper_is_the_one_asked_for(weekly_html: str, long_html: str) -> None:
    for html, size in ((weekly_html, "A4"), (long_html, "Letter")):
        assert re.findall(r"@page[^{]*{\s*size: ([^;]*);", html) == [size, f"{size} landscape"]


def test_a_hostile_title_stays_a_word_in_the_margins_of_paper() -> None:
    assert css_string('a"</style>\\\n日1') == r'"a\22 \3c \2f style\3e \5c \a 日1"'
    title = '</style><script>alert(1)</script>"; } body { display: none } \\'
    page = plain(title=title)
    assert page.texts("script") == [" ".join(script().split())]
    assert page.texts("h1") == [title.strip()]


def test_a_very_long_title_is_cut_in_the_margins_of_paper() -> None:
    html = render_html(replace(made_up.WEEKLY, title="word " * 40), Look())
    assert f"content: {css_string('word ' * 23 + 'word…')};" in html


def test_the_same_report_gives_the_same_page(weekly_html: str) -> None:
    assert render_html(made_up.WEEKLY, Look()) == weekly_html


def test_the_fonts_travel_with_the_page_and_are_light() -> None:
    assert font_faces(Fonts()).count("data:font/woff2;base64,") == 4
    assert len(font_faces(Fonts())) < 150_000
