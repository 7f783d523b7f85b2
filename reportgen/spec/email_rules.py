"""What is wrong with the mail of a report file, beyond its form."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.mail_addresses import address_fault, parse_ascii_address
from reportgen.spec.draft import Draft
from reportgen.spec.problems import Finding
from reportgen.spec.text_rules import text_findings


def email_findings(draft: Draft) -> Iterator[Finding]:
    """Every address that is none; it is only looked at, and nobody is asked."""
    for key in ("to", "cc", "bcc"):
        for place, text in draft.children("email", key):
            if fault := address_fault(text):
                yield Finding(place, fault)
    reply_to = draft.get("email", "reply_to")
    if reply_to and (fault := address_fault(reply_to, parse_ascii_address)):
        yield Finding(("email", "reply_to"), fault)


def email_texts(draft: Draft) -> Iterator[Finding]:
    """Mistakes in the Jinja of subject and introduction, and names that there are not."""
    for key in ("subject", "intro"):
        yield from text_findings(draft, ("email", key))
