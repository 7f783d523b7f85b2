"""The ways out, and who sends by each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from reportgen.delivery.smtp import Mailer
from reportgen.delivery.smtp_transaction import MayGo
from reportgen.outbox import TOO_LATE, Delivery, Later, Verdict, Way
from reportgen.settings import Settings

if TYPE_CHECKING:
    from reportgen.store.outbox import Claimed


class Ways:
    """All ways out of a project. Mails share a connection, which is opened with the first of them; `last_wait` is how
    long the answer to a whole mail is waited for.
    """

    def __init__(self, settings: Settings, clock: Callable[[], datetime], last_wait: timedelta) -> None:
        self._settings = settings
        self._clock = clock
        self._mailer = Mailer(settings.smtp, last_wait.total_seconds())
        self._by: Mapping[Way, Callable[[Delivery, bytes, MayGo], Verdict]] = {
            Way.MAIL: self._mailer.send,
            Way.ALERT: self._mailer.send,
            Way.WEBHOOK: self._tell,
            Way.DIRECTORY: self._publish,
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._mailer.close()

    def send(self, claimed: Claimed, may_go: MayGo) -> Verdict:
        """Send a delivery by its way. `may_go` is asked at the last moment at which it can be kept back."""
        return self._by[claimed.delivery.way](claimed.delivery, claimed.content, may_go)

    def _tell(self, delivery: Delivery, content: bytes, may_go: MayGo) -> Verdict:
        from reportgen.delivery.webhook import send

        return send(delivery, content, self._settings, self._clock()) if may_go() else Later(TOO_LATE)

    def _publish(self, delivery: Delivery, content: bytes, may_go: MayGo) -> Verdict:
        from reportgen.delivery.directory import send

        return send(delivery, content, self._settings) if may_go() else Later(TOO_LATE)
