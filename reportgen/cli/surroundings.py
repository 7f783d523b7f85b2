"""What runs touch when they are real: this machine's clock and chance, and the patience of the settings."""

from __future__ import annotations

import random
import time
from datetime import datetime
from typing import TYPE_CHECKING

from reportgen.credentials import Credentials
from reportgen.fetch.patience import Patience
from reportgen.run import Surroundings
from reportgen.settings import Settings

if TYPE_CHECKING:
    from reportgen.store.open import Store


def surroundings(settings: Settings, credentials: Credentials, store: Store, now: datetime) -> Surroundings:
    """The surroundings of a run that begins now (UTC)."""
    patience = Patience(tries=settings.tries)
    return Surroundings(settings, credentials, store, now, time.time, time.sleep, random.random, patience)
