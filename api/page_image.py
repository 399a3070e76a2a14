"""What does one page look like? (the child that draws it: `python -m api.page_image FILE PAGE WIDTH TURN OUT MEGABYTES`)

A file from outside is opened by an engine written in C; it is opened here, in a process of its own with limits on
memory, time and what it may write, so that a hostile page harms nothing but its own picture.
"""

import resource
import sys
from pathlib import Path

SECONDS = 20
LARGEST = 32 << 20  # bytes of one PNG
COPY = 256 << 20  # bytes of a page that is written by itself to be turned


def limit(megabytes: int, largest: int = LARGEST) -> None:
    """Set the limits of this process, largest the bytes of a file; they hold for everything it does after."""
    for what, most in (
        (resource.RLIMIT_AS, megabytes << 20),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, largest),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _drawn(path: Path, number: int, width: int, turn: int, folder: Path) -> bytes | None:
    from ingest.page_picture import page_image

    if turn:
        from ingest.turning import turned_image

        return turned_image(path, number, turn, width=width, folder=folder)
    return page_image(path, number, width=width)


def main(arguments: list[str]) -> int:
    """Draw the page and write it to OUT; the exit status is 3 for a page that has no image."""
    path, number, width, turn, out, megabytes = arguments
    limit(int(megabytes), COPY if int(turn) else LARGEST)
    image = _drawn(Path(path), int(number), int(width), int(turn), Path(out).parent)
    if image is None:
        return 3
    Path(out).write_bytes(image)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
