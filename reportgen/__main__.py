"""The command `reportgen`, also as `python -m reportgen`."""

from __future__ import annotations

import sys

from reportgen import __version__


def main() -> None:
    """Run the command line and exit with the contract's exit code."""
    if sys.argv[1:] == ["--version"]:
        # Answered before the command line is imported: that alone takes seven times as long as a bare interpreter.
        sys.stdout.write(f"reportgen {__version__}\n")
        return
    from reportgen.cli import run_command_line

    run_command_line()


if __name__ == "__main__":
    main()
