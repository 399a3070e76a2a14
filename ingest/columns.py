"""Where does a page stand in two columns: the head, and the recipients beside the signature?

Each printed line of the left column comes first, then the right column, as a reader takes them in.
"""

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.pieces import Piece, parted, piece_of

_MOTTO = re.compile(
    r"c.{1,2}ng h.{1,2}a x.{1,2} h.{1,2}i|nghi.{1,2} vi.{1,2}t nam|d.{1,2}ng c.{1,2}ng s.{1,3}n v.{1,3}t nam"
    r"|d.{1,2}c l.{1,2}p\s*[-–—.]?\s*t.{1,2} do|t.{1,2} do\s*[-–—.]?\s*h.{1,2}nh ph.{1,2}c"
)
_DATE = re.compile(r"ng.y.{0,14}th.ng.{0,12}n.m|ng.y\s*\d{1,2}\s*/\s*\d{1,2}\s*/\s*\d{4}")
_ADDRESS = re.compile(r"\W{0,3}k[i1l]nh\s*(?:g.i|trinh)")
_SERIAL = re.compile(r"\W{0,2}s[o60]\s*[:;.]?")
_RECIPIENTS = re.compile(r"\W{0,3}n[o0]\W?\s?[o0]?\s?[i1l]\s*nh[a4q]n|\W{0,3}no\w?\s*nh\wn\s*:")
_FILED = re.compile(r"\W{0,4}l[uư]u\s*[:;.]?\s*(?:v[tp]|van phong|vpdu|vptu|vphu)\b")
_DASH = re.compile(r"\W{0,2}[-–—~_]")
_SIGNS = re.compile(r"\W{0,2}(?:t\s*[/.]?\s*m|k\s*[/.]?\s*t|t\s*[/.]?\s*l|t\s*[/.]?\s*u\s*[/.]?\s*q|q)\s*[./]")
_MOST_HEAD = 0.55  # of the page's height: no head reaches lower than this below its motto


@dataclass(frozen=True, slots=True)
class Columns:
    """Two columns side by side; either may be empty."""

    left: list[Piece]
    right: list[Piece]

    @property
    def pieces(self) -> list[Piece]:
        """Give the pieces of both."""
        return self.left + self.right

    @property
    def top(self) -> float:
        """Give the y at which they begin."""
        return min(piece.box.y0 for piece in self.pieces)


def find_heads(pieces: Sequence[Piece], width: float, height: float) -> list[Columns]:
    """Find the heads of a page: one, or several where short documents share a page."""
    heads: list[Columns] = []
    rest = sorted(pieces, key=lambda piece: piece.middle)
    while True:
        mottos = [piece for piece in rest if _is_motto(piece, width)]
        if not mottos:
            return heads
        head = _Head(mottos[0], width, height).grow(rest)
        heads.append(head)
        bottom = max(piece.box.y1 for piece in head.pieces)
        rest = [piece for piece in rest if piece.middle > bottom]


def _is_motto(piece: Piece, width: float) -> bool:
    """A motto stands alone on the right half, in few words."""
    return piece.axis > 0.5 * width and piece.box.x0 > 0.28 * width and len(piece.tokens) <= 14 and bool(_MOTTO.search(piece.folded))


