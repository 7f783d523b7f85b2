"""What WeasyPrint may read while it prints a page. It is imported with WeasyPrint only."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reportgen.project import Project, ProjectFileError
from reportgen.render.embed import MEDIA_TYPES, OF_FONTS
from reportgen.spec.words import quoted

BASE: Final = "file:///project/"
"""The address that the page has for WeasyPrint. It stands for the project wherever that lies, so the PDF is the same in
every folder."""


class ProjectFetcher(URLFetcher):  # type: ignore[misc]
    """Gives WeasyPrint what stands in the page itself, and images, fonts and style sheets of the project.

    Anything else is refused: no network, no other file. `refused` has a sentence for the user about each.
    """

    def __init__(self, project: Project) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)
        self._project = project
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """What is at the address."""
        scheme, host, path, *_ = urlsplit(url)
        if scheme == "data":
            return super().fetch(url, headers)
        if scheme == "file" and not url.startswith(BASE) and PurePosixPath(path).suffix.lower() in OF_FONTS:
            # By `src: local(...)` a page asks for a font of the system: it goes on to the next that it names.
            raise ValueError("fonts of the system are not read")
        if scheme != "file" or host or not path.startswith(root := urlsplit(BASE).path):
            raise self._refusal(f"the page asks for {quoted(url)}, which is not in the project")
        name = unquote(path.removeprefix(root))
        try:
            content = self._project.read(name, tuple(MEDIA_TYPES))
        except ProjectFileError as error:
            raise self._refusal(f"the page asks for a file that it can't have: {error}") from error
        return URLFetcherResponse(url, content, {"Content-Type": MEDIA_TYPES[PurePosixPath(name).suffix.lower()]})

    def _refusal(self, sentence: str) -> FatalURLFetchingError:
        """What ends the rendering. Within an SVG, WeasyPrint passes over it, and only the sentence is left."""
        self.refused.append(sentence)
        return FatalURLFetchingError(sentence)
