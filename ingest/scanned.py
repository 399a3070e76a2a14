"""What does the picture of a page say?"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

import numpy as np
from PIL import Image, ImageOps

from ingest.composing import Row, Token, scaled, union
from ingest.engine import quarter_turns
from ingest.grids import grids_of
from ingest.halves import find_halves
from ingest.layout import Found, Grid, in_order
from ingest.marks import read_marks
from ingest.mending import mended_line
from ingest.ocr import confidence, recognise
from ingest.rows import is_surely_read, rows_in, surer
from ingest.scan import Pale, Pixels, Scan, paled, prepare, rules, without
from ingest.syllables import soundness
from ingest.transcript import Box

_POOR = 0.55  # soundness under which a page may lie on its side or its head
_SURE = 0.4  # confidence that a line's best word must have; a line without is dirt
_CERTAIN = 0.8  # confidence of a word that makes its line worth keeping
_BORDER = 20  # pixels
_SHORT = 3  # letters: longer words are wider than high
_HEAD = 0.2  # of the height: columns that begin above are a head, whose lines are even
_SERIAL = re.compile(r"\W{0,2}[Ss][oóôốỐ0]\s?[:;.].{0,12}[/-][A-ZĐ]{2}")  # the line of the number: a hand in its blank makes it unsure
_MOST_INKED = 8  # lines: where a page has more it is printed in colour
_RULES = ("*", "***", "* * *")


@dataclass(frozen=True, slots=True)
class Seen:
    """The lines of a picture in the order in which they are read; boxes in points; turns is how often it was turned to be read."""

    rows: list[Row]
    turns: int
    sure: float
    """How surely it was read, 0 to 1."""
    is_blank: bool


def read_picture(page: Pixels, scale: float, fills: Sequence[Token] = (), *, twice: bool = True) -> Seen:
    """Read a page (in colour) with scale pixels a point; fills are words (boxes in points) that stand on it besides.

    twice reads lines a second time that were not read surely or lie under coloured ink.
    """
    scan, grids = _ready(page, 72 * scale)
    is_blank = scan.is_blank
    lines = [] if is_blank else _lines(page, scan, grids, twice=twice)
    turns = 0
    on_its_side = _stands_upright(lines)
    if not is_blank and (on_its_side or _soundness(lines) < _POOR) and (turned := quarter_turns(Image.fromarray(page))):
        upright = np.ascontiguousarray(np.rot90(page, -turned))
        other, other_grids = _ready(upright, 72 * scale)
        again = _lines(upright, other, other_grids, twice=twice)
        if _soundness(again) > _soundness(lines) or (on_its_side and not _stands_upright(again)):
            turns, scan, grids, lines = turned, other, other_grids, again
    placed = [] if turns else [[scaled(token, scale)] for token in fills]
    rows = [_mended(row) for row in in_order(Found([*lines, *placed], scan.width, scan.height, grids)) if _says_something(row)]
    marks = [] if turns else [Row(((scaled(mark, 1 / scale),),), "stamp", begins=True) for mark in read_marks(page)]
    return Seen([*(_on_page(row, scan, scale, turns) for row in rows), *marks], turns, confidence(lines), is_blank and not grids)


def _stands_upright(lines: Sequence[Sequence[Token]]) -> bool:
    """Say whether most words are higher than wide: Tesseract reads some of a page that lies on its side."""
    boxes = [token.box for line in lines for token in line if token.box and len(token.text) > _SHORT]
    return sum(box.y1 - box.y0 > box.x1 - box.x0 for box in boxes) > len(boxes) / 2


def _ready(page: Pixels, dpi: float) -> tuple[Scan, list[Grid]]:
    """Prepare a page and find its tables, whose rules are taken off: Tesseract reads them as letters."""
    scan = prepare(page, dpi)
    level, upright = rules(scan)
    grids = grids_of(level, upright, (scan.width, scan.height))
    strokes = [box for box in [*level, *upright] if any(_overlap(box, grid.box) for grid in grids)]
    return without(scan, strokes), grids


def _overlap(a: Box, b: Box) -> bool:
    return a.x0 <= b.x1 and b.x0 <= a.x1 and a.y0 <= b.y1 and b.y0 <= a.y1


def _lines(page: Pixels, scan: Scan, grids: Sequence[Grid], *, twice: bool) -> list[list[Token]]:
    """Recognise a page, each place by itself that stands beside something else, then all the rest; twice where it is not sure."""
    rest = without(scan, [grid.box for grid in grids])
    sides = [side for stretch in find_halves(rest) for side in stretch.sides(scan.width)]
    lines = recognise(without(rest, sides).crop(Box(0, 0, scan.width, scan.height)))
    pale = cache(lambda: paled(page, scan))
    lines = _read_again(rest, pale, lines) if twice else lines
    for box in sides:
        column = _part(rest, box, "block" if box.y0 < _HEAD * scan.height else "page")  # below a head, a signature may stand among lines
        lines += _rows_again(rest, pale, box, column) if twice else column
    for grid in grids:
        for strip in _strips(grid):
            lines += _part(scan, strip, "block")
    return _clear(lines)


def _rows_again(scan: Scan, pale: Callable[[], Pale], box: Box, lines: list[list[Token]]) -> list[list[Token]]:
    """Recognise the rows of a column again that were not read surely: a signature or a seal may stand among them.

    Where coloured ink lies on such a row it is read also with the ink only pale; the surest reading is taken.
    """
    doubtful = [row for row in rows_in(scan, box) if not is_surely_read(row, lines)]
    lines = surer(lines, [line for row in doubtful for line in _part(scan, row, "line")])
    inked = [row for row in doubtful if not is_surely_read(row, lines) and scan.had_colour(row) and pale().differs(scan, row)]
    return surer(lines, [line for row in inked for line in _part(pale(), row, "line")])


def _read_again(scan: Scan, pale: Callable[[], Pale], lines: list[list[Token]]) -> list[list[Token]]:
    """Recognise lines on which coloured ink lies by themselves, with the ink lifted and only pale: a letter under it may be gone."""
    boxes = [_wider(box) for line in lines if len(line) > 1 and (box := union(token.box for token in line))]
    inked = list(islice((box for box in boxes if scan.had_colour(box) and pale().differs(scan, box)), _MOST_INKED))
    for page in (scan, pale()) if inked else ():
        lines = surer(lines, [line for box in inked for line in _part(page, box, "line")])
    return lines


def _wider(box: Box) -> Box:
    """Give a line's box with room for letters and marks that were lost at its sides."""
    high = box.y1 - box.y0
    return Box(max(0.0, box.x0 - 2 * high), max(0.0, box.y0 - 0.25 * high), box.x1 + 2 * high, box.y1 + 0.25 * high)


