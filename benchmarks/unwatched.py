"""A watch for runs that nobody looks at."""

from __future__ import annotations


class Unwatched:
    """Is told everything and says nothing."""

    def calls(self, finished: int, to_make: int) -> None:
        """See `reportgen.fetch.fetch.Watch`."""

    def waiting(self, seconds: float, why: str) -> None:
        """See `reportgen.fetch.fetch.Watch`."""

    def rendering(self, report: str) -> None:
        """See `reportgen.run.Watch`."""
