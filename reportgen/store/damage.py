"""Rows that are not what reportgen writes."""

from __future__ import annotations


class DamagedRowsError(Exception):
    """Rows that can be read, and not be understood: the file is damaged, or another program has written into it."""
