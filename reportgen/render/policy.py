"""What a page allows itself in a browser: the styles that it was made with, by their hashes, and nothing else. Pure."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html import unescape
from typing import Final

POLICY: Final = "[content security policy]"
"""What stands for the policy until the page is whole: only then are its hashes known."""
_ELEMENT: Final = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
_ATTRIBUTE: Final = re.compile(r"""\sstyle=(?:"([^"]*)"|'([^']*)')""")


def with_policy(html: str) -> str:
    """The page with its policy in place of the first `POLICY`."""
    attributes = [unescape(quoted or single) for quoted, single in _ATTRIBUTE.findall(html)]
    styles = [*_hashes(_ELEMENT.findall(html)), *(["'unsafe-hashes'"] if attributes else []), *_hashes(attributes)]
    rules = (
        "default-src 'none'",
        f"style-src {' '.join(styles)}",
        "font-src data:",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return html.replace(POLICY, "; ".join(rules), 1)


def _hashes(texts: Iterable[str]) -> list[str]:
    return [f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in dict.fromkeys(texts)]
