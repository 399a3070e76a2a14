"""Which runs of words stand apart on a page, and which of them share a printed line?

A piece is a run of words on one line without a wide gap; two pieces beside each other are the two columns of a head,
cells of a table, or a line that was set with wide gaps.
"""

import re
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.characters import folded
from ingest.composing import Token, union
from ingest.transcript import Box

_WIDE = 1.6  # of the line's height: a gap wider than this parts two pieces
_MOTTO = re.compile(r"(?:C[OÔỘ0]NG\s+H[OÒÓ0][AÀÁ]\s+X[AÃÂ]|[ĐDÐ][AẢÂ]NG\s+C[OÔỘ]NG\s+S)|(?:[ĐDÐ][oộô]c\s+l[aâậ]p\s*[-–—])")
_MOTTO_LETTERS = ("C", "Đ", "D", "Ð")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand together, from left to right; box is around them all, height that of a usual word (points)."""

    tokens: tuple[Token, ...]
    box: Box
    height: float

    @property
    def text(self) -> str:
        """Give the words parted by one space."""
        return " ".join([token.text for token in self.tokens])

    @property
    def folded(self) -> str:
        """Give the text in lower case without marks."""
        return folded(self.text)

    @property
    def middle(self) -> float:
        """Give the y half way between top and bottom."""
        return (self.box.y0 + self.box.y1) / 2

    @property
    def axis(self) -> float:
        """Give the x half way between left and right."""
        return (self.box.x0 + self.box.x1) / 2

    @property
    def is_caps(self) -> bool:
        """Say whether it is printed in capitals; a small letter or two, as OCR makes, do not matter."""
        letters = [c for c in self.text if c.isalpha()]
        return bool(letters) and sum(c.isupper() for c in letters) >= 0.8 * len(letters)


def piece_of(tokens: Sequence[Token]) -> Piece:
    """Make a piece of words that have boxes."""
    box = union([token.box for token in tokens])
    if box is None:
        raise ValueError("a piece needs words with boxes")
    heights = sorted([token.box.y1 - token.box.y0 for token in tokens if token.box is not None])
    half = len(heights) // 2
    median = heights[half] if len(heights) % 2 else (heights[half - 1] + heights[half]) / 2
    return Piece(tuple(tokens), box, max(1.0, median))


def pieces_of(lines: Iterable[Sequence[Token]]) -> list[Piece]:
    """Part lines at wide gaps, and before the national or Party motto, whose column may stand close to the other."""
    pieces = []
    for line in lines:
        if not line:
            continue
        whole = piece_of(line)
        start, wide = 0, _WIDE * whole.height
        for i, white in enumerate(gaps(line), 1):
            if white > wide or (line[i].text.startswith(_MOTTO_LETTERS) and _begins_motto(line[i : i + 4])):
                pieces.append(piece_of(line[start:i]))
                start = i
        pieces.append(piece_of(line[start:]) if start else whole)
    return pieces


def _begins_motto(words: Sequence[Token]) -> bool:
    return _MOTTO.match(" ".join([token.text for token in words])) is not None


def gap(left: Token, right: Token) -> float:
    """Give the white between two words of a line, points."""
    return right.box.x0 - left.box.x1 if left.box is not None and right.box is not None else 0.0


def gaps(line: Sequence[Token]) -> list[float]:
    """Give the white between each word of a line and the next, points."""
    boxes = [token.box for token in line]
    return [right.x0 - left.x1 if left is not None and right is not None else 0.0 for left, right in pairwise(boxes)]


def parted(piece: Piece, low: float, high: float) -> tuple[Piece, Piece] | None:
    """Part a piece at its widest gap between x = low and high; None when no gap there is wider than a usual space."""
    usual = statistics.median(gaps(piece.tokens) or [0.0])
    widest, at = max(1.8 * max(usual, 0.0), 0.45 * piece.height), 0
    for i in range(1, len(piece.tokens)):
        left, right = piece.tokens[i - 1].box, piece.tokens[i].box
        if left is not None and right is not None and left.x1 < high and right.x0 > low and right.x0 - left.x1 > widest:
            widest, at = right.x0 - left.x1, i
    return (piece_of(piece.tokens[:at]), piece_of(piece.tokens[at:])) if at else None


def rows_of(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Group pieces that stand on one line, from top to bottom, each row from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.middle):
        for row in reversed(rows[-3:]):
            if _beside(row, piece):
                row.append(piece)
                break
        else:
            rows.append([piece])
    rows.sort(key=lambda row: sum(piece.middle for piece in row) / len(row))
    return [sorted(row, key=lambda piece: piece.box.x0) for row in rows]


def _beside(row: Sequence[Piece], piece: Piece) -> bool:
    """Say whether a piece stands on the row's line and not over one of its pieces."""
    nearest = min(row, key=lambda other: abs(other.axis - piece.axis)) if len(row) > 1 else row[0]
    overlap = min(nearest.box.y1, piece.box.y1) - max(nearest.box.y0, piece.box.y0)
    if overlap <= 0.5 * min(nearest.height, piece.height):
        return False
    return all(piece.box.x0 >= other.box.x1 - 0.5 * piece.height or piece.box.x1 <= other.box.x0 + 0.5 * piece.height for other in row)
