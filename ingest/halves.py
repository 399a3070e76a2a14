"""Which stretches of a scanned page stand in two columns and are read better one column at a time?

Tesseract fits one base line to all that stands on a level; two columns with lines of their own spoil each other.
They are found from the white between them, before anything is read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from ingest.scan import DARK, LINE, Scan
from ingest.transcript import Box

_EVERY = 3  # pixels: letters are still seen at every third
_SPACE = 0.5  # lines: half of what is wider than a space between words
_WIDE = 2.2  # lines: a gap that may part two columns
_MIDDLE = (0.25, 0.72)  # of the page's width: where the gap between two columns may lie
_THICK = 0.4  # lines
_LASTS = 0.9  # lines: a lower gap lies between the tall letters of a line
_NEAR = 0.8  # lines: how far an edge may be moved; between two lines there is white
_BEYOND = 1.5  # lines: how far a stretch may go on where print stands on one side only
_TALL = 2.0  # lines: a lower run of white is only a gap in one line
_LEAST_INK = 0.00004  # of the page's pixels, on each side

Ink = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class Halves:
    """A stretch of a page from y = top to bottom with white around x = gutter; pixels."""

    top: float
    bottom: float
    gutter: float

    def sides(self, width: float) -> tuple[Box, Box]:
        """Give the two rectangles."""
        return Box(0, self.top, self.gutter, self.bottom), Box(self.gutter, self.top, width, self.bottom)


def find_halves(scan: Scan) -> list[Halves]:
    """Find the stretches: levels on which the same white parts print, and a little more above and below if it is white there too."""
    ink = scan.grey[::_EVERY, ::_EVERY] < DARK
    line = LINE * ink.shape[1]
    gaps: list[Box] = []
    for gap in _gaps(ink, line):
        joined = _joined(ink, gaps[-1], gap, line) if gaps else None
        gaps[-1:] = [joined] if joined else [*gaps[-1:], gap]
    found: list[Halves] = []
    for gap in gaps:
        top, bottom = _reach(ink, gap, line)
        if bottom - top <= _TALL * line:
            continue
        top, bottom = max(top, gap.y0 - _BEYOND * line), min(bottom, gap.y1 + _BEYOND * line)
        top = max(_between_lines(ink, top, line), found[-1].bottom if found else 0.0)
        halves = Halves(top, _between_lines(ink, bottom, line), (gap.x0 + gap.x1) / 2)
        if _has_two_sides(ink, halves):
            found.append(halves)
    return [Halves(halves.top * _EVERY, halves.bottom * _EVERY, halves.gutter * _EVERY) for halves in found]


def _gaps(ink: Ink, line: float) -> Iterator[Box]:
    """Yield, from top to bottom, the wide gaps with print on both sides that last as a line does."""
    start, common = 0, (0, 0)
    for level, gap in enumerate([*_widest(_thick(ink, round(_THICK * line)), line), (0, 0)]):
        both = (max(common[0], gap[0]), min(common[1], gap[1]))
        if both[1] - both[0] > _WIDE * line:
            common = both
            continue
        if level - start > _LASTS * line:
            yield _in_the_middle(Box(common[0], start, common[1], level), ink.shape[1])
        start, common = level, gap


def _thick(ink: Ink, by: int) -> Ink:
    """Spread ink up and down: seen on the level of their tallest letters alone, words have gaps between them."""
    thick = ink.copy()
    for step in range(1, by + 1):
        thick[step:] |= ink[:-step]
        thick[:-step] |= ink[step:]
    return thick


def _widest(ink: Ink, line: float) -> list[tuple[int, int]]:
    """Give for each row of pixels the ends of its widest gap that may part two columns; 0, 0 where there is none."""
    inked, width = np.flatnonzero(ink), ink.shape[1]
    ends = np.flatnonzero(np.diff(inked) > _WIDE * line)
    widest = [(0, 0)] * len(ink)
    for at, after in zip(inked[ends].tolist(), inked[ends + 1].tolist(), strict=True):
        level, left = divmod(at, width)
        right = after - level * width  # beyond the width it stands on another row
        if left < _MIDDLE[1] * width and _MIDDLE[0] * width < right < width and right - left > widest[level][1] - widest[level][0]:
            widest[level] = (left, right)
    return widest


def _in_the_middle(gap: Box, width: int) -> Box:
    """Cut a gap to the part in which columns may part."""
    return Box(max(gap.x0, _MIDDLE[0] * width), gap.y0, min(gap.x1, _MIDDLE[1] * width), gap.y1)


def _joined(ink: Ink, above: Box, gap: Box, line: float) -> Box | None:
    """Give two gaps as one if the white between them goes on; None if not."""
    x0, x1 = max(above.x0, gap.x0), min(above.x1, gap.x1)
    if x1 - x0 < 2 * _SPACE * line:
        return None
    joined = Box(x0, above.y0, x1, gap.y1)
    return joined if _reach(ink, joined, line)[1] >= gap.y0 else None


def _reach(ink: Ink, gap: Box, line: float) -> tuple[float, float]:
    """Find how far up and down the middle of a gap is white, wider than a space between words."""
    x, level = (gap.x0 + gap.x1) / 2, int(gap.y0 + _THICK * line)
    inked = np.flatnonzero(ink[:, int(x - _SPACE * line) : int(x + _SPACE * line) + 1].sum(axis=1) > 1)
    at = int(np.searchsorted(inked, level))
    return float(inked[at - 1] + 1) if at else 0.0, float(inked[at]) if at < len(inked) else float(len(ink))


def _between_lines(ink: Ink, y: float, line: float) -> float:
    """Move an edge to the level near it with the least ink, so that no line is cut."""
    first, last = max(0, int(y - _NEAR * line)), min(len(ink), int(y + _NEAR * line) + 1)
    rows = ink[first:last].sum(axis=1)
    least = np.flatnonzero(rows == rows.min())
    return float(first + int(least[len(least) // 2]))


def _has_two_sides(ink: Ink, halves: Halves) -> bool:
    part, at = ink[int(halves.top) : int(halves.bottom)], int(halves.gutter)
    return int(min(part[:, :at].sum(), part[:, at:].sum())) > _LEAST_INK * ink.size
