"""What the reports of a project share: settings, and the credentials that sign their calls."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from reportgen.catalog import DEFAULT_HISTORY
from reportgen.credentials import Credentials, credential_problems, credentials_of, half_problems
from reportgen.delivery_settings import (
    DEFAULT_RETRY_FOR,
    NO_SERVER,
    Smtp,
    Webhook,
    delivery_findings,
    delivery_problems,
    with_delivery,
)
from reportgen.env_file import read_env, variables_of
from reportgen.errors import InputError
from reportgen.project import Project
from reportgen.spec.brand import NO_BRAND, Brand, brand_of
from reportgen.spec.brand_rules import brand_findings
from reportgen.spec.draft import Draft
from reportgen.spec.fields import Readers, load_fields, whole
from reportgen.spec.model import Design, PageSize
from reportgen.spec.problems import Finding, Problem
from reportgen.spec.template_rules import template_findings
from reportgen.store.address import DEFAULT_STORE, STORE, check_address, check_open_address
from reportgen.voice.locales import DEFAULT_LOCALE, check_locale
from reportgen.web_addresses import check_url

SETTINGS_FILE: Final = "reportgen.yaml"
ENV_FILE: Final = ".env"
ENGAGEMENT_URL: Final = "REPORTGEN_ENGAGEMENT_URL"
X_API_URL: Final = "REPORTGEN_X_API_URL"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a project. Time-outs are seconds."""

    engagement_url: str = "https://data-api.twitter.com/insights/engagement"
    x_api_url: str = "https://api.x.com"
    calls_at_once: int = 16
    tries: int = 10
    """How often a call is made, where the API or the way there fails."""
    connect_timeout: float = 5
    read_timeout: float = 60
    calls_per_minute: int | None = None
    """The contract's limit; None where it is not known."""
    max_calls: int | None = None
    """A run that needs more calls is refused; None for any number."""
    handles_per_month: int | None = None
    """How many handles the contract lets be asked about in a month; None where it is not known."""
    billing_day: int = 1
    """The day (UTC) on which the contract's month begins, 1 to 28."""
    history: date | None = None
    """The first day (UTC) that the contract reaches back to; None for 365 days before the run."""
    settle: int = 24
    """Hours after which a counted hour is final."""
    fresh: int = 15
    """Minutes for which an answer that may still change serves again."""
    page: PageSize = "A4"
    template: str | None = None
    """The project's own template for pages, by its path in the project; None for the built-in one."""
    brand: Brand = NO_BRAND
    """What reports look like that set nothing else."""
    design: Design = "editorial"
    locale: str = DEFAULT_LOCALE
    """How numbers and dates are written."""
    store: str = field(default=DEFAULT_STORE, repr=False)
    """An SQLAlchemy URL, which may hold a password."""
    smtp: Smtp = NO_SERVER
    """The mail server; its host is None where none is set."""
    mail_from: str | None = None
    """The sender of mails, as `name@example.com` or `Name <name@example.com>`; None where none is set."""
    largest_mail: float = 10
    """Megabytes (millions of bytes) of a mail's attachments at most, as they leave."""
    alerts: tuple[str, ...] = ()
    """Who is told when a scheduled report fails or is incomplete: addresses like `mail_from`."""
    retry_for: timedelta = DEFAULT_RETRY_FOR
    """For how long a due report is made anew, and a delivery tried again, where they fail."""
    webhooks: Mapping[str, Webhook] = field(default_factory=dict)
    """By name, as report files have it. Their addresses are secrets."""

    project: str | None = field(default=None, compare=False)
    """Whose settings these are, for whoever reads of it elsewhere: the folder and the machine, as
    `/srv/acme on host-1`.
    """

    def history_start(self, as_of: datetime) -> datetime:
        """The first instant (UTC) that `historical` answers for at `as_of`."""
        return datetime.combine(self.history, time(), UTC) if self.history else as_of - DEFAULT_HISTORY


def load_settings(directory: Path, environ: Mapping[str, str]) -> tuple[Settings, Credentials]:
    """The settings and credentials of the project in `directory`.

    `environ` wins over `.env`, and `.env` over `reportgen.yaml`. Raises InputError with every problem of all three.
    """
    given, problems = _read_file(directory)
    in_file, problems_of_env = read_env(directory / ENV_FILE)
    variables = variables_of(environ, in_file)
    problems_of_variables = [
        *_address_problems(variables),
        *credential_problems(variables),
        *half_problems(environ, in_file),
        *delivery_problems(given, variables),
    ]
    if problems or problems_of_env or problems_of_variables:
        raise InputError(*problems, *problems_of_env, *problems_of_variables)
    given |= {key: variables[name] for key, (name, _) in _ADDRESSES.items() if name in variables}
    project = f"{directory.absolute()} on {socket.gethostname()}"
    return Settings(**with_delivery(given, variables), project=project), credentials_of(variables)


def _read_file(directory: Path) -> tuple[dict[str, Any], list[Problem]]:
    """The fields of Settings that the project's file sets, and what is wrong with it."""
    path = directory / SETTINGS_FILE
    if not path.exists():
        return {}, []
    numbers = ("calls_at_once", "tries", "calls_per_minute", "max_calls", "handles_per_month", "billing_day")
    spans = ("settle", "fresh")
    readers: Readers = {
        **dict.fromkeys(numbers + spans, whole),
        "engagement_url": _engagement_url,
        "x_api_url": _x_api_url,
        "history": _day,
        "brand": brand_of,
        "locale": check_locale,
        "store": check_open_address,
    }
    return load_fields(str(path), "project.schema.json", readers, partial(_rules, project=Project(directory)))


def _rules(draft: Draft, project: Project) -> Iterator[Finding]:
    yield from brand_findings(draft, project)
    yield from template_findings(draft, project)
    yield from delivery_findings(draft)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"'{text}' is not in the calendar") from error


_engagement_url = partial(check_url, example=Settings().engagement_url)
_x_api_url = partial(check_url, example=Settings().x_api_url)
_ADDRESSES: Final[Mapping[str, tuple[str, Callable[[str], str]]]] = {
    "engagement_url": (ENGAGEMENT_URL, _engagement_url),
    "x_api_url": (X_API_URL, _x_api_url),
    "store": (STORE, check_address),
}
"""The settings that a variable wins over: its name, and what checks it."""


def _address_problems(variables: Mapping[str, str]) -> Iterator[str]:
    for name, check in _ADDRESSES.values():
        if name in variables:
            try:
                check(variables[name])
            except ValueError as error:
                yield f"{name}: {error}"
