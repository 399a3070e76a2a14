"""What does the picture of a page say?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PIL import Image

from ingest.composing import Row, Token
from ingest.grids import grids_of
from ingest.halves import Halves, find_halves
from ingest.layout import Found, in_order
from ingest.ocr import confidence, quarter_turns, recognise
from ingest.scan import Scan, prepare, rules
from ingest.syllables import soundness
from ingest.transcript import Box

_POOR = 0.55  # soundness under which a page may lie on its side or its head
_NOISE = 0.4  # confidence under which a line without one whole word is dirt


@dataclass(frozen=True, slots=True)
class Seen:
    """The lines of a picture in the order in which they are read; boxes in points; turns is how often it was turned to be read."""

    rows: list[Row]
    turns: int
    sure: float
    """How surely it was read, 0 to 1."""


def read_picture(picture: Image.Image, scale: float, fills: Sequence[Token] = ()) -> Seen:
    """Read a page from its picture with scale pixels a point; fills are words (boxes in points) that stand on it besides."""
    scan = prepare(picture)
    lines = _clear(recognise(scan.crop(_whole(scan))))
    turns = 0
    if _soundness(lines) < _POOR and (turns := quarter_turns(picture)):
        turned = prepare(picture.rotate(-90 * turns, expand=True))
        again = _clear(recognise(turned.crop(_whole(turned))))
        if _soundness(again) > _soundness(lines):
            scan, lines = turned, again
        else:
            turns = 0
    for halves in find_halves(lines, scan.width):
        lines = _read_again(scan, lines, halves)
    grids = grids_of(*rules(scan), (scan.width, scan.height))
    rows = in_order(Found([*lines, *([_scaled(token, scale)] for token in fills if not turns)], scan.width, scan.height, grids))
    return Seen([_placed(row, scan, scale, turns) for row in rows], turns, confidence(lines))


def _whole(scan: Scan) -> Box:
    return Box(0, 0, scan.width, scan.height)


def _soundness(lines: Sequence[Sequence[Token]]) -> float:
    return soundness([token.text for line in lines for token in line])


def _clear(lines: Sequence[Sequence[Token]]) -> list[list[Token]]:
    """Drop what is only dirt: lines without a word or number of two signs that was read with any confidence."""
    return [list(line) for line in lines if line and not _is_dirt(line)]


def _is_dirt(line: Sequence[Token]) -> bool:
    text = " ".join(token.text for token in line)
    if text in ("*", "-", "***", "* * *"):
        return False
    words = [token for token in line if sum(c.isalnum() for c in token.text) >= 2]
    return not any(token.confidence > _NOISE for token in words) and not any(
        token.text.isdigit() and token.confidence > _NOISE for token in line
    )


def _read_again(scan: Scan, lines: list[list[Token]], halves: Halves) -> list[list[Token]]:
    """Read two columns each for itself and keep, for each, the better reading."""
    rest = [[token for token in line if not _within(token, halves)] for line in lines]
    inside = [[token for token in line if _within(token, halves)] for line in lines]
    read: list[list[Token]] = []
    for side in halves.sides(scan.width):
        before = [kept for line in inside if (kept := [token for token in line if side.x0 <= _centre(token) < side.x1])]
        after = _clear(recognise(scan.crop(side), mode="block", at=(max(0, int(side.x0)), max(0, int(side.y0)))))
        read += after if _worth(after) > _worth(before) else before
    return [line for line in rest if line] + read


def _worth(lines: Sequence[Sequence[Token]]) -> float:
    """Weigh a reading: letters of possible syllables count, each as surely as it was read; noise counts against."""
    return sum(len(token.text) * (token.confidence - 0.5) for line in lines for token in line)


def _centre(token: Token) -> float:
    return (token.box.x0 + token.box.x1) / 2 if token.box else 0.0


def _within(token: Token, halves: Halves) -> bool:
    return token.box is not None and halves.top <= (token.box.y0 + token.box.y1) / 2 < halves.bottom


def _scaled(token: Token, scale: float) -> Token:
    box = token.box
    return replace(token, box=Box(box.x0 * scale, box.y0 * scale, box.x1 * scale, box.y1 * scale)) if box else token


def _placed(row: Row, scan: Scan, scale: float, turns: int) -> Row:
    """Give a row with its boxes in points on the page as it came."""
    return replace(row, cells=tuple(tuple(_on_page(token, scan, scale, turns) for token in cell) for cell in row.cells))


def _on_page(token: Token, scan: Scan, scale: float, turns: int) -> Token:
    if token.box is None:
        return token
    box = scan.to_picture(token.box)
    width, height = scan.width, scan.height
    for _ in range(turns):  # back by a quarter turn each
        box = Box(box.y0, width - box.x1, box.y1, width - box.x0)
        width, height = height, width
    return replace(token, box=Box(box.x0 / scale, box.y0 / scale, box.x1 / scale, box.y1 / scale))
