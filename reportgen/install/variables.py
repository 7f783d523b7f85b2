"""The variables of the environment that a project's reports need where nothing else has them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from reportgen.credentials import BEARER, CONSUMER, token_variables
from reportgen.delivery_settings import (
    MAIL_FROM,
    SMTP_HOST,
    SMTP_PASSWORD,
    SMTP_PORT,
    SMTP_SECURITY,
    SMTP_USERNAME,
    webhook_variables,
)
from reportgen.settings import Settings
from reportgen.spec.model import ReportSpec
from reportgen.store.address import STORE

_MAIL: Final = (SMTP_HOST, SMTP_PORT, SMTP_SECURITY, SMTP_USERNAME, SMTP_PASSWORD, MAIL_FROM)


def variables_of_reports(specs: Iterable[ReportSpec], settings: Settings) -> tuple[str, ...]:
    """Their names, each once: of the store, the credentials, the mail server where mails are sent, and the webhooks."""
    names = [STORE, BEARER, *CONSUMER]
    mails = bool(settings.alerts)
    for spec in specs:
        for handle in spec.handles:
            names += token_variables(handle)
        for webhook in spec.webhooks:
            names += webhook_variables(webhook)
        mails = mails or spec.email is not None
    return tuple(dict.fromkeys([*names, *(_MAIL if mails else ())]))
