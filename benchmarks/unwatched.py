"""A watch for runs that nobody looks at."""

from __future__ import annotations


class Unwatched:
    """Is told everything and says nothing."""

    def calls(self, finished: int, unfinished: int) -> None:
        """See `reportgen.fetch.watch.Watch`."""

    def waiting(self, seconds: float, why: str) -> None:
        """See `reportgen.fetch.watch.Watch`."""

    def reading(self, handle: str, tweets: int) -> None:
        """See `reportgen.finding.Watch`."""

    def rendering(self, report: str) -> None:
        """See `reportgen.run.Watch`."""
