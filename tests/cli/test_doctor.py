"""`reportgen doctor`: what is here, and how to get what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.cli.doctor import ways_to_get
from reportgen.render import system_fonts
from reportgen.render.scripts import EMOJI, SCRIPTS
from reportgen.render.system_fonts import Setting, setting
from tests.conftest import Command
from tests.leaks.known import made_up
from tests.render.scripts import need_font

REPORT = """\
version: 1
name: launch
title: {title}
endpoint: totals
tweet_ids: ["2117632892728246273"]
metrics: [favorites]
"""


OURS = ("acme", "acme_help", "acme_status", "acme_shop")


def missing(*scripts: str) -> object:
    """A machine without fonts for these texts."""
    return lambda text: Setting((), "x", in_colour=False) if text in scripts else Setting(("Noto",), "", in_colour=True)


def test_it_names_fonts_credentials_and_the_store_but_no_secret(
    project: Path, reportgen: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    del project
    monkeypatch.setattr(system_fonts, "setting", missing())
    monkeypatch.setenv("REPORTGEN_BEARER_TOKEN", made_up("s3cret-bearer"))
    monkeypatch.setenv("REPORTGEN_STORE", "sqlite:///of/acme.db")
    ended = reportgen("doctor")
    assert ended.code == 0
    assert "  Arabic       Noto\n" in ended.out
    assert ended.out.splitlines()[-3:] == [
        "  settings     no reportgen.yaml: defaults",
        f"  credentials  consumer key, bearer token, {', '.join(f'token of @{handle}' for handle in OURS)}",
        "  store        none at sqlite:///of/acme.db yet; the first run makes it",
    ]


def test_a_store_that_is_none_is_a_failure(project: Path, reportgen: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_fonts, "setting", missing())
    monkeypatch.setenv("REPORTGEN_STORE", "sqlite:///notes.txt")
    (project / "notes.txt").write_text("No database, and longer than the head of one would be. " * 20)
    ended = reportgen("doctor")
    assert (ended.code, ended.out.splitlines()[-1]) == (
        2,
        (
            "  store        the store sqlite:///notes.txt is a file of another kind, not a store; set another one with "
            "REPORTGEN_STORE, or with store in reportgen.yaml"
        ),
    )


def test_a_missing_font_is_told_with_the_way_to_get_it_and_is_no_failure(
    project: Path, reportgen: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    del project
    japanese = next(script for script in SCRIPTS if script.name == "Japanese")
    monkeypatch.setattr(system_fonts, "setting", missing(japanese.sample))
    ended = reportgen("doctor")
    assert ended.code == 0
    assert "  Japanese     missing: Noto Sans CJK JP\n" in ended.out
    assert "apt-get install fonts-noto-cjk " in ended.out


def test_each_system_has_its_own_way() -> None:
    arabic = next(script for script in SCRIPTS if script.name == "Arabic")
    assert list(ways_to_get([arabic, EMOJI])) == [
        "  Debian       apt-get install fonts-noto-core fonts-noto-color-emoji   (Ubuntu too)",
        "  Fedora       dnf install 'font(notosansarabic)' 'font(notocoloremoji)'",
        "  macOS        brew install --cask font-noto-sans-arabic font-noto-color-emoji",
        "  elsewhere    Noto Sans Arabic, Noto Color Emoji, from fonts.google.com/noto",
    ]


@pytest.mark.parametrize(
    ("title", "code", "said"),
    [("Größe", 0, "all of its texts can be set"), ("A \U000f0000 B", 2, "no font here has \U000f0000 (U+F0000)")],
)
def test_a_report_whose_words_no_font_can_set_is_a_failure(
    project: Path, reportgen: Command, title: str, code: int, said: str
) -> None:
    (project / "launch.yaml").write_text(REPORT.format(title=title), "utf-8")
    ended = reportgen("doctor", "launch.yaml")
    assert (ended.code, ended.out.splitlines()[-1]) == (code, f"launch.yaml: {said}")


def test_a_family_of_the_brand_that_is_not_here_is_told_of_settings_and_of_reports(
    project: Path, reportgen: Command
) -> None:
    need_font("Noto Sans Arabic")
    (project / "reportgen.yaml").write_text("brand: {fonts: {text: Helvetika, headings: noto sans arabic}}\n", "utf-8")
    (project / "launch.yaml").write_text(REPORT.format(title="A") + "brand: {fonts: {headings: Georgja}}\n", "utf-8")
    ended = reportgen("doctor", "launch.yaml")
    said = "is not on this machine, and another one stands in; install it, or name a file of the project"
    assert ended.code == 0
    assert [line for line in ended.out.splitlines() if line.startswith("  brand")] == [
        f"  brand        fonts.text: 'Helvetika' {said}",
        f"  brand        fonts.headings: 'Georgja' {said}",
    ]


def test_settings_that_are_wrong_are_a_failure(project: Path, reportgen: Command) -> None:
    (project / "reportgen.yaml").write_text("pages: A4\n", "utf-8")
    ended = reportgen("doctor")
    assert (ended.code, ended.out.splitlines()[-1]) == (
        2,
        "settings: reportgen.yaml:1:1: pages: this key is not known; did you mean 'page'?",
    )


def test_the_fonts_are_those_that_a_pdf_gets() -> None:
    need_font("Noto Sans Arabic")
    need_font("Noto Color Emoji")
    assert setting("تقرير") == Setting(("Noto Sans Arabic",), "", in_colour=False)
    assert setting("👍🏽") == Setting(("Noto Color Emoji",), "", in_colour=True)
    assert setting("\U000f0000").unset == "\U000f0000"


DELIVERED = """\
email: {to: [team@acme.example]}
webhooks: [team-chat]
publish: {directory: public/reports}
"""


def test_ways_out_that_are_set_up_are_told_and_nothing_is_made_or_asked(
    project: Path, reportgen: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system_fonts, "setting", missing())
    monkeypatch.setenv("REPORTGEN_SMTP_PASSWORD", made_up("the-password-of-doctors"))
    monkeypatch.setenv("REPORTGEN_WEBHOOK_TEAM_CHAT_URL", made_up("https://hooks.example/of-doctors"))
    settings = "smtp: {host: smtp.example, username: me}\nmail: {from: Acme <a@acme.example>}\n"
    (project / "reportgen.yaml").write_text(settings)
    (project / "launch.yaml").write_text(REPORT.format(title="A") + DELIVERED, "utf-8")
    ended = reportgen("doctor", "launch.yaml")
    server = "smtp.example:587 (starttls), logged in as me, from Acme <a@acme.example>"
    assert (ended.code, ended.out.splitlines()[-4:]) == (
        0,
        [
            "launch.yaml: all of its texts can be set",
            f"  mail         {server}; reportgen mail FILE --to ADDRESS tries it",
            "  webhook      team-chat: its address is set",
            "  directory    public/reports: not there yet; it can be made",
        ],
    )
    assert not (project / "public").exists()


def test_ways_out_that_cannot_work_are_a_failure(
    project: Path, reportgen: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system_fonts, "setting", missing())
    (project / "reportgen.yaml").write_text("smtp: {host: localhost, username: me, ca: none.pem}\n")
    (project / "launch.yaml").write_text(REPORT.format(title="A") + DELIVERED, "utf-8")
    (project / "public").write_text("a file")
    address = "REPORTGEN_WEBHOOK_TEAM_CHAT_URL"
    ended = reportgen("doctor", "launch.yaml")
    assert (ended.code, ended.out.splitlines()[-5:]) == (
        2,
        [
            "  mail         REPORTGEN_SMTP_PASSWORD is missing in the environment and in .env; smtp.username is me",
            "  mail         smtp.ca: none.pem cannot be read as a file of certificates (PEM)",
            "  mail         no sender is set; set mail.from in reportgen.yaml, or REPORTGEN_MAIL_FROM",
            f"  webhook      no address for team-chat: set {address} in the environment or in .env",
            "  directory    public/reports: public is no folder that can be written into",
        ],
    )


def test_a_directory_that_is_there_can_be_written_into(
    project: Path, reportgen: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system_fonts, "setting", missing())
    (project / "public" / "reports").mkdir(parents=True)
    (project / "launch.yaml").write_text(REPORT.format(title="A") + "publish: {directory: public/reports}\n", "utf-8")
    ended = reportgen("doctor", "launch.yaml")
    assert (ended.code, ended.out.splitlines()[-1]) == (0, "  directory    public/reports: it can be written into")
