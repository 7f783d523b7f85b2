"""The settings of what leaves: the mail server, the sender, and the webhooks. Light: imports no library of mail."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, get_args
from urllib.parse import urlsplit

from reportgen.mail_addresses import address_fault, parse_ascii_address
from reportgen.spec.draft import Draft
from reportgen.spec.problems import Finding
from reportgen.spec.words import listed, quoted
from reportgen.web_addresses import check_whole_url, is_loopback

Security: TypeAlias = Literal["starttls", "tls", "none"]

SMTP_HOST: Final = "REPORTGEN_SMTP_HOST"
SMTP_PORT: Final = "REPORTGEN_SMTP_PORT"
SMTP_USERNAME: Final = "REPORTGEN_SMTP_USERNAME"
SMTP_PASSWORD: Final = "REPORTGEN_SMTP_PASSWORD"  # noqa: S105  the name of a variable
SMTP_SECURITY: Final = "REPORTGEN_SMTP_SECURITY"
MAIL_FROM: Final = "REPORTGEN_MAIL_FROM"

PORTS: Final[Mapping[Security, int]] = {"starttls": 587, "tls": 465, "none": 25}
DEFAULT_RETRY_FOR: Final = timedelta(hours=24)

NO_SERVER_SET: Final = f"no mail server is set; set smtp.host in reportgen.yaml, or {SMTP_HOST}"
NO_SENDER_SET: Final = f"no sender is set; set mail.from in reportgen.yaml, or {MAIL_FROM}"

_VARIABLES: Final = {"host": SMTP_HOST, "port": SMTP_PORT, "username": SMTP_USERNAME, "security": SMTP_SECURITY}
_HOST: Final = re.compile(r"[\w.-]+")
_LONGEST_HOST: Final = 253
_TYPED: Final = re.compile(r"[ -~]+")
_WEBHOOK: Final = re.compile(r"REPORTGEN_WEBHOOK_([A-Z][A-Z0-9_]{0,30})_(URL|SECRET)")
WEBHOOK_EXAMPLE: Final = "https://hooks.example/services/T0/B0"
_A_LOGIN: Final = (
    f"this is not the name of a server alone, which is written like smtp.example.com; a user name stands in "
    f"smtp.username, its password in {SMTP_PASSWORD}"
)
_ONLY_HERE: Final = "security: none is for a server on this machine only; take starttls or tls"


@dataclass(frozen=True, slots=True)
class Smtp:
    """The server that takes mails over."""

    host: str | None = None
    """None where no server is set: then no mail can be sent."""
    port: int = PORTS["starttls"]
    security: Security = "starttls"
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    ca: Path | None = None
    """A file of certificates (PEM) that are trusted, and no others; None for those that the machine trusts."""
    timeout: float = 30
    """Seconds to wait for a connection, and for each answer."""


NO_SERVER: Final = Smtp()


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where a webhook is, and what its messages are signed with. Both are secrets."""

    url: str = field(repr=False)
    secret: str | None = field(default=None, repr=False)


def secrets_of(smtp: Smtp, webhooks: Iterable[Webhook]) -> Iterator[str]:
    """What nobody is to read, also in the words of a library, which may have the path of an address alone."""
    if smtp.password:
        yield smtp.password
    for webhook in webhooks:
        path = urlsplit(webhook.url)._replace(scheme="", netloc="").geturl()
        yield from (webhook.url, *([path] if path.strip("/") else []), *([webhook.secret] if webhook.secret else []))


def delivery_findings(draft: Draft) -> Iterator[Finding]:
    """What is wrong with the addresses and the mail server in the project's file, beyond its form."""
    sender = draft.get("mail", "from")
    if sender and (fault := address_fault(sender, parse_ascii_address)):
        yield Finding(("mail", "from"), fault)
    for place, text in draft.children("alerts"):
        if fault := address_fault(text):
            yield Finding(place, fault)
    host, security = draft.get("smtp", "host"), draft.get("smtp", "security")
    if host and not _is_host(host):
        yield Finding(("smtp", "host"), _not_a_host(host))
    elif host and security == "none" and not is_loopback(host):
        yield Finding(("smtp", "security"), _ONLY_HERE)


