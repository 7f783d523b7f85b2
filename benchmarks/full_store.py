"""The weekly sample from a full store, HTML and PDF, against a process that only puts that HTML through WeasyPrint."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from reportgen.instants import parse_instant
from reportgen.simulator.server import serve
from reportgen.simulator.world import DEFAULT_SEED, World

PRESENT = "2026-11-16T12:00:00Z"
WEEKLY = Path(__file__).parent.parent / "reports" / "weekly.yaml"
RUN = (sys.executable, "-m", "reportgen", "run", str(WEEKLY), "--as-of", PRESENT, "--format", "html", "--format", "pdf")
PRINT = """
import sys
from weasyprint import HTML
with open(sys.argv[1], encoding="utf-8") as page:
    HTML(string=page.read()).write_pdf("only.pdf")
"""
RUNS = 9


def seconds(command: tuple[str, ...], folder: Path, environment: dict[str, str]) -> tuple[float, float]:
    """How long the process takes, from start to end, and how much of the processors."""
    before, used = perf_counter(), getrusage(RUSAGE_CHILDREN)
    subprocess.run(command, check=True, cwd=folder, env=environment, capture_output=True)
    after, now = perf_counter(), getrusage(RUSAGE_CHILDREN)
    return after - before, now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime


def main() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        with serve(World(DEFAULT_SEED, parse_instant(PRESENT))) as simulator:
            environment = os.environ | simulator.environment()
            seconds(RUN, folder, environment)
            asked = len(simulator.calls)
            (page,) = folder.glob("out/*.html")
            only = (sys.executable, "-c", PRINT, str(page))
            pairs = [(seconds(only, folder, environment), seconds(RUN, folder, environment)) for _ in range(RUNS)]
            if len(simulator.calls) != asked:
                raise AssertionError("a call was made")
    for which, what in enumerate(("from start to end", "of the processors")):
        bases, all_ours = [base[which] for base, _ in pairs], [ours[which] for _, ours in pairs]
        ratios = sorted(ours / base for base, ours in zip(bases, all_ours, strict=True))
        print(
            f"{what}: WeasyPrint alone {median(bases):.2f} s, the report {median(all_ours):.2f} s: "
            f"{median(ratios):.2f} times, {ratios[0]:.2f} to {ratios[-1]:.2f} in {RUNS} pairs"
        )


if __name__ == "__main__":
    main()
