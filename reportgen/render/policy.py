"""What a page allows itself in a browser: our script and the styles that it was made with, by their hashes."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html import unescape
from typing import Final

from reportgen.resources import resource

POLICY: Final = "[content security policy]"
"""What stands for the policy until the page is whole: only then are its hashes known."""
_PLACE: Final = f'content="{POLICY}"'
"""With quotes, which are escaped in all that a page is told: no title can be taken for it."""
_META: Final = f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" {_PLACE}>'
_BEGINNING: Final = re.compile(r"\A\s*(<!doctype[^>]*>)?", re.IGNORECASE)
_ELEMENT: Final = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
_ATTRIBUTE: Final = re.compile(r"""\sstyle=(?:"([^"]*)"|'([^']*)')""")


def script() -> str:
    """The only script that a page may run: ours."""
    return resource("templates/enhance.js").read_text("utf-8")


def with_policy(html: str) -> str:
    """The page with its policy in place of `POLICY`; on top of it where the page, a project's own, leaves it out."""
    if _PLACE not in html:
        html = _BEGINNING.sub(lambda found: f"{found[0]}{_META}", html, count=1)
    attributes = [unescape(quoted or single) for quoted, single in _ATTRIBUTE.findall(html)]
    styles = [*_hashes(_ELEMENT.findall(html)), *(["'unsafe-hashes'"] if attributes else []), *_hashes(attributes)]
    rules = (
        "default-src 'none'",
        f"script-src {' '.join(_hashes([script()]))}",
        f"style-src {' '.join(styles)}",
        "font-src data:",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return html.replace(_PLACE, f'content="{"; ".join(rules)}"', 1)


def _hashes(texts: Iterable[str]) -> list[str]:
    return [f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in dict.fromkeys(texts)]
