"""Vega-Lite in a report file: its data are groupings, and nothing is loaded, shown or linked from elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.spec.check import check
from reportgen.spec.model import ReportSpec
from reportgen.spec.sections import VegaLite
from tests.spec.documents import BASE

LOADS = "a chart loads nothing; name a grouping instead, as in data: {name: daily}"
NO_LINKS = "a chart has no links; leave it out"
NO_PICTURES = "a chart shows no pictures; use another mark"


def checked(folder: Path, spec: str) -> ReportSpec | list[str]:
    path = folder / "a.yaml"
    path.write_text(BASE + f"sections:\n- vega_lite:\n    spec: {spec}\n")
    found = check(path)
    if isinstance(found, ReportSpec):
        return found
    return [str(problem).removeprefix(f"{path}:").replace("sections[0].vega_lite.spec", "SPEC") for problem in found]


BAD = {
    "{data: {url: 'http://10.0.0.1/x.csv'}, mark: bar}": f"9:19: SPEC.data.url: {LOADS}",
    "{data: {name: daily, url: 'file:///etc/passwd'}, mark: bar}": f"9:32: SPEC.data.url: {LOADS}",
    "{layer: [{data: {url: 'http://10.0.0.1/x'}, mark: bar}]}": f"9:28: SPEC.layer[0].data.url: {LOADS}",
    "{hconcat: [{mark: bar, transform: [{lookup: a, from: {data: {url: x}, key: a}}]}]}": (
        f"9:72: SPEC.hconcat[0].transform[0].from.data.url: {LOADS}"
    ),
    "{data: {name: dayly}, mark: bar}": (
        "9:25: SPEC.data.name: 'dayly' is not a grouping of this report; did you mean 'daily'?"
    ),
    "{layer: [{mark: bar, transform: [{lookup: a, from: {data: {name: x}, key: a}}]}]}": (
        "9:76: SPEC.layer[0].transform[0].from.data.name: 'x' is not a grouping of this report; "
        "known are by-tweet and daily"
    ),
    "{data: {name: daily}, layer: [{mark: bar, encoding: {y: {field: valeu}}}]}": (
        "9:75: SPEC.layer[0].encoding.y.field: 'valeu' is not in the rows of this grouping; did you mean 'value'?"
    ),
    "{data: {name: daily}, mark: bar, encoding: {x: {field: engagement.day}}}": (
        "9:66: SPEC.encoding.x.field: 'engagement.day' is not in the rows of this grouping; "
        "did you mean 'engagement_day'?"
    ),
    "{data: {name: daily}, mark: baar}": "9:39: SPEC.mark: 'baar' is no mark of Vega-Lite; did you mean 'bar'?",
    "{layer: [{mark: {type: lyne}}]}": "9:27: SPEC.layer[0].mark: 'lyne' is no mark of Vega-Lite; did you mean 'line'?",
    "{data: {name: daily}, mark: image}": f"9:39: SPEC.mark: {NO_PICTURES}",
    "{data: {name: daily}, mark: {type: image}}": f"9:39: SPEC.mark: {NO_PICTURES}",
    "{data: {name: daily}, mark: {type: bar, href: 'javascript:alert(1)'}}": f"9:51: SPEC.mark.href: {NO_LINKS}",
    "{data: {name: daily}, mark: bar, encoding: {href: {field: value}}}": f"9:55: SPEC.encoding.href: {NO_LINKS}",
    "{data: {name: daily}, mark: bar, usermeta: {embedOptions: {}}}": (
        "9:44: SPEC.usermeta: this is for programs that embed charts; leave it out"
    ),
    "{$schema: 'https://vega.github.io/schema/vega/v5.json', marks: []}": (
        "9:21: SPEC.$schema: this is not the schema of Vega-Lite; leave it out"
    ),
}


@pytest.mark.parametrize("spec", BAD)
def test_what_leads_away_is_refused_at_its_place(spec: str, tmp_path: Path) -> None:
    assert checked(tmp_path, spec) == [BAD[spec].replace("SPEC.$schema", "SPEC.'$schema'")]


@pytest.mark.parametrize(
    "spec",
    [
        "{data: {name: daily}, mark: bar}",
        "{$schema: 'https://vega.github.io/schema/vega-lite/v6.json', data: {values: [{url: 1, href: 2}]}, mark: bar}",
        "{data: {name: daily}, mark: bar, encoding: {x: {field: engagement_day}, y: {field: value, aggregate: sum}}}",
        "{data: {name: daily}, transform: [{calculate: '1', as: a}], mark: bar, encoding: {x: {field: a}}}",
        "{data: {values: [{a: 1}]}, mark: bar, encoding: {x: {field: a}}}",
        "{datasets: {mine: [{a: 1}]}, layer: [{data: {name: mine}, mark: rule}, {data: {name: daily}, mark: bar}]}",
    ],
)
def test_groupings_and_data_of_its_own_are_drawn(spec: str, tmp_path: Path) -> None:
    found = checked(tmp_path, spec)
    assert isinstance(found, ReportSpec)
    (section,) = found.sections
    assert isinstance(section, VegaLite)
    assert section.at == (9, 11)
