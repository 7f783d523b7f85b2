"""The trace of an error that nobody expected, where it can be pasted into a bug report from."""

from __future__ import annotations

from collections.abc import Iterable


def keep_trace(secrets: Iterable[str] = ()) -> str:
    """Write the trace of the exception at hand, which holds no values of variables, into a file of its own, and ask
    for it; or say why there is none. In place of `secrets`, which the words of a library may repeat, it has stars.
    """
    import tempfile
    import traceback

    trace = traceback.format_exc()
    for secret in sorted(secrets, key=len, reverse=True):
        trace = trace.replace(secret, "***")
    bytes_of_it = trace.encode("utf-8", "backslashreplace")
    try:
        with tempfile.NamedTemporaryFile(prefix="reportgen-", suffix=".log", delete=False) as log:
            log.write(bytes_of_it)
    except OSError as error:
        return f"Its trace could not be kept: {error.strerror}"
    return f"Please report it with {log.name}"
