"""What docs/delivery.md claims of webhooks and monitors is so."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import yaml
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from reportgen.delivery.alert_words import Trouble
from reportgen.delivery.signature import signature
from reportgen.outbox import State, Way
from reportgen.serve.metrics import registry
from reportgen.serve.pulse import Pulse
from reportgen.store.overview import Overview
from tests.conftest import ROOT
from tests.delivery.test_alerts import alert, part

PAGE = (ROOT / "docs" / "delivery.md").read_text("utf-8")
NOW = datetime(2026, 11, 16, 13, 0, tzinfo=UTC)
AT = int(NOW.timestamp())
BODY = b'{"text": "a"}'
SECRET = "whsec-of-a-page"


@pytest.fixture
def is_genuine() -> Callable[..., bool]:
    (code,) = (block for block in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL) if "is_genuine" in block)
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102 - our own page
    found: Callable[..., bool] = names["is_genuine"]
    return found


def test_the_receivers_check_takes_what_was_signed(is_genuine: Callable[..., bool]) -> None:
    assert is_genuine(BODY, signature(BODY, SECRET, AT), SECRET, AT + 299.0)


@pytest.mark.parametrize(
    ("body", "header", "secret", "now"),
    [
        (BODY + b" ", signature(BODY, SECRET, AT), SECRET, AT),
        (BODY, signature(BODY, SECRET, AT), SECRET + "x", AT),
        (BODY, signature(BODY, SECRET, AT), SECRET, AT + 300),
        (BODY, signature(BODY, SECRET, AT), SECRET, AT - 300),
        (BODY, signature(BODY, SECRET, AT).replace(f"t={AT}", f"t={AT + 60}"), SECRET, AT),
        (BODY, signature(BODY, SECRET, AT).partition(",")[0], SECRET, AT),
        (BODY, "", SECRET, AT),
        (BODY, "t=ü,v1=ü", SECRET, AT),
    ],
)
def test_the_receivers_check_refuses_all_else(
    is_genuine: Callable[..., bool], body: bytes, header: str, secret: str, now: float
) -> None:
    assert not is_genuine(body, header, secret, now)


def exposed() -> set[str]:
    pulse = Pulse(NOW)
    pulse.tick(NOW, {"acme-weekly": NOW})
    pulse.delivered(Way.MAIL, State.SENT)
    found = Overview({}, NOW, {"acme-weekly": NOW})
    text = generate_latest(registry(pulse, lambda: found)).decode()
    return {sample.name for family in text_string_to_metric_families(text) for sample in family.samples}


def test_the_page_names_each_metric_and_no_other() -> None:
    rows = re.findall(r"^\| `(reportgen_\w+)` \|", PAGE, re.MULTILINE)
    assert sorted(rows) == sorted(exposed())
    assert set(re.findall(r"\breportgen_\w+", PAGE)) <= exposed()


def test_the_configuration_of_prometheus_is_yaml() -> None:
    blocks = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)]
    (scraped,) = (block for block in blocks if "scrape_configs" in block)
    (rules,) = (block for block in blocks if "groups" in block)
    assert scraped["scrape_configs"][0]["job_name"] == "reportgen"
    assert [set(rule) >= {"alert", "expr"} for rule in rules["groups"][0]["rules"]] == [True] * 4


def test_the_alert_of_the_page_is_the_one_that_is_sent() -> None:
    parcel = alert(Trouble.FAILED, "no credential works", NOW + timedelta(minutes=5))
    shown = [f"Subject: {parcel.about}", "", *part(parcel, "plain").splitlines()]
    lines = "\n".join(f"    {line}".rstrip() for line in shown)
    assert lines in PAGE
