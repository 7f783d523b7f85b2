"""What a mail server's settings lack is seen without asking it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.delivery.smtp_setup import smtp_faults
from reportgen.delivery_settings import Smtp
from tests.delivery.mail_server import tls_of
from tests.leaks.known import made_up

PASSWORD = made_up("the password of a set-up")
NO_CERTIFICATES = "smtp.ca: {} cannot be read as a file of certificates (PEM)"


def test_one_that_can_be_tried_has_no_fault(tmp_path: Path) -> None:
    tls_of(tmp_path)
    assert smtp_faults(Smtp("localhost")) == ()
    assert smtp_faults(Smtp("localhost", username="me", password=PASSWORD, ca=tmp_path / "ca.pem")) == ()


def test_a_name_without_a_password_is_one() -> None:
    assert smtp_faults(Smtp("localhost", username="me")) == (
        "REPORTGEN_SMTP_PASSWORD is missing in the environment and in .env; smtp.username is me",
    )


@pytest.mark.parametrize("content", [None, "no certificate\n", ""])
def test_certificates_that_are_none_are_one(tmp_path: Path, content: str | None) -> None:
    ca = tmp_path / "ca.pem"
    if content is not None:
        ca.write_text(content)
    assert smtp_faults(Smtp("localhost", ca=ca)) == (NO_CERTIFICATES.format(ca),)
    assert smtp_faults(Smtp("localhost", security="none", ca=ca)) == ()


def test_without_a_server_nothing_else_is_looked_at() -> None:
    told = "no mail server is set; set smtp.host in reportgen.yaml, or REPORTGEN_SMTP_HOST"
    assert smtp_faults(Smtp(username="me", ca=Path("none.pem"))) == (told,)
