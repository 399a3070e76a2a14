"""Which words and lines do loose glyphs make?"""

import statistics
from bisect import bisect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from ingest.characters import clean, is_disguised, raised
from ingest.composing import Token, many, union
from ingest.glyphs import Glyphs
from ingest.syllables import unglued
from ingest.transcript import Box, Origin

_GAP = 0.22  # of the font's height: a wider gap inside a line parts two words
_TOUCH = 0.03  # of the font's height: a space narrower than this is not seen
_SMALL = 0.8  # of the line's height: a number smaller than this and raised marks a footnote


def lines_of(glyphs: Glyphs, fills: Sequence[Token] = ()) -> list[list[Token]]:
    """Part glyphs into words, and words into lines from top to bottom, each line from left to right.

    fills are words that stand on the page besides; where one is printed over a number, it counts instead.
    """
    return in_lines([word for run in runs_of(glyphs) for word in words_of(run)], fills)


def in_lines(words: Sequence[Token], fills: Sequence[Token] = ()) -> list[list[Token]]:
    """Put words into lines from top to bottom; a fill that is printed over a number counts instead."""
    if fills:
        words = [word for word in words if not (word.text.isdigit() and any(_overprints(fill, word) for fill in fills))]
    return [_joined(line) for line in _lines([*words, *fills])]


def _overprints(fill: Token, word: Token) -> bool:
    a, b = _box(fill), _box(word)
    across, down = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
    return across > 0.5 * (b.x1 - b.x0) and down > 0.5 * (b.y1 - b.y0)


@dataclass(slots=True)
class Run:  # not frozen: a page has hundreds, and to make one takes four times as long
    """Glyphs that stand side by side: their text as the file has it, the box around them, the engine's number of the first."""

    text: str
    box: Box
    is_added: bool
    first: int

    @property
    def is_strange(self) -> bool:
        """Say whether letters of another script or invisible characters stand among Vietnamese ones."""
        return not self.text.isascii() and is_disguised(self.text)


def runs_of(glyphs: Glyphs) -> list[Run]:
    """Part glyphs where one does not follow the other on the same line: spaces, gaps, jumps, another size."""
    blank = glyphs.is_blank
    inked, spaces = glyphs.where(~blank), np.cumsum(blank)[~blank]
    if (again := _same_again(inked)).any():
        kept = np.concatenate(([True], ~again))
        inked, spaces = inked.where(kept), spaces[kept]
    if not len(inked):
        return []
    starts = np.concatenate(([0], 1 + np.flatnonzero(_parts(inked, np.diff(spaces) > 0))))
    left, top, right, bottom = inked.places.T
    low, high = np.minimum.reduceat, np.maximum.reduceat
    sides = (low(left, starts), low(top, starts), high(right, starts), high(bottom, starts))
    columns = (many(Box, *(side.tolist() for side in sides)), inked.added[starts].tolist(), inked.numbers[starts].tolist())
    letters, edges = inked.text, [*starts.tolist(), len(inked)]
    return [
        Run(letters[start:end], box, is_added, first)
        for start, end, box, is_added, first in zip(edges[:-1], edges[1:], *columns, strict=True)
    ]


def _which(codes: NDArray[np.uint32], holds: Callable[[str], bool]) -> NDArray[np.bool_]:
    """Say of each character whether something holds; each is asked about once."""
    kinds, which = np.unique(codes, return_inverse=True)
    found: NDArray[np.bool_] = np.array([holds(chr(code)) for code in kinds.tolist()], dtype=bool)[which]
    return found


def _same_again(inked: Glyphs) -> NDArray[np.bool_]:
    """Say of each inked glyph but the first whether it is the one before it printed once more, for bold."""
    codes, a, b = inked.codes, inked.places[:-1], inked.places[1:]
    width = np.maximum(0.5, a[:, 2] - a[:, 0])
    same: NDArray[np.bool_] = (codes[1:] == codes[:-1]) & (abs(a[:, 0] - b[:, 0]) < 0.25 * width) & (abs(a[:, 1] - b[:, 1]) < 1.0)
    return same


