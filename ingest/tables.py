"""Where do the strokes of a PDF page make a table, and which cells has it?"""

from collections.abc import Iterable
from itertools import groupby

from ingest.grids import grids_of
from ingest.layout import Grid
from ingest.transcript import Box

_THICK = 3.0  # points: a thicker stroke is a bar
_SHORT = 4.0  # points: a shorter stroke is a dash or a dot, unless it goes on from another
_CLOSE = 2.0  # points: strokes so near are one
_MOST, _MOST_CROSSINGS = 4_000, 40_000  # a drawing has more strokes; looking for tables in it would take minutes
_NEAR = 0.0022  # of the page's longer side: what is drawn is more even than what is scanned


def find_tables(strokes: Iterable[Box], width: float, height: float) -> list[Grid]:
    """Find the ruled tables that level and upright strokes make; all in points from the top left of the page."""
    thin = [box for box in strokes if min(box.x1 - box.x0, box.y1 - box.y0) < _THICK]
    if len(thin) > _MOST:
        return []
    level = joined([box for box in thin if box.x1 - box.x0 >= box.y1 - box.y0], is_level=True)
    upright = joined([box for box in thin if box.y1 - box.y0 > box.x1 - box.x0], is_level=False)
    if len(level) < 2 or len(upright) < 2 or len(level) * len(upright) > _MOST_CROSSINGS:
        return []
    return grids_of(level, upright, (width, height), share=_NEAR)


def joined(strokes: list[Box], *, is_level: bool) -> list[Box]:
    """Make one stroke of those that lie on one line and touch: a table is drawn cell by cell."""
    parts = sorted(_flat(box, is_level=is_level) for box in strokes)
    whole: list[tuple[float, float, float]] = []
    for _, line in groupby(_levelled(parts), key=lambda part: part[0]):
        start, open_ = len(whole), sorted(line, key=lambda part: part[1])
        for at, low, high in open_:
            if len(whole) > start and low - whole[-1][2] < _CLOSE:
                whole[-1] = (at, whole[-1][1], max(whole[-1][2], high))
            else:
                whole.append((at, low, high))
    long = [part for part in whole if part[2] - part[1] >= _SHORT]
    return [Box(low, at, high, at) if is_level else Box(at, low, at, high) for at, low, high in long]


def _flat(box: Box, *, is_level: bool) -> tuple[float, float, float]:
    """Give where a stroke lies across, where it begins and ends along."""
    if is_level:
        return (box.y0 + box.y1) / 2, box.x0, box.x1
    return (box.x0 + box.x1) / 2, box.y0, box.y1


def _levelled(parts: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Give strokes that lie nearly on one line, in order, the same line."""
    even: list[tuple[float, float, float]] = []
    for at, low, high in parts:
        even.append((even[-1][0] if even and at - even[-1][0] < _CLOSE else at, low, high))
    return even
