"""Addresses: what may be one, what its parts are, and that nothing in it could become a header."""

from __future__ import annotations

import pytest

from reportgen.mail_addresses import Address, AddressError, distinct, parse_address, parse_ascii_address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("team@example.com", Address("team", "example.com")),
        (" Team@Example.COM ", Address("Team", "example.com")),
        ("Acme Team <team@example.com>", Address("team", "example.com", "Acme Team")),
        ("<team@example.com>", Address("team", "example.com")),
        ('"Müller, Anna" <anna@example.com>', Address("anna", "example.com", "Müller, Anna")),
        ('"a <b> c" <d@example.com>', Address("d", "example.com", "a <b> c")),
        ("Müller, Anna <anna@example.com>", Address("anna", "example.com", "Müller, Anna")),
        (r'"a \"b\" \\ c" <a@example.com>', Address("a", "example.com", r'a "b" \ c')),
        ("Zoe\u0308 <z@example.com>", Address("z", "example.com", "Zoë")),
        ("Ops 👩‍🚀 <ops@example.com>", Address("ops", "example.com", "Ops 👩‍🚀")),
        ("a@münchen.example", Address("a", "xn--mnchen-3ya.example")),
        ("jürgen@example.com", Address("jürgen", "example.com")),
        ("root@localhost", Address("root", "localhost")),
        ("root@mail.localhost", Address("root", "mail.localhost")),
        ("a@acme.test", Address("a", "acme.test")),
        ("a@nas.local", Address("a", "nas.local")),
        ("a@intranet", Address("a", "intranet")),
        ("first.last+tag@acme.example", Address("first.last+tag", "acme.example")),
    ],
)
def test_an_address_has_its_parts(text: str, address: Address) -> None:
    assert parse_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "team@example.com\r\nBcc: all@example.com",
        "Acme\nBcc: all@example.com <team@example.com>",
        "Acme\x00 <team@example.com>",
        "Acme\u2028 <team@example.com>",
        "Acme\x85 <team@example.com>",
    ],
)
def test_what_could_end_a_header_is_refused(text: str) -> None:
    with pytest.raises(AddressError, match=r"has a line break or a control character in it$"):
        parse_address(text)


@pytest.mark.parametrize(
    "text",
    ["team", "@example.com", "team@", "a@b@example.com", "a b@example.com", "a..b@example.com", "a@-b.example",
     "a@x.invalid", "a@[127.0.0.1]", '"a b"@example.com', "a,b@example.com", "a@example.com, b@example.com",
     "a@exa_mple.com"],
)  # fmt: skip
def test_what_is_none_is_refused_and_repeated(text: str) -> None:
    with pytest.raises(AddressError) as refused:
        parse_address(text)
    assert str(refused.value).startswith(f"{text!r} is not an address: ")


def test_a_name_has_200_characters_at_most() -> None:
    assert parse_address(f"{'n' * 200} <a@example.com>").name == "n" * 200
    with pytest.raises(AddressError, match="is longer than 200 characters"):
        parse_address(f"{'n' * 201} <a@example.com>")


def test_who_is_answered_to_is_in_ascii() -> None:
    assert parse_ascii_address("Jürgen <j@münchen.example>").mailbox == "j@xn--mnchen-3ya.example"
    with pytest.raises(AddressError, match=r"^'jürgen' has letters that not every server takes; "):
        parse_ascii_address("jürgen@example.com")


def test_each_mailbox_is_there_once_however_it_is_written() -> None:
    to = distinct(map(parse_address, ["A <a@example.com>", "b@example.com", "Another A <A@EXAMPLE.com>"]))
    cc = distinct(map(parse_address, ["B@example.com", "c@example.com"]), beside=to)
    assert [address.name or address.mailbox for address in (*to, *cc)] == ["A", "b@example.com", "c@example.com"]


@pytest.mark.parametrize(
    "two",
    [("weiß@example.com", "weiss@example.com"), ("ﬁn@example.com", "fin@example.com")],
)
def test_mailboxes_whose_letters_only_look_alike_are_two(two: tuple[str, str]) -> None:
    assert len(distinct(Address(local, "example.com") for local in two)) == 2
