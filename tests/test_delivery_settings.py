"""The mail server, the sender, who is alerted and the webhooks: from reportgen.yaml, .env and the environment."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from reportgen.delivery_settings import Smtp, Webhook
from reportgen.errors import InputError
from reportgen.settings import Settings, load_settings
from tests.leaks.known import made_up

PASSWORD = made_up("a password of the mail server")
HOOK = "https://hooks.example/services/T0/" + made_up("B0-of-the-webhook")
SECRET = made_up("what the webhook signs with")
HERE_ONLY = "security: none is for a server on this machine only; take starttls or tls"


def settings(folder: Path, text: str = "", **environ: str) -> Settings:
    (folder / "reportgen.yaml").write_text(text)
    return load_settings(folder, environ)[0]


def problems(folder: Path, text: str = "", **environ: str) -> list[str]:
    with pytest.raises(InputError) as raised:
        settings(folder, text, **environ)
    return [line.removeprefix(f"{folder}/") for line in str(raised.value).splitlines()]


class TestServer:
    def test_is_not_set_by_itself(self, tmp_path: Path) -> None:
        none = settings(tmp_path)
        assert none.smtp == Smtp(None, 587, "starttls", None, None, None, 30)
        assert (none.mail_from, none.largest_mail, none.alerts, none.webhooks) == (None, 10, (), {})
        assert none.retry_for == timedelta(hours=24)

    def test_comes_from_the_file_but_for_its_password(self, tmp_path: Path) -> None:
        text = (
            "smtp: {host: smtp.example.com, port: 2525.0, username: acme, ca: ca.pem, timeout: 5}\n"
            "mail: {from: Acme <a@example.com>, largest: 2.5}\n"
            "alerts: [ops@example.com]\nretry_for: 1.5\n"
        )
        found = settings(tmp_path, text, REPORTGEN_SMTP_PASSWORD=PASSWORD)
        assert found.smtp == Smtp("smtp.example.com", 2525, "starttls", "acme", PASSWORD, Path("ca.pem"), 5)
        assert repr(found.smtp.port) == "2525"
        assert (found.mail_from, found.largest_mail) == ("Acme <a@example.com>", 2.5)
        assert (found.alerts, found.retry_for) == (("ops@example.com",), timedelta(minutes=90))
        assert PASSWORD not in repr(found)

    def test_of_the_environment_wins_over_env_and_env_over_the_file(self, tmp_path: Path) -> None:
        (tmp_path / ".env").write_text(f"REPORTGEN_SMTP_HOST=env.example\nREPORTGEN_SMTP_PASSWORD={PASSWORD}\n")
        found = settings(
            tmp_path,
            "smtp: {host: file.example, port: 25, username: file}\nmail: {from: file@example.com}\n",
            REPORTGEN_SMTP_USERNAME="environment",
            REPORTGEN_SMTP_SECURITY="tls",
            REPORTGEN_SMTP_PORT="4465",
            REPORTGEN_MAIL_FROM="environment@example.com",
        )
        assert found.smtp == Smtp("env.example", 4465, "tls", "environment", PASSWORD)
        assert found.mail_from == "environment@example.com"

    @pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
    def test_has_the_port_of_its_security(self, security: str, port: int, tmp_path: Path) -> None:
        assert settings(tmp_path, f"smtp: {{host: localhost, security: {security}}}\n").smtp.port == port

    @pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
    def test_may_go_without_secrecy_on_this_machine(self, host: str, tmp_path: Path) -> None:
        found = settings(tmp_path, REPORTGEN_SMTP_HOST=host, REPORTGEN_SMTP_SECURITY="none")
        assert (found.smtp.host, found.smtp.security) == (host, "none")

    def test_may_not_elsewhere(self, tmp_path: Path) -> None:
        in_file = "smtp: {host: smtp.example.com, security: none}\n"
        assert problems(tmp_path, in_file) == [f"reportgen.yaml:1:42: smtp.security: {HERE_ONLY}"]
        in_both = problems(tmp_path, "smtp: {security: none}\n", REPORTGEN_SMTP_HOST="smtp.example.com")
        assert in_both == [f"REPORTGEN_SMTP_HOST: {HERE_ONLY}"]
        other = problems(tmp_path, "smtp: {host: smtp.example.com}\n", REPORTGEN_SMTP_SECURITY="none")
        assert other == [f"REPORTGEN_SMTP_SECURITY: {HERE_ONLY}"]


class TestWhatIsWrong:
    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("smtp: {password: x}", "1:8: smtp.password: this key is not known; it is REPORTGEN_SMTP_PASSWORD,"),
            ("smtp: {host: a b}", "1:14: smtp.host: 'a b' is not the name of a server; it is written like"),
            ("smtp: {host: smtp..example.com}", "1:14: smtp.host: 'smtp..example.com' is not the name of a server; it"),
            (
                "smtp: {host: smtp.example.com:25, security: none}",
                "1:14: smtp.host: 'smtp.example.com:25' is not the name of a server alone; write smtp.example.com, and",
            ),
            (f"smtp: {{host: {'a' * 64}.example}}", f"1:14: smtp.host: '{'a' * 40}"),
            ("smtp: {security: ssl}", "1:18: smtp.security: 'ssl' is not a security; known are starttls, tls and none"),
            ("smtp: {port: 70000}", "1:14: smtp.port: 70000 is above 65535"),
            (
                'mail: {from: "Acme\\t <a@b.example>"}',
                "1:14: mail.from: 'Acme\\t <a@b.example>' has a line break or a control character in it",
            ),
            ("alerts: [a@b.example, a@-b.example]", "1:23: alerts[1]: 'a@-b.example' is not an address: an email"),
            ("mail: {from: ünal@b.example}", "1:14: mail.from: 'ünal' has letters that not every server takes; mails"),
        ],
    )  # fmt: skip
    def test_is_told_with_its_place(self, text: str, line: str, tmp_path: Path) -> None:
        (told,) = problems(tmp_path, f"{text}\n")
        assert told.startswith(f"reportgen.yaml:{line}")

    def test_in_the_environment_is_told_by_its_name(self, tmp_path: Path) -> None:
        told = problems(
            tmp_path,
            REPORTGEN_SMTP_HOST="smtp example",
            REPORTGEN_SMTP_PORT="0",
            REPORTGEN_SMTP_SECURITY="ssl",
            REPORTGEN_MAIL_FROM="Acme\nBcc: <a@b.example>",
            REPORTGEN_SMTP_PASSWORD=PASSWORD,
        )
        assert told == [
            "REPORTGEN_SMTP_HOST: 'smtp example' is not the name of a server; it is written like smtp.example.com",
            "REPORTGEN_SMTP_SECURITY: 'ssl' is not known; take starttls, tls or none",
            "REPORTGEN_SMTP_PORT: '0' is no port; it is a number from 1 to 65535",
            "REPORTGEN_MAIL_FROM: 'Acme\\nBcc: <a@b.example>' has a line break or a control character in it",
            "REPORTGEN_SMTP_USERNAME is missing; REPORTGEN_SMTP_PASSWORD is of no use without it",
        ]

    @pytest.mark.parametrize("host", [f"acme:{PASSWORD}@smtp.example.com", f"smtps://acme:{PASSWORD}@smtp.example.com"])
    def test_in_a_server_with_a_login_is_told_and_not_repeated(self, host: str, tmp_path: Path) -> None:
        advice = (
            "this is not the name of a server alone, which is written like smtp.example.com; a user name stands in "
            "smtp.username, its password in REPORTGEN_SMTP_PASSWORD"
        )
        assert problems(tmp_path, f'smtp: {{host: "{host}"}}\n') == [f"reportgen.yaml:1:14: smtp.host: {advice}"]
        assert problems(tmp_path, REPORTGEN_SMTP_HOST=host) == [f"REPORTGEN_SMTP_HOST: {advice}"]

    @pytest.mark.parametrize("letter", ["ü", "\n", "\x00"])
    def test_in_the_password_is_told_and_not_repeated(self, letter: str, tmp_path: Path) -> None:
        told = problems(tmp_path, REPORTGEN_SMTP_USERNAME="acme", REPORTGEN_SMTP_PASSWORD=f"{PASSWORD}{letter}")
        advice = "has a letter that is not on every keyboard, or a line break; take letters of ASCII"
        assert told == [f"REPORTGEN_SMTP_PASSWORD {advice}"]


class TestWebhooks:
    def test_come_from_the_environment_by_their_names(self, tmp_path: Path) -> None:
        found = settings(
            tmp_path, REPORTGEN_WEBHOOK_TEAM_SLACK_URL=HOOK, REPORTGEN_WEBHOOK_TEAM_SLACK_SECRET=SECRET,
            REPORTGEN_WEBHOOK_B_URL="http://localhost:8000/?token=1",
        )  # fmt: skip
        assert found.webhooks == {"team-slack": Webhook(HOOK, SECRET), "b": Webhook("http://localhost:8000/?token=1")}
        assert repr(found.webhooks["team-slack"]) == "Webhook()"

    def test_that_will_not_do_are_told_and_not_repeated(self, tmp_path: Path) -> None:
        told = problems(
            tmp_path,
            REPORTGEN_WEBHOOK_A_URL=HOOK.replace("https", "http"),
            REPORTGEN_WEBHOOK_B_SECRET=SECRET,
            REPORTGEN_WEBHOOK_C_URL=f"hooks.example/{SECRET}",
        )
        example = "https://hooks.example/services/T0/B0"
        assert told == [
            "REPORTGEN_WEBHOOK_A_URL: the address has to start with https://, except on this machine",
            "REPORTGEN_WEBHOOK_B_URL is missing; REPORTGEN_WEBHOOK_B_SECRET is of no use without it",
            f"REPORTGEN_WEBHOOK_C_URL: this is not an address; it is written like {example}",
        ]
