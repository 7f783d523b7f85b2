"""How much a template may do, so that one that goes on for ever, or grows without end, stops with an error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from jinja2 import Environment, Undefined, pass_environment, pass_eval_context
from jinja2.exceptions import SecurityError
from jinja2.filters import do_join, do_replace, make_attrgetter
from jinja2.nodes import EvalContext

from reportgen.render.writable import a_kind, shown

TURNS: Final = 10_000_000
"""Turns of loops, for one page: a table of a million cells needs less than half of them."""
CALL: Final = 5
"""The turns that a call of a macro counts for."""
CHARACTERS: Final = 500_000_000
"""Characters put together, for one page; what is put together several times counts as often."""
LOAD: Final = 100
"""The turns that a template counts for, each time that it is included, imported or extended."""
_SLOT: Final = 8
"""The characters that an item of a list counts for."""
_BITS: Final = 10_000
"""Bits of a whole number."""


class Budget:
    """What is left to one page. Each `take` raises SecurityError where it is used up."""

    def __init__(self, turns: int = TURNS, characters: int = CHARACTERS) -> None:
        self._turns = turns
        self._characters = characters

    def take_turns(self, number: int = 1) -> None:
        self._turns -= number
        if self._turns < 0:
            raise SecurityError("the template does too much: its loops have too many turns")

    def take_characters(self, number: int) -> None:
        self._characters -= number
        if self._characters < 0:
            raise SecurityError("the template does too much: its text grows too long")

    def loop(self, items: Iterable[Any]) -> Iterator[Any]:
        """The items, each of which takes a turn."""
        for item in items:
            self.take_turns()
            yield item

    def range(self, *bounds: int) -> range:
        """As Python's; its numbers count as turns at once, for those who add them up without a loop."""
        numbers = range(*bounds)
        self.take_turns(len(numbers))
        return numbers

    def text(self, text: Any) -> Any:  # noqa: ANN401  Markup or str, as it is
        """The text, put together a moment ago: it is at most as long as what was there before, twice."""
        self.take_characters(len(text))
        return text

    def concat(self, pieces: Iterable[str]) -> str:
        """What a template, a block or a macro writes, as one text."""
        return "".join(self._counted(pieces))

    def operate(self, operator: str, left: Any, right: Any) -> None:  # noqa: ANN401
        """Take what the result of `left operator right` will need."""
        for one, other in ((left, right), (right, left)):
            if operator in "+*" and hasattr(one, "__len__"):
                size = 1 if isinstance(one, str) else _SLOT
                self.take_characters(size * len(one) * (max(other, 0) if isinstance(other, int) else 1))
        if isinstance(left, int) and isinstance(right, int) and operator in {"*", "**"}:
            bits = left.bit_length() + right.bit_length() if operator == "*" else left.bit_length() * abs(right)
            if bits > _BITS:
                raise SecurityError("the template does too much: a number grows too large")

    def filters(self) -> dict[str, Any]:
        """Jinja's filters that put texts, lists and numbers together, counted."""

        @pass_eval_context
        def join(context: EvalContext, items: Iterable[Any], d: str = "", attribute: str | int | None = None) -> str:
            if attribute is not None:
                items = map(make_attrgetter(context.environment, attribute), items)
            shown(d)
            parts = [item if hasattr(item, "__html__") else str(shown(item)) for item in items]
            self.take_characters(sum(map(len, parts)) + len(parts) * len(str(d)))
            text: str = do_join(context, parts, d)
            return text

        @pass_eval_context
        def replace(context: EvalContext, text: str, old: str, new: str, count: int | None = None) -> str:
            self.take_characters(len(text) + text.count(old) * len(new))
            return do_replace(context, text, old, new, count)

        @pass_environment
        def add(
            environment: Environment, items: Iterable[Any], attribute: str | int | None = None, start: float = 0
        ) -> Any:  # noqa: ANN401
            if attribute is not None:
                items = map(make_attrgetter(environment, attribute), items)
            return sum(map(_number, items), _number(start))

        return {"join": join, "replace": replace, "sum": add, "list": self._listed}

    def _listed(self, items: Iterable[Any]) -> list[Any]:
        kept = []
        for item in items:
            self.take_characters(_SLOT)
            kept.append(item)
        return kept

    def _counted(self, pieces: Iterable[str]) -> Iterator[str]:
        for piece in pieces:
            self.take_characters(len(piece))
            yield piece


def _number(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, Undefined):
        str(value)  # its own error says what is not there
    if not isinstance(value, int | float):
        raise SecurityError(f"the filter 'sum' adds numbers, and {a_kind(value)} is none")
    return value
