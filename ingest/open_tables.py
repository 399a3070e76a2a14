"""Which cells has a table that stands open, without upright strokes between its columns?"""

import logging
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from ingest.layout import Grid
from ingest.pieces import Piece
from ingest.transcript import Box
from ingest.unruled import Place

_MOST_EDGES = 6_000  # a drawing has more; looking for tables in it would take minutes
_FEWEST_ROWS = 3
_SAME = 1.0  # points by which two readings of a page's size may differ
_SHIFT = 1.0  # points around a table: its outer rules count to it


def open_tables(path: Path, number: int, places: Sequence[Place], size: tuple[float, float]) -> list[Grid]:
    """Find the cells of the tables at places of a page (from 1) of a size in points; none where the page cannot be parsed."""
    import pdfplumber  # here, as it takes a moment to load and few documents have such tables

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of each odd font on the terminal, and nobody can do anything
    try:
        with pdfplumber.open(path, pages=[number]) as document:
            page = document.pages[0]
            left, top = page.bbox[:2]
            is_other = abs(page.width - size[0]) > _SAME or abs(page.height - size[1]) > _SAME  # cropped: its points are not ours
            if is_other or len(page.edges) > _MOST_EDGES:
                return []
            return [grid for place in places if (grid := _grid(page, place, (left, top))) is not None]
    except Exception:  # noqa: BLE001  the parser raises whatever a damaged file leads it to; the words are still there without tables
        return []


def _grid(page: Any, place: Place, origin: tuple[float, float]) -> Grid | None:  # noqa: ANN401  pdfplumber's objects
    x, y, box = *origin, place.box
    part = page.crop((box.x0 + x - _SHIFT, box.y0 + y - _SHIFT, box.x1 + x + _SHIFT, box.y1 + y + _SHIFT), strict=False)
    tables = part.find_tables({
        "vertical_strategy": "explicit",
        "explicit_vertical_lines": [edge + x for edge in place.edges],
        "horizontal_strategy": place.parted_by,
    })  # fmt: skip
    if not tables:
        return None
    spans = sorted({(row.bbox[1] - y, row.bbox[3] - y) for table in tables for row in table.rows})
    spans[0] = (min(box.y0, spans[0][0]), spans[0][1])
    spans[-1] = (spans[-1][0], max(box.y1, spans[-1][1]))
    rows = tuple(_row(span, place) for span in _joined(spans, place))
    is_table = len(rows) >= _FEWEST_ROWS and 3 * sum(len(row) > 1 for row in rows) >= 2 * len(rows)
    return Grid(Box(box.x0, rows[0][0][1].y0, box.x1, rows[-1][0][1].y1), rows) if is_table else None


def _joined(spans: Sequence[tuple[float, float]], place: Place) -> list[tuple[float, float]]:
    """Give the rows from y to y; a line of text that leaves the first column empty goes on with the cells above it."""
    joined: list[tuple[float, float]] = []
    for low, high in spans:
        inside = _inside((low, high), place)
        goes_on = place.parted_by == "text" and bool(joined) and not any(piece.box.x0 < place.edges[1] for piece in inside)
        if not inside or (goes_on and len(inside) < len(place.edges) - 1):
            joined[-1:] = [(joined[-1][0], high)] if joined else []
        else:
            joined.append((low, high))
    return joined


def _row(span: tuple[float, float], place: Place) -> tuple[tuple[int, Box], ...]:
    """Part a row at the edges of the columns; one with words across an edge is one cell."""
    low, high = span
    if any(piece.box.x0 < edge < piece.box.x1 for piece in _inside(span, place) for edge in place.edges[1:-1]):
        return ((0, Box(place.edges[0], low, place.edges[-1], high)),)
    return tuple((column, Box(left, low, right, high)) for column, (left, right) in enumerate(pairwise(place.edges)))


def _inside(span: tuple[float, float], place: Place) -> list[Piece]:
    return [piece for piece in place.pieces if span[0] <= piece.middle < span[1]]
