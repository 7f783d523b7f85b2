"""`reportgen store export`: one file, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from reportgen.store.open import Store
from tests.conftest import Command, Ended
from tests.store.filled import count


def test_it_names_the_file_and_how_many_counts_it_has(kept: Store, folder: Path, reportgen: Command) -> None:
    count(kept, "2026-11-09", *range(24))
    (folder / "made").mkdir()
    assert reportgen("store", "export", "made/facts.parquet") == Ended(0, "made/facts.parquet: 24 counts\n", "")
    assert [path.name for path in (folder / "made").iterdir()] == ["facts.parquet"]
    assert pl.read_parquet(folder / "made/facts.parquet")["value"].to_list() == list(range(24))


def test_a_folder_that_is_not_there_is_one_line(kept: Store, reportgen: Command) -> None:
    ended = reportgen("store", "export", "missing/facts.parquet")
    assert ended == Ended(2, "", "cannot write missing/facts.parquet: No such file or directory\n")


def test_a_folder_is_no_file(kept: Store, folder: Path, reportgen: Command) -> None:
    (folder / "made.parquet").mkdir()
    ended = reportgen("store", "export", "made.parquet")
    assert (ended.code, ended.out) == (2, "")
    assert "is a directory" in ended.err


def test_a_file_that_is_called_something_else_is_left_as_it_is(kept: Store, folder: Path, reportgen: Command) -> None:
    (folder / "facts.csv").write_text("mine")
    ended = reportgen("store", "export", "facts.csv")
    assert (ended.code, ended.err) == (
        2,
        "facts.csv: it will be a Parquet file; give it a name that ends in .parquet\n",
    )
    assert (folder / "facts.csv").read_text() == "mine"
