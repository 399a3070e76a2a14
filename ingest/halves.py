"""Which stretches of a scanned page stand in two columns and are read better one column at a time?

Tesseract fits one base line to all that stands on a level; two columns with lines of their own spoil each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.composing import Token
from ingest.pieces import Piece, pieces_of, rows_of
from ingest.transcript import Box

_WIDE = 2.2  # of a line's height: a gap that may part two columns
_MIDDLE = (0.25, 0.72)  # of the page's width: where the gap between two columns may lie
_MARGIN = 0.35  # of a line's height, kept around a stretch


@dataclass(frozen=True, slots=True)
class Halves:
    """A stretch of a page from y = top to bottom with white around x = gutter."""

    top: float
    bottom: float
    gutter: float

    def sides(self, width: float) -> tuple[Box, Box]:
        """Give the two rectangles."""
        return Box(0, self.top, self.gutter, self.bottom), Box(self.gutter, self.top, width, self.bottom)


@dataclass(slots=True)
class _Stretch:
    """Rows that share a gutter between low and high; gapped counts those that show it."""

    first: int
    last: int
    low: float
    high: float
    gapped: int = 1


def find_halves(lines: Sequence[Sequence[Token]], width: float) -> list[Halves]:
    """Find the stretches; lines are words with boxes, in any unit that width is in too."""
    rows = rows_of(pieces_of(lines))
    stretches: list[_Stretch] = []
    for i, row in enumerate(rows):
        between = _gap(row, width)
        if between is None:
            continue
        last = stretches[-1] if stretches else None
        if last and _reaches(rows, last, i, between):
            last.last, last.gapped = i, last.gapped + 1
            last.low, last.high = max(last.low, between[0]), min(last.high, between[1])
        else:
            stretches.append(_Stretch(i, i, *between))
    return [_widened(rows, stretch) for stretch in stretches]


def _gap(row: Sequence[Piece], width: float) -> tuple[float, float] | None:
    """Give the widest white between two pieces of a row if it may part columns."""
    best: tuple[float, float] | None = None
    for left, right in pairwise(row):
        low, high = left.box.x1, right.box.x0
        inside = low < _MIDDLE[1] * width and high > _MIDDLE[0] * width
        if inside and high - low > _WIDE * min(left.height, right.height) and (best is None or high - low > best[1] - best[0]):
            best = (low, high)
    return best


def _reaches(rows: Sequence[Sequence[Piece]], stretch: _Stretch, to: int, between: tuple[float, float]) -> bool:
    """Say whether a stretch goes on to a row: its gutter stays open, and no row in between crosses it."""
    low, high = max(stretch.low, between[0]), min(stretch.high, between[1])
    return high > low and not any(_crosses(row, (low + high) / 2) for row in rows[stretch.last + 1 : to])


def _crosses(row: Sequence[Piece], x: float) -> bool:
    return any(piece.box.x0 < x < piece.box.x1 for piece in row)


def _widened(rows: Sequence[Sequence[Piece]], stretch: _Stretch) -> Halves:
    """Take in the rows above and below that leave the gutter open and stand close."""
    gutter = (stretch.low + stretch.high) / 2
    first, last = stretch.first, stretch.last
    while first > 0 and not _crosses(rows[first - 1], gutter) and _close(rows[first - 1], rows[first]):
        first -= 1
    while last + 1 < len(rows) and not _crosses(rows[last + 1], gutter) and _close(rows[last], rows[last + 1]):
        last += 1
    inside = [piece for row in rows[first : last + 1] for piece in row]
    margin = _MARGIN * min(piece.height for piece in inside)
    return Halves(min(piece.box.y0 for piece in inside) - margin, max(piece.box.y1 for piece in inside) + margin, gutter)


def _close(above: Sequence[Piece], below: Sequence[Piece]) -> bool:
    bottom, top = max(piece.box.y1 for piece in above), min(piece.box.y0 for piece in below)
    return top - bottom < 4 * max(piece.height for piece in below)
