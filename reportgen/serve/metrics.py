"""What a scheduler that runs tells Prometheus. Names and units are by its conventions, labels are few: ways, states,
outcomes, and the reports that have a schedule now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import get_args

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from reportgen import __version__
from reportgen.errors import StoreError
from reportgen.made import Status
from reportgen.outbox import State
from reportgen.serve.pulse import Beat, Pulse
from reportgen.store.overview import Overview


class SchedulerNumbers(Collector):
    """The numbers of one scheduler, and of the store that it shares with others, read anew each time."""

    def __init__(self, pulse: Pulse, look: Callable[[], Overview]) -> None:
        self._pulse = pulse
        self._look = look

    def collect(self) -> Iterator[Metric]:
        """All of them; without those of the store where it can't be read."""
        beat = self._pulse.beat()
        yield InfoMetricFamily("reportgen_build", "The version that runs.", {"version": __version__})
        yield from _own(beat)
        try:
            found = self._look()
        except StoreError:
            yield GaugeMetricFamily("reportgen_store_up", "Whether the store can be read.", 0)
            return
        yield GaugeMetricFamily("reportgen_store_up", "Whether the store can be read.", 1)
        yield from _shared(found, beat)


def registry(pulse: Pulse, look: Callable[[], Overview]) -> CollectorRegistry:
    """A registry with these numbers and no others. `look` reads the store, and may raise StoreError."""
    made = CollectorRegistry()
    made.register(SchedulerNumbers(pulse, look))
    return made


def _own(beat: Beat) -> Iterator[Metric]:
    """What this process did since it started."""
    reports = CounterMetricFamily(
        "reportgen_reports", "Reports that this scheduler made, by outcome.", None, ["outcome"]
    )
    for outcome in get_args(Status):
        reports.add_metric([outcome], beat.reports.get(outcome, 0))
    yield reports
    attempts = CounterMetricFamily(
        "reportgen_delivery_attempts",
        "Attempts to deliver that this scheduler made, by way and by what the delivery was afterwards.",
        None,
        ["way", "state"],
    )
    for (way, state), count in sorted(beat.deliveries.items()):
        attempts.add_metric([way, state], count)
    yield attempts
    yield CounterMetricFamily(
        "reportgen_engagement_api_calls", "Calls that this scheduler made to the Engagement API.", beat.calls
    )
    yield GaugeMetricFamily(
        "reportgen_loop_last_tick_timestamp_seconds",
        "When this scheduler's loop last came round.",
        beat.ticked.timestamp(),
    )
    dues = GaugeMetricFamily(
        "reportgen_report_next_due_timestamp_seconds", "When the report is due next.", None, ["report"]
    )
    for report, due in sorted(beat.next_dues.items()):
        dues.add_metric([report], due.timestamp())
    yield dues


def _shared(found: Overview, beat: Beat) -> Iterator[Metric]:
    """What the store has, whoever put it there."""
    deliveries = GaugeMetricFamily("reportgen_outbox_deliveries", "Deliveries in the store, by state.", None, ["state"])
    for state in State:
        deliveries.add_metric([state], found.deliveries.get(state, 0))
    yield deliveries
    oldest = GaugeMetricFamily(
        "reportgen_outbox_waiting_since_timestamp_seconds",
        "Since when the delivery that has waited longest is to be sent; absent where none waits.",
    )
    if found.waiting_since:
        oldest.add_metric([], found.waiting_since.timestamp())
    yield oldest
    successes = GaugeMetricFamily(
        "reportgen_report_last_success_timestamp_seconds",
        "When the report was last made by its schedule, complete; absent where it never was.",
        None,
        ["report"],
    )
    for report in sorted(beat.next_dues.keys() & found.successes.keys()):
        successes.add_metric([report], found.successes[report].timestamp())
    yield successes
