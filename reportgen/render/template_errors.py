"""What is wrong with a template, before and while it renders, with its place in the template."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from traceback import extract_tb
from typing import Final

from jinja2 import Environment, nodes
from jinja2.exceptions import TemplateNotFound, TemplateSyntaxError

from reportgen.errors import TemplateError
from reportgen.project import Project
from reportgen.render.template_names import Context, name_faults
from reportgen.render.templates import BUILT_IN, SUFFIXES

_REFERENCES: Final = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)


def template_faults(environment: Environment, name: str, context: Context, project: Project) -> Iterator[str]:
    """What is wrong with the template and with those that it names, as far as can be told without rendering it.

    `context` is what it will be rendered with; `project` has the files. Where the form of a template is wrong, names
    are not looked up.
    """
    trees: dict[str, nodes.Template] = {}
    faults = list(_form_faults(environment, name, trees))
    yield from faults or name_faults(environment, trees, context, project)


def _form_faults(environment: Environment, name: str, trees: dict[str, nodes.Template]) -> Iterator[str]:
    """What cannot be read or compiled; what can be is put into `trees`."""
    unseen, seen = [(name, "")], {name}
    while unseen:
        name, place = unseen.pop(0)
        try:
            tree = trees[name] = _compiled(environment, name)
        except TemplateNotFound as error:
            yield f"{place}{error.message}"
        except TemplateSyntaxError as error:
            yield _of_syntax(error)
        else:
            for other, line in _named_in(tree):
                if other not in seen:
                    seen.add(other)
                    unseen.append((other, f"{name}:{line}: "))


def template_error(error: Exception, page: str) -> TemplateError:
    """What went wrong while `page` was rendered, and where: in the project's own templates, if one took part."""
    if isinstance(error, TemplateSyntaxError):
        return TemplateError(_of_syntax(error))
    # The frame of a template has the template's name for that of its file; all others are Python's.
    frames = [(frame.filename, frame.lineno) for frame in extract_tb(error.__traceback__)]
    places = [f"{name}:{line}" for name, line in frames if PurePosixPath(name).suffix in SUFFIXES]
    own = [place for place in places if not place.startswith(BUILT_IN)]
    (*_, place) = own or places or [page]
    inner = f" (in {places[-1]})" if own and places[-1] != place else ""
    return TemplateError(f"{place}: {what_failed(error)}{inner}")


def what_failed(error: Exception) -> str:
    """A sentence for the user, without a place."""
    if isinstance(error, RecursionError):
        return "templates or macros here call each other without an end"
    return str(error) or type(error).__name__


def _compiled(environment: Environment, name: str) -> nodes.Template:
    text, _, _ = environment.loader.get_source(environment, name)  # type: ignore[union-attr]
    environment.compile(text, name, name)
    return environment.parse(text, name, name)


def _named_in(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """The templates that it extends, includes or imports by a name that is written out, and in which line."""
    for node in tree.find_all(_REFERENCES):
        named = getattr(node, "template", None)
        optional = getattr(node, "ignore_missing", False)
        if isinstance(named, nodes.Const) and isinstance(named.value, str) and not optional:
            yield named.value, node.lineno


def _of_syntax(error: TemplateSyntaxError) -> str:
    return f"{error.name}:{error.lineno}: {error.message}"
