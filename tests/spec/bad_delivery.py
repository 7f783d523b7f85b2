"""Report files whose delivery is written in another form than ours: each correction is one that can be pasted."""

from __future__ import annotations

from tests.spec.documents import BASE

_ADDRESS = "an address is written like team@example.com or Acme Team <team@example.com>"
_WEBHOOK = (
    "the address of a webhook is a secret, and has no place here; give it a name, such as team-slack, and set "
    "REPORTGEN_WEBHOOK_TEAM_SLACK_URL in the environment or in .env"
)


def _to(written: str) -> str:
    return f"{BASE}email: {{to: {written}}}\n"


BAD_DELIVERY_FORM: dict[str, tuple[str, ...]] = {
    "recipients_in_one_text": (
        _to("team@example.com; bob@example.com"),
        (
            "7:13: email.to: 'team@example.com; bob@example.com' is text; a list is wanted, such as "
            "[team@example.com, bob@example.com]"
        ),
    ),
    "recipients_in_one_item": (
        _to("[a@example.com; b@example.com]"),
        (
            f"7:14: email.to[0]: {_ADDRESS}; this is 'a@example.com; b@example.com', so write "
            "[a@example.com, b@example.com]"
        ),
    ),
    "a_recipient_with_a_comma_in_one_text": (
        _to("'Müller, Anna <a@example.com>'"),
        (
            "7:13: email.to: 'Müller, Anna <a@example.com>' is text; a list is wanted, such as "
            "['Müller, Anna <a@example.com>']"
        ),
    ),
    "a_recipient_with_a_comma_without_quotes": (
        _to("[Müller, Anna <a@example.com>]"),
        (
            f"7:14: email.to[0]: {_ADDRESS}; this is 'Müller'; where the comma is part of the name, put all of it in "
            "quotes: 'Müller, Anna <a@example.com>'"
        ),
    ),
    "a_word_before_a_recipient": (_to("[team, a@example.com]"), f"7:14: email.to[0]: {_ADDRESS}; this is 'team'"),
    "a_list_of_words_in_one_text": (
        BASE + "webhooks: team-slack, boss\n",
        "7:11: webhooks: 'team-slack, boss' is text; a list is wanted, such as [team-slack, boss]",
    ),
    "a_webhook_that_is_its_address": (
        BASE + "webhooks: [https://hooks.slack.com/services/T0/B0/x]\n",
        f"7:12: webhooks[0]: {_WEBHOOK}",
    ),
    "a_webhook_that_is_its_address_without_https": (
        BASE + "webhooks: [board, hooks.slack.com/services/T0/B0/x]\n",
        f"7:19: webhooks[1]: {_WEBHOOK}",
    ),
    "webhooks_that_are_an_address": (
        BASE + "webhooks: https://hooks.slack.com/services/T0/B0/x\n",
        f"7:11: webhooks: {_WEBHOOK}",
    ),
    "a_webhook_that_is_its_address_twice": (
        BASE + "webhooks: [https://hooks.slack.com/services/T0/B0/x, https://hooks.slack.com/services/T0/B0/x]\n",
        f"7:12: webhooks[0]: {_WEBHOOK}",
        f"7:54: webhooks[1]: {_WEBHOOK}",
    ),
    "a_webhook_with_capitals": (
        BASE + "webhooks: [Team_Slack]\n",
        "7:12: webhooks[0]: the name of a webhook has small letters, digits and hyphens; this is 'Team_Slack'",
    ),
    "a_mail_whose_sender_stands_in_the_report": (
        BASE + "email: {to: [a@example.com], from: b@example.com}\n",
        "7:30: email.from: this key is not known; who sends is mail.from in reportgen.yaml",
    ),
    "a_mail_server_in_the_report": (
        BASE + "smtp: {host: smtp.example.com}\n",
        "7:1: smtp: this key is not known here; it has its place in reportgen.yaml",
    ),
    "alerts_in_the_report": (
        BASE + "alerts: [ops@example.com]\n",
        "7:1: alerts: this key is not known here; it has its place in reportgen.yaml",
    ),
    "a_mail_that_shall_wait_where_it_is_incomplete": (
        BASE + "email: {to: [a@example.com], when_incomplete: wait}\n",
        "7:47: email.when_incomplete: 'wait' is not a way with an incomplete report; known are send and hold",
    ),
    "more_recipients_than_an_error_shows": (
        _to('"a@b.de, b@b.de, c@b.de, d@b.de, e@b.de"'),
        (
            "7:13: email.to: 'a@b.de, b@b.de, c@b.de, d@b.de, e@b.de' is text; a list is wanted, such as "
            "[a@b.de, b@b.de, c@b.de, ...]"
        ),
    ),
    "a_mail_that_is_an_address": (
        BASE + "email: team@example.com\n",
        (
            "7:8: email: 'team@example.com' is text; a mapping of keys to values is wanted, such as "
            "{to: [team@example.com]}"
        ),
    ),
    "a_schedule_that_is_a_cron": (
        BASE + 'schedule: "0 8 * * MON"\n',
        "7:11: schedule: '0 8 * * MON' is text; a mapping of keys to values is wanted, such as {cron: '0 8 * * MON'}",
    ),
    "a_directory_that_is_a_path": (
        BASE + "publish: public\n",
        "7:10: publish: 'public' is text; a mapping of keys to values is wanted, such as {directory: public}",
    ),
}
