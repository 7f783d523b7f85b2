"""Reports of simulated data for the tests of mails: the samples, and such as lack tweets, hours or numbers."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from reportgen.fetch.patience import Patience
from reportgen.made import Made, Pages
from reportgen.run import Surroundings, make_reports
from reportgen.settings import load_settings
from reportgen.simulator.faults import FRIENDLY, Faults
from reportgen.simulator.server import serve
from reportgen.simulator.world import World
from reportgen.spec.check import load_reports
from reportgen.store.open import open_store
from tests.conftest import ROOT
from tests.runs import AS_OF, UNWATCHED

SAMPLES = sorted((ROOT / "reports").glob("*.yaml"))
_WEEK: Mapping[str, Any] = yaml.safe_load((ROOT / "reports" / "weekly.yaml").read_text("utf-8"))
_DAYS = {"date_range": {"start": "2026-11-09", "end": "2026-11-11"}}
_HOURS = {"date_range": {"start": "2026-11-14T22:00:00Z", "end": "2026-11-15T03:00:00Z"}}
VARIED: Mapping[str, tuple[Mapping[str, Any], Faults]] = {
    "without-tweets": (
        {**_WEEK, "handles": ["@acme"], "posted": {"start": "2026-11-01", "end": "2026-11-01"}},
        FRIENDLY,
    ),
    "three-days": ({**_WEEK, **_DAYS}, FRIENDLY),
    "five-hours": ({**_WEEK, **_HOURS}, FRIENDLY),
    "gaps": (_WEEK, Faults(protected_handles=("@acme_help",), deleted_tweet_ids=("2121951348126646273",))),
    "incomplete": (_WEEK, Faults(trouble=0.5, trouble_kinds=("status",), trouble_statuses=(503,))),
    "nothing-known": (_WEEK, Faults(protected_handles=("@acme", "@acme_help"))),
}


def made_of(world: World, folder: Path) -> Mapping[str, Pages]:
    """The reports, by their names."""
    pages = _made(world, folder, [str(path) for path in SAMPLES], FRIENDLY)
    for name, (spec, faults) in VARIED.items():
        path = folder / f"{name}.yaml"
        path.write_text(yaml.safe_dump({**spec, "name": name}), "utf-8")
        pages |= _made(world, folder, [str(path)], faults)
    return pages


def _made(world: World, folder: Path, files: list[str], faults: Faults) -> dict[str, Pages]:
    pages: dict[str, Pages] = {}

    def keep(made: Made, of_it: Pages) -> None:
        pages[made.name] = of_it

    with serve(world.at(AS_OF), faults=faults) as simulator, open_store("sqlite://") as store:
        settings, credentials = load_settings(folder, simulator.environment())
        patience = Patience(tries=1, first_wait=0)
        around = Surroundings(
            replace(settings, tries=1), credentials, store, AS_OF, time.time, time.sleep, lambda: 0.5, patience
        )
        make_reports(load_reports(files), AS_OF, around, UNWATCHED, formats=("json",), directory=folder, hand_on=keep)
    return pages
