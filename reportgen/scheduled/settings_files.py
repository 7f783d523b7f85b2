"""The settings and credentials of a scheduler: those of `reportgen.yaml` and `.env` as they were good last."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

from reportgen.credentials import Credentials
from reportgen.errors import InputError
from reportgen.scheduled.report_files import stamp_of
from reportgen.settings import ENV_FILE, SETTINGS_FILE, Settings, load_settings

_FILES: Final = (SETTINGS_FILE, ENV_FILE)


class SettingsFiles:
    """The settings of the project in a directory. Raises InputError where they are broken when it begins."""

    def __init__(self, directory: Path, environ: Mapping[str, str]) -> None:
        self._directory = directory
        self._environ = environ
        self._stamps = self._look_at()
        self.settings, self.credentials = self._load()

    def look(self) -> Literal["same", "loaded"] | InputError:
        """Read them anew where they were changed since the last look; broken ones leave those before."""
        before, self._stamps = self._stamps, self._look_at()
        if self._stamps == before:
            return "same"
        try:
            self.settings, self.credentials = self._load()
        except InputError as error:
            return error
        return "loaded"

    def _look_at(self) -> tuple[object, ...]:
        return tuple(stamp_of(self._directory / name) for name in _FILES)

    def _load(self) -> tuple[Settings, Credentials]:
        return load_settings(self._directory, self._environ)
