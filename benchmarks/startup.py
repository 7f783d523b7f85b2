"""`reportgen --version` against a bare interpreter: the ratio of the medians of 15 runs each, in turn."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

RUNS = 15


def seconds(*command: str) -> float:
    """How long the process takes, from start to end."""
    start = perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - start


def main() -> None:
    bare = (sys.executable, "-c", "pass")
    version = (str(Path(sys.executable).with_name("reportgen")), "--version")
    seconds(*bare), seconds(*version)
    pairs = [(seconds(*bare), seconds(*version)) for _ in range(RUNS)]
    base, ours = (median(times) for times in zip(*pairs, strict=True))
    print(f"python -c pass {base * 1000:.0f} ms, reportgen --version {ours * 1000:.0f} ms: {ours / base:.1f} times")


if __name__ == "__main__":
    main()
