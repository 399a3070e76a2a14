"""How much room do drawn pages take, and which go when it is too much?

A picture can always be drawn again from its file, so the cache has a bound: those that nobody looked at for longest go first. When one was
looked at is kept as its time of access, which is set by hand (most disks do not keep it themselves).
"""

import os
import time
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

EVERY = 100  # pictures drawn by this process between two looks at the whole
DOWN_TO = 0.8  # of the bound that is left, so that not every look prunes
_drawn = count(1)


@dataclass(frozen=True, slots=True)
class Size:
    """Pictures and their bytes."""

    pictures: int
    bytes: int


def folder(home: Path) -> Path:
    """Give the place of the drawn pages."""
    return home / "cache" / "pages"


def used(picture: Path) -> None:
    """Take down that a picture was looked at; one that went meanwhile is drawn anew by whoever asks next."""
    with suppress(OSError):
        os.utime(picture, ns=(time.time_ns(), picture.stat().st_mtime_ns))


def grown(home: Path, most: int) -> None:
    """Take down that a picture was drawn; from time to time hold the whole against the bound (bytes)."""
    if next(_drawn) % EVERY == 0:
        prune(home, most)


def size(home: Path) -> Size:
    """Count the pictures and their bytes."""
    found = _pictures(home)
    return Size(len(found), sum(size for _, size, _ in found))


def prune(home: Path, most: int) -> Size:
    """Where the pictures take more than most bytes, delete those looked at longest ago until four fifths are left; give what went."""
    found = sorted(_pictures(home), key=lambda one: one[0])
    left = sum(size for _, size, _ in found)
    gone, bound = Size(0, 0), int(most * DOWN_TO) if left > most else left
    for _, bytes_, path in found:
        if left <= bound:
            break
        with suppress(OSError):
            path.unlink()
            left, gone = left - bytes_, Size(gone.pictures + 1, gone.bytes + bytes_)
    return gone


def _pictures(home: Path) -> list[tuple[float, int, Path]]:
    """Give each picture: when it was last looked at, its bytes, where it lies."""
    found = []
    for path in folder(home).glob("*/*.png"):
        with suppress(OSError):
            told = path.stat()
            found.append((told.st_atime, told.st_size, path))
    return found
