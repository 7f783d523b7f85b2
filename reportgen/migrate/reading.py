"""The old file while it is read: its values, their lines, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from reportgen.migrate.model import Remark
from reportgen.spec.document import Document, Node
from reportgen.spec.problems import Finding, Place

_OFF: Final = frozenset({"false", "no", "off", "null", "~", ""})
"""What YAML 1.1, which the old clients read, takes for false or nothing."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document, and the findings so far."""

    document: Document
    findings: list[Finding] = field(default_factory=list)

    def node(self, *place: str | int) -> Node | None:
        """What stands there; None where nothing does."""
        node: Node | None = self.document.root
        for step in place:
            if isinstance(step, int):
                node = node.items[step] if node else None
            else:
                entry = node.entries.get(step) if node else None
                node = entry.value if entry else None
        return node

    def text(self, *place: str | int) -> str | None:
        """The scalar there as it is written; None where there is none, or an empty one."""
        node = self.node(*place)
        return (node.text or None) if node and node.data is not None else None

    def is_on(self, *place: str | int) -> bool:
        """Whether the old client takes the value there for true: all that is neither false nor nothing."""
        node = self.node(*place)
        return node is not None and (node.text is None or node.text.lower() not in _OFF)

    def keys_at(self, *place: str | int) -> Iterator[str]:
        """The keys of the mapping there; a finding where something else stands there."""
        node = self.node(*place)
        if node is None or node.data is None:
            return
        if not isinstance(node.data, dict):
            self.complain(place, "a mapping of keys and values is wanted here")
            return
        yield from node.entries

    def items(self, *place: str | int) -> Iterator[tuple[Place, str]]:
        """The words of the list there, with their places; a finding where there is something else."""
        node = self.node(*place)
        if node is None or not isinstance(node.data, list) or not node.items:
            self.complain(place, "a list of words is wanted here, such as [tweet.id, engagement.type]")
            return
        for index, item in enumerate(node.items):
            if isinstance(item.data, str):
                yield (*place, index), item.data
            else:
                self.complain((*place, index), "a word is wanted here")

    def complain(self, place: Place, message: str, *, at_key: bool = False) -> None:
        self.findings.append(Finding(place, message, at_key=at_key))

    def remark(self, place: Place, text: str) -> Remark:
        """A remark with the line of the key, or of the item, there."""
        return Remark(text, self.line(*place))

    def line(self, *place: str | int) -> int:
        """The line of the key, or of the item, there; of the mapping that lacks it."""
        return self.document.position(place, at_key=True)[0]
