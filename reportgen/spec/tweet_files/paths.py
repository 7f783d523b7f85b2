"""Which files `tweets_from` names, and which of them may be read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from reportgen.spec.draft import Draft
from reportgen.spec.problems import Finding
from reportgen.spec.words import listed, quoted

ENDINGS: Final = (".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".js")
"""What files of tweets are called. What is in one is told from its content, but a key or a password is not to be
repeated in a message because a report names its file."""
_PACKED: Final = ".gz"
_KINDS: Final = f"{listed(ENDINGS)}, {_PACKED} behind it or not"
_WILD: Final = frozenset("*?[")


def tweet_file_findings(draft: Draft) -> Iterator[Finding]:
    """Files that are not there, or are not read: what can be told before the report file is right."""
    for place, written in draft.children("tweets_from"):
        if is_pattern(written):
            if _turns_back(written):
                yield Finding(place, f"{quoted(written)} has .. behind a wildcard; name the folder that it leads to")
            elif not files_of(written):
                yield Finding(place, f"there is no file like {quoted(written)} in the working directory")
        elif Path(written).is_dir():
            all_in = f"{written.rstrip('/')}/*.csv"
            yield Finding(place, f"{quoted(written)} is a folder; name the files in it, as in {quoted(all_in)}")
        elif not _may_have_tweets(Path(written)):
            yield Finding(place, f"tweets are read from files called {_KINDS}; save {quoted(written)} as CSV")
        elif not Path(written).exists():
            yield Finding(place, f"there is no file {quoted(written)} in the working directory")


def is_pattern(written: str) -> bool:
    """Whether it names files by `*`, `?` or `[]`. A file that is called so is a file."""
    return not _WILD.isdisjoint(written) and not Path(written).exists()


def _turns_back(written: str) -> bool:
    """Whether it goes into folders and out again, time and again: a few such words take for ever."""
    parts = Path(written).parts
    wild = [index for index, part in enumerate(parts) if not _WILD.isdisjoint(part)]
    return ".." in parts[wild[0] :]


def files_of(written: str) -> tuple[str, ...]:
    """The files that it names, each once, by path: none that is hidden, or a folder, or in a hidden folder."""
    if not is_pattern(written):
        return (written,)
    anchor = Path(written).anchor
    base = Path(anchor)
    try:
        found = [*base.glob(written.removeprefix(anchor))]
    except (ValueError, OSError):  # `**` that is not a folder of its own
        return ()
    paths = sorted(str(path) for path in found if not _is_hidden(path) and not path.is_dir())
    # Folders that link to each other have a file under any number of paths.
    return tuple({os.path.realpath(path): path for path in reversed(paths)}.values())[::-1]


def withheld(path: str, real: Path) -> str | None:
    """Why the file, which really lies at `real`, is not read; None where it may be.

    A path may lead anywhere, but to nothing that is kept from sight: messages repeat words of a file.
    """
    from_here = Path(os.path.relpath(real))  # a folder is not hidden for those who work in it
    if _is_hidden(from_here):
        return f"{quoted(path)} is hidden, or in a hidden folder; such files are not read"
    if not _may_have_tweets(real):
        what = "is a link to a file of another kind" if Path(path).is_symlink() else "is a file of another kind"
        return f"{quoted(path)} {what}; tweets are read from {_KINDS}"
    return None


def _may_have_tweets(path: Path) -> bool:
    name = path.name.lower()
    return Path(name.removesuffix(_PACKED)).suffix in ENDINGS


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") and part != ".." for part in path.parts)
