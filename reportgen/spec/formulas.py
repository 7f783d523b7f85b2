"""From the text of a formula to an expression, by lark: four signs, brackets, counts and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Final, cast

from reportgen.formula import Count, Expression, Number, Operation, Sign
from reportgen.spec.words import quoted

if TYPE_CHECKING:
    from lark import Lark, Token, UnexpectedToken
    from lark.tree import ParseTree

LONGEST: Final = 200
"""Characters of a formula, which bounds its depth too."""
_GRAMMAR: Final = r"""
?sum: product | sum ADD product
?product: atom | product MULTIPLY atom
?atom: NAME | NUMBER | "(" sum ")"
ADD: "+" | "-"
MULTIPLY: "*" | "/"
NAME: /[A-Za-z_][A-Za-z0-9_]*/
NUMBER: /[0-9]+(\.[0-9]+)?/
%ignore /\s+/
"""
_DIGITS: Final = 12
_MADE_OF: Final = "a formula has names of counts, numbers, + - * / and brackets"


class FormulaError(ValueError):
    """The text is no formula: what is wrong and what would be right. `index` is where, in characters."""

    def __init__(self, message: str, index: int) -> None:
        super().__init__(message)
        self.index = index


@dataclass(frozen=True, slots=True)
class Parsed:
    """A formula whose names nobody has looked up yet."""

    expression: Expression
    names: tuple[tuple[str, int], ...]
    """Each name in the text, and where it stands, in characters."""


def parse_formula(text: str) -> Parsed:
    """The formula of at most `LONGEST` characters. Raises FormulaError."""
    from lark import Token, UnexpectedCharacters, UnexpectedToken

    if len(text) > LONGEST:
        raise FormulaError(f"the formula is longer than {LONGEST} characters", LONGEST)
    try:
        tree = _parser().parse(text)
    except UnexpectedCharacters as error:
        index = error.pos_in_stream or 0
        raise FormulaError(f"{quoted(text[index])} cannot stand in a formula; {_MADE_OF}", index) from None
    except UnexpectedToken as error:
        raise _unexpected(error, text) from None
    tokens = [tree] if isinstance(tree, Token) else tree.scan_values(lambda leaf: isinstance(leaf, Token))
    names = ((str(token), token.start_pos or 0) for token in tokens if token.type == "NAME")
    return Parsed(_expression(tree), tuple(sorted(names, key=lambda name: name[1])))


@cache
def _parser() -> Lark:
    from lark import Lark

    return Lark(_GRAMMAR, start="sum", parser="lalr", lexer="basic")


def _unexpected(error: UnexpectedToken, text: str) -> FormulaError:
    """What cannot follow, and what could."""
    wanted = "a count, a number or (" if "NAME" in error.accepts else "+ - * or /"
    if "RPAR" in error.accepts:
        wanted += " or )"
    if error.token.type == "$END":
        if "NAME" in error.accepts:
            return FormulaError(f"the formula ends where {wanted} is wanted", len(text))
        return FormulaError("the formula ends before its ( is closed with )", len(text))
    index = error.token.start_pos or 0
    if error.token.type == "RPAR" and "NAME" not in error.accepts:
        return FormulaError("this ) closes nothing; take it out, or open it with (", index)
    return FormulaError(f"{quoted(str(error.token))} stands where {wanted} is wanted", index)


def _expression(node: ParseTree | Token) -> Expression:
    from lark import Token

    if isinstance(node, Token):
        return Count(str(node)) if node.type == "NAME" else _number(node)
    left, sign, right = node.children
    return Operation(_expression(left), cast("Sign", str(sign)), _expression(right))


def _number(token: Token) -> Number:
    if len(token) > _DIGITS:
        raise FormulaError(f"a number in a formula has at most {_DIGITS} digits", token.start_pos or 0)
    return Number(Fraction(str(token)))
