"""What tests of the simulated X API share: one friendly simulator."""

from collections.abc import Iterator

import pytest

from reportgen.simulator.server import Simulator, serve
from reportgen.simulator.world import World


@pytest.fixture(scope="package")
def friendly(world: World) -> Iterator[Simulator]:
    # A clock before the world's present: what is over is then said by the latter.
    with serve(world, clock=lambda: 0) as running:
        yield running
