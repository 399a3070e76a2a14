"""Does anybody in this process read what waits?"""

import time
from dataclasses import dataclass

STILL = 30.0  # seconds without a beat after which a reader is held to be gone; one that rests beats every second


@dataclass(slots=True)
class Pulse:
    """What the readers' threads tell of themselves: when one of them last came round, and what keeps them from reading at all."""

    beat_at: float | None = None
    fault: str | None = None

    def beat(self) -> None:
        """Say that a reader came round to ask for work, or has just done some."""
        self.beat_at, self.fault = time.monotonic(), None

    @property
    def beats(self) -> bool:
        """Say whether a reader came round lately."""
        return self.beat_at is not None and time.monotonic() - self.beat_at < STILL
