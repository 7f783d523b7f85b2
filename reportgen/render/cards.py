"""What is said below the cards of tweets, and how they stand beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reportgen.render.numbers import SEE_NOTES, as_set, counted, dash_explained, explained
from reportgen.report.cards import CardsSection
from reportgen.report.model import Value
from reportgen.voice.voice import Voice

_IN_A_ROW: Final = 3
"""Cards on the whole of a wide page."""
_SMALL: Final = 2
"""Cards of a group that may have another beside it."""
_ROOM_FOR_TWO: Final = 0.6
"""Of the width of the page."""


def cards_in_a_row(section: CardsSection) -> int:
    """How many cards of a group stand beside each other on a wide page."""
    if groups_in_a_row(section) == 2:
        return 1
    most = max(len(section.best), len(section.worst))
    return max(1, min(_IN_A_ROW if most != 4 else 2, round(_IN_A_ROW * section.share), most))


def groups_in_a_row(section: CardsSection) -> int:
    """How many groups stand beside each other on a wide page: the best and the worst, where both are small."""
    small = max(len(section.best), len(section.worst)) <= _SMALL
    return 2 if section.best and section.worst and small and section.share >= _ROOM_FOR_TWO else 1


def below_cards(section: CardsSection, voice: Voice) -> str:
    """Which tweets are not among those that were ranked, and what dashes mean. Empty where there is nothing to say."""
    return " ".join(_sentences(section, voice))


def _sentences(section: CardsSection, voice: Voice) -> Iterator[str]:
    if not section.best and not section.worst:
        yield "No tweet to show."
    for least in section.at_least:
        number = as_set(least.measure, least.number, voice)
        left_out = f"; {counted(least.tweets, 'tweet', voice)} left out" if least.tweets else ""
        yield f"Only tweets with at least {number} {least.measure.label.lower()}{left_out}."
    if section.not_known:
        whose = "its numbers are" if section.not_known == 1 else "their numbers are"
        yield f"{counted(section.not_known, 'tweet', voice)} not ranked: {whose} missing."
    if section.later:
        yield f"{counted(section.later, 'tweet', voice)} not ranked: posted after the period."
    if section.undefined:
        why = explained(section.by, Value(None), voice) or ""
        yield f"{counted(section.undefined, 'tweet', voice)} not ranked: {why[:1].lower()}{why[1:]}."
    shown = [
        (measure, value)
        for card in (*section.best, *section.worst)
        for measure, value in zip(section.measures, card.values, strict=True)
    ]
    if dash := dash_explained(shown):
        yield dash
    if section.not_known or any(value.missing for _, value in shown):
        yield SEE_NOTES
