"""`reportgen mail`: make a report, and mail it."""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Iterable
from datetime import datetime
from email.utils import make_msgid
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import click

from reportgen.cli import options
from reportgen.cli.outcome import tell
from reportgen.cli.progress import run_progress
from reportgen.cli.signals import held_signals
from reportgen.cli.surroundings import surroundings
from reportgen.errors import Exit, InputError
from reportgen.output import write_whole
from reportgen.printable import printable_line
from reportgen.run import make_reports
from reportgen.safe.safes import completed
from reportgen.settings import Settings, load_settings
from reportgen.spec.check import load_reports
from reportgen.spec.problems import Problem
from reportgen.spec.words import listed

if TYPE_CHECKING:
    from reportgen.delivery.by_hand import Outcome
    from reportgen.delivery.mail import Mail
    from reportgen.made import Made, Pages
    from reportgen.mail_addresses import Address
    from reportgen.spec.delivering import Email
    from reportgen.spec.model import ReportSpec
    from reportgen.store.open import Store


class _Address(click.ParamType["Address"]):
    """An address of mail."""

    name = "address"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Address:
        from reportgen.mail_addresses import AddressError, parse_address

        try:
            return parse_address(str(value))
        except AddressError as error:
            self.fail(str(error), param, ctx)


@click.command()
@click.argument("file", type=click.Path(), metavar="FILE")
@options.as_of
@click.option("--preview", is_flag=True, help="Write the mail beside the report's files, and send nothing.")
@click.option(
    "--to", "testers", type=_Address(), multiple=True, metavar="ADDRESS", help="Send a test to this address only."
)
def mail(file: str, as_of: datetime, testers: tuple[Address, ...], *, preview: bool) -> None:
    """Make a report, and mail it to those whom its file names: once for each period and recipient.

    --preview needs no mail server: it writes NAME-LASTDAY.eml for a mail program, and NAME-LASTDAY-mail.html for a
    browser. --to may be given more than once.
    """
    from reportgen.delivery.mail import check_mail
    from reportgen.store.open import open_store

    if preview and testers:
        raise click.UsageError("--preview sends nothing, and --to sends a test: leave one of them out")
    (spec,) = load_reports([file])
    if spec.email is None:
        raise InputError(Problem(spec.path, 1, 1, "this report has no mail; add email: {to: [team@example.com]}"))
    settings, credentials = load_settings(Path(), os.environ)
    if not preview:
        check_mail([spec], settings)
    credentials = completed(credentials, [spec], settings, os.environ)
    kept: list[tuple[Made, Pages]] = []
    with open_store(settings.store) as store:
        with run_progress() as watch:
            around = surroundings(settings, credentials, store, options.now())
            done = make_reports([spec], as_of, around, watch, hand_on=lambda *made: kept.append(made))
        tell(done)
        outcomes: Iterable[Outcome] = ()
        for made, pages in kept:
            if preview:
                _write_previews(spec, spec.email, pages, settings)
            elif testers:
                outcomes = _test(spec, spec.email, pages, settings, testers)
            else:
                outcomes = _send(spec, spec.email, made, pages, settings, store)
        arrived = [*map(_told, outcomes)]
    sys.exit(done.exit_code if all(arrived) else Exit.DELIVERY)


def _write_previews(spec: ReportSpec, email: Email, pages: Pages, settings: Settings) -> None:
    from reportgen.delivery.preview import envelope, previews

    report, composed = pages.report, _composed(spec, email, pages, settings)
    for line in envelope(composed, email, settings.mail_from, report.as_of):
        click.echo(printable_line(line), err=True)
    for end, content in previews(composed, email, settings.mail_from, report.as_of):
        click.echo(write_whole(spec.outputs.directory / f"{report.stem}{end}", content))


def _composed(spec: ReportSpec, email: Email, pages: Pages, settings: Settings) -> Mail:
    """The mail; what it has no room for is told here too, to those who send it."""
    from reportgen.delivery.mail import compose

    composed = compose(email, pages, settings.largest_mail)
    if composed.left_out:
        names = listed([attachment.name for attachment in composed.left_out], "and")
        told = f"too large for the mail, and left out: {names}; mail.largest is {settings.largest_mail:g} MB"
        click.echo(f"{spec.name}: {told}", err=True)
    return composed


def _test(
    spec: ReportSpec, email: Email, pages: Pages, settings: Settings, testers: tuple[Address, ...]
) -> Iterable[Outcome]:
    from reportgen.delivery.by_hand import send_tests
    from reportgen.delivery.mail import sender_of
    from reportgen.delivery.smtp import Mailer
    from reportgen.mail_addresses import distinct

    sender = sender_of(settings)
    composed = _composed(spec, email, pages, settings)
    with Mailer(settings.smtp) as mailer:
        to = distinct(testers)
        yield from send_tests(composed, to, sender, options.now(), mailer, lambda: make_msgid(domain=sender.domain))


def _send(
    spec: ReportSpec, email: Email, made: Made, pages: Pages, settings: Settings, store: Store
) -> Iterable[Outcome]:
    from reportgen.delivery.by_hand import send_by_hand
    from reportgen.delivery.mail import parcel_of
    from reportgen.delivery.send import Courier
    from reportgen.outbox import Occasion

    if made.status == "incomplete" and email.when_incomplete == "hold":
        click.echo(
            f"{spec.name}: nothing is sent, since it is incomplete; email.when_incomplete: send lets it go", err=True
        )
        return ()
    composed, by_hand = _composed(spec, email, pages, settings), Occasion(spec.name, None)
    parcel = parcel_of(spec, email, composed, pages.report, by_hand, settings, options.now())
    edges = options.now, random.random, time.sleep
    courier = Courier(store, settings, {spec.name}, f"mail-{uuid4()}", *edges, unbroken=held_signals)
    return send_by_hand(courier, spec.name, parcel)


def _told(outcome: Outcome) -> bool:
    click.echo(outcome.said, err=not outcome.arrived)
    return outcome.arrived
