"""Attachments: which of them are too large for a mail."""

from __future__ import annotations

from base64 import encodebytes

import pytest

from reportgen.delivery.attachments import Attachment, fitting

PDF, CSV, PAGE = (
    Attachment("a.pdf", "pdf", b"1" * 600_000),
    Attachment("a.csv", "csv", b"2" * 100_000),
    Attachment("a.html", "html", b"3" * 300_000),
)


@pytest.mark.parametrize("length", [0, 1, 2, 3, 56, 57, 58, 1000])
def test_the_size_is_that_of_base64_in_lines(length: int) -> None:
    content = b"x" * length
    assert Attachment("a.pdf", "pdf", content).size == len(encodebytes(content).replace(b"\n", b"\r\n"))


@pytest.mark.parametrize(
    ("largest", "kept", "left_out"),
    [
        (1.4, [PDF, CSV, PAGE], []),
        (1.3, [CSV, PAGE], [PDF]),
        (0.5, [CSV], [PDF, PAGE]),
        (0.1, [], [PDF, PAGE, CSV]),
    ],
)
def test_the_largest_are_left_out_first(largest: float, kept: list[Attachment], left_out: list[Attachment]) -> None:
    assert fitting([PDF, CSV, PAGE], largest) == (tuple(kept), tuple(left_out))
