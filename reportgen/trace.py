"""The trace of an error that nobody expected, where it can be pasted into a bug report from."""

from __future__ import annotations


def keep_trace() -> str:
    """Write the trace of the exception at hand, which holds no values of variables, into a file of its own, and ask
    for it.
    """
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="reportgen-", suffix=".log", delete=False) as log:
        traceback.print_exc(file=log)
    return f"Please report it with {log.name}"
