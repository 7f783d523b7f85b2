"""All that leaves of a report: its mail, what webhooks are told, and the files for a directory. Pure.

Instants are UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from reportgen.delivery.mail import mail_parcel, tweets_of
from reportgen.delivery.message_ids import message_id
from reportgen.outbox import Copy, Occasion, Parcel, Way

if TYPE_CHECKING:
    from reportgen.made import Pages
    from reportgen.settings import Settings
    from reportgen.spec.model import ReportSpec


def parcels_of(
    spec: ReportSpec, pages: Pages, occasion: Occasion, settings: Settings, now: datetime
) -> tuple[Parcel, ...]:
    """What leaves of the report, by each way that its file names; `now` is the date of the mail.

    Raises InputError where it is mailed and no sender is set, and TemplateError where a text of the mail fails.
    """
    return tuple(_parcels(spec, pages, occasion, settings, now))


def _parcels(spec: ReportSpec, pages: Pages, occasion: Occasion, settings: Settings, now: datetime) -> Iterator[Parcel]:
    def copy(way: Way, recipient: str) -> Copy:
        return Copy(recipient, message_id(pages.report, occasion, way, recipient))

    if spec.email:
        yield mail_parcel(spec, spec.email, pages, occasion, settings, now)
    if spec.webhooks:
        from reportgen.delivery import webhook

        copies = tuple(copy(Way.WEBHOOK, name) for name in spec.webhooks)
        told = webhook.parcel(pages.report, pages.look, tuple(pages.contents), copies)
        yield replace(told, tweets=tweets_of(spec))
    if spec.publish:
        from reportgen.delivery import directory

        copies = (copy(Way.DIRECTORY, str(spec.publish.directory)),)
        published = directory.parcel(pages.report, pages.look, pages.contents, copies)
        yield replace(published, tweets=tweets_of(spec))
