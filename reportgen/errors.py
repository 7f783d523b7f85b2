"""What can go wrong, and the exit code of each.

    ReportgenError
    ├── InputError          2  the report file, a setting or an option is wrong
    ├── OutputError         2  a file can't be written where the user wants it
    ├── TemplateError       2  a template, text or chart of the user's own fails, or asks for what it may not have
    ├── StoreError          2  the store can't be opened, read or written
    ├── CredentialError     4  no credential works
    ├── SafeError           4  the credentials that are kept can't be read or written
    └── StoppedError      130  the user ended the run, by Ctrl-C

A call that fails is none of these: it becomes gaps (`reportgen.gaps`), and the report is still made.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum


class Exit(IntEnum):
    """The exit codes of every command."""

    DONE = 0
    UNEXPECTED = 1
    INPUT = 2
    CALLS_FAILED = 3
    CREDENTIALS = 4
    DELIVERY = 5
    STOPPED = 130
    """As shells have it for a program that Ctrl-C has ended."""


class ReportgenError(Exception):
    """An expected end: its text is for the user, and its lines go to standard error as they are."""

    exit_code = Exit.UNEXPECTED


class InputError(ReportgenError):
    """What the user wrote is wrong. `str()` has one line a problem."""

    exit_code = Exit.INPUT

    def __init__(self, *problems: object) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems: Sequence[object] = problems


class CredentialError(ReportgenError):
    """No credential works: none is there, or the vendor refused all."""

    exit_code = Exit.CREDENTIALS


class SafeError(ReportgenError):
    """The safe can't be opened, read or written, or others may look into it. Its text repeats nothing that is kept."""

    exit_code = Exit.CREDENTIALS


class OutputError(ReportgenError):
    """A file can't be written where the user wants it."""

    exit_code = Exit.INPUT


class TemplateError(ReportgenError):
    """A template, a text or a chart of the user's own fails while it renders, or its page asks for what is not in the
    project.
    """

    exit_code = Exit.INPUT


class StoreError(ReportgenError):
    """The store can't be opened, read or written. `shown` is its address without a password."""

    exit_code = Exit.INPUT

    def __init__(self, shown: str, sentence: str) -> None:
        super().__init__(f"the store {shown} {sentence}")


class StoppedError(ReportgenError):
    """The user ended the run."""

    exit_code = Exit.STOPPED

    def __init__(self) -> None:
        super().__init__("stopped")


def exit_code_of(end: BaseException) -> Exit:
    """The exit code of what ended a command."""
    if isinstance(end, ReportgenError):
        return end.exit_code
    return Exit.STOPPED if isinstance(end, KeyboardInterrupt) else Exit.UNEXPECTED
