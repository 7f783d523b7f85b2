"""The scripts that pages are set in, and the fonts that set them: for the style sheet, for `doctor` and for the docs.

The fonts of a page itself hold Latin letters only; the others are the machine's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Script:
    """A script, or several that one family of fonts sets, and a text in it. A font is known by its family's name."""

    name: str
    sample: str
    text: str
    """The font of text, charts and tables."""
    headings: str
    debian: str
    """Debian's and Ubuntu's package of both fonts."""


_CORE: Final = "fonts-noto-core"
_CJK: Final = "fonts-noto-cjk"
_NOT_IN_NAMES: Final = re.compile(r"[^\w \-]")

SCRIPTS: Final = (
    Script("Latin", "Größe, Żółć, Báo cáo tuần ễ ợ", "Noto Sans", "Noto Serif", _CORE),
    Script("Greek", "Εβδομαδιαία αναφορά", "Noto Sans", "Noto Serif", _CORE),
    Script("Cyrillic", "Отчёт за неделю", "Noto Sans", "Noto Serif", _CORE),
    Script("Arabic", "تقرير الأسبوع ہفتہ وار", "Noto Sans Arabic", "Noto Naskh Arabic", _CORE),
    Script("Hebrew", "דוח שבועי", "Noto Sans Hebrew", "Noto Serif Hebrew", _CORE),
    Script("Devanagari", "हिन्दी क्षत्रिय साप्ताहिक", "Noto Sans Devanagari", "Noto Serif Devanagari", _CORE),
    Script("Bengali", "সাপ্তাহিক প্রতিবেদন", "Noto Sans Bengali", "Noto Serif Bengali", _CORE),
    Script("Tamil", "வாராந்திர அறிக்கை", "Noto Sans Tamil", "Noto Serif Tamil", _CORE),
    Script("Thai", "รายงานประจำสัปดาห์", "Noto Sans Thai", "Noto Serif Thai", _CORE),
    Script("Japanese", "今週のレポート、大阪から", "Noto Sans CJK JP", "Noto Serif CJK JP", _CJK),
    Script("Chinese", "每周报告 每週報告", "Noto Sans CJK SC", "Noto Serif CJK SC", _CJK),
    Script("Korean", "주간 보고서", "Noto Sans CJK KR", "Noto Serif CJK KR", _CJK),
)
EMOJI: Final = Script("emoji", "👍🏽👩‍👩‍👧‍👦🇯🇵🤦🏿‍♂️", "Noto Color Emoji", "Noto Color Emoji", "fonts-noto-color-emoji")
"""Not among the others: a font of emoji that a style sheet names would set digits too, in WeasyPrint. Where none is
named, the system's sets emoji, and only those."""


def text_fonts(first: str) -> str:
    """The fonts of text as CSS has them, `first` before those for what it lacks."""
    return _css(first, *(script.text for script in SCRIPTS), "system-ui", "sans-serif")


def heading_fonts(first: str) -> str:
    """The fonts of headings as CSS has them."""
    return _css(first, *(script.headings for script in SCRIPTS), "Georgia", "serif")


def _css(first: str, *families: str) -> str:
    named = dict.fromkeys((f'"{_NOT_IN_NAMES.sub("", first)}"', *(f'"{family}"' for family in families[:-2])))
    return ",".join((*named, *families[-2:]))  # no spaces: WeasyPrint would take them for a part of the names in an SVG
