"""The fonts that a page carries within itself."""

from __future__ import annotations

from base64 import b64encode
from typing import Final

from reportgen.render.look import Fonts
from reportgen.resources import resource

_OURS: Final = Fonts()
_FACES: Final = ((_OURS.text, 400), (_OURS.text, 500), (_OURS.text, 600), (_OURS.headings, 500))


def font_faces(fonts: Fonts) -> str:
    """The `@font-face` rules, each with its font as a data URI: of ours, and of the brand, those that are in use."""
    ours = (_face(family, weight) for family, weight in _FACES if family in (fonts.text, fonts.headings))
    # One file sets all weights: what is bolder is drawn bolder by who shows the page.
    brand = (f'@font-face{{font-family:"{family}";font-display:block;src:url({uri})}}' for family, uri in fonts.files)
    return "\n".join((*ours, *brand))


def _face(family: str, weight: int) -> str:
    file = resource(f"templates/fonts/{family.lower().replace(' ', '-')}-{weight}.woff2")
    data = b64encode(file.read_bytes()).decode()
    return (
        f'@font-face{{font-family:"{family}";font-weight:{weight};font-style:normal;font-display:block;'
        f'src:url(data:font/woff2;base64,{data}) format("woff2")}}'
    )
