"""The brand of a report file and of the settings."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from reportgen.errors import InputError
from reportgen.settings import load_settings
from reportgen.spec.brand import NO_BRAND, Brand
from reportgen.spec.check import check
from reportgen.spec.model import ReportSpec
from tests.spec.documents import BASE

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">{}</svg>'


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def problems(brand: str) -> list[str]:
    Path("r.yaml").write_text(BASE + brand)
    checked = check("r.yaml")
    return [] if isinstance(checked, ReportSpec) else [str(problem) for problem in checked]


def test_what_a_report_sets_wins_key_by_key() -> None:
    project = Brand(logo="a.svg", accent="#0b6b63", footer="Acme")
    report = Brand(accent="#39449c", series=("#39449c",))
    assert report.over(project) == Brand(logo="a.svg", accent="#39449c", series=("#39449c",), footer="Acme")
    assert NO_BRAND.over(project) == project


def test_a_logo_of_its_own_does_not_say_what_the_logo_of_the_project_says() -> None:
    project = Brand(logo="acme.svg", logo_text="Acme")
    assert Brand(logo="b.svg").over(project) == Brand(logo="b.svg")
    assert Brand(logo="b.svg", logo_text="B").over(project) == Brand(logo="b.svg", logo_text="B")
    assert Brand(logo_text="Acme Help").over(project) == Brand(logo="acme.svg", logo_text="Acme Help")


def test_a_whole_brand_is_read(project: Path) -> None:
    (project / "logo.PNG").write_bytes(PNG)
    Path("r.yaml").write_text(
        BASE + "brand:\n  logo: logo.PNG\n  logo_text: Acme\n  footer: Confidential\n  fonts: {text: Source Sans 3}\n"
        '  colors: {accent: "#0B6B63", series: ["#0B6B63", "#C8690A"]}\ndesign: ledger\n'
    )
    spec = check("r.yaml")
    assert isinstance(spec, ReportSpec)
    assert spec.brand == Brand(
        logo="logo.PNG",
        logo_text="Acme",
        accent="#0b6b63",
        series=("#0b6b63", "#c8690a"),
        text_font="Source Sans 3",
        footer="Confidential",
    )
    assert spec.design == "ledger"


@pytest.mark.parametrize(
    ("colours", "problem"),
    [
        (
            'accent: "#ff9900"',
            (
                "7:26: brand.colors.accent: '#ff9900' has a contrast of 2.14 : 1 on white paper, and text "
                "needs 4.5 : 1; the nearest colour that has it is '#a86500'"
            ),
        ),
        (
            'accent: "#777777"',
            (
                "7:26: brand.colors.accent: '#777777' has a contrast of 4.47 : 1 on white paper, and text "
                "needs 4.5 : 1; the nearest colour that has it is '#757575'"
            ),
        ),
        (
            'series: ["#0b6b63", "#FFFFFF"]',
            (
                "7:38: brand.colors.series[1]: '#FFFFFF' has a contrast of 1.00 : 1 on white paper, and a line or a "
                "bar needs 3 : 1; the nearest colour that has it is '#949494'"
            ),
        ),
        (
            'series: ["#0b6b63", "#0B6B63"]',
            "7:38: brand.colors.series[1]: '#0B6B63' is there twice; lines of one colour can't be told apart",
        ),
        (
            'accent: "teal"',
            "7:26: brand.colors.accent: a colour is written like \"#0b6b63\", in quotes; this is 'teal'",
        ),
    ],
)
def test_colours_that_do_not_stand_out_are_refused_with_the_nearest_that_do(colours: str, problem: str) -> None:
    assert problems(f"brand: {{colors: {{{colours}}}}}\n") == [f"r.yaml:{problem}"]


@pytest.mark.parametrize("accent", ["#767676", "#000000", "#0b6b63"])
def test_colours_that_just_stand_out_will_do(accent: str) -> None:
    assert problems(f'brand: {{colors: {{accent: "{accent}"}}}}\n') == []


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.png", None, "'a.png' is not there"),
        ("a.png", b"GIF89a", "'a.png' is not what its name says: it does not begin as a .png file does"),
        ("a.png", PNG + bytes(600_000), "'a.png' is larger than 512 KiB, and every page would carry it"),
        ("a.svg", b"<svg", "'a.svg' is no well-formed SVG: unclosed token: line 1, column 0"),
        ("a.svg", b"<html/>", "'a.svg' is no SVG: it does not begin with an svg element of SVG's namespace"),
        ("../a.svg", None, "'../a.svg' leads out of the project; name it from the project's folder"),
        (".git/a.svg", None, "'.git/a.svg' is hidden, or in a hidden folder; such files are not read"),
    ],
)
def test_a_logo_that_cannot_be_shown_is_refused(project: Path, name: str, content: bytes | None, problem: str) -> None:
    if content:
        (project / name).write_bytes(content)
    assert problems(f"brand: {{logo: {name}}}\n") == [f"r.yaml:7:15: brand.logo: {problem}"]


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<rect onload="alert(1)"/>',
        "<foreignObject/>",
        '<image href="http://169.254.169.254/a.png"/>',
        '<image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="file:///etc/passwd"/>',
        "<style>@import 'https://example.com/a.css'</style>",
        "<rect style=\"fill: url('https://example.com/a.svg#b')\"/>",
    ],
)
def test_an_svg_that_would_run_or_load_something_is_refused(project: Path, inside: str) -> None:
    (project / "a.svg").write_text(SVG.format(inside))
    (problem,) = problems("brand: {logo: a.svg}\n")
    assert "in it, which an image does not show" in problem or "from outside, which no page loads" in problem


def test_an_svg_with_entities_is_refused_before_it_is_read(project: Path) -> None:
    (project / "a.svg").write_text('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;"))
    assert problems("brand: {logo: a.svg}\n") == [
        "r.yaml:7:15: brand.logo: 'a.svg' declares entities, which are not read; export it as plain SVG"
    ]


def test_an_svg_that_refers_to_itself_will_do(project: Path) -> None:
    (project / "a.svg").write_text(SVG.format('<defs><g id="a"/></defs><use href="#a" fill="url(#b)"/>'))
    assert problems("brand: {logo: a.svg}\n") == []


def test_a_font_that_is_none_is_refused(project: Path) -> None:
    (project / "a.woff2").write_bytes(b"not a font")
    assert problems("brand: {fonts: {headings: a.woff2}}\n") == [
        (
            "r.yaml:7:27: brand.fonts.headings: 'a.woff2' is not what its name says: "
            "it does not begin as a .woff2 file does"
        )
    ]


def test_the_brand_of_the_settings_is_checked_alike(project: Path) -> None:
    (project / "reportgen.yaml").write_text('brand:\n  colors:\n    accent: "#ff9900"\n  logo: a.svg\n')
    with pytest.raises(InputError) as refused:
        load_settings(Path(), {})
    assert [str(problem) for problem in refused.value.problems] == [
        (
            "reportgen.yaml:3:13: brand.colors.accent: '#ff9900' has a contrast of 2.14 : 1 on white paper, and text "
            "needs 4.5 : 1; the nearest colour that has it is '#a86500'"
        ),
        "reportgen.yaml:4:9: brand.logo: 'a.svg' is not there",
    ]


def test_the_brand_of_the_settings_is_read(project: Path) -> None:
    (project / "reportgen.yaml").write_text("brand: {footer: Acme Agency}\ndesign: executive\n")
    settings, _ = load_settings(Path(), {})
    assert (settings.brand, settings.design) == (Brand(footer="Acme Agency"), "executive")
