"""The address of the store says which file it is. What is wrong with one is in `tests/test_settings.py`."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.store.address import DEFAULT_STORE, file_of, is_there


@pytest.mark.parametrize(
    ("address", "file"),
    [
        (DEFAULT_STORE, Path(".reportgen/store.db")),
        ("sqlite:////var/lib/store.db", Path("/var/lib/store.db")),
        ("sqlite+pysqlite:///a b.db", Path("a b.db")),
        ("sqlite://", None),
        ("sqlite:////srv/100%25 Acme.db", Path("/srv/100% Acme.db")),
        ("sqlite:///", None),
        ("sqlite:///:memory:", None),
        ("postgresql://db.example/kept", None),
    ],
)
def test_a_store_is_a_file_or_none(address: str, file: Path | None) -> None:
    assert file_of(address) == file


def test_a_store_is_there_where_its_file_is_and_on_a_server_always(tmp_path: Path) -> None:
    assert not is_there(f"sqlite:///{tmp_path}/store.db")
    (tmp_path / "store.db").touch()
    assert is_there(f"sqlite:///{tmp_path}/store.db")
    assert is_there("postgresql://db.example/kept")
    assert not is_there("sqlite://")
