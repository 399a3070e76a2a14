"""`python -m bench` prints the figures, one a line."""

import os
import sys
from functools import partial

from bench.measures import extraction, filing, scanned_pages, start_of_due, text_pages


def main() -> None:
    """Measure and print, each figure as soon as it is known."""
    cores = len(os.sched_getaffinity(0))
    for measure in (text_pages, partial(scanned_pages, 1), partial(scanned_pages, cores), extraction, filing, start_of_due):
        figure = measure()
        sys.stdout.write(f"{figure.what:12}{figure.value:12.2f} {figure.unit:14}{figure.on}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
