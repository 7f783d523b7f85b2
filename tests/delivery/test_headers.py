"""Headers: whatever text and names they are made of, Python's own parser finds them in it again."""

from __future__ import annotations

import unicodedata
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import getaddresses

from hypothesis import example, given
from hypothesis import strategies as st

from reportgen.delivery.headers import address_header, text_header
from reportgen.mail_addresses import Address

TEXTS = st.text(st.characters(exclude_categories=("Cc", "Zl", "Zp", "Cs")), max_size=200)
NAMES = TEXTS.map(lambda name: unicodedata.normalize("NFC", name.strip()))


def lines_of(header: str) -> list[str]:
    """The lines of a header, which are ASCII and none of them long."""
    lines = header.encode("ascii").decode().removesuffix("\r\n").split("\r\n")
    assert all(len(line) <= 78 for line in lines)
    assert all(line.startswith(" ") and line.strip() for line in lines[1:])
    return lines


@given(TEXTS)
@example("Acme on X, weekly: 9–15 November 2026, compared with 2–8 November 2026, 日本語" * 3)
@example("фффффффффффффффффффффффффффффффф ф")
@example("=?utf-8?q?Bcc?=")
@example("plain " * 100)
@example("x" * 900)
def test_a_subject_comes_back(text: str) -> None:
    header = text_header("Subject", text)
    lines_of(header)
    parsed = message_from_bytes(f"{header}\r\n".encode(), policy=policy.default)
    assert parsed["Subject"] == text.strip()
    assert len(parsed.keys()) == 1


@given(st.lists(NAMES, min_size=1, max_size=4))
@example(["A véry long name with non-ASCII chars in it and, a comma"])
@example(["a (comment) <b@example.com>, c@example.com", 'a "b" \\ c', "x" * 200])
@example(["", "two  blanks", "=?utf-8?q?Bcc?="])
def test_names_and_addresses_come_back(names: list[str]) -> None:
    header = address_header("Reply-To", [Address(f"a{n}", "b.example", name) for n, name in enumerate(names)])
    lines_of(header)
    # The newer policy puts blanks between the encoded words of a name, which RFC 2047 has left out.
    parsed = getaddresses([message_from_bytes(f"{header}\r\n".encode())["Reply-To"]])
    found = [(str(make_header(decode_header(name))) if "=?" in name else name, mailbox) for name, mailbox in parsed]
    assert found == [(name, f"a{n}@b.example") for n, name in enumerate(names)]


def test_what_is_short_and_plain_stands_as_it_is() -> None:
    assert text_header("Subject", " Acme on X ") == "Subject: Acme on X\r\n"
    addresses = [Address("a", "b.example", "Acme Team"), Address("c", "d.example"), Address("e", "f.example", "E, F")]
    assert address_header("To", addresses) == (
        'To: Acme Team <a@b.example>,\r\n c@d.example,\r\n "E, F" <e@f.example>\r\n'
    )


@given(NAMES)
@example("n" * 200)
def test_a_name_for_an_address_that_not_all_servers_take_comes_back(name: str) -> None:
    header = address_header("Reply-To", [Address("jürgen", "b.example", name)])
    lines_of(header)
    phrase, _, end = message_from_bytes(f"{header}\r\n".encode())["Reply-To"].rpartition(":")
    assert (str(make_header(decode_header(phrase.rstrip()))), end) == (f"{name} jürgen@b.example".strip(), ";")


def test_an_address_that_not_all_servers_take_is_named_without_being_one() -> None:
    header = address_header("To", [Address("jürgen", "b.example", "Jürgen"), Address("a", "b.example")])
    parsed = message_from_bytes(f"{header}\r\n".encode(), policy=policy.default)["To"]
    assert [group.display_name for group in parsed.groups] == ["Jürgen jürgen@b.example", None]
    # A blank ends an encoded word (RFC 2047, 5).
    assert "?= :;" in header
    assert [address.addr_spec for address in parsed.addresses] == ["a@b.example"]
