"""The vendor's contract of the X API v2, read where it lies beside the project, which has no copy of it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

CONTRACT = Path(__file__).parents[4] / "shared" / "x-api-v2.openapi.json"
ORIGIN = "https://api.x.com"

needs_contract = pytest.mark.skipif(
    not CONTRACT.exists(), reason="the vendor's contract is not beside the project (../shared/x-api-v2.openapi.json)"
)


@cache
def contract() -> Any:
    """The contract, as openapi-core holds calls to it."""
    from openapi_core import OpenAPI

    return OpenAPI.from_file_path(str(CONTRACT))
