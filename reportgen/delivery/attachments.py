"""The files that go with a mail, and those that are too large for it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from reportgen.spec.delivering import Attached

TYPES: Final[Mapping[Attached, tuple[str, str]]] = {
    "html": ("text", "html"),
    "pdf": ("application", "pdf"),
    "json": ("application", "json"),
    "csv": ("text", "csv"),
    "xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "parquet": ("application", "vnd.apache.parquet"),
}
"""What mail programs are told of each kind."""
_LINE: Final = 57
"""Bytes of a file that a line of base64 holds."""
_MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    kind: Attached
    content: bytes

    @property
    def size(self) -> int:
        """Bytes, as it leaves: in base64, in lines."""
        lines, rest = divmod(len(self.content), _LINE)
        return lines * 78 + (-(-rest // 3) * 4 + 2 if rest else 0)


def fitting(attachments: Iterable[Attachment], largest: float) -> tuple[tuple[Attachment, ...], tuple[Attachment, ...]]:
    """Those that go with a mail of `largest` megabytes, and those that are left out, the largest first."""
    kept = [*attachments]
    left_out: list[Attachment] = []
    while sum(attachment.size for attachment in kept) > largest * _MEGABYTE:
        heaviest = max(kept, key=lambda attachment: attachment.size)
        kept.remove(heaviest)
        left_out.append(heaviest)
    return tuple(kept), tuple(left_out)