def _parts(inked: Glyphs, after_space: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Say of each inked glyph but the first whether a word begins at it."""
    codes, a, b = inked.codes, inked.places[:-1], inked.places[1:]
    tall_a, tall_b = a[:, 3] - a[:, 1], b[:, 3] - b[:, 1]
    height = np.maximum(1.0, np.minimum(tall_a, tall_b))
    gap = b[:, 0] - a[:, 2]
    raises, lowers = tall_b < _SMALL * tall_a, tall_a < _SMALL * tall_b
    mark = raises | lowers  # of a footnote, where the smaller one is a digit
    mark[mark] = _which(np.where(raises, codes[1:], codes[:-1])[mark], str.isdigit)
    jumps = abs((a[:, 1] + a[:, 3]) - (b[:, 1] + b[:, 3])) > 2 * 0.6 * height
    parts: NDArray[np.bool_] = (
        jumps | mark | (gap < -0.9 * height) | (gap > np.where(after_space, _TOUCH, _GAP) * height) | (inked.added[1:] != inked.added[:-1])
    )
    return parts


def words_of(run: Run) -> list[Token]:
    """Give the words of a run, cleaned, parted again where a lost space shows."""
    pieces = _pieces(run.text)
    origin: Origin = "signature" if run.is_added else "text layer"
    if len(pieces) == 1:
        return [Token(pieces[0], run.box, origin)]
    length, at, words = sum(map(len, pieces)), 0, []
    for piece in pieces:
        x0, x1 = (run.box.x0 + (run.box.x1 - run.box.x0) * n / length for n in (at, at + len(piece)))
        words.append(Token(piece, Box(x0, run.box.y0, x1, run.box.y1), origin))
        at += len(piece)
    return words


@lru_cache(maxsize=65536)
def _pieces(text: str) -> tuple[str, ...]:
    return tuple(unglued(clean(text)).split())


def _box(token: Token) -> Box:
    if token.box is None:
        raise ValueError("a word on a page has a box")
    return token.box


_Placed = tuple[float, tuple[float, float], float, Token]
"""A word under twice the y of its middle, its top and bottom, twice the x of its middle."""


class _Line:
    """A line while its words are gathered; its extent is that of its middle word, so that one odd size does not stretch it."""

    def __init__(self) -> None:
        self._words: list[_Placed] = []
        self._tops: list[float] = []
        self._bottoms: list[float] = []
        self._top = self._bottom = 0.0

    def takes(self, top: float, bottom: float) -> bool:
        """Say whether a word from top to bottom overlaps the line by half of its height."""
        tall, high = self._bottom - self._top, bottom - top
        overlap = min(self._bottom, bottom) - max(self._top, top)
        return overlap > 0.5 * min(tall, high) and abs(top + bottom - self._top - self._bottom) < max(tall, high)

    def add(self, words: Sequence[_Placed], top: float, bottom: float) -> None:
        """Take in words that all stand from top to bottom."""
        self._words += words
        for values, value in ((self._tops, top), (self._bottoms, bottom)):
            at = bisect(values, value)
            values[at:at] = [value] * len(words)
        self._top, self._bottom = _median(self._tops), _median(self._bottoms)

    def in_order(self) -> list[Token]:
        """Give the words from left to right."""
        return [placed[-1] for placed in sorted(self._words, key=itemgetter(2))]


def _median(ordered: Sequence[float]) -> float:
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _lines(words: Iterable[Token]) -> list[list[Token]]:
    """Group words whose heights overlap by half into lines; most words of a line stand equally high and are placed together."""
    lines: list[_Line] = []
    placed: list[_Placed] = [(box.y0 + box.y1, (box.y0, box.y1), box.x0 + box.x1, word) for word in words for box in (_box(word),)]
    placed.sort(key=itemgetter(0))
    for (top, bottom), group in groupby(placed, key=itemgetter(1)):
        line = next((line for line in reversed(lines[-4:]) if line.takes(top, bottom)), None)
        if line is None:
            line = _Line()
            lines.append(line)
        line.add(list(group), top, bottom)
    return [line.in_order() for line in lines]


def _joined(line: Sequence[Token]) -> list[Token]:
    """Write footnote marks as raised digits, joined to the word that they follow."""
    if not any(word.text.isdigit() for word in line):
        return list(line)
    boxes = [_box(word) for word in line]
    height = statistics.median([box.y1 - box.y0 for box in boxes])
    base = statistics.median([box.y1 for box in boxes])
    joined: list[Token] = []
    for word, box in zip(line, boxes, strict=True):
        is_mark = word.text.isdigit() and word.origin == "text layer" and box.y1 - box.y0 < _SMALL * height and box.y1 < base - 0.1 * height
        if not is_mark:
            joined.append(word)
            continue
        mark = Token(raised(word.text), box, word.origin, word.confidence)
        if joined and box.x0 - _box(joined[-1]).x1 < 0.12 * height:
            before = joined.pop()
            mark = Token(before.text + mark.text, union((before.box, box)), before.origin)
        joined.append(mark)
    return joined
