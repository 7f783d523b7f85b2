"""Jinja's sandbox, narrowed: a template reads what it is told of, and can neither change nor reach anything else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Final

from jinja2 import BaseLoader, StrictUndefined, Template, nodes
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.runtime import BlockReference, Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Namespace, missing
from jinja2.visitor import NodeTransformer

from reportgen.render.budget import CALL, LOAD, Budget
from reportgen.render.writable import a_kind, of_writable, shown
from reportgen.spec.words import closest, quoted

Readable = Mapping[type, frozenset[str]]
"""The attributes that templates may read, by class."""

_TEXT: Final = """
    capitalize casefold count endswith find isalnum isalpha isdigit islower isupper lower lstrip partition removeprefix
    removesuffix rpartition rsplit rstrip split splitlines startswith strip swapcase title upper
"""
_LOOP: Final = "index index0 revindex revindex0 first last length previtem nextitem depth depth0 cycle changed"
_FILTERS: Final = """
    abs capitalize count d default dictsort e escape first float groupby int items last length list lower map max min
    reject rejectattr reverse select selectattr sort string striptags sum title trim truncate unique upper urlencode
    wordcount xmlattr
"""
"""Those of Jinja that neither mark text as safe, nor depend on chance, nor make large texts of small ones."""
_OF_TEXT: Final = """
    capitalize e escape lower replace string striptags title trim truncate upper urlencode wordcount xmlattr
"""
"""Those of them that make text of whatever they are given; `join` looks at each of its parts itself."""
_GLOBALS: Final = ("dict", "namespace", "cycler", "joiner")
# No template can write these names.
_TURN, _PIECE, _SHOWN = (
    "one turn of a loop",
    "one piece of text",
    "one value as text",
)
_JINJAS: Final[Readable] = {
    str: frozenset(_TEXT.split()),
    dict: frozenset({"get", "items", "keys", "values"}),
    tuple: frozenset({"grouper", "list"}),  # of the filter `groupby`
    LoopContext: frozenset(_LOOP.split()),
    BlockReference: frozenset({"super"}),
    Cycler: frozenset({"next", "current", "reset"}),
}


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment for one page. All text is escaped, and what is not there is an error.

    `readable` are the attributes of the values that the page is made of.
    """

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, loader: BaseLoader, readable: Readable, budget: Budget) -> None:
        super().__init__(loader=loader, autoescape=True, undefined=NotThere, trim_blocks=True, lstrip_blocks=True)
        self._readable = {**_JINJAS, **readable}
        self._of_class: dict[type, frozenset[str]] = {}
        self._budget = budget
        self.globals = {name: self.globals[name] for name in _GLOBALS} | {"range": budget.range}
        self.filters = {name: self.filters[name] for name in _FILTERS.split()} | budget.filters()
        self.filters |= {name: of_writable(self.filters[name]) for name in _OF_TEXT.split()}
        self.filters |= {"round": _rounded, _SHOWN: shown, _TURN: budget.loop, _PIECE: budget.text}
        self.finalize = shown
        self.concat = budget.concat  # type: ignore[method-assign]

    def compile(self, source: Any, name: str | None = None, *rest: Any, **more: Any) -> Any:  # noqa: ANN401
        """As Jinja's. Raises TemplateSyntaxError also for what is nested too deeply for Python."""
        try:
            return super().compile(source, name, *rest, **more)
        except (RecursionError, MemoryError, SyntaxError) as error:
            raise TemplateSyntaxError("this is nested too deeply", 1, name, name) from error

    def _load_template(self, *asked: Any) -> Template:  # noqa: ANN401
        self._budget.take_turns(LOAD)
        return super()._load_template(*asked)

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:  # noqa: ARG002
        """Whether a template may read it: what is not listed, it may not."""
        if isinstance(obj, Namespace | TemplateModule):
            return not attr.startswith("_")  # they hold what templates have put there themselves
        kind = type(obj)
        if kind not in self._of_class:
            self._of_class[kind] = frozenset[str]().union(*(self._readable.get(base, ()) for base in kind.__mro__))
        return attr in self._of_class[kind]

    def wrap_str_format(self, value: object) -> Callable[..., str] | None:  # noqa: ARG002
        """Nothing: Jinja would let `format` by, whose widths are a way to texts of any length."""
        return None

    def unsafe_undefined(self, obj: object, attribute: str) -> StrictUndefined:
        hint = f"{quoted(attribute)} of {a_kind(obj)} is not for templates"
        return NotThere(hint, obj, attribute, SecurityError)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401, N805
        __self._budget.take_turns(CALL)
        return super().call(__context, __obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401
        if operator == "%" and isinstance(left, str):
            raise SecurityError("% puts no text together here; write the parts side by side, with ~ between them")
        self._budget.operate(operator, left, right)
        return super().call_binop(context, operator, left, right)

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        return super()._generate(_Counted(name, filename).visit(source), name, filename, defer_init)


class NotThere(StrictUndefined):
    """What is not there: an error wherever it is used, in words for people who write templates."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        name, obj = self._undefined_name, self._undefined_obj
        if self._undefined_hint:
            return self._undefined_hint
        if obj is missing:
            return f"there is no {name!r}"
        named = repr(name) if isinstance(name, str | int) else a_kind(name)
        there = [field.name for field in fields(obj)] if is_dataclass(obj) and not isinstance(obj, type) else []
        meant = closest(name, there) if isinstance(name, str) else None
        return f"{a_kind(obj)} has no {named}" + (f"; did you mean {meant!r}?" if meant else "")

    __format__ = StrictUndefined._fail_with_undefined_error  # noqa: SLF001


class _Counted(NodeTransformer):
    """Puts the budget's counting around what a template repeats and joins, and refuses what would go around it."""

    def __init__(self, name: str | None, filename: str | None) -> None:
        self._name = name
        self._filename = filename

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802  Jinja's way to name it
        if node.recursive:
            raise self._refusal("a recursive loop", node)
        self.generic_visit(node)
        node.iter = _filtered(node.iter, _TURN)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.nodes = [_filtered(part, _SHOWN) for part in node.nodes]
        return _filtered(node, _PIECE)

    def visit_ScopedEvalContextModifier(self, node: nodes.Node) -> nodes.Node:  # noqa: N802
        raise self._refusal("autoescape", node)

    def _refusal(self, what: str, node: nodes.Node) -> TemplateSyntaxError:
        return TemplateSyntaxError(f"{what} is not for templates of reports", node.lineno, self._name, self._filename)


def _filtered(node: nodes.Node, name: str) -> nodes.Expr:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno, environment=node.environment)


def _rounded(number: float, digits: int = 0) -> float:
    if abs(digits) > 15:
        raise SecurityError("a number is rounded to 15 digits at most")
    return round(number, digits)
