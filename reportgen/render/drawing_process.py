"""The process that draws a user's Vega-Lite specifications.

It reads `{"version", "specs", "locale"}` from standard input and writes a list of SVGs to standard output.
`reportgen.render.apart` starts it. It imports nothing of ours, since it is found by its path alone.
"""

from __future__ import annotations

import json
import sys


def main() -> None:
    """Draw them all, or end with what Vega says."""
    import vl_convert

    asked = json.load(sys.stdin)
    try:
        pictures = [
            vl_convert.vegalite_to_svg(spec, vl_version=asked["version"], allowed_base_urls=[], **asked["locale"])
            for spec in asked["specs"]
        ]
    except ValueError as error:
        sys.exit(str(error))
    json.dump(pictures, sys.stdout)


if __name__ == "__main__":
    main()
