"""Which stretches of a scanned page stand in two columns and are read better one column at a time?

Tesseract fits one base line to all that stands on a level; two columns with lines of their own spoil each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.composing import Token
from ingest.pieces import Piece, pieces_of, rows_of
from ingest.scan import Scan, white_run
from ingest.transcript import Box

_WIDE = 2.2  # of a line's height: a gap that may part two columns
_MIDDLE = (0.25, 0.72)  # of the page's width: where the gap between two columns may lie
_TALL = 2.0  # lines: a lower run of white is only a gap in one line


@dataclass(frozen=True, slots=True)
class Halves:
    """A stretch of a page from y = top to bottom with white around x = gutter; pixels."""

    top: float
    bottom: float
    gutter: float

    def sides(self, width: float) -> tuple[Box, Box]:
        """Give the two rectangles."""
        return Box(0, self.top, self.gutter, self.bottom), Box(self.gutter, self.top, width, self.bottom)


def find_halves(lines: Sequence[Sequence[Token]], scan: Scan) -> list[Halves]:
    """Find the stretches from the gaps in the lines that were read, each as far as the white between the columns reaches."""
    found: list[Halves] = []
    for row in rows_of(pieces_of(lines)):
        gap = _gap(row, scan.width)
        if gap is None:
            continue
        middle = sum(piece.middle for piece in row) / len(row)
        if any(halves.top <= middle <= halves.bottom for halves in found):
            continue
        gutter, top, bottom = white_run(scan, gap, middle)
        if found:
            top = max(top, found[-1].bottom)
        if bottom - top > _TALL * max(piece.height for piece in row):
            found.append(Halves(top, bottom, gutter))
    return found


def _gap(row: Sequence[Piece], width: float) -> tuple[float, float] | None:
    """Give the widest white between two pieces of a row if it may part columns."""
    gaps = [
        (right.box.x0 - left.box.x1, left.box.x1, right.box.x0)
        for left, right in pairwise(row)
        if right.box.x0 - left.box.x1 > _WIDE * min(left.height, right.height)
        and left.box.x1 < _MIDDLE[1] * width
        and right.box.x0 > _MIDDLE[0] * width
    ]
    return max(gaps)[1:] if gaps else None
