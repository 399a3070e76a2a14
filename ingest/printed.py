"""Which words and lines do loose glyphs make?"""

import statistics
from collections.abc import Iterable, Iterator, Sequence

from ingest.characters import clean, raised
from ingest.composing import Token, union
from ingest.pdf import Glyph
from ingest.syllables import unglued
from ingest.transcript import Box, Origin

_GAP = 0.22  # of the font's height: a wider gap inside a line parts two words
_TOUCH = 0.03  # of the font's height: a space narrower than this is not seen
_SMALL = 0.8  # of the line's height: a number smaller than this and raised marks a footnote


def lines_of(glyphs: Sequence[Glyph], fills: Sequence[Token] = ()) -> list[list[Token]]:
    """Part glyphs into words, and words into lines from top to bottom, each line from left to right.

    fills are words that stand on the page besides; where one is printed over a number, it counts instead.
    """
    words = [word for run in _runs(glyphs) for word in _words(run)]
    words = [word for word in words if not any(_overprints(fill, word) for fill in fills)]
    return [_joined(line) for line in _lines([*words, *fills])]


def _overprints(fill: Token, word: Token) -> bool:
    a, b = _box(fill), _box(word)
    across, down = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
    return word.text.isdigit() and across > 0.5 * (b.x1 - b.x0) and down > 0.5 * (b.y1 - b.y0)


def _runs(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Part glyphs where one does not follow the other on the same line: spaces, gaps, jumps, another size."""
    run: list[Glyph] = []
    space: Glyph | None = None
    for glyph in glyphs:
        if not glyph.text.strip() or glyph.text in "\u00a0\u0002\ufffe":
            space = glyph
            continue
        if run and _parts(run[-1], glyph, after_space=space is not None):
            yield run
            run = []
        if not (run and _same_again(run[-1], glyph)):
            run.append(glyph)
        space = None
    if run:
        yield run


def _parts(before: Glyph, glyph: Glyph, *, after_space: bool) -> bool:
    a, b = before.box, glyph.box
    height = max(1.0, min(a.y1 - a.y0, b.y1 - b.y0))
    gap = b.x0 - a.x1
    if before.is_added != glyph.is_added or abs(_middle(a) - _middle(b)) > 0.6 * height or gap < -0.9 * height:
        return True
    if (glyph.text.isdigit() and _smaller(b, a)) or (before.text.isdigit() and _smaller(a, b)):
        return True  # a footnote's mark
    return gap > (_TOUCH if after_space else _GAP) * height


def _smaller(box: Box, than: Box) -> bool:
    return box.y1 - box.y0 < _SMALL * (than.y1 - than.y0)


def _same_again(before: Glyph, glyph: Glyph) -> bool:
    width = max(0.5, before.box.x1 - before.box.x0)
    return before.text == glyph.text and abs(before.box.x0 - glyph.box.x0) < 0.25 * width and abs(before.box.y0 - glyph.box.y0) < 1.0


def _middle(box: Box) -> float:
    return (box.y0 + box.y1) / 2


def _words(run: Sequence[Glyph]) -> Iterator[Token]:
    """Clean a run and part it again where a lost space shows."""
    box = union(glyph.box for glyph in run)
    text = clean("".join(glyph.text for glyph in run)).strip()
    if not text or box is None:
        return
    origin: Origin = "signature" if run[0].is_added else "text layer"
    pieces = unglued(text).split()
    length, at = max(1, sum(map(len, pieces))), 0
    for piece in pieces:
        x0, x1 = (box.x0 + (box.x1 - box.x0) * n / length for n in (at, at + len(piece)))
        yield Token(piece, Box(x0, box.y0, x1, box.y1), origin)
        at += len(piece)


def _box(token: Token) -> Box:
    if token.box is None:
        raise ValueError("a word on a page has a box")
    return token.box


def _lines(words: Iterable[Token]) -> list[list[Token]]:
    """Group words whose heights overlap by half into lines."""
    lines: list[list[Token]] = []
    tops: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda word: _middle(_box(word))):
        box = _box(word)
        for i in range(len(lines) - 1, max(-1, len(lines) - 5), -1):
            top, bottom = tops[i]
            overlap = min(bottom, box.y1) - max(top, box.y0)
            if overlap > 0.5 * min(bottom - top, box.y1 - box.y0) and abs(_middle(box) - (top + bottom) / 2) < 0.5 * max(
                bottom - top, box.y1 - box.y0
            ):
                lines[i].append(word)
                tops[i] = _extent(lines[i])
                break
        else:
            lines.append([word])
            tops.append((box.y0, box.y1))
    return [sorted(line, key=lambda word: (_box(word).x0 + _box(word).x1) / 2) for line in lines]


def _extent(line: Sequence[Token]) -> tuple[float, float]:
    """Give top and bottom of a line, from its middle word so that one odd size does not stretch it."""
    return statistics.median(_box(w).y0 for w in line), statistics.median(_box(w).y1 for w in line)


def _joined(line: Sequence[Token]) -> list[Token]:
    """Write footnote marks as raised digits, joined to the word that they follow."""
    height = statistics.median(_box(word).y1 - _box(word).y0 for word in line)
    base = statistics.median(_box(word).y1 for word in line)
    joined: list[Token] = []
    for word in line:
        box = _box(word)
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
