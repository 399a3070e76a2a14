"""What does the picture of a page say?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PIL import Image

from ingest.composing import Row, Token
from ingest.grids import grids_of
from ingest.halves import find_halves
from ingest.handwriting import fill_blanks
from ingest.layout import Found, Grid, in_order
from ingest.marks import read_marks
from ingest.mending import mended_line
from ingest.ocr import confidence, quarter_turns, recognise
from ingest.scan import Scan, prepare, rules, without
from ingest.syllables import soundness
from ingest.transcript import Box

_POOR = 0.55  # soundness under which a page may lie on its side or its head
_SURE = 0.4  # confidence that a line's best word must have; a line without is dirt
_LESS = 0.75  # of the first reading's worth that a closer one must have
_RULES = ("*", "***", "* * *")


@dataclass(frozen=True, slots=True)
class Seen:
    """The lines of a picture in the order in which they are read; boxes in points; turns is how often it was turned to be read."""

    rows: list[Row]
    turns: int
    sure: float
    """How surely it was read, 0 to 1."""


def read_picture(picture: Image.Image, scale: float, fills: Sequence[Token] = ()) -> Seen:
    """Read a page from its picture with scale pixels a point; fills are words (boxes in points) that stand on it besides."""
    scan, grids = _ready(picture)
    lines = [] if scan.is_blank else _clear(recognise(scan.crop(_whole(scan))))
    turns = 0
    if not scan.is_blank and _soundness(lines) < _POOR and (turned := quarter_turns(picture)):
        other, other_grids = _ready(picture.rotate(-90 * turned, expand=True))
        again = _clear(recognise(other.crop(_whole(other))))
        if _soundness(again) > _soundness(lines):
            turns, scan, grids, lines = turned, other, other_grids, again
    lines = _by_cells(scan, lines, grids)
    for halves in find_halves([line for line in lines if not _inside(line, grids)], scan):
        for side in halves.sides(scan.width):
            lines = _better(lines, _read(scan, side), side)
    lines = fill_blanks(scan, lines)
    placed = [] if turns else [[_scaled(token, scale)] for token in fills]
    rows = [_mended(row) for row in in_order(Found([*lines, *placed], scan.width, scan.height, grids)) if _says_something(row)]
    marks = [] if turns else [Row(((_scaled(mark, 1 / scale),),), "stamp", begins=True) for mark in read_marks(picture)]
    return Seen([*(_on_page(row, scan, scale, turns) for row in rows), *marks], turns, confidence(lines))


def _ready(picture: Image.Image) -> tuple[Scan, list[Grid]]:
    """Prepare a picture and find its tables, whose rules are taken off: Tesseract reads them as letters."""
    scan = prepare(picture)
    level, upright = rules(scan)
    grids = grids_of(level, upright, (scan.width, scan.height))
    strokes = [box for box in [*level, *upright] if any(_overlap(box, grid.box) for grid in grids)]
    return without(scan, strokes), grids


def _overlap(a: Box, b: Box) -> bool:
    return a.x0 <= b.x1 and b.x0 <= a.x1 and a.y0 <= b.y1 and b.y0 <= a.y1


def _whole(scan: Scan) -> Box:
    return Box(0, 0, scan.width, scan.height)


def _soundness(lines: Sequence[Sequence[Token]]) -> float:
    return soundness([token.text for line in lines for token in line])


def _clear(lines: Sequence[Sequence[Token]]) -> list[list[Token]]:
    """Drop what is only dirt: lines without a word or number that was read with any confidence."""
    return [list(line) for line in lines if line and not _is_dirt(line)]


def _is_dirt(line: Sequence[Token]) -> bool:
    if " ".join(token.text for token in line) in _RULES:
        return False
    if not any(token.confidence > _SURE and _is_word(token) for token in line):
        return True
    return confidence([line]) < _SURE and soundness([token.text for token in line]) < _POOR


def _says_something(row: Row) -> bool:
    text = " ".join(token.text for token in row.tokens)
    return row.kind == "table" or text in _RULES or any(c.isalnum() for c in text)


def _mended(row: Row) -> Row:
    return replace(row, cells=tuple(tuple(mended_line(cell)) for cell in row.cells))


def _read(scan: Scan, box: Box) -> list[list[Token]]:
    """Read a rectangle as one block of even lines."""
    return _clear(recognise(scan.crop(box), mode="block", at=(max(0, int(box.x0)), max(0, int(box.y0)))))


def _by_cells(scan: Scan, lines: list[list[Token]], grids: Sequence[Grid]) -> list[list[Token]]:
    """Read tables again column by column: cells beside each other have lines of their own."""
    for grid in grids:
        edges = sorted({column: (cell.x0, cell.x1) for row in grid.rows for column, cell in sorted(row, key=lambda c: -c[1].x1)}.items())
        cells = [cell for row in grid.rows for _, cell in row]
        for _, (x0, x1) in edges:
            strip = _read(scan, Box(x0, grid.box.y0, x1, grid.box.y1))
            for cell in cells:
                if abs(cell.x0 - x0) < 2 and abs(cell.x1 - x1) < 2:
                    lines = _better(lines, [[token for token in line if _stands_in(token, cell)] for line in strip], cell)
    return lines


def _better(lines: list[list[Token]], again: Sequence[Sequence[Token]], box: Box) -> list[list[Token]]:
    """Put a second, closer reading of a rectangle in place of the first unless it says much less.

    What only the first one saw stays: handwriting in a blank is easily lost.
    """
    before = [[token for token in line if _stands_in(token, box)] for line in lines]
    if _worth(again) < _LESS * _worth(before):
        return lines
    rest = [[token for token in line if not _stands_in(token, box)] for line in lines]
    kept = [token for line in rest for token in line if token.box and _overlap(token.box, box)]
    fresh = [[token for token in line if not any(_same_place(token, other) for other in kept)] for line in again]
    seen = [token for line in fresh for token in line]
    missed = [[token] for line in before for token in line if _is_word(token) and not any(_same_place(token, other) for other in seen)]
    return [line for line in [*rest, *fresh, *missed] if line]


def _is_word(token: Token) -> bool:
    return token.text.isdigit() or sum(c.isalnum() for c in token.text) > 1


def _worth(lines: Sequence[Sequence[Token]]) -> float:
    """Weigh a reading: letters count as surely as they were read; what is less than half sure counts against it."""
    return sum(len(token.text) * (token.confidence - 0.5) for line in lines for token in line)


def _same_place(token: Token, other: Token) -> bool:
    """Say whether two words were read from the same ink, which the edge of a rectangle cut."""
    a, b = token.box, other.box
    if a is None or b is None:
        return False
    across, down = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
    return across > 0.3 * min(a.x1 - a.x0, b.x1 - b.x0) and down > 0.3 * min(a.y1 - a.y0, b.y1 - b.y0)


def _stands_in(token: Token, box: Box) -> bool:
    if token.box is None:
        return False
    return box.x0 <= (token.box.x0 + token.box.x1) / 2 < box.x1 and box.y0 <= (token.box.y0 + token.box.y1) / 2 < box.y1


def _inside(line: Sequence[Token], grids: Sequence[Grid]) -> bool:
    return any(_stands_in(token, grid.box) for token in line for grid in grids)


def _scaled(token: Token, scale: float) -> Token:
    box = token.box
    return replace(token, box=Box(box.x0 * scale, box.y0 * scale, box.x1 * scale, box.y1 * scale)) if box else token


def _on_page(row: Row, scan: Scan, scale: float, turns: int) -> Row:
    """Give a row with its boxes in points on the page as it came."""
    return replace(row, cells=tuple(tuple(_placed(token, scan, scale, turns) for token in cell) for cell in row.cells))


def _placed(token: Token, scan: Scan, scale: float, turns: int) -> Token:
    if token.box is None:
        return token
    box = scan.to_picture(token.box)
    width, height = scan.width, scan.height
    for _ in range(turns):  # back by a quarter turn each
        box = Box(box.y0, width - box.x1, box.y1, width - box.x0)
        width, height = height, width
    return replace(token, box=Box(box.x0 / scale, box.y0 / scale, box.x1 / scale, box.y1 / scale))
