"""What is wrong with the mail of a report file, beyond its form."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.spec.draft import Draft
from reportgen.spec.problems import Finding
from reportgen.spec.text_rules import text_findings


def email_findings(draft: Draft) -> Iterator[Finding]:
    """Every address that is none; it is only looked at, and nobody is asked."""
    if not draft.has("email"):
        return
    from reportgen.delivery.addresses import AddressError, parse_address, parse_ascii_address

    listed = [
        (place, text, parse_address) for key in ("to", "cc", "bcc") for place, text in draft.children("email", key)
    ]
    reply_to = draft.get("email", "reply_to")
    replies = [(("email", "reply_to"), reply_to, parse_ascii_address)] if reply_to else []
    for place, text, parse in (*listed, *replies):
        try:
            parse(text)
        except AddressError as error:
            yield Finding(place, str(error))


def email_texts(draft: Draft) -> Iterator[Finding]:
    """Mistakes in the Jinja of subject and introduction, and names that there are not."""
    for key in ("subject", "intro"):
        yield from text_findings(draft, ("email", key))