def _part(scan: Scan | Pale, box: Box, mode: str) -> list[list[Token]]:
    """Recognise a rectangle, with a white border: letters at the edge of a picture are easily lost."""
    at = (max(0, int(box.x0)) - _BORDER, max(0, int(box.y0)) - _BORDER)
    return recognise(ImageOps.expand(scan.crop(box), _BORDER, 255), mode=mode, at=at)


def _strips(grid: Grid) -> list[Box]:
    """Part a table into stretches of cells that stand below each other with the same sides: their lines go together."""
    strips: list[Box] = []
    for cell in sorted((cell for row in grid.rows for _, cell in row), key=lambda cell: (cell.x0, cell.x1, cell.y0)):
        last = strips[-1] if strips else None
        if last is not None and (last.x0, last.x1, last.y1) == (cell.x0, cell.x1, cell.y0):
            strips[-1] = Box(last.x0, last.y0, last.x1, cell.y1)
        else:
            strips.append(cell)
    return strips


def _soundness(lines: Sequence[Sequence[Token]]) -> float:
    return soundness([token.text for line in lines for token in line])


def _clear(lines: Sequence[Sequence[Token]]) -> list[list[Token]]:
    """Drop what is only dirt: lines without a word or number that was read with any confidence."""
    return [list(line) for line in lines if line and not _is_dirt(line)]


def _is_dirt(line: Sequence[Token]) -> bool:
    text = " ".join(token.text for token in line)
    if text in _RULES or _SERIAL.match(text):
        return False
    if not any(token.confidence > _SURE and _is_word(token) for token in line):
        return True
    if any(token.confidence > _CERTAIN and _is_word(token) for token in line):
        return False
    return confidence([line]) < _SURE and soundness([token.text for token in line]) < _POOR


def _is_word(token: Token) -> bool:
    return token.text.isdigit() or sum(c.isalnum() for c in token.text) > 1


def _says_something(row: Row) -> bool:
    text = " ".join(token.text for token in row.tokens)
    return row.kind == "table" or text in _RULES or any(c.isalnum() for c in text)


def _mended(row: Row) -> Row:
    return replace(row, cells=tuple(tuple(mended_line(cell)) for cell in row.cells))


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
    return Token(token.text, Box(box.x0 / scale, box.y0 / scale, box.x1 / scale, box.y1 / scale), token.origin, token.confidence)
