"""What a page allows itself in a browser."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from reportgen.render.policy import POLICY, script, with_policy

PLACE = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'


def digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def styles(page: str) -> list[str]:
    """What the policy of the page says of styles."""
    (rule,) = (rule for rule in with_policy(PLACE + page).split("; ") if rule.startswith("style-src"))
    return rule.split()[1:]


def test_the_styles_of_the_page_are_allowed_by_their_hashes() -> None:
    lines = "\nb {}\n"
    assert styles(f"<style>p {{}}</style><style media=print>{lines}</style>") == [digest("p {}"), digest(lines)]


def test_styles_of_elements_are_allowed_each_by_its_own() -> None:
    page = """<p style="width: 5%"><p style='width: 5%'><p style="font-family: &quot;A&quot;">"""
    assert styles(page) == ["'unsafe-hashes'", digest("width: 5%"), digest('font-family: "A"')]


def test_only_the_first_place_is_filled() -> None:
    assert with_policy(f"{PLACE}<style></style><p>{PLACE}").endswith(f"<p>{PLACE}")


def test_a_text_that_is_called_like_the_place_is_not_taken_for_it() -> None:
    assert with_policy(f"<title>{POLICY}</title>{PLACE}").startswith(f"<title>{POLICY}</title><meta")


def test_a_page_without_a_place_has_the_policy_behind_its_doctype() -> None:
    policy = (
        '<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        f"script-src {digest(script())}; style-src ; "
        "font-src data:; img-src data:; base-uri 'none'; form-action 'none'\">"
    )
    assert with_policy("<p>Here") == f"{policy}<p>Here"
    assert with_policy("\n<!doctype HTML>\n<html>") == f"\n<!doctype HTML>{policy}\n<html>"
