"""Addresses of mail: what a file says of one, and what of it headers and servers get. Nothing is looked up."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase
from typing import Final

from reportgen.spec.words import quoted

_WITH_NAME: Final = re.compile(r'(?P<name>"(?:[^"\\]|\\.)*"\s*|[^<>]*)<(?P<address>[^<>]*)>')
_QUOTED: Final = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPED: Final = re.compile(r"\\(.)")
_OF_A_LINE: Final = frozenset({"Cc", "Zl", "Zp", "Cs"})
"""The classes of characters that could end a header, or that no server takes."""
_LONGEST_NAME: Final = 200
_SMALL: Final = str.maketrans(ascii_uppercase, ascii_lowercase)
_HERE: Final = ("localhost", "local", "test")
"""Top-level domains of this machine, this network and tests, which email-validator refuses without a switch."""
_STAND_IN: Final = ".example"


class AddressError(ValueError):
    """A text is no address. Its own text is a sentence for the user."""


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox, and whose it is."""

    local: str
    """The part before the @; as a rule ASCII, see `is_ascii`."""
    domain: str
    """ASCII, in small letters: a domain in other letters is in its IDNA form."""
    name: str = ""

    @property
    def mailbox(self) -> str:
        """`name@example.com`, as servers get it."""
        return f"{self.local}@{self.domain}"

    @property
    def is_ascii(self) -> bool:
        """Whether any server can take it; the others only those that offer SMTPUTF8 (RFC 6531)."""
        return self.local.isascii()


def parse_address(text: str) -> Address:
    """The address of `team@example.com` or `Acme Team <team@example.com>`. Raises AddressError."""
    if any(unicodedata.category(char) in _OF_A_LINE for char in text):
        raise AddressError(f"{quoted(text)} has a line break or a control character in it")
    parts = _WITH_NAME.fullmatch(text.strip())
    name, mailbox = (_name(parts["name"]), parts["address"]) if parts else ("", text)
    if len(name) > _LONGEST_NAME:
        raise AddressError(f"the name {quoted(name)} is longer than {_LONGEST_NAME} characters")
    local, domain = _checked(mailbox.strip())
    return Address(local, domain, name)


def parse_ascii_address(text: str) -> Address:
    """As `parse_address`, of an address to answer to, which each recipient's server has to understand."""
    address = parse_address(text)
    if not address.is_ascii:
        part = quoted(address.local)
        raise AddressError(f"{part} has letters that not every server takes; mails come from, and answers go to, ASCII")
    return address


def address_fault(text: str, parse: Callable[[str], Address] = parse_address) -> str | None:
    """What is wrong with an address as `parse` takes it, in a sentence; None where nothing is."""
    try:
        parse(text)
    except AddressError as error:
        return str(error)
    return None


def distinct(addresses: Iterable[Address], beside: Iterable[Address] = ()) -> tuple[Address, ...]:
    """Each mailbox once, as it comes first, and none of those `beside` which it stands."""
    seen = {same(address.mailbox) for address in beside}
    kept: list[Address] = []
    for address in addresses:
        if (key := same(address.mailbox)) not in seen:
            seen.add(key)
            kept.append(address)
    return tuple(kept)


def same(mailbox: str) -> str:
    """What two ways to write a mailbox have in common: no server in use tells Team@ from team@.

    Of other letters nobody knows what a server takes for the same: weiß@ and weiss@ may be two people.
    """
    return mailbox.translate(_SMALL)


def _name(written: str) -> str:
    name = written.strip()
    in_quotes = _QUOTED.fullmatch(name)
    return unicodedata.normalize("NFC", _ESCAPED.sub(r"\1", in_quotes[1]) if in_quotes else name)


def _checked(mailbox: str) -> tuple[str, str]:
    """The part before the @, and the domain in ASCII."""
    from email_validator import EmailNotValidError, validate_email

    stands_in = mailbox.lower().endswith(tuple(f"{before}{name}" for before in "@." for name in _HERE))
    try:
        found = validate_email(
            f"{mailbox}{_STAND_IN}" if stands_in else mailbox,
            check_deliverability=False,
            globally_deliverable=False,
        )
    except EmailNotValidError as error:
        raise AddressError(f"{quoted(mailbox)} is not an address: {_lowered(str(error))}") from error
    return found.local_part, found.ascii_domain.removesuffix(_STAND_IN) if stands_in else found.ascii_domain


def _lowered(sentence: str) -> str:
    return f"{sentence[:1].lower()}{sentence[1:].rstrip('.')}"
