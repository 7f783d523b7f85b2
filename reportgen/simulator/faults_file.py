"""From a YAML file to the faults that it switches on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportgen.errors import InputError
from reportgen.simulator.faults import Faults
from reportgen.spec.fields import Readers, load_fields, whole


def load_faults(path: str) -> Faults:
    """The faults of a file; an empty one is the friendly API. Raises InputError with every problem of the file."""
    fields, problems = load_fields(path, "faults.schema.json", _READERS)
    if problems:
        raise InputError(*problems)
    return Faults(**fields)


def _statuses(numbers: Sequence[float]) -> tuple[int, ...]:
    return tuple(map(int, numbers))


def _span(seconds: float | list[float]) -> tuple[float, float]:
    least, most = seconds if isinstance(seconds, list) else (seconds, seconds)
    if least > most:
        raise ValueError("the first number is the least, the second the most; turn them round")
    return least, most


_READERS: Final[Readers] = {
    "seed": whole,
    "trouble_statuses": _statuses,
    "troubles_in_a_row": whole,
    "delay": _span,
    "calls_per_minute": whole,
    "others_per_minute": whole,
    "x_calls_per_window": whole,
}
