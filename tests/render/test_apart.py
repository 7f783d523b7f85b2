"""What draws charts of the user's own knows nothing that it need not."""

from __future__ import annotations

import subprocess
import sys

import pytest

from reportgen.render.apart import DrawingError, _sentence, _surroundings, drawn_apart


def test_it_is_told_no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTGEN_CONSUMER_SECRET", "secret")
    monkeypatch.setenv("OTHER_SECRET", "secret")
    monkeypatch.setenv("PATH", "/bin")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    surroundings = _surroundings()
    assert "secret" not in surroundings.values()
    assert (surroundings["PATH"], surroundings["TZ"]) == ("/bin", "UTC")


def test_it_takes_no_module_from_the_folder_it_lies_in(monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        commands.append(command)
        return subprocess.CompletedProcess(command, 0, b"[]", b"")

    monkeypatch.setattr(subprocess, "run", run)
    assert drawn_apart([]) == []
    assert [command[:2] for command in commands] == [[sys.executable, "-P"]]


def test_it_is_not_begun_with_what_is_nested_too_deeply() -> None:
    spec: dict[str, object] = {}
    for _ in range(99_999):
        spec = {"hconcat": [spec]}
    with pytest.raises(DrawingError, match=r"^it is nested too deeply$"):
        drawn_apart([spec])


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("Error: Invalid mark\n    at f (file:///x.js:1:2)\n", "Invalid mark"),
        ("It failed\n    at f (file:///x.js:1:2)\n", "It failed"),
        ("    at f (file:///x.js:1:2)\n", "the program that draws has ended"),
        ("", "the program that draws has ended"),
    ],
)
def test_its_errors_are_told_without_where_in_its_own_code(said: str, sentence: str) -> None:
    assert _sentence(said) == sentence
