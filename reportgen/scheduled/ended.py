"""What came of an attempt at a report that is due, once it is written down."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.jobs import Job
from reportgen.made import Made
from reportgen.outbox import Copy
from reportgen.run import CallCounts


@dataclass(frozen=True, slots=True)
class Ended:
    """An attempt that has come to its end."""

    begun: Job
    made: Made
    calls: CallCounts
    warnings: tuple[str, ...]
    job: Job | None
    """As it stands now; None where somebody else had taken it over, and nothing of the attempt counts."""
    copies: tuple[Copy, ...] = ()
    """What it put into the outbox."""
