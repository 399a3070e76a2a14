"""Where on a page's picture is the stamp of the office that took the paper in (ĐẾN), and what does it say?

Its form is that of Decree 30/2020/NĐ-CP, Appendix IV: a frame of about 50 by 30 mm, the office's name above, ĐẾN beside `Số`,
`Ngày`, `Chuyển`, `Số và ký hiệu HS`. It often lies over the print, so it is read by itself and taken off before the page is read.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageOps

from ingest.characters import folded
from ingest.composing import Row, Token, scaled
from ingest.ocr import recognise
from ingest.scan import Pixels, every
from ingest.transcript import Box, Region

_TO_MM = 25.4 / 72  # a point
_UPPER = 0.55  # of the page's height: papers that come in are stamped above
_FINE = 6.0  # pixels to a mm, in which frames are looked for
_LEVEL, _UPRIGHT = 8, 5  # mm: shorter strokes belong to letters
_GAP = 2.5  # mm: the strokes of a worn frame lie no further apart
_SIDES = ((28.0, 110.0), (12.0, 55.0))  # mm: how wide and how high such stamps are
_INK = 160  # a darker grey is ink
_MOST = 3  # frames that are read on one page
_BEYOND = 8.0  # mm to the right of the frame, in which a line of the page goes on
_WORD_GAP = 2.0  # mm: words of one line stand closer
_PAPER = 235  # a paler grey is paper
_LOWEST = 0.15  # of the frame's height: lower parts hold no line
_RULED_OFF = (0.15, 0.5)  # of the frame's height: where the stroke below the office's name stands
_BESIDE = (0.12, 0.5)  # of the frame's width: where ĐẾN ends
_STRAY = 0.04  # of the frame's height: ink that a gap between words may hold
_GUTTER = 0.008  # of the frame's width: a narrower gap stands between letters
_DOT = 0.75  # mm: as high as the dots on which is written
_BORDER = 20  # pixels of white about what is read
_BESIDE_WORDS = " .,:;|()[]{}_-—'\"“”‘’»«*…"
_ARRIVED = re.compile(r"[ĐDÐ][ÊẾỀỂỄỆEÉÈẺẼẸ]N")
_NAMES = ("congvanden", "cvden", "vanbanden", "soden", "ngayden")  # where it stands in other letters
_LABELS = ("so", "ngay", "gio", "chuyen")
_LONG_LABELS = ("ngay", "chuyen", "luuhoso", "kyhieu")


@dataclass(frozen=True, slots=True)
class Arrivals:
    """A page (in colour) without its arrival stamps, what they say and where they are; boxes in points."""

    rest: Pixels
    rows: tuple[Row, ...] = ()
    regions: tuple[Region, ...] = ()


@dataclass(frozen=True, slots=True)
class _Frame:
    """A frame in pixels of the picture (left, top, right, bottom), and which pixels of its reduced inside are strokes of frames."""

    sides: tuple[int, int, int, int]
    strokes: Pixels
    name_ends: int
    """Where the office's name above ends, from the top of the frame; 0 where it is not ruled off."""


def take_arrivals(page: Pixels, scale: float) -> Arrivals:
    """Find the arrival stamps of a page (in colour) with scale pixels a point, read them and take them off."""
    rest = page
    rows: list[Row] = []
    regions: list[Region] = []
    for frame in islice(_frames(page, scale / _TO_MM), _MOST):
        lines = _read(page, frame, scale / _TO_MM)
        if says_arrived([token.text for line in lines for token in line]):
            rows += [Row((tuple(scaled(token, 1 / scale) for token in line),), "stamp", begins=i == 0) for i, line in enumerate(lines)]
            regions.append(Region(Box(*(side / scale for side in frame.sides)), "arrival stamp"))
            rest = _without(rest, frame, scale / _TO_MM)
    return Arrivals(rest, tuple(rows), tuple(regions))


def says_arrived(words: Sequence[str]) -> bool:
    """Say whether the words in a frame are an arrival stamp's: ĐẾN in capitals and a label, however OCR reads their marks."""
    bare = [word.strip(_BESIDE_WORDS) for word in words]
    together = "".join(c for c in folded("".join(bare)) if c.isalnum())
    labels = any(folded(word).startswith(_LABELS) for word in bare) or any(label in together for label in _LONG_LABELS)
    return labels and (any(_ARRIVED.fullmatch(word) for word in bare) or any(name in together for name in _NAMES))


def _read(page: Pixels, frame: _Frame, per_mm: float) -> list[list[Token]]:
    """Read what stands in a frame, without its strokes and dots: Tesseract takes them for letters."""
    left, top, right, bottom = frame.sides
    grey = _cleared(page[top:bottom, left:right].min(axis=2), frame, per_mm)
    picture = Image.fromarray(grey)
    lines = []
    for x0, y0, x1, y1 in _parts(grey, frame.name_ends):
        part = ImageOps.expand(picture.crop((x0, y0, x1, y1)), _BORDER, 255)
        lines += recognise(part, mode="block", at=(left + x0 - _BORDER, top + y0 - _BORDER))
    return [line for line in lines if any(c.isalnum() for token in line for c in token.text)]


