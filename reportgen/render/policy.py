"""What a page allows itself in a browser: our script and the styles that it was made with, by their hashes."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from typing import Final

from reportgen.resources import resource

_BEGINNING: Final = re.compile(r"\A\s*(<!doctype[^>]*>(\s*<html( lang=[\"'][a-z-]*[\"'])?>\s*<head>)?)?", re.IGNORECASE)
"""What may stand before the policy. It is never looked for further on, where a text, a comment or an attribute might be
taken for its place.
"""
_ELEMENT: Final = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
_LEADING: Final = re.compile(r"<(?:base|meta|link)(?=[\s/>])", re.IGNORECASE)
_CONNECTS: Final = {"preconnect", "dns-prefetch", "prefetch", "prerender", "modulepreload"}
"""What a link may do without the policy having a say."""
_ATTRIBUTE: Final = re.compile(r"""\sstyle=(?:"([^"]*)"|'([^']*)')""")


def script() -> str:
    """The only script that a page may run: ours."""
    return resource("templates/enhance.js").read_text("utf-8")


def with_policy(html: str) -> str:
    """The page with its policy on top, where nothing of it can stand before."""
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
    head = f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{"; ".join(rules)}">'
    return _BEGINNING.sub(lambda found: f"{found[0]}\n{head}".lstrip(), html, count=1)


def leads_elsewhere(html: str) -> str | None:
    """What in a page, be it in a comment, leads a browser elsewhere whatever its policy says. None where
    nothing does.
    """
    for found in _LEADING.finditer(html):
        tag = _first_tag(html, found.start())
        match tag.name:
            case "base":
                return "a <base>, by which all links lead elsewhere"
            case "meta" if tag.attributes.get("http-equiv", "").strip().lower() == "refresh":
                return "a <meta> that refreshes it, by which it leads elsewhere"
            case "link" if connecting := _CONNECTS.intersection(tag.attributes.get("rel", "").lower().split()):
                return f"a <link rel={min(connecting)}>, by which a browser connects to elsewhere"
    return None


def _first_tag(html: str, start: int) -> _FirstTag:
    """The tag that begins there. Most are short, and one with a picture in it is not."""
    tag = _FirstTag()
    end = start + 1_000
    while not tag.name and start < len(html):
        tag.feed(html[start:end])
        start, end = end, end + (end - start) * 4
    return tag


class _FirstTag(HTMLParser):
    """The first tag of a text, read as browsers do, entities included."""

    def __init__(self) -> None:
        super().__init__()
        self.name = ""
        self.attributes: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.name:
            self.name = tag
            self.attributes = {name: value or "" for name, value in reversed(attrs)}  # the first of a name counts


def _hashes(texts: Iterable[str]) -> list[str]:
    return [f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in dict.fromkeys(texts)]