def delivery_problems(given: Mapping[str, Any], variables: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the variables, beside what the project's file says (`given`). Repeats no secret."""
    host, security, port = (variables.get(name) for name in (SMTP_HOST, SMTP_SECURITY, SMTP_PORT))
    if host and not _is_host(host):
        yield f"{SMTP_HOST}: {_not_a_host(host)}"
    if security and security not in get_args(Security):
        yield f"{SMTP_SECURITY}: {quoted(security)} is not known; take {listed(get_args(Security))}"
    if port and not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        yield f"{SMTP_PORT}: {quoted(port)} is no port; it is a number from 1 to 65535"
    if (sender := variables.get(MAIL_FROM)) and (fault := address_fault(sender, parse_ascii_address)):
        yield f"{MAIL_FROM}: {fault}"
    server = _of_server(given, variables)
    if (host or security) and server.get("security") == "none" and not is_loopback(server.get("host", "localhost")):
        yield f"{SMTP_SECURITY if security else SMTP_HOST}: {_ONLY_HERE}"
    if SMTP_PASSWORD in variables and "username" not in server:
        yield f"{SMTP_USERNAME} is missing; {SMTP_PASSWORD} is of no use without it"
    for name in (SMTP_USERNAME, SMTP_PASSWORD):
        if name in variables and not _TYPED.fullmatch(variables[name]):
            # Python's client of SMTP can send nothing else.
            yield f"{name} has a letter that is not on every keyboard, or a line break; take letters of ASCII"
    yield from _webhook_problems(variables)


def with_delivery(given: Mapping[str, Any], variables: Mapping[str, str]) -> dict[str, Any]:
    """The fields of Settings, of what the project's file sets and of variables that have passed."""
    fields = {key: value for key, value in given.items() if key not in ("smtp", "mail", "retry_for")}
    mail = given.get("mail", {})
    if "largest" in mail:
        fields["largest_mail"] = mail["largest"]
    if sender := variables.get(MAIL_FROM, mail.get("from")):
        fields["mail_from"] = sender
    if "retry_for" in given:
        fields["retry_for"] = timedelta(hours=given["retry_for"])
    if server := _of_server(given, variables) | _password(variables):
        fields["smtp"] = _smtp(server)
    if webhooks := _webhooks(variables):
        fields["webhooks"] = webhooks
    return fields


def webhook_variables(name: str) -> tuple[str, str]:
    """The variables that hold the webhook's address and its secret."""
    key = name.upper().replace("-", "_")
    return f"REPORTGEN_WEBHOOK_{key}_URL", f"REPORTGEN_WEBHOOK_{key}_SECRET"


def _of_server(given: Mapping[str, Any], variables: Mapping[str, str]) -> dict[str, Any]:
    """What file and variables say of the server; the variables win."""
    return {**given.get("smtp", {}), **{key: variables[name] for key, name in _VARIABLES.items() if name in variables}}


def _password(variables: Mapping[str, str]) -> dict[str, str]:
    return {"password": variables[SMTP_PASSWORD]} if SMTP_PASSWORD in variables else {}


def _smtp(server: Mapping[str, Any]) -> Smtp:
    security = server.get("security", "starttls")
    ca = {"ca": Path(server["ca"])} if "ca" in server else {}
    return Smtp(**{**server, "port": int(server.get("port", PORTS[security])), **ca})


def _webhooks(variables: Mapping[str, str]) -> dict[str, Webhook]:
    """By name, as report files have it: in small letters, with hyphens."""
    parts = [match for name in variables if (match := _WEBHOOK.fullmatch(name))]
    names = {match[1].lower().replace("_", "-") for match in parts if match[2] == "URL"}
    return {
        name: Webhook(variables[url], variables.get(secret))
        for name in sorted(names)
        for url, secret in [webhook_variables(name)]
    }


def _webhook_problems(variables: Mapping[str, str]) -> Iterator[str]:
    for name in variables:
        match = _WEBHOOK.fullmatch(name)
        if match and match[2] == "URL":
            try:
                check_whole_url(variables[name], WEBHOOK_EXAMPLE)
            except ValueError as error:
                yield f"{name}: {error}"
        elif match and (url := name.removesuffix("SECRET") + "URL") not in variables:
            yield f"{url} is missing; {name} is of no use without it"


def _is_host(text: str) -> bool:
    """Whether it is a name that can be looked up, or the address of a machine."""
    try:
        ip_address(text)
    except ValueError:
        return _HOST.fullmatch(text) is not None and _has_labels(text)
    return True


def _has_labels(name: str) -> bool:
    """Whether no part between the points is empty or too long."""
    try:
        return len(name.encode("idna")) <= _LONGEST_HOST
    except UnicodeError:
        return False


def _not_a_host(text: str) -> str:
    if "@" in text:  # Some write a login there, whose password nobody is to read.
        return _A_LOGIN
    name, colon, port = text.rpartition(":")
    if colon and port.isdecimal() and _is_host(name):
        return f"{quoted(text)} is not the name of a server alone; write {name}, and the port in smtp.port"
    return f"{quoted(text)} is not the name of a server; it is written like smtp.example.com"
