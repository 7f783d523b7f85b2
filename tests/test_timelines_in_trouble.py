"""Everything that can become of accounts, in one run: each has its line, and none ends it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from reportgen.errors import Exit
from reportgen.instants import parse_instant
from reportgen.simulator.faults import Faults
from reportgen.simulator.world import World
from reportgen.store.open import open_store
from reportgen.store.x_calls import x_calls_since
from tests.runs import RunReport
from tests.test_timelines import MIDNIGHT, ids, posted, posts_of, states, timeline_calls

REACH = "2026-02-22T20:07:00Z"


def test_each_trouble_has_its_line_and_none_ends_the_run(run_report: RunReport, world: World, tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path}/store.db"
    handles = ("@acme", "@acme_help", "@acme_status", "@acme_shop", "@globex")
    year = posts_of(*handles, posted={"start": "2025-11-01", "end": "2026-11-15"}, endpoint="totals")
    year |= {"metrics": ["favorites"], "groupings": {"by-tweet": ["tweet.id"]}}
    del year["date_range"]
    first = run_report(year, store=store)
    gone = posted(world, "@acme_status", parse_instant("2026-11-14T00:00:00Z"), MIDNIGHT)[3]
    troubles = Faults(
        renamed_handles={"@acme": "@acme_coffee"},
        suspended_handles=("@acme_help",),
        protected_handles=("@globex",),
        deleted_tweet_ids=(gone,),
    )
    ended = run_report(year, store=store, faults=troubles)
    known = {handle: tweets for handle, (_, tweets) in states(first).items()}
    assert states(ended) == {
        "@acme": ("renamed", known["@acme"]),
        "@acme_help": ("suspended", known["@acme_help"]),
        "@acme_status": ("read", known["@acme_status"]),
        "@acme_shop": ("read", 0),
        "@globex": ("protected", known["@globex"]),
    }
    (made,) = ended.run.reports
    assert ids(ended) == ids(first)
    assert (made.status, ended.run.exit_code) == ("complete", Exit.DONE)
    assert made.warnings == (
        "@acme: the account has another handle now; write it into the report file, and sign in with it (@acme_coffee)",
        "@acme_help: X has suspended the account (User has been suspended: [3190572284].)",
        f"@acme_status: X shows the 3,200 newest tweets of an account; what it posted before {REACH} may be missing",
        f"@acme_status: 1 tweet that it posted is not there any more ({gone})",
        "@acme_shop: no tweet from 2025-11-01T00:00:00Z to 2026-11-16T00:00:00Z",
        (
            "@globex: the account is protected, and these credentials may not read it "
            "(Sorry, you are not authorized to see the user with id: [2801139467].)"
        ),
    )
    assert len(posted(world, "@acme_status", parse_instant("2025-11-01T00:00:00Z"), MIDNIGHT)) > 3_500


def test_the_ledger_has_each_attempt_that_the_x_api_got(run_report: RunReport, tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/store.db"
    troubled = Faults(x_trouble=0.5)
    report = posts_of("@acme_status", endpoint="totals", metrics=["favorites"], groupings={"by-tweet": ["tweet.id"]})
    del report["date_range"]
    ended = run_report(report, store=address, faults=troubled)
    with open_store(address) as store:
        entered = {counts.call: counts for counts in x_calls_since(store, date(2026, 1, 1))}
    assert {kind: counts.calls for kind, counts in entered.items()} == {
        "timeline": len(timeline_calls(ended)),
        "users": len(ended.x_calls) - len(timeline_calls(ended)),
    }
    assert entered["timeline"].failed > 0
    assert states(ended)["@acme_status"][1] <= entered["timeline"].posts <= sum(call.posts for call in ended.x_calls)
