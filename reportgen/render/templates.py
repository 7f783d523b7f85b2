"""Where templates come from: the project's own, and the built-in ones under `reportgen/`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from jinja2 import BaseLoader, Environment, FileSystemLoader
from jinja2.exceptions import TemplateNotFound

from reportgen.project import Project, ProjectFileError
from reportgen.resources import resource

BUILT_IN: Final = "reportgen/"
PAGE: Final = f"{BUILT_IN}report.html.j2"
SUFFIXES: Final = (".j2", ".html", ".css", ".svg", ".txt", ".md")
"""The kinds of files that a template may be, or include."""


class Loader(BaseLoader):
    """Loads a template by its path: `reportgen/...` is built in, whatever the project has of that name."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._built_in = FileSystemLoader(resource("templates"))

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The text, and the template's name in place of its file's, since errors show it to the user."""
        if not template.startswith(BUILT_IN):
            return self._of_project(template), template, lambda: True
        try:
            text, _, _ = self._built_in.get_source(environment, template.removeprefix(BUILT_IN))
        except TemplateNotFound as error:
            raise TemplateNotFound(template, f"{template!r} is not a built-in template") from error
        return text, template, lambda: True

    def _of_project(self, template: str) -> str:
        try:
            return self._project.text(template, SUFFIXES)
        except ProjectFileError as error:
            raise TemplateNotFound(template, str(error)) from error
