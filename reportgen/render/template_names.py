"""Names in templates that lead nowhere: found without rendering, by reading the templates of a page together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from jinja2 import Environment, meta, nodes

from reportgen.project import Project, ProjectFileError
from reportgen.render.embed import embedded
from reportgen.render.templates import BUILT_IN
from reportgen.spec.words import closest, did_you_mean

Context = Mapping[str, Collection[str] | None]
"""What a page is rendered with: each name, and what templates may read of it, None where that is not known."""

_JINJAS: Final = frozenset({"self", "super", "loop", "caller", "varargs", "kwargs"})
_MAY_LACK: Final = {nodes.Test: {"defined", "undefined"}, nodes.Filter: {"default", "d"}}


def name_faults(
    environment: Environment, trees: Mapping[str, nodes.Template], context: Context, project: Project
) -> Iterator[str]:
    """What the project's own templates name that is not there: blocks, values, functions, files to embed.

    `trees` are all templates of a page by name. A template that extends one whose name is computed is left out, as is
    what is computed while the page is made.
    """
    given = {name for tree in trees.values() for name in _given(tree)}
    for name, tree in trees.items():
        parents = _ancestors(tree, trees)
        if name.startswith(BUILT_IN) or parents is None:
            continue
        faults = [
            *_values(environment, tree, context, given),
            *_fields(tree, context, given),
            *_files(tree, project),
        ]
        if parents:
            faults += _blocks(tree, {block.name for parent in parents for block in parent.find_all(nodes.Block)})
        yield from (f"{name}:{line}: {message}" for line, message in sorted(faults))


def _ancestors(tree: nodes.Template, trees: Mapping[str, nodes.Template]) -> list[nodes.Template] | None:
    """The templates that it extends, the nearest first; None where they cannot be known."""
    found: list[nodes.Template] = []
    while extends := tree.find(nodes.Extends):
        named = extends.template.value if isinstance(extends.template, nodes.Const) else None
        parent = trees.get(str(named))
        if parent is None or parent in found:
            return None
        found.append(parent)
        tree = parent
    return found


def _given(tree: nodes.Template) -> Iterator[str]:
    """The names that a template gives to values of its own, wherever it does."""
    for node in tree.find_all((nodes.Name, nodes.Macro, nodes.Import, nodes.FromImport)):
        match node:
            case nodes.Name(ctx="load"):
                continue
            case nodes.Name() | nodes.Macro():
                yield node.name
            case nodes.Import():
                yield node.target
            case nodes.FromImport():
                yield from (name if isinstance(name, str) else name[1] for name in node.names)


def _values(
    environment: Environment, tree: nodes.Template, context: Context, given: Collection[str]
) -> Iterator[tuple[int, str]]:
    known = {*context, *environment.globals}
    strange = meta.find_undeclared_variables(tree) - known - set(given) - _JINJAS
    strange -= {node.name for node in _may_lack(tree) if isinstance(node, nodes.Name)}
    for node in tree.find_all(nodes.Name):
        if node.name in strange:
            strange.remove(node.name)
            yield node.lineno, f"there is no {node.name!r}{_meant(node.name, {*known, *given})}"


def _fields(tree: nodes.Template, context: Context, given: Collection[str]) -> Iterator[tuple[int, str]]:
    unsure = _may_lack(tree)
    for node in tree.find_all(nodes.Getattr):
        if not isinstance(node.node, nodes.Name) or node.node.name in given or node in unsure:
            continue
        of = node.node.name
        fields = context.get(of)
        if fields is not None and node.attr not in fields:
            yield node.lineno, f"{of} has no {node.attr!r}{_meant(node.attr, fields)}"


def _may_lack(tree: nodes.Template) -> list[nodes.Node]:
    """What is asked whether it is there, or has a value for where it is not."""
    asked = tree.find_all((nodes.Test, nodes.Filter))
    return [node.node for node in asked if node.name in _MAY_LACK[type(node)] and node.node is not None]


def _files(tree: nodes.Template, project: Project) -> Iterator[tuple[int, str]]:
    """Files that are embedded by a name that is written out, and cannot be."""
    for call in tree.find_all(nodes.Call):
        if not (isinstance(call.node, nodes.Name) and call.node.name == "embed"):
            continue
        for argument in call.args:
            if isinstance(argument, nodes.Const) and isinstance(argument.value, str):
                try:
                    embedded(project, argument.value)
                except ProjectFileError as error:
                    yield call.lineno, str(error)


def _blocks(tree: nodes.Template, known: Collection[str]) -> Iterator[tuple[int, str]]:
    """Blocks that replace none: Jinja leaves them out without a word. One inside another block has its place there."""
    inner = {id(block) for outer in tree.find_all(nodes.Block) for block in outer.find_all(nodes.Block)}
    for block in tree.find_all(nodes.Block):
        if id(block) not in inner and block.name not in known:
            message = f"what this template extends has no block {block.name!r}{did_you_mean(block.name, sorted(known))}"
            yield block.lineno, message


def _meant(name: str, known: Collection[str]) -> str:
    nearest = closest(name, sorted(known))
    return f"; did you mean {nearest!r}?" if nearest else ""
