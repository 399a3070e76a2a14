"""In which order is a page read?

Head: left column, then right. Body: line by line. Tables: row by row. Recipients, then the signature beside them.
Footnotes and page numbers are told apart by where and how small they stand.
"""

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.columns import Columns, find_heads, find_tail
from ingest.composing import Row, Token
from ingest.pieces import Piece, pieces_of, rows_of
from ingest.transcript import BlockKind, Box

_PAGE_NUMBER = re.compile(r"\W{0,3}(?:Trang\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?\W{0,3}|[ivxl]{1,6}")
_NOTE = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\(?\d{1,2}\)?[.)]?(?=\s|$)|\[\d{1,2}\]|\*(?=\s)")
_RAISED = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]")
_SMALL = 0.88  # of the body's height: footnotes are set smaller
_PITCH = 1.45  # of the usual distance between lines: more parts two paragraphs


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: its box, and the cells of each row as (column from 0, box)."""

    box: Box
    rows: tuple[tuple[tuple[int, Box], ...], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found on a page before its order: lines of words, ruled tables, stamped lines; width and height in points."""

    lines: Sequence[Sequence[Token]]
    width: float
    height: float
    grids: Sequence[Grid] = ()
    stamps: Sequence[Sequence[Token]] = ()


@dataclass(slots=True)
class _Order:
    """Rows with the y at which each belongs."""

    rows: list[tuple[float, int, list[Row]]] = field(default_factory=list)

    def add(self, y: float, rows: list[Row]) -> None:
        self.rows.append((y, len(self.rows), rows))

    def all(self) -> list[Row]:
        return [row for _, _, rows in sorted(self.rows, key=lambda entry: entry[:2]) for row in rows]


def in_order(found: Found) -> list[Row]:
    """Give the rows of a page in reading order."""
    order = _Order()
    loose, filled = _fill(found)
    for grid, cells in filled:
        order.add(grid.box.y0, cells)
    rows = _take_furniture(rows_of(pieces_of(loose)), found.height, order)
    rest = _take_footnotes(rows, found.height, order)
    for head in find_heads(rest, found.width, found.height):
        rest = _take(head, rest, order)
    tail = find_tail(rest, found.width)
    if tail is not None:
        rest = _take(tail, rest, order)
    for y, row in _body(rest):
        order.add(y, [row])
    stamps = [_row(list(line), "stamp", begins=i == 0) for i, line in enumerate(found.stamps) if line]
    return order.all() + stamps


def _fill(found: Found) -> tuple[list[list[Token]], list[tuple[Grid, list[Row]]]]:
    """Put the words that stand inside ruled tables into their cells; give the lines of the other words."""
    if not found.grids:
        return [list(line) for line in found.lines if line], []
    inside: list[list[list[list[Token]]]] = [[[[] for _ in row] for row in grid.rows] for grid in found.grids]
    loose = []
    for line in found.lines:
        outside = []
        for token in line:
            place = _cell_of(token, found.grids)
            if place is None:
                outside.append(token)
            else:
                g, r, c = place
                inside[g][r][c].append(token)
        if outside:
            loose.append(outside)
    filled = []
    for grid, cells in zip(found.grids, inside, strict=True):
        rows = [
            Row(tuple(tuple(_cell_words(words)) for words in row), "table", columns=tuple(column for column, _ in shape))
            for row, shape in zip(cells, grid.rows, strict=True)
            if any(row)
        ]
        if rows:
            filled.append((grid, [Row(rows[0].cells, "table", begins=True, columns=rows[0].columns), *rows[1:]]))
    return loose, filled


def _cell_of(token: Token, grids: Sequence[Grid]) -> tuple[int, int, int] | None:
    if token.box is None:
        return None
    x, y = (token.box.x0 + token.box.x1) / 2, (token.box.y0 + token.box.y1) / 2
    for g, grid in enumerate(grids):
        if not _holds(grid.box, x, y):
            continue
        for r, row in enumerate(grid.rows):
            for c, (_, box) in enumerate(row):
                if _holds(box, x, y):
                    return g, r, c
    return None