class _Head:
    """A head while it is gathered, from its motto up and down."""

    def __init__(self, motto: Piece, width: float, height: float) -> None:
        self._motto, self._width, self._height = motto, width, height
        self._left: list[Piece] = []
        self._right: list[Piece] = []
        self._edge = motto.box.x0
        self._bottom = motto.box.y1
        self._dated = self._numbered = False
        self._date_bottom = 0.0

    def grow(self, pieces: Sequence[Piece]) -> Columns:
        """Take each piece from top to bottom until one does not belong."""
        top = self._motto.box.y0 - 2.6 * self._motto.height
        for piece in pieces:
            if piece.middle < top or (piece.middle < self._motto.box.y0 and piece.axis > self._edge):
                continue
            if not self._take(piece):
                break
        if not self._right:
            self._right = [self._motto]
        return Columns(self._left, self._right)

    def _take(self, piece: Piece) -> bool:
        """Put a piece into its column; False where the head ends above it."""
        too_low = piece.middle > self._motto.middle + _MOST_HEAD * self._height or piece.box.y0 > self._bottom + 4.5 * self._motto.height
        if too_low or _ADDRESS.match(piece.folded):
            return False
        side = self._side(piece)
        if side == "both":
            halves = parted(piece, self._edge - 0.12 * self._width, self._edge + 0.12 * self._width)
            if halves is None:
                return False
            return self._take(halves[0]) and self._take(halves[1])
        if side == "left":
            if not self._fits_left(piece):
                return False
            self._left.append(piece)
            self._numbered = self._numbered or bool(_SERIAL.match(piece.folded))
        else:
            if self._dated and piece.box.y0 > self._date_bottom:
                return False
            self._right.append(piece)
            self._edge = min(self._edge, max(piece.box.x0, 0.33 * self._width))
            if _DATE.search(piece.folded):
                self._dated, self._date_bottom = True, piece.box.y1 - 0.3 * piece.height
        self._bottom = max(self._bottom, piece.box.y1)
        return True

    def _side(self, piece: Piece) -> str:
        if _DATE.search(piece.folded) and piece.axis > 0.5 * self._width:
            return "right"
        if piece.box.x1 <= self._edge + 0.03 * self._width:
            return "left"
        if piece.box.x0 >= self._edge - 0.03 * self._width:
            return "right"
        if piece.axis > self._edge and piece.box.x0 > 0.36 * self._width and not self._dated:
            return "right"
        return "both"

    def _fits_left(self, piece: Piece) -> bool:
        """What follows number and date below must stand under the left column: its subject, not the first line of the text."""
        below = piece.box.y0 > max(other.box.y1 for other in self._right) - 0.3 * piece.height if self._right else False
        if not (below and self._left and (self._dated or self._numbered)):
            return True
        axis = statistics.median(other.axis for other in self._left)
        return abs(piece.axis - axis) < 0.13 * self._width


def find_tail(pieces: Sequence[Piece], width: float) -> Columns | None:
    """Find the recipients with the signature beside them: the last `Nơi nhận` that stands on the left of the page.

    Where a seal hides these words, the list is told by its last line (`- Lưu: …`) and the dashes above it.
    """
    anchors = [piece for piece in pieces if piece.box.x0 < 0.4 * width and len(piece.tokens) <= 12 and _RECIPIENTS.match(piece.folded)]
    anchor = max(anchors, key=lambda piece: piece.middle) if anchors else _top_of_list(pieces, width)
    if anchor is None:
        return None
    margin = anchor.box.x0 + 0.13 * width
    left: list[Piece] = []
    right = [piece for piece in pieces if _signs_above(piece, anchor, width)]
    for piece in sorted((piece for piece in pieces if piece.middle >= anchor.box.y0), key=lambda piece: piece.middle):
        if piece.box.x0 >= margin:
            if piece not in right:
                right.append(piece)
        elif piece.box.x1 < 0.56 * width:
            left.append(piece)
        else:
            halves = parted(_without_bars(piece), 0.3 * width, 0.68 * width)
            if halves is not None:
                left.append(halves[0])
                right.append(halves[1])
            elif piece.box.x1 > 0.75 * width:
                break
            else:
                left.append(piece)
    # A sentence across the page that begins as the recipients do (`Nơi nhận hồ sơ là …`) opens no columns.
    return Columns(left, sorted(right, key=lambda piece: piece.middle)) if left or right else None


def _top_of_list(pieces: Sequence[Piece], width: float) -> Piece | None:
    """Give the first line of a list of dashes that ends in a filing line."""
    ordered = sorted((piece for piece in pieces if piece.box.x0 < 0.3 * width), key=lambda piece: piece.middle)
    filed = next((i for i in range(len(ordered) - 1, -1, -1) if _FILED.match(ordered[i].folded)), None)
    if filed is None:
        return None
    top = filed
    while top > 0 and _DASH.match(ordered[top - 1].text) and ordered[top].middle - ordered[top - 1].middle < 3 * ordered[top].height:
        top -= 1
    above = ordered[top - 1] if top else None
    near = above is not None and ordered[top].middle - above.middle < 2.5 * above.height and above.box.x1 < 0.75 * width
    return above if near else ordered[top]


def _without_bars(piece: Piece) -> Piece:
    """Drop what is no word (a bar that is the edge of a table or a seal), so that it does not fill the gap between two columns."""
    words = [token for token in piece.tokens if any(c.isalnum() for c in token.text)]
    return piece_of(words) if len(words) >= 2 else piece


def _signs_above(piece: Piece, anchor: Piece, width: float) -> bool:
    """A signature may begin a little higher than the recipients: its capitals count in."""
    near = anchor.box.y0 - 3.6 * anchor.height < piece.middle < anchor.box.y0
    return near and piece.box.x0 > max(anchor.box.x1, 0.33 * width) and (piece.is_caps or bool(_SIGNS.match(piece.folded)))
