"""Which rows of print does a column hold, and which of two readings of it is to be believed, row by row?

Beside a signature or a seal Tesseract sometimes loses a line that it reads well when it sees no other.
"""

from collections.abc import Sequence

import numpy as np

from ingest.composing import Token, union
from ingest.scan import DARK, LINE, Scan
from ingest.transcript import Box

_MARK, _LOW, _HIGH = 0.45, 0.3, 2.0  # lines: marks above letters are lower, print is higher and not so high
_CLOSE, _JOINED = 0.12, 1.9  # lines: marks stand so close to their letters; both together are no higher
_APART, _SPECK = 2.5, 0.05  # lines of white beside print, and what share of a row's ink is only a speck
_AROUND = 6  # pixels of paper around a row
_SURE = 0.85  # confidence of a row that one reading alone has


def rows_in(scan: Scan, box: Box) -> list[Box]:
    """Give the rows of print in a rectangle from top to bottom, pixels; what is higher than two lines is none."""
    x0, y0, x1, y1 = (max(0, int(side)) for side in (box.x0, box.y0, box.x1, box.y1))
    inked = np.flatnonzero((scan.grey[y0:y1, x0:x1] < DARK).sum(axis=1) > 1)
    line = LINE * scan.width
    runs: list[tuple[int, int]] = []
    for run in np.split(inked, np.flatnonzero(np.diff(inked) > 1) + 1):
        if not len(run):
            continue
        top, bottom = int(run[0]), int(run[-1]) + 1
        last = runs[-1] if runs else None
        if last and bottom - last[0] < _JOINED * line and (top - last[1] < _CLOSE * line or last[1] - last[0] < _MARK * line):
            runs[-1] = (last[0], bottom)
        else:
            runs.append((top, bottom))
    return [_narrowed(scan, Box(x0, y0 + top, x1, y0 + bottom), line) for top, bottom in runs if _LOW * line <= bottom - top < _HIGH * line]


def _narrowed(scan: Scan, row: Box, line: float) -> Box:
    """Cut a row to its print: specks far beside it are read as letters."""
    ink = (scan.grey[int(row.y0) : int(row.y1), int(row.x0) : int(row.x1)] < DARK).sum(axis=0)
    inked = np.flatnonzero(ink)
    parts = [part for part in np.split(inked, np.flatnonzero(np.diff(inked) > _APART * line) + 1) if ink[part].sum() > _SPECK * ink.sum()]
    left, right = (int(parts[0][0]), int(parts[-1][-1]) + 1) if parts else (0, int(row.x1 - row.x0))
    return Box(row.x0 + max(0, left - _AROUND), max(0.0, row.y0 - _AROUND), min(row.x1, row.x0 + right + _AROUND), row.y1 + _AROUND)


def is_surely_read(row: Box, lines: Sequence[list[Token]]) -> bool:
    """Say whether a reading has a line in a row and is sure of each of its words."""
    here = [line for line in lines if _overlaps(row, union(token.box for token in line))]
    return len(here) == 1 and _is_sure(here[0])


def surer(lines: Sequence[list[Token]], others: Sequence[list[Token]]) -> list[list[Token]]:
    """Give, for each row that both readings have, the one that was read more surely; of the second alone only what is sure."""
    found: list[list[Token]] = []
    left = list(others)
    for line in lines:
        same = [other for other in left if _same_row(line, other)]
        left = [other for other in left if other not in same]
        best = max(same, key=_worth, default=line)
        found.append(best if _worth(best) > _worth(line) and len(same) == 1 else line)
    return [*found, *(other for other in left if _is_sure(other) and not any(_same_row(other, line) for line in found))]


def _same_row(line: Sequence[Token], other: Sequence[Token]) -> bool:
    a = union(token.box for token in line)
    return a is not None and _overlaps(a, union(token.box for token in other))


def _overlaps(a: Box, b: Box | None) -> bool:
    return b is not None and min(a.y1, b.y1) - max(a.y0, b.y0) > 0.5 * min(a.y1 - a.y0, b.y1 - b.y0)


def _worth(line: Sequence[Token]) -> float:
    """Weigh a reading: letters count as surely as they were read; what is less than half sure counts against it."""
    return sum(len(token.text) * (token.confidence - 0.5) for token in line)


def _is_sure(line: Sequence[Token]) -> bool:
    return all(token.confidence > _SURE for token in line) and sum(c.isalpha() for token in line for c in token.text) > 2
