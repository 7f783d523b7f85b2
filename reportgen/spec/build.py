"""From a report file without faults to a ReportSpec."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from reportgen.catalog import ENDPOINTS, Endpoint
from reportgen.spec.brand import brand_of
from reportgen.spec.build_measures import build_measure
from reportgen.spec.build_sections import build_section
from reportgen.spec.build_tweets import build_handles, build_tweets, labels_of_handles, with_labels_of_handles
from reportgen.spec.defaults import WITH_TEXTS, default_groupings, default_sections
from reportgen.spec.delivering import email_of, publish_of, schedule_of
from reportgen.spec.document import Document
from reportgen.spec.model import DateRange, Outputs, ReportSpec
from reportgen.spec.period import DEFAULT_RANGE, read_moment
from reportgen.spec.sections import Section

_Data = Mapping[str, Any]


def build(document: Document) -> ReportSpec:
    """The spec of a document that the schema and the rules have passed, its gaps filled with the defaults."""
    data: _Data = document.root.data
    endpoint = ENDPOINTS[data["endpoint"]]
    metrics = tuple(data["metrics"])
    handles = build_handles(data)
    handle_labels = labels_of_handles(data)
    timezone = ZoneInfo(data.get("timezone", "UTC"))
    groupings = _groupings(data, endpoint, len(handles))
    sections = tuple(_sections(document, metrics))
    if not sections:
        sections, groupings = default_sections(
            groupings, metrics, endpoint, len(handles), WITH_TEXTS if "posted" in data else ()
        )
    return ReportSpec(
        path=document.path,
        name=data["name"],
        title=data.get("title") or _readable(data["name"]),
        timezone=timezone,
        endpoint=endpoint,
        handles=handles,
        tweets=with_labels_of_handles(build_tweets(data, handles), handle_labels),
        handle_labels=handle_labels,
        posted=_range(data["posted"]) if "posted" in data else None,
        exclude=tuple(sorted(data.get("exclude", ()))),
        metrics=metrics,
        measures={name: build_measure(name, given) for name, given in data.get("measures", {}).items()},
        date_range=_date_range(data, endpoint),
        compare_to=data.get("compare_to"),
        name_at=document.position(("name",)),
        date_range_at=document.position(("date_range",)),
        posted_at=document.position(("posted",)),
        handles_at=tuple(document.position(("handles", index)) for index in range(len(handles))),
        groupings=groupings,
        sections=sections,
        outputs=_outputs(data.get("outputs", {})),
        template=data.get("template"),
        brand=brand_of(data.get("brand", {})),
        design=data.get("design"),
        locale=data.get("locale"),
        email=email_of(data.get("email"), document.position),
        schedule=schedule_of(data.get("schedule"), timezone),
        publish=publish_of(data.get("publish")),
        webhooks=tuple(data.get("webhooks", ())),
        webhooks_at=tuple(document.position(("webhooks", index)) for index in range(len(data.get("webhooks", ())))),
    )


def _sections(document: Document, metrics: tuple[str, ...]) -> Iterator[Section]:
    for index, item in enumerate(document.root.data.get("sections", ())):
        yield build_section(item, metrics, ("sections", index), document.position)


def _readable(name: str) -> str:
    return name.replace("-", " ").capitalize()


def _date_range(data: _Data, endpoint: Endpoint) -> str | DateRange | None:
    if not endpoint.takes_range:
        return None
    return _range(data.get("date_range", DEFAULT_RANGE))


def _range(value: str | _Data) -> str | DateRange:
    return value if isinstance(value, str) else DateRange(read_moment(value["start"]), read_moment(value["end"]))


def _groupings(data: _Data, endpoint: Endpoint, handles: int) -> dict[str, tuple[str, ...]]:
    if "groupings" in data:
        return {name: tuple(group_by) for name, group_by in data["groupings"].items()}
    return default_groupings(endpoint, handles)


def _outputs(given: _Data) -> Outputs:
    silent = Outputs()
    return Outputs(
        formats=tuple(given.get("formats", silent.formats)),
        directory=Path(given.get("directory", silent.directory)),
        page=given.get("page"),
    )
