"""Messages: what a letter is made of comes out of Python's parser again, byte for byte."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

from reportgen.delivery.message import message_of, with_message_id
from tests.delivery.letters import ATTACHED, CSV, HEADING, LETTER, PDF, PNG, attached_to, pictures_of, text_of


def parsed(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert not [defect for part in message.walk() for defect in part.defects]
    return message


def test_text_html_pictures_and_attachments_come_back() -> None:
    message = parsed(message_of(LETTER, HEADING, ATTACHED))
    assert (text_of(message, "plain"), text_of(message, "html")) == (LETTER.text, LETTER.html)
    assert pictures_of(message) == {"c1@reportgen": PNG, "c2@reportgen": PNG[::-1]}
    assert attached_to(message) == {"acme-weekly-2026-11-15.pdf": PDF, "acme-weekly-2026-11-15.csv": CSV}


def test_its_parts_are_nested_as_mail_programs_want_them() -> None:
    kinds = [part.get_content_type() for part in parsed(message_of(LETTER, HEADING, ATTACHED)).walk()]
    assert kinds == [
        "multipart/mixed", "multipart/alternative", "text/plain", "multipart/related", "text/html",
        "image/png", "image/png", "application/pdf", "text/csv",
    ]  # fmt: skip
    plain = parsed(message_of(replace(LETTER, html="", pictures=()), HEADING))
    assert [part.get_content_type() for part in plain.walk()] == ["text/plain"]


def test_it_is_ascii_in_short_lines_that_end_as_smtp_has_it() -> None:
    lines = message_of(LETTER, HEADING, ATTACHED).decode("ascii").split("\r\n")
    assert max(map(len, lines)) <= 78
    assert not any("\n" in line or "\r" in line for line in lines)


def test_its_head_says_who_and_what_and_that_a_machine_wrote_it() -> None:
    message = parsed(message_of(LETTER, HEADING))
    assert {name: str(value) for name, value in message.items() if not name.startswith(("Content", "MIME"))} == {
        "From": "Acme Reports <reports@acme.example>",
        "To": "Anna Müller <anna@client.example>, ben@client.example",
        "Cc": "carla@client.example",
        "Reply-To": "help@acme.example",
        "Subject": "Acme on X: 9–15 November 2026",
        "Date": "Mon, 16 Nov 2026 08:00:00 +0000",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }


def test_the_same_letter_is_the_same_bytes_and_a_copy_differs_by_its_message_id_alone() -> None:
    content = message_of(LETTER, HEADING, ATTACHED)
    assert message_of(LETTER, HEADING, ATTACHED) == content
    copy = with_message_id(content, "<1@acme.example>")
    assert copy.removeprefix(b"Message-ID: <1@acme.example>\r\n") == content
    assert parsed(copy)["Message-ID"] == "<1@acme.example>"


def test_a_long_name_of_a_file_is_not_cut_up() -> None:
    name = f"{'a' * 100}-2026-11-15.csv"
    content = message_of(LETTER, HEADING, [replace(ATTACHED[1], name=name)])
    assert f'filename="{name}"'.encode() in content
    assert attached_to(parsed(content)) == {name: CSV}
