"""Texts in many scripts for the tests, and the font of a Debian machine that sets each in the text of a page."""

from __future__ import annotations

import subprocess
from functools import cache
from shutil import which
from typing import Final

import pytest

OURS: Final = "Reportgen Sans"
TEXTS: Final = {
    "Latin": ("Größe, naïve, Żółć, Țară", OURS),
    "Vietnamese": ("Báo cáo hàng tuần ễ ợ ữ", "Noto Sans"),
    "Cyrillic": ("Отчёт за неделю", "Noto Sans"),
    "Greek": ("Εβδομαδιαία αναφορά", "Noto Sans"),
    "Japanese": ("今週のレポート、大阪から", "Noto Sans CJK JP"),
    "Chinese": ("每周报告", "Noto Sans CJK JP"),
    "Korean": ("주간 보고서", "Noto Sans CJK JP"),
    "Arabic": ("تقرير الأسبوع", "Noto Sans Arabic"),
    "Hebrew": ("דוח שבועי", "Noto Sans Hebrew"),
    "Hindi": ("हिन्दी क्षत्रिय साप्ताहिक", "Noto Sans Devanagari"),
    "Bengali": ("সাপ্তাহিক প্রতিবেদন", "Noto Sans Bengali"),
    "Tamil": ("வாராந்திர அறிக்கை", "Noto Sans Tamil"),
    "Thai": ("รายงานประจำสัปดาห์", "Noto Sans Thai"),
    "emoji": ("👍🏽👩‍👩‍👧‍👦🇯🇵❤️1️⃣🤦🏿‍♂️", "Noto Color Emoji"),
    "combining marks": ("Z̸̢̛̤͈͎a̷̡͖͉l̶̨̛g̵̢̛o̷͘", "Noto Sans"),
}


@cache
def _families() -> frozenset[str]:
    if which("fc-list") is None:
        return frozenset()
    listed = subprocess.run(["fc-list", ":", "family"], capture_output=True, check=True, text=True).stdout
    return frozenset(name for line in listed.splitlines() for name in line.split(","))


def need_font(family: str) -> None:
    """Skip the test where the machine lacks the font."""
    if family != OURS and family not in _families():
        pytest.skip(f"no {family} on this machine; scripts/setup installs it on Debian")
