"""Texts in Markdown, as plain text."""

from __future__ import annotations

from reportgen.render.mail.prose_text import prose_text

MARKDOWN = """\
# In short

A **good** week, *really*: see [the thread](https://x.com/acme) or <https://example.com>.
It goes on.

- One
- Two, which has so many words that it takes another line of the mail to say all of them

3. Three
   - inner

> Said by others

| a | b |
|---|---|
| 1 | 2 |

```
code  as it is
```
"""


def test_marks_go_and_words_stay() -> None:
    assert prose_text(MARKDOWN) == (
        "In short\n\n"
        "A good week, really: see the thread <https://x.com/acme> or\n"
        "https://example.com. It goes on.\n\n"
        "- One\n"
        "- Two, which has so many words that it takes another line of the mail to\n"
        "  say all of them\n"
        "3. Three\n"
        "   - inner\n"
        "> Said by others\n\n"
        "a | b\n1 | 2\n\n"
        "    code  as it is"
    )


def test_values_that_were_made_words_are_words() -> None:
    assert prose_text(r"\*\*not bold\*\* \<script\> 4\.69%") == "**not bold** <script> 4.69%"


def test_controls_are_shown_as_missing_letters() -> None:
    assert prose_text("a\x1b[31m b") == "a\ufffd[31m b"


def test_links_lead_to_pages_and_mailboxes_alone_as_those_of_the_page_do() -> None:
    text = "[one](//other.example/a) [two](ftp://other.example) [three](mailto:a@example.com) [](https://x.com)"
    assert prose_text(text) == "one two three <mailto:a@example.com>  <https://x.com>".replace("  ", " ")
