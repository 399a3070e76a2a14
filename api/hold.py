"""Who watches over a job while its file is read?

A thread beside the reading one: it renews the lease, writes the progress into the ledger, and ends a reading that gives
no sign of life, or whose lease another worker has taken.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

TICK = 0.25  # seconds between two looks


@dataclass(frozen=True, slots=True)
class Strings:
    """What a hold can pull: renew the lease (False: it is lost), write (pages done, pages), stop the reading for a reason."""

    renew: Callable[[], bool]
    write: Callable[[int, int | None], None]
    stop: Callable[[str], None]


class Hold:
    """Holds one job from entering to leaving; lost says that another worker has it now."""

    def __init__(self, strings: Strings, *, renew_every: float, silence: float) -> None:
        """Take what can be done, the seconds between renewals, and the seconds that one page may take."""
        self.lost = False
        self._strings, self._renew_every, self._silence = strings, renew_every, silence
        self._progress: tuple[int, int | None] = (0, None)
        self._written: tuple[int, int | None] = self._progress
        self._sign = self._renewed = time.monotonic()
        self._leave = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="hold", daemon=True)

    def __enter__(self) -> Self:
        """Begin to watch."""
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """End the watch: what the caller writes now comes after the last renewal."""
        self._leave.set()
        self._thread.join()

    def heard(self, done: int, pages: int | None) -> None:
        """Take a sign of life: the pages done and the pages there are."""
        self._progress, self._sign = (done, pages), time.monotonic()

    def _watch(self) -> None:
        while not self._leave.wait(TICK):
            try:
                self._look()
            except Exception:  # noqa: BLE001, S112  a busy database may answer at the next look; until then the lease decides
                continue
            if self.lost or self._is_silent():
                self._strings.stop("đọc quá lâu")
                return

    def _look(self) -> None:
        progress = self._progress
        if progress != self._written:
            self._strings.write(*progress)
            self._written = progress
        if time.monotonic() - self._renewed > self._renew_every:
            self.lost = not self._strings.renew()
            self._renewed = time.monotonic()

    def _is_silent(self) -> bool:
        """Say whether the next page, or the understanding after the last one (a second a page), takes longer than any should."""
        done, pages = self._progress
        allowed = self._silence + (pages if pages and done >= pages else 0)
        return time.monotonic() - self._sign > allowed
