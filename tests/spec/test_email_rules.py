"""Subject and introduction of a mail are checked before a number is asked for: each fault with its line and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.spec.check import check
from reportgen.spec.model import ReportSpec
from tests.spec.documents import BASE

HEAD = BASE + "measures: {click_rate: url_clicks / impressions}\nemail:\n  to: [team@example.com]\n"


def checked(folder: Path, rest: str) -> list[str]:
    path = folder / "a.yaml"
    path.write_text(HEAD + rest)
    found = check(path)
    return [] if isinstance(found, ReportSpec) else [str(problem).removeprefix(f"{path}:") for problem in found]


BAD = {
    '  subject: "{{ titel }}"\n': ("10:16: email.subject: 'titel' is not known in texts; did you mean 'title'?"),
    '  subject: "{{ totals.impresions }} seen"\n': (
        "10:23: email.subject: 'impresions' is not among the report's metrics; did you mean 'impressions'?"
    ),
    '  subject: "{{ title"\n': ("10:13: email.subject: unexpected end of template, expected 'end of print statement'"),
    "  subject: Two lines\\n\n  intro: |\n    Hello,\n    {{ numbers.replies }}\n": (
        "13:16: email.intro: 'replies' is not among the report's metrics; known are impressions, engagements, "
        "engagement_rate and click_rate"
    ),
    "  intro: |\n    Look: ![chart](http://example.com/a.png)\n": (
        "11:11: email.intro: a text shows no pictures; leave it out"
    ),
}


@pytest.mark.parametrize("rest", BAD)
def test_a_fault_is_told_with_its_place(rest: str, tmp_path: Path) -> None:
    assert checked(tmp_path, rest) == [BAD[rest]]


def test_what_subject_and_introduction_name_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(HEAD + '  subject: "{{ totals.click_rate }}"\n  intro: "{{ numbers.impressions }}"\n')
    spec = check(path)
    assert isinstance(spec, ReportSpec)
    assert spec.email
    assert spec.email.metrics == ("click_rate", "impressions")
    assert (spec.email.subject_at, spec.email.intro_at) == ((10, 12), (11, 10))
    assert spec.counts == ("impressions", "engagements", "url_clicks")


@pytest.mark.parametrize(
    ("key", "address", "fault"),
    [
        ("cc", "a@-b.example", "'a@-b.example' is not an address: "),
        ("bcc", '"Acme\\r\\nBcc: x <a@b.example>"', "an address is written like team@example.com or Acme Team <team@"),
        ("cc", '"a@b.example\\n"', "'a@b.example\\n' has a line break or a control character in it"),
        ("bcc", '"Ac\\tme <a@b.example>"', "'Ac\\tme <a@b.example>' has a line break or a control character in it"),
    ],
)
def test_an_address_that_is_none_is_told_with_its_place(key: str, address: str, fault: str, tmp_path: Path) -> None:
    (told,) = checked(tmp_path, f"  {key}:\n    - ok@example.com\n    - {address}\n")
    assert told.startswith(f"12:7: email.{key}[1]: {fault}")


def test_a_name_in_quotes_may_have_any_character(tmp_path: Path) -> None:
    assert checked(tmp_path, """  cc: ['"Acme <EU>, \\"west\\"" <a@b.example>']\n""") == []


def test_answers_go_to_an_address_that_all_servers_take(tmp_path: Path) -> None:
    assert checked(tmp_path, "  reply_to: Jürgen <j@münchen.example>\n  cc: [jürgen@localhost]\n") == []
    (told,) = checked(tmp_path, "  reply_to: jürgen@example.com\n")
    assert told.startswith("10:13: email.reply_to: 'jürgen' has letters that not every server takes; ")
