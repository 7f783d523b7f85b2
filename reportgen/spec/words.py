"""Small phrases that the messages share."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from difflib import get_close_matches
from typing import Final

LONGEST: Final = 60
"""Characters of the user's text that a message repeats."""


def quoted(text: str) -> str:
    """The text in quotes, cut where it is long."""
    return repr(text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…")


def shown(name: str) -> str:
    """A name as it is, or in quotes, and cut, where it has more in it than a name has."""
    return name if len(name) <= LONGEST and re.fullmatch(r"[\w.@-]+", name) else quoted(name)


def listed(names: Sequence[str], last: str = "or") -> str:
    """`a, b or c`."""
    return f" {last} ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def counted(number: int, noun: str) -> str:
    """`1 call`, `1,200 calls`, `2 deliveries`."""
    many = re.sub("([^aeiou])y$", r"\1ie", noun) + "s"
    return f"{number:,} {noun if number == 1 else many}"


def times(number: int) -> str:
    """`once`, `1,200 times`."""
    return "once" if number == 1 else f"{number:,} times"


def closest(word: str, choices: Collection[str]) -> str | None:
    """The choice that the user may have meant, whatever its capitals; None where none is near."""
    by_lower = {choice.lower(): choice for choice in choices}
    matches = get_close_matches(word.lower(), by_lower, n=1) or _parts(word.lower(), by_lower)
    return by_lower[matches[0]] if matches else None


def _parts(word: str, choices: Collection[str]) -> list[str]:
    """The only choice of which the word is the begin, or what stands behind a dot: `dir`, and `day`."""
    begun = [choice for choice in choices if len(word) > 2 and (choice.startswith(word) or choice.endswith(f".{word}"))]
    return begun if len(begun) == 1 else []


def did_you_mean(word: str, choices: Collection[str]) -> str:
    """The end of a message about an unknown word: the nearest choice, or all of them."""
    nearest = closest(word, choices)
    return f"; did you mean {quoted(nearest)}?" if nearest else known_are(choices)


def known_are(choices: Collection[str]) -> str:
    """The end of a message about a word that has its place elsewhere."""
    return f"; {'the only one is' if len(choices) == 1 else 'known are'} {listed([*map(shown, choices)], 'and')}"