def _holds(box: Box, x: float, y: float) -> bool:
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


def _cell_words(words: Sequence[Token]) -> list[Token]:
    """Order the words of a cell line by line."""
    return [token for row in rows_of(pieces_of([[word] for word in words])) for piece in row for token in piece.tokens]


def _take(columns: Columns, rest: list[Piece], order: _Order) -> list[Piece]:
    """Write two columns one after the other; give the pieces that are not in them."""
    left = [_merged(row, "left column", begins=i == 0) for i, row in enumerate(rows_of(columns.left))]
    right = [_merged(row, "right column", begins=i == 0) for i, row in enumerate(rows_of(columns.right))]
    order.add(columns.top, left + right)
    taken = {id(token) for piece in columns.pieces for token in piece.tokens}
    return [piece for piece in rest if id(piece.tokens[0]) not in taken]


def _take_furniture(rows: list[list[Piece]], height: float, order: _Order) -> list[list[Piece]]:
    """Take the page number off: a lone number on the first or the last line, at the edge of the page."""
    kept = list(rows)
    for row in rows[:1] + (rows[-1:] if len(rows) > 1 else []):
        at_edge = row[0].middle < 0.1 * height or row[0].middle > 0.9 * height
        if at_edge and len(row) == 1 and _PAGE_NUMBER.fullmatch(row[0].text.strip()):
            order.add(row[0].box.y0, [_merged(row, "furniture", begins=True)])
            kept.remove(row)
    return kept


def _take_footnotes(rows: list[list[Piece]], height: float, order: _Order) -> list[Piece]:
    """Take the footnotes off, the small lines at the foot of a page from the first that bears a mark; give the pieces above them."""
    pieces = [piece for row in rows for piece in row]
    body = _usual_height(pieces)
    start = len(rows)
    while start and _is_small(rows[start - 1], body) and rows[start - 1][0].middle > 0.3 * height:
        start -= 1
    marked = next((i for i in range(start, len(rows)) if _NOTE.match(rows[i][0].text) and _may_be_note(rows, i)), None)
    if marked is None:
        return pieces
    for i in range(marked, len(rows)):
        order.add(rows[i][0].box.y0, [_merged(rows[i], "footnote", begins=bool(_NOTE.match(rows[i][0].text)))])
    return [piece for row in rows[:marked] for piece in row]


def _may_be_note(rows: Sequence[Sequence[Piece]], at: int) -> bool:
    """A raised mark is sure; a plain number must stand off from the text above, as the rule between them makes it."""
    first = rows[at][0]
    if _RAISED.match(first.text) or at == 0:
        return bool(_RAISED.match(first.text))
    return len(rows[at]) == 1 and first.box.y0 - max(piece.box.y1 for piece in rows[at - 1]) > 0.5 * first.height


def _is_small(row: Sequence[Piece], body: float) -> bool:
    return statistics.median(piece.height for piece in row) < _SMALL * body


def _usual_height(pieces: Sequence[Piece]) -> float:
    """Give the height of most words."""
    heights = sorted((piece.height, len(piece.text)) for piece in pieces)
    half, run = sum(length for _, length in heights) / 2, 0
    for height, length in heights:
        run += length
        if run >= half:
            return height
    return 1.0


def _body(pieces: Sequence[Piece]) -> list[tuple[float, Row]]:
    """Give the lines of the body with their y; a wider distance begins a block."""
    rows = rows_of(pieces)
    tops = [min(piece.box.y0 for piece in row) for row in rows]
    steps = [b - a for a, b in pairwise(tops)]
    usual = statistics.median(steps) if steps else 0.0
    return [
        (top, _merged(row, "text", begins=i == 0 or steps[i - 1] > _PITCH * usual))
        for i, (row, top) in enumerate(zip(rows, tops, strict=True))
    ]


def _merged(row: Sequence[Piece], kind: BlockKind, *, begins: bool) -> Row:
    return _row([token for piece in row for token in piece.tokens], kind, begins=begins)


def _row(tokens: list[Token], kind: BlockKind, *, begins: bool) -> Row:
    return Row((tuple(tokens),), kind, begins)
