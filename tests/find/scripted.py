"""A timeline that answers as it is told, where the simulator's would not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from reportgen.api.x.model import Posts, TimelineAsk, XPost
from reportgen.store.timelines import Page
from reportgen.timelines import TimelineOf


@dataclass
class Scripted:
    """A desk (see `reportgen.find.timeline.Desk`) that hands out these pages, and remembers all that it was given."""

    pages: Iterable[Posts]
    asks: list[TimelineAsk] = field(default_factory=list)
    kept: list[Page] = field(default_factory=list)
    before: datetime | None = None
    """When the newest tweet before the span was posted, where the store knows one."""
    knows: bool = False
    """Whether the store knows tweets of the span."""
    count: int | None = None
    """How many tweets the account has."""

    def __post_init__(self) -> None:
        self._pages = iter(self.pages)

    def page(self, ask: TimelineAsk) -> Posts:
        self.asks.append(ask)
        return next(self._pages)

    def keep(self, which: TimelineOf, page: Page) -> None:
        del which
        self.kept.append(page)

    def shown_before(self, which: TimelineOf, moment: datetime) -> datetime | None:
        del which, moment
        return self.before

    def knows_any(self, which: TimelineOf, since: datetime) -> bool:
        del which, since
        return self.knows

    def post_count(self, which: TimelineOf) -> int | None:
        del which
        return self.count

    @property
    def posts(self) -> list[XPost]:
        return [post for page in self.kept for post in page.posts]
