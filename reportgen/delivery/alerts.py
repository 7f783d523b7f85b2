"""Alerts: mails to the addresses in the settings that a report was not made, is incomplete, or did not arrive.

Instants are UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from reportgen.delivery import alert_words
from reportgen.delivery.alert_words import Alert, Trouble
from reportgen.jobs import Job
from reportgen.outbox import Copy, Delivery, Occasion, Parcel, Way

if TYPE_CHECKING:
    from reportgen.render.mail.model import Letter
    from reportgen.settings import Settings
    from reportgen.spec.model import ReportSpec


def job_alert(settings: Settings, spec: ReportSpec, job: Job, reason: str, now: datetime) -> tuple[Parcel, ...]:
    """The alert about a job that an attempt has left not complete, for all addresses; none where the settings have no
    address or no sender.

    `reason` has a line each. Times are written in the report's time zone. A job has one alert: to put another one into
    the outbox adds nothing.
    """
    occasion = Occasion(job.report, job.due)
    alert = alert_words.job_alert(spec, job, reason, now, _place(settings, occasion))
    return _parcels(settings, alert, occasion, now, about="")


def delivery_alert(settings: Settings, delivery: Delivery, now: datetime) -> tuple[Parcel, ...]:
    """The alert about a delivery that has failed; none about one that is an alert itself.

    All deliveries of a job have one alert, as its list is in the outbox; of what was sent by hand, each has its own.
    """
    if delivery.way is Way.ALERT:
        return ()
    about = delivery.message_id if delivery.occasion.due is None else Trouble.NOT_DELIVERED
    alert = alert_words.delivery_alert(delivery, _place(settings, delivery.occasion))
    return _parcels(settings, alert, delivery.occasion, now, about)


def _parcels(settings: Settings, alert: Alert, occasion: Occasion, now: datetime, about: str) -> tuple[Parcel, ...]:
    if not settings.alerts or settings.mail_from is None:
        return ()
    from reportgen.delivery.message import Heading, message_of
    from reportgen.delivery.message_ids import alert_id
    from reportgen.mail_addresses import distinct, parse_address

    sender = parse_address(settings.mail_from)
    to = distinct(map(parse_address, settings.alerts))
    copies = (Copy(one.mailbox, alert_id(occasion, one.mailbox, sender.domain, about)) for one in to)
    message = message_of(_letter(alert), Heading(sender, to, now))
    return (Parcel(Way.ALERT, alert.subject, message, tuple(copies), tweets=frozenset()),)


def _place(settings: Settings, occasion: Occasion) -> str:
    from reportgen.store.database import shown_address

    return alert_words.place_of(occasion.report, settings.project, shown_address(settings.store))


def _letter(alert: Alert) -> Letter:
    from reportgen.render.environment import environment
    from reportgen.render.look import Look
    from reportgen.render.mail.model import Letter
    from reportgen.render.templates import BUILT_IN

    template = environment(Look()).get_template(f"{BUILT_IN}alert.html.j2")
    html = template.render(asdict(alert))
    return Letter(alert.subject, "\n".join(_text(alert)) + "\n", html, ())


def _text(alert: Alert) -> Iterator[str]:
    from reportgen.render.mail.lines import safe, wrapped

    yield from wrapped(safe(alert.summary))
    if alert.reason:
        yield ""
        for line in alert.reason:
            yield from wrapped(safe(line), "  ")
    yield from ("", *wrapped(alert.outlook), "", *wrapped(safe(alert.place)), "")
    for command, does in alert.commands:
        yield f"  {command}"
        yield from wrapped(does, "      ")
