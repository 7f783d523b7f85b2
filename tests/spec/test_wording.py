"""People know metrics by what the page calls them."""

from __future__ import annotations

import pytest

from reportgen.catalog import ENDPOINTS, FORMULAS, METRICS, measure, metrics_of
from reportgen.spec.wording import Refusal, in_plain_words

LABELS = {measure(name).label: name for name in (*METRICS, *FORMULAS)}


def told(written: str, endpoint: str) -> str:
    """What is said of a metric that the endpoint does not know by this name."""
    choices = metrics_of(ENDPOINTS[endpoint])
    title = {"title": f"Metric of {endpoint}"}
    return in_plain_words(Refusal(("metrics", 0), "enum", choices, written, written, title))


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (written, name)
        for label, name in LABELS.items()
        for written in (label, label.lower(), label.lower().replace(" ", "_"), label.lower().replace(" ", "-"))
        if written != name
    ],
)
def test_a_label_of_the_page_leads_to_its_metric(written: str, name: str) -> None:
    endpoint = next(endpoint for endpoint in ENDPOINTS.values() if name in metrics_of(endpoint))
    assert told(written, endpoint.name) == (f"'{written}' is not a metric of {endpoint.name}; did you mean '{name}'?")


@pytest.mark.parametrize(
    ("written", "name"),
    [("like", "favorites"), ("Link click", "url_clicks"), ("replys", "replies"), ("IMPRESSION", "impressions")],
)
def test_a_label_or_a_name_may_be_misspelt(written: str, name: str) -> None:
    assert told(written, "historical") == f"'{written}' is not a metric of historical; did you mean '{name}'?"


def test_a_label_of_another_endpoints_metric_is_told_with_its_name() -> None:
    assert told("link clicks", "totals") == (
        "'link clicks' is not a metric of totals; it is called url_clicks; it is a metric of 28hr and historical only"
    )
