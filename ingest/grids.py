"""Which ruled tables do level and upright strokes make?"""

from collections.abc import Sequence

from ingest.layout import Grid
from ingest.transcript import Box

_LEAST_CELLS = 4
_NEAR = 0.006  # of the page's longer side, for what was scanned


def grids_of(level: Sequence[Box], upright: Sequence[Box], size: tuple[float, float], *, share: float = _NEAR) -> list[Grid]:
    """Find the tables: strokes that cross, at least two each way; boxes and size in the same unit.

    share, of the longer side, is how far apart strokes may lie that are meant to touch.
    """
    near = share * max(size)
    grids = []
    for group_level, group_upright in _crossing(level, upright, near):
        rows = _distinct([(box.y0 + box.y1) / 2 for box in group_level], near)
        columns = _distinct([(box.x0 + box.x1) / 2 for box in group_upright], near)
        if len(rows) < 2 or len(columns) < 2 or (len(rows) - 1) * (len(columns) - 1) < _LEAST_CELLS:
            continue
        grids.append(_grid(rows, columns, group_level, group_upright, near))
    return grids


def _crossing(level: Sequence[Box], upright: Sequence[Box], near: float) -> list[tuple[list[Box], list[Box]]]:
    """Group strokes that touch each other, directly or through others."""
    groups: list[tuple[list[Box], list[Box]]] = []
    for stroke in upright:
        touched = [line for line in level if _touch(line, stroke, near)]
        merged: tuple[list[Box], list[Box]] = ([], [stroke])
        for line in touched:
            merged[0].append(line)
        apart = []
        for group in groups:
            if any(line in group[0] for line in touched):
                merged[0].extend(line for line in group[0] if line not in merged[0])
                merged[1].extend(group[1])
            else:
                apart.append(group)
        groups = [*apart, merged]
    return groups


def _touch(level: Box, upright: Box, near: float) -> bool:
    x, y = (upright.x0 + upright.x1) / 2, (level.y0 + level.y1) / 2
    return level.x0 - near <= x <= level.x1 + near and upright.y0 - near <= y <= upright.y1 + near


def _distinct(values: Sequence[float], near: float) -> list[float]:
    """Give the values in order, those that lie near each other as one."""
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > 2 * near:
            kept.append(value)
    return kept


def _grid(rows: Sequence[float], columns: Sequence[float], level: Sequence[Box], upright: Sequence[Box], near: float) -> Grid:
    """Part the table at its strokes; cells with no stroke between them are one, in the row and column where they begin."""
    taken: set[tuple[int, int]] = set()
    lines: list[list[tuple[int, Box]]] = [[] for _ in rows[1:]]
    for r in range(len(rows) - 1):
        for column in range(len(columns) - 1):
            if (r, column) in taken:
                continue
            right = column + 1
            while right < len(columns) - 1 and not _is_drawn_upright(upright, columns[right], rows[r], rows[r + 1], near):
                right += 1
            bottom = r + 1
            while bottom < len(rows) - 1 and not _is_drawn_level(level, rows[bottom], columns[column], columns[right], near):
                bottom += 1
            taken.update((i, j) for i in range(r, bottom) for j in range(column, right))
            lines[r].append((column, Box(columns[column], rows[r], columns[right], rows[bottom])))
    return Grid(Box(columns[0], rows[0], columns[-1], rows[-1]), tuple(tuple(line) for line in lines))


def _is_drawn_upright(strokes: Sequence[Box], x: float, top: float, bottom: float, near: float) -> bool:
    covered = sum(max(0.0, min(box.y1, bottom) - max(box.y0, top)) for box in strokes if abs((box.x0 + box.x1) / 2 - x) <= 2 * near)
    return covered > 0.5 * (bottom - top)


def _is_drawn_level(strokes: Sequence[Box], y: float, left: float, right: float, near: float) -> bool:
    covered = sum(max(0.0, min(box.x1, right) - max(box.x0, left)) for box in strokes if abs((box.y0 + box.y1) / 2 - y) <= 2 * near)
    return covered > 0.5 * (right - left)
