"""A report from a store that has all of it, for `store.py`: `weekly_report.py FOLDER AS_OF` prints what its parts take.

Without arguments it only imports what a report needs.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from reportgen.findings import findings
from reportgen.planned import plan_run
from reportgen.render.results import render_json
from reportgen.report.build import build_report
from reportgen.settings import load_settings
from reportgen.spec.check import load_reports
from reportgen.store.known import look_into
from reportgen.store.open import open_store
from reportgen.store.record import recorded_run


def main(folder: Path, as_of: datetime) -> None:
    times = [("", perf_counter())]
    settings, credentials = load_settings(folder, {})
    specs = load_reports([str(folder / "report.yaml")])
    times.append(("load", perf_counter()))
    with open_store(f"sqlite:///{folder}/store.db") as store:
        run = plan_run(specs, settings, credentials, as_of, look_into(store))
        if run.requests:
            raise AssertionError("a call is planned")
        times.append(("plan", perf_counter()))
        with recorded_run(store, time.time, run) as record:
            (planned,) = run.reports
            coverage, facts = record.known(planned.needs)
            times.append(("read", perf_counter()))
            found = findings(planned.needs, run, (), coverage, facts)
            times.append(("findings", perf_counter()))
            spec, grain = planned.spec, planned.needs.grain
            report = build_report(spec, planned.period, as_of, grain, found.facts, found.gaps, complete=found.complete)
            times.append(("build", perf_counter()))
            (folder / "results.json").write_text(render_json(report))
            times.append(("write", perf_counter()))
    if not report.complete or report.gaps:
        raise AssertionError("something is missing")
    print(json.dumps({name: end - start for (_, start), (name, end) in pairwise(times)}))


if __name__ == "__main__" and sys.argv[1:]:
    main(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]))
