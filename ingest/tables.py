"""Where do ruling lines make a table in a PDF, and which cells has it?"""

import logging
from pathlib import Path
from typing import Any

import pdfplumber

from ingest.layout import Grid
from ingest.transcript import Box

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of each odd font on the terminal, and nobody can do anything

_FEWEST = 3  # rules each way, or cells, that make a table
_MOST_EDGES = 6_000  # a drawing has more; looking for tables in it would take minutes


def may_hold_table(rules: list[Box]) -> bool:
    """Say whether thin strokes go both ways often enough for a table, so that it is worth looking closer."""
    upright = sum(box.x1 - box.x0 < 3 and box.y1 - box.y0 > 8 for box in rules)
    level = sum(box.y1 - box.y0 < 3 and box.x1 - box.x0 > 20 for box in rules)
    large = sum(box.y1 - box.y0 > 30 and box.x1 - box.x0 > 100 for box in rules)
    return (upright >= 2 and level >= 2) or large >= 1


def find_tables(path: Path, number: int) -> list[Grid]:
    """Find the ruled tables of a page (from 1), boxes in points from its top left; none where the page cannot be parsed."""
    try:
        with pdfplumber.open(path, pages=[number]) as document:
            page = document.pages[0]
            if len(page.edges) > _MOST_EDGES:
                return []
            return [grid for table in page.find_tables() if (grid := _grid(table, page)) is not None]
    except Exception:  # noqa: BLE001  the parser raises whatever a damaged file leads it to; the words are still there without tables
        return []


def _grid(table: Any, page: Any) -> Grid | None:  # noqa: ANN401  pdfplumber's objects
    x, y = page.bbox[0], page.bbox[1]
    lefts = sorted({round(cell[0]) for row in table.rows for cell in row.cells if cell})
    rows = [
        tuple((lefts.index(round(cell[0])), Box(cell[0] - x, cell[1] - y, cell[2] - x, cell[3] - y)) for cell in row.cells if cell)
        for row in table.rows
    ]
    rows = [row for row in rows if row]
    if len(rows) < 1 or sum(map(len, rows)) < _FEWEST or len(lefts) < 2:
        return None
    x0, y0, x1, y1 = table.bbox
    return Grid(Box(x0 - x, y0 - y, x1 - x, y1 - y), tuple(rows))
