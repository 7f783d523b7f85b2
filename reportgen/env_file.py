"""The values of a .env file, or what is wrong with it, and what the environment leaves of them."""

from __future__ import annotations

from collections.abc import Mapping
from io import StringIO
from pathlib import Path

from dotenv.parser import parse_stream

from reportgen.spec.problems import Problem


def read_env(path: Path) -> tuple[dict[str, str], list[Problem]]:
    """The values of a .env file, which stay out of the process's own environment."""
    if not path.exists():
        return {}, []
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return {}, [Problem(str(path), 1, 1, "this file cannot be read as UTF-8 text")]
    values: dict[str, str] = {}
    problems: list[Problem] = []
    for binding in parse_stream(StringIO(text)):
        if binding.error:
            written = binding.original.string
            line = binding.original.line + written[: len(written) - len(written.lstrip())].count("\n")
            # The line may hold a secret, so it is not repeated.
            problems.append(Problem(str(path), line, 1, "this line is not NAME=value"))
        elif binding.key and binding.value is not None:
            values[binding.key] = binding.value
    return values, problems


def variables_of(environ: Mapping[str, str], in_file: Mapping[str, str]) -> dict[str, str]:
    """What is set: `environ` wins over what `.env` has. A variable that is set to nothing is not set."""
    return {name: value for given in (in_file, environ) for name, value in given.items() if value}
