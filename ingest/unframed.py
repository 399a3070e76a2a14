"""Where does an arrival stamp (ĐẾN) stand on a page that has no frame: in a colour of its own, or among the lines that were read?

A stamp in blue or red is read by itself and taken off, as one with a frame is: its colour is lifted off the print before the page is read.
One in black is told by its lines: CÔNG VĂN ĐẾN, and right below or beside it what begins with Số, Ngày, Giờ, Chuyển.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np
from PIL import Image, ImageOps

from ingest.arrivals import Arrivals, says_arrived
from ingest.characters import folded
from ingest.composing import Row, Token, scaled, union
from ingest.ocr import recognise
from ingest.scan import Pixels, every
from ingest.transcript import Box, Region

_TO_MM = 25.4 / 72  # a point
_UPPER = 0.55  # of the page's height: papers that come in are stamped above
_FINE = 3.0  # pixels to a mm, in which coloured stamps are looked for
_COLOURED = 50  # how far the lightest colour of an ink stands above its darkest
_TOGETHER = 4.0  # mm: lines of one stamp stand closer
_SIDES = ((25.0, 110.0), (10.0, 55.0))  # mm: how wide and how high such stamps are
_LYING = 1.15  # of its height: a seal is no wider
_LETTERS = 10  # pieces of ink at least: a signature has fewer
_MOST = 3  # patches that are read on one page
_PAPER, _BLACK = 225, 110  # a paler grey is paper; print is darker in all its colours
_AROUND = 1.5  # mm of paper around a patch
_BORDER = 20  # pixels of white about what is read
_LINE = 14.0  # points: lines of one stamp lie no further apart
_WIDEST = 255.0  # points: a longer line is the page's
_HEAD = re.compile(r"\W*(?:(?:CÔNG|VĂN|BẢN|C[ÔO]NG|V[ĂA]N|B[ẢA]N|CV)\s+){0,2}[ĐD][ÊẾỀỂỄỆE]N(?!\w)")
_LABEL = re.compile(r"\W*(?:so(?: den)?\W{0,3}(?=\d|[:.…_]|$)|(?:ngay|gio|chuyen|luu ho so|so va ky hieu)(?![^\W\d_]))")
_NUMBER = re.compile(r"/\s?[A-ZĐ]{2}|-[A-ZĐ]{2}")  # of a document


def take_coloured(arrivals: Arrivals, scale: float) -> Arrivals:
    """Find what was stamped in a colour on a page with scale pixels a point, read what may be an arrival stamp and take it off."""
    found = arrivals
    for place in _patches(arrivals.rest, scale / _TO_MM):
        left, top, right, bottom = place
        own = arrivals.rest[top:bottom, left:right]
        lines = _read(own, (left, top), scale)
        if says_arrived([token.text for line in lines for token in line]):
            rest = found.rest.copy()
            near = cv2.dilate(_is_coloured(own).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
            rest[top:bottom, left:right][near & (own.max(axis=2) > _BLACK)] = 255
            rows = [Row((tuple(line),), "stamp", begins=i == 0) for i, line in enumerate(lines)]
            region = Region(Box(left / scale, top / scale, right / scale, bottom / scale), "arrival stamp")
            found = Arrivals(rest, (*found.rows, *rows), (*found.regions, region))
    return found


def _patches(page: Pixels, per_mm: float) -> list[tuple[int, int, int, int]]:
    """Give the coloured patches as large as an arrival stamp in the upper part of a page: left, top, right, bottom in pixels."""
    step = max(1, round(per_mm / _FINE))
    mask = _is_coloured(every(page[: round(_UPPER * len(page))], step)).astype(np.uint8)
    if not mask.any():
        return []
    near = np.ones((max(1, round(_TOGETHER * per_mm / step)),) * 2, np.uint8)
    outlines, _ = cv2.findContours(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, near), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    places = [cv2.boundingRect(outline) for outline in outlines]
    (narrow, wide), (low, high) = ((least * per_mm / step, most * per_mm / step) for least, most in _SIDES)
    fitting = [(x, y, w, h) for x, y, w, h in places if narrow <= w <= wide and low <= h <= high and w > _LYING * h]
    fitting = [(x, y, w, h) for x, y, w, h in fitting if _pieces(mask[y : y + h, x : x + w]) >= _LETTERS]
    more = round(_AROUND * per_mm)
    height, width = page.shape[:2]
    found = [
        (max(0, step * x - more), max(0, step * y - more), min(width, step * (x + w) + more), min(height, step * (y + h) + more))
        for x, y, w, h in fitting
    ]
    return sorted(found, key=lambda place: place[1])[:_MOST]


def _pieces(mask: Pixels) -> int:
    return len(cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0])


def _is_coloured(pixels: Pixels) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    red, green, blue = cv2.split(pixels)
    highest, lowest = cv2.max(red, cv2.max(green, blue)), cv2.min(red, cv2.min(green, blue))
    return np.asarray((cv2.subtract(highest, lowest) > _COLOURED) & (lowest < _PAPER), np.bool_)


def _read(pixels: Pixels, at: tuple[int, int], scale: float) -> list[list[Token]]:
    """Read a patch; boxes in points on the page."""
    picture = ImageOps.expand(Image.fromarray(np.where(_is_coloured(pixels), pixels.min(axis=2), 255).astype(np.uint8)), _BORDER, 255)
    lines = recognise(picture, mode="block", at=(at[0] - _BORDER, at[1] - _BORDER))
    return [[scaled(token, 1 / scale) for token in line] for line in lines if any(c.isalnum() for token in line for c in token.text)]


def part_arrivals(rows: Sequence[Row], height: float) -> tuple[list[Row], list[Row], list[Region]]:
    """Part the rows of a page (height in points) from those of an arrival stamp without a frame: the page's, the stamp's, its place."""
    lines = {i: box for i, row in enumerate(rows) if (box := _small(row, height)) and (_is_head(row) or _is_label(_text(row)))}
    for head in (i for i in lines if _is_head(rows[i])):
        own = _grown(head, lines)
        labels = sum(_is_label(_text(rows[i])) or _is_label(_HEAD.sub("", _text(rows[i]))) for i in own)
        if labels >= (1 if len(_text(rows[head]).split()) > 1 and not _is_label(_HEAD.sub("", _text(rows[head]))) else 2):
            stamp = [replace(rows[i], kind="stamp", begins=n == 0) for n, i in enumerate(own)]
            box = union(lines[i] for i in own)
            return [row for i, row in enumerate(rows) if i not in own], stamp, [Region(box, "arrival stamp")] if box else []
    return list(rows), [], []


def _small(row: Row, height: float) -> Box | None:
    """Give the box of a row of text in the upper part of a page that is no longer than a stamp's lines."""
    box = union(token.box for token in row.tokens) if row.kind != "table" and len(row.cells) == 1 else None
    return box if box and box.y1 < _UPPER * height and box.x1 - box.x0 < _WIDEST else None


