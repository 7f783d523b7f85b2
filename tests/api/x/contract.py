"""The vendor's contract of the X API v2, read where it lies beside the project, which has no copy of it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

CONTRACT = Path(__file__).parents[4] / "shared" / "x-api-v2.openapi.json"
ORIGIN = "https://api.x.com"

needs_contract = pytest.mark.skipif(
    not CONTRACT.exists(), reason="the vendor's contract is not beside the project (../shared/x-api-v2.openapi.json)"
)


def _read(body: bytes, **_: str) -> Any:
    """JSON, whatever its media type says of its letters."""
    return json.loads(body)


@cache
def contract() -> Any:
    """The contract, as openapi-core holds calls to it."""
    from openapi_core import Config, OpenAPI

    # The library reads no JSON but application/json by itself.
    config = Config(extra_media_type_deserializers={"application/problem+json": _read})
    return OpenAPI.from_file_path(str(CONTRACT), config=config)
