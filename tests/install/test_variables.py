"""The variables that a project's reports need."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from reportgen.install.variables import variables_of_reports
from reportgen.settings import Settings
from reportgen.spec.check import load_reports
from reportgen.spec.delivering import Email
from reportgen.spec.model import ReportSpec
from tests.spec.documents import BASE

ALWAYS = ("REPORTGEN_STORE", "REPORTGEN_BEARER_TOKEN", "REPORTGEN_CONSUMER_KEY", "REPORTGEN_CONSUMER_SECRET")
OF_ACME = ("REPORTGEN_ACME_ACCESS_TOKEN", "REPORTGEN_ACME_ACCESS_TOKEN_SECRET")
OF_MAIL = (
    "REPORTGEN_SMTP_HOST",
    "REPORTGEN_SMTP_PORT",
    "REPORTGEN_SMTP_SECURITY",
    "REPORTGEN_SMTP_USERNAME",
    "REPORTGEN_SMTP_PASSWORD",
    "REPORTGEN_MAIL_FROM",
)


def report(folder: Path) -> ReportSpec:
    (folder / "a.yaml").write_text(BASE)
    (spec,) = load_reports([folder / "a.yaml"])
    return spec


def test_the_store_the_app_and_each_handles_token(tmp_path: Path) -> None:
    spec = report(tmp_path)
    assert variables_of_reports([spec, spec], Settings()) == (*ALWAYS, *OF_ACME)


def test_the_mail_server_where_reports_or_alerts_are_mailed(tmp_path: Path) -> None:
    spec = report(tmp_path)
    mailed = replace(spec, email=Email(("team@example.com",)))
    assert variables_of_reports([mailed], Settings()) == (*ALWAYS, *OF_ACME, *OF_MAIL)
    assert variables_of_reports([spec], Settings(alerts=("ops@example.com",))) == (*ALWAYS, *OF_ACME, *OF_MAIL)


def test_the_address_and_the_secret_of_each_webhook(tmp_path: Path) -> None:
    spec = replace(report(tmp_path), webhooks=("team-slack",))
    webhook = ("REPORTGEN_WEBHOOK_TEAM_SLACK_URL", "REPORTGEN_WEBHOOK_TEAM_SLACK_SECRET")
    assert variables_of_reports([spec], Settings()) == (*ALWAYS, *OF_ACME, *webhook)
