"""Links to tweets as people copy them, and others that are none."""

from __future__ import annotations

import pytest

from reportgen.spec.tweet_files.links import LinkedTweet, read_link


@pytest.mark.parametrize(
    ("written", "handle"),
    [
        ("https://x.com/acme/status/123", "acme"),
        ("https://twitter.com/Acme_Help/status/123?s=20&t=abc", "Acme_Help"),
        ("http://mobile.twitter.com/acme/statuses/123/", "acme"),
        ("HTTPS://WWW.X.COM/acme/status/123/photo/1", "acme"),
        ("x.com/acme/status/123#m", "acme"),
        ("https://twitter.com/#!/acme/status/123", "acme"),
        ("https://x.com/i/web/status/123", None),
        ("https://x.com/i/status/123", None),
        ("https://twitter.com/statuses/123", None),
    ],
)
def test_say_which_tweet_and_whose(written: str, handle: str | None) -> None:
    assert read_link(written) == LinkedTweet("123", handle)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "123",
        "https://x.com/acme",
        "https://x.com/acme/status/",
        "https://x.com/acme/status/2.1E+18",
        "https://x.com/acme/status/123 456",
        "https://example.com/acme/status/123",
        "https://notx.com/acme/status/123",
        "https://x.com.example.com/acme/status/123",
        "see https://x.com/acme/status/123",
        "https://x.com/acme/lists/123",
    ],
)
def test_that_lead_elsewhere_are_none(written: str) -> None:
    assert read_link(written) is None
