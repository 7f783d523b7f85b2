"""The metrics of the old file under the names that they have today."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.catalog import METRICS, RENAMED_METRICS
from reportgen.migrate.model import Part, Remark
from reportgen.migrate.reading import Reading
from reportgen.spec.problems import Place
from reportgen.spec.words import did_you_mean, quoted


def metrics_of(named: Iterable[tuple[Place, str]], endpoint: str, reading: Reading) -> Part[tuple[str, ...]]:
    """The metrics that the endpoint has, in the order of the file; a finding where one is not known at all."""
    metrics: dict[str, None] = {}
    remarks: list[Remark] = []
    for place, written in named:
        name = RENAMED_METRICS.get(written, written)
        if name not in METRICS:
            known = (*METRICS, *RENAMED_METRICS)
            reading.complain(place, f"{quoted(written)} is not a metric{did_you_mean(written, known)}", at_key=True)
        elif endpoint not in METRICS[name].endpoints:
            remarks.append(reading.remark(place, f"{written} is left out: {endpoint} has no such metric"))
        elif name in metrics:
            remarks.append(reading.remark(place, f"{written} is left out: {name} is there already"))
        else:
            metrics[name] = None
            if name != written:
                remarks.append(reading.remark(place, f"{written} is called {name} today"))
    return Part(tuple(metrics), tuple(remarks))