def _without(page: Pixels, frame: _Frame, per_mm: float) -> Pixels:
    """Take a stamp off a page, but not the words of lines that go on to the right of it: it lies over their beginnings."""
    left, top, right, bottom = frame.sides
    pixels = page[top:bottom, left : right + round(_BEYOND * per_mm)]
    edge = right - left
    grey = pixels.min(axis=2)
    grey[:, :edge] = _cleared(grey[:, :edge], frame, per_mm)
    upright = cv2.morphologyEx((grey < _INK).astype(np.uint8), cv2.MORPH_OPEN, np.ones((round(_DOT * per_mm) + 1, 1), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(upright, np.ones((1, round(_WORD_GAP * per_mm)), np.uint8)))
    stays = np.zeros(grey.shape, np.bool_)
    stays[:, edge:] = True
    for i in set(np.unique(labels[:, edge:]).tolist()) - {0}:
        x, y, width, height = stats[i][:4]
        stays[y : y + height, x : x + width] |= grey[y : y + height, x : x + width] < _PAPER
    rest = page.copy()
    rest[top:bottom, left : left + grey.shape[1]][~stays] = 255
    return rest


def _cleared(grey: Pixels, frame: _Frame, per_mm: float) -> Pixels:
    """Give the inside of a frame without its strokes and dots."""
    strokes = cv2.resize(cv2.dilate(frame.strokes, np.ones((3, 3), np.uint8)), grey.shape[::-1], interpolation=cv2.INTER_NEAREST)
    return np.asarray(np.where((strokes > 0) | _dots(grey, _DOT * per_mm), 255, grey), np.uint8)


def _dots(grey: Pixels, largest: float) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Find the dots on which is written, also where they ran together."""
    ink = (grey < _INK).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    return np.asarray((stats[:, cv2.CC_STAT_HEIGHT] <= largest)[labels] & (ink > 0), np.bool_)


def _parts(grey: Pixels, name_ends: int) -> list[tuple[int, int, int, int]]:
    """Part a frame as it is laid out: the office's name above, ĐẾN on the left, what was filled in beside it."""
    height, width = grey.shape
    first, last = (round(share * width) for share in _BESIDE)
    ink = (grey[name_ends:] < _INK).sum(axis=0)
    gaps = "".join("x" if count > _STRAY * height else " " for count in ink[first:last])
    widest = max((gap.span() for gap in re.finditer(" +", gaps)), key=lambda span: span[1] - span[0], default=(0, 0))
    parted = first + sum(widest) // 2 if widest[1] - widest[0] > _GUTTER * width else 0
    parts = [(0, 0, width, name_ends), (0, name_ends, parted, height), (parted, name_ends, width, height)]
    return [part for part in parts if part[3] - part[1] > _LOWEST * height and part[2] > part[0]]


def _frames(page: Pixels, per_mm: float) -> Iterator[_Frame]:
    """Yield the frames as large as an arrival stamp in the upper part of a page, from the top."""
    step = max(1, round(per_mm / _FINE))
    level, upright = _strokes(every(page[: round(_UPPER * len(page))], step), per_mm / step)
    gap = max(1, round(_GAP * per_mm / step))
    joined = cv2.dilate(level | upright, np.ones((gap, gap), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    for i, (x, y, width, height) in enumerate(stats[1:, :4].tolist(), start=1):
        own = (slice(y, y + height), slice(x, x + width))
        is_framed = all((strokes[own] & (labels[own] == i)).any() for strokes in (level, upright))
        (narrow, wide), (low, high) = _SIDES
        if is_framed and narrow <= (width - gap) * step / per_mm <= wide and low <= (height - gap) * step / per_mm <= high:
            place = (x * step, y * step, (x + width) * step, (y + height) * step)
            yield _Frame(place, (level | upright)[own], _name_ends(level[own]) * step)


def _name_ends(level: Pixels) -> int:
    """Find the longest level stroke well inside a frame."""
    height, width = level.shape
    first, last = (round(share * height) for share in _RULED_OFF)
    lengths = level[first:last].sum(axis=1, dtype=np.int64)
    return first + int(lengths.argmax()) if lengths.size and lengths.max() > width / 2 else 0


def _strokes(pixels: Pixels, per_mm: float) -> tuple[Pixels, Pixels]:
    """Give where a picture has long level strokes, and upright ones, whatever their colour; nothing where none stand upright."""
    red, green, blue = cv2.split(pixels)
    ink = cv2.threshold(cv2.min(red, cv2.min(green, blue)), _INK, 1, cv2.THRESH_BINARY_INV)[1]
    flat, tall = np.ones((1, round(_LEVEL * per_mm)), np.uint8), np.ones((round(_UPRIGHT * per_mm), 1), np.uint8)
    upright = cv2.morphologyEx(cv2.dilate(ink, flat[:, :3]), cv2.MORPH_OPEN, tall)
    level = cv2.morphologyEx(cv2.dilate(ink, tall[:3]), cv2.MORPH_OPEN, flat) if cv2.countNonZero(upright) else upright
    return np.asarray(level, np.uint8), np.asarray(upright, np.uint8)
