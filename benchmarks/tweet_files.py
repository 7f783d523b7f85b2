"""A million tweets from a file: what `reportgen validate` takes of the processor and the memory, and against what.

Each way is a process of its own, measured whole, start-up with it. It has one thread, so on a machine with nothing
else to do the seconds are those of the clock.
"""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

TWEETS = 1_000_000
RUNS = 3
REPORT = """\
version: 1
name: many
endpoint: historical
handles: ["@acme"]
tweets_from: [{file}]
metrics: [impressions]
"""
_TWEET = '{{"id":"{id}","text":"Hi {n}","author_id":"12","edit_history_tweet_ids":["{id}"]}}'
FORMS: dict[str, tuple[str, str, str]] = {
    "ids.txt": ("", "{id}\n", ""),
    "links.txt": ("", "https://x.com/acme/status/{id}\n", ""),
    "ids.csv": ("tweet_id,handle,label.campaign,likes\n", "{id},acme,launch,12\n", ""),
    "tweets.jsonl": ("", f"{_TWEET}\n", ""),
    "ids.json": ('[{"id":"20"}', ',\n{{"id":"{id}"}}', "]\n"),
}
"""By name of the file, its begin, its rows and its end."""


def write(file: str) -> None:
    begin, row, end = FORMS[file]
    chance = random.Random(1)  # noqa: S311  the same ids each time
    ids = (((430 << 30) + n * 80_000) << 22 | chance.randrange(1024) << 12 | chance.randrange(8) for n in range(TWEETS))
    with Path(file).open("w", encoding="utf-8") as written:
        written.write(begin)
        written.writelines(row.format(id=tweet_id, n=n % 1000) for n, tweet_id in enumerate(ids))
        written.write(end)
    Path(f"{file}.yaml").write_text(REPORT.format(file=file), encoding="utf-8")


def lines(file: str) -> None:
    """Only reads the lines."""
    with Path(file).open(encoding="utf-8") as text:
        for _ in text:
            pass


def dictionaries(file: str) -> None:
    """What a script of ten lines does: a dictionary for each row, kept by id."""
    first = None if file.endswith(".csv") else ["tweet_id"]
    with Path(file).open(encoding="utf-8", newline="") as text:
        found = {row["tweet_id"]: row for row in csv.DictReader(text, first)}
    if len(found) != TWEETS:
        raise AssertionError("tweets are missing")


BESIDE: dict[str, Callable[[str], None]] = {"the lines alone": lines, "csv.DictReader": dictionaries}


def measured(*command: str) -> tuple[float, float]:
    """Seconds of CPU, and MiB at most resident, of a process that has to end well."""
    process = subprocess.Popen((sys.executable, *command), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise AssertionError(f"{command} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def tell(file: str) -> None:
    ways: dict[str, tuple[str, ...]] = {"reportgen validate": ("-m", "reportgen", "validate", f"{file}.yaml")}
    for name in BESIDE if file.endswith((".csv", "ids.txt")) else ["the lines alone"]:
        ways[name] = (__file__, name, file)
    taken = {name: [measured(*command) for _ in range(RUNS)] for name, command in ways.items()}
    whole = median(seconds for seconds, _ in taken["reportgen validate"])
    for name, runs in taken.items():
        seconds, most = median(seconds for seconds, _ in runs), max(mebibytes for _, mebibytes in runs)
        times = "" if whole == seconds else f"; the product takes {whole / seconds:.1f} times as long"
        print(f"{file}, {name}: {seconds:.2f} s, {most:.0f} MiB{times}", flush=True)


def main() -> None:
    os.environ["PYTHONPATH"] = str(Path(__file__).parents[1])
    with TemporaryDirectory() as folder:
        os.chdir(folder)
        for file in FORMS:
            write(file)
            tell(file)


if __name__ == "__main__":
    BESIDE[sys.argv[1]](sys.argv[2]) if sys.argv[1:] else main()
