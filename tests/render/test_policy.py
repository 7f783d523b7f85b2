"""What a page allows itself in a browser."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from reportgen.render.policy import POLICY, with_policy


def digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def styles(page: str) -> list[str]:
    """What the policy of the page says of styles."""
    (rule,) = (rule for rule in with_policy(POLICY + page).split("; ") if rule.startswith("style-src"))
    return rule.split()[1:]


def test_the_styles_of_the_page_are_allowed_by_their_hashes() -> None:
    lines = "\nb {}\n"
    assert styles(f"<style>p {{}}</style><style media=print>{lines}</style>") == [digest("p {}"), digest(lines)]


def test_styles_of_elements_are_allowed_each_by_its_own() -> None:
    page = """<p style="width: 5%"><p style='width: 5%'><p style="font-family: &quot;A&quot;">"""
    assert styles(page) == ["'unsafe-hashes'", digest("width: 5%"), digest('font-family: "A"')]


def test_only_the_first_place_is_filled() -> None:
    assert with_policy(f"{POLICY}<style></style><p>{POLICY}").endswith(f"<p>{POLICY}")
