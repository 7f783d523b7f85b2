"""What a run asks the vendor's APIs for, as its user wants it."""

from __future__ import annotations

from enum import Enum


class Ask(Enum):
    """What a run asks for."""

    MISSING = "what is not known yet"
    EVERYTHING = "everything, known or not"
    NOTHING = "nothing: what is known has to do"