def _text(row: Row) -> str:
    return " ".join(token.text for token in row.tokens)


def _is_head(row: Row) -> bool:
    """Say whether a row is ĐẾN in capitals, alone or with what the form has beside it."""
    match = _HEAD.match(_text(row))
    rest = _text(row)[match.end() :] if match else ""
    return match is not None and (not any(c.isalnum() for c in rest) or _is_label(rest))


def _is_label(text: str) -> bool:
    """Say whether a line begins as one of the form does; the number of a document is none."""
    return _LABEL.match(folded(text)) is not None and not _NUMBER.search(text)


def _grown(head: int, lines: dict[int, Box]) -> list[int]:
    """Give the lines that hang together with the head, from top to bottom."""
    own = [head]
    for i in _nearest(head, lines):
        if any(_hang_together(lines[i], lines[j]) for j in own):
            own.append(i)
    return sorted(own, key=lambda i: lines[i].y0)


def _nearest(head: int, lines: dict[int, Box]) -> Iterator[int]:
    yield from sorted((i for i in lines if i != head), key=lambda i: abs(lines[i].y0 - lines[head].y0))


def _hang_together(a: Box, b: Box) -> bool:
    return a.y0 - b.y1 < _LINE and b.y0 - a.y1 < _LINE and a.x0 - b.x1 < _LINE and b.x0 - a.x1 < _LINE
