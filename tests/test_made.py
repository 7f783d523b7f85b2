"""Reports that are made and handed on."""

from __future__ import annotations

import gc

from reportgen.made import Made, Pages
from reportgen.simulator.faults import Faults
from reportgen.simulator.world import World
from tests.runs import RunReport, tweets_of, weeks


def test_each_report_is_handed_on_with_what_its_files_hold(world: World, run_report: RunReport) -> None:
    handed: list[tuple[Made, Pages]] = []
    spec = weeks({"@acme": tweets_of(world, "@acme", 2)})
    ended = run_report(spec, spec, hand_on=lambda made, pages: handed.append((made, pages)))
    assert tuple(made for made, _ in handed) == ended.run.reports
    assert [pages.report.name for _, pages in handed] == ["report-0", "report-1"]
    for made, pages in handed:
        assert pages.contents == {"json": made.files["json"].read_bytes()}


def test_pages_that_nobody_keeps_are_gone_when_the_next_report_is_made(world: World, run_report: RunReport) -> None:
    alive: list[int] = []
    # Those that other tests still hold.
    others = [one for one in gc.get_objects() if isinstance(one, Pages)]

    def count(_made: Made, _pages: Pages) -> None:
        alive.append(sum(isinstance(one, Pages) for one in gc.get_objects()) - len(others))

    run_report(*[weeks({"@acme": tweets_of(world, "@acme", 2)})] * 3, hand_on=count)
    assert alive == [1, 1, 1]


def test_a_report_without_pages_is_not_handed_on(world: World, run_report: RunReport) -> None:
    handed: list[str] = []
    ours = {"@acme": tweets_of(world, "@acme", 2)}
    refused = Faults(refused_credentials=("@acme_help",))
    theirs = {"@acme_help": tweets_of(world, "@acme_help", 2)}
    ended = run_report(weeks(ours), weeks(theirs), faults=refused, hand_on=lambda made, _: handed.append(made.name))
    assert [made.status for made in ended.run.reports] == ["complete", "failed"]
    assert handed == ["report-0"]


def test_an_incomplete_report_is_handed_on_as_such(world: World, run_report: RunReport) -> None:
    handed: list[str] = []
    ours = {"@acme": tweets_of(world, "@acme", 2), "@acme_help": tweets_of(world, "@acme_help", 2)}
    run_report(
        weeks(ours), hand_on=lambda made, _: handed.append(made.status), faults=Faults(refused_credentials=("@acme",))
    )
    assert handed == ["incomplete"]
