"""What a page allows itself in a browser."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

import pytest

from reportgen.render.policy import leads_elsewhere, script, with_policy


def digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def styles(page: str) -> list[str]:
    """What the policy of the page says of styles."""
    (rule,) = (rule for rule in with_policy(page).split("; ") if rule.startswith("style-src"))
    return rule.split()[1:]


def test_the_styles_of_the_page_are_allowed_by_their_hashes() -> None:
    lines = "\nb {}\n"
    assert styles(f"<style>p {{}}</style><style media=print>{lines}</style>") == [digest("p {}"), digest(lines)]


def test_styles_of_elements_are_allowed_each_by_its_own() -> None:
    page = """<p style="width: 5%"><p style='width: 5%'><p style="font-family: &quot;A&quot;">"""
    assert styles(page) == ["'unsafe-hashes'", digest("width: 5%"), digest('font-family: "A"')]


HEAD = (
    '<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    f"script-src {digest(script())}; style-src ; "
    "font-src data:; img-src data:; base-uri 'none'; form-action 'none'\">"
)


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("", "<p>Here"),
        ("<!doctype HTML>", "\n<html><title>Here"),
        ("<!doctype html>", '<html lang="a>b"><head>'),
        ("<!doctype html>", "<!-- <head> --><p>Here"),
        ('<!DOCTYPE html>\n<html lang="en">\n\n<head>', "\n<title>Here"),
        ("<!doctype html><html><head>", "<title>Here"),
    ],
)
def test_the_policy_stands_on_top_of_whatever_page(before: str, behind: str) -> None:
    assert with_policy(before + behind) == f"{before}\n{HEAD}{behind}".lstrip()


@pytest.mark.parametrize(
    "place", ["<!-- {} -->", "<noscript>{}</noscript>", "<title>{}</title>", "<body>{}", "<p data-a='{}'>"]
)
def test_nothing_in_the_page_takes_the_policy_away(place: str) -> None:
    for text in ('content="[content security policy]"', '<meta http-equiv="Content-Security-Policy" content="">'):
        page = f"<!doctype html><html><head>{place.format(text)}"
        assert with_policy(page) == page.replace("<head>", f"<head>\n{HEAD}")


@pytest.mark.parametrize(
    ("page", "what"),
    [
        ('<base href="https://a.example/">', "a <base>, by which all links lead elsewhere"),
        ("<p>Here<BASE/target=x>", "a <base>, by which all links lead elsewhere"),
        ('<!-- > --><meta content=0 http-equiv="refresh">', "a <meta> that refreshes it, by which it leads elsewhere"),
        ("<meta\nHTTP-EQUIV='&#82;efresh'>", "a <meta> that refreshes it, by which it leads elsewhere"),
        (
            f"<meta title='{'x' * 99_999}' http-equiv=refresh>",
            "a <meta> that refreshes it, by which it leads elsewhere",
        ),
        (
            "<link rel='icon PreConnect' href='https://a.example'>",
            "a <link rel=preconnect>, by which a browser connects to elsewhere",
        ),
    ],
)
def test_what_leads_elsewhere_whatever_the_policy_is_found(page: str, what: str) -> None:
    assert leads_elsewhere(page) == what


def test_pages_that_stay_where_they_are_lead_nowhere() -> None:
    page = '<meta name="refresh" content="0"><link rel="icon" href="data:,"><p>&lt;base&gt; <basement>'
    assert leads_elsewhere(page) is None
