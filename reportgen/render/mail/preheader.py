"""The line that lists of mails show behind the subject: the numbers of the first tiles. Pure."""

from __future__ import annotations

from typing import Final

from reportgen.render.changes import in_words
from reportgen.render.labels import period_in_words
from reportgen.render.letters import isolated
from reportgen.render.numbers import counted, marked
from reportgen.report.kpis import Kpi, KpiSection
from reportgen.report.model import Report, each
from reportgen.voice.voice import Voice

FILLER: Final = "\u034f\u200c\N{NO-BREAK SPACE}" * 90
"""What nobody sees: a client that shows more than the line would go on with what the mail says first."""
_MOST: Final = 4


def preheader(report: Report, voice: Voice) -> str:
    """`Impressions 1,578,659*, up 583%; engagements 74,116*, up 598%.`"""
    kpis = next((section.kpis for section in each(report.sections) if isinstance(section, KpiSection)), ())
    numbers = "; ".join(_said(kpi, voice) for kpi in kpis[:_MOST])
    words = numbers or f"{counted(report.tweets, 'tweet', voice)}, {period_in_words(report, voice)}"
    return f"{'' if report.complete else 'Incomplete. '}{words}."


def _said(kpi: Kpi, voice: Voice) -> str:
    change = f", {in_words(kpi.change, voice)}" if kpi.change and not kpi.change.why else ""
    return f"{isolated(kpi.measure.label)} {marked(kpi.measure, kpi.value, voice)}{change}"
