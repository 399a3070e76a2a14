"""Strokes of a PDF page make a table where they cross, however they were drawn."""

from itertools import pairwise

import pytest

from ingest.pdf import Pdf
from ingest.tables import find_tables
from ingest.transcript import Box
from tests.ingest.making import pdf_of

XS, YS = (80, 130, 400, 520), (500, 550, 600)  # points from the bottom left, as the file counts
ROWS, COLUMNS = len(YS) - 1, len(XS) - 1
RULES = " ".join(
    [f"{x} {YS[0]} m {x} {YS[-1]} l S" for x in XS] + [f"{XS[0]} {y} m {XS[-1]} {y} l S" for y in YS],
)
ONE_PATH = RULES.replace(" S", "") + " S"
CELLS = " ".join(f"{a} {c} {b - a} {d - c} re S" for a, b in pairwise(XS) for c, d in pairwise(YS))
THIN_FILLS = " ".join(
    [f"{x} {c} 0.5 {d - c} re f" for x in XS for c, d in pairwise(YS)] + [f"{a} {y} {b - a} 0.5 re f" for y in YS for a, b in pairwise(XS)]
)


def tables_of(tmp_path, drawing):
    """Find the tables of a page with a drawing on it."""
    with Pdf(pdf_of(tmp_path / "a.pdf", [], extra=drawing.encode()), "a.pdf") as pdf:
        return find_tables(pdf.read(1).figures.strokes, *pdf.size(1))


@pytest.mark.parametrize("drawing", [RULES, ONE_PATH, CELLS, THIN_FILLS], ids=["rules", "one path", "frames", "bars"])
def test_a_table_is_found_however_it_is_drawn(tmp_path, drawing):
    """Rule by rule, all in one path, as frames of cells, as thin bars; boxes in points from the top left."""
    (grid,) = tables_of(tmp_path, drawing)
    assert [len(row) for row in grid.rows] == [COLUMNS] * ROWS
    first = grid.rows[0][0][1]
    for found, meant in zip((first.x0, first.y0, first.x1, first.y1), (80, 842 - 600, 130, 842 - 550), strict=True):
        assert found == pytest.approx(meant, abs=1.5)


def test_a_scaled_drawing_stands_where_it_is_seen(tmp_path):
    """The matrix of a path is applied to the lines that it is made of."""
    (grid,) = tables_of(tmp_path, f"q 0.5 0 0 0.5 100 200 cm {ONE_PATH} Q")
    assert grid.box.x0 == pytest.approx(140, abs=1) and grid.box.y1 == pytest.approx(842 - 450, abs=1)


def test_cells_without_a_stroke_between_are_one(tmp_path):
    """A merged cell stands in the column where it begins."""
    (grid,) = tables_of(tmp_path, RULES.replace("130 500 m 130 600 l S", "130 500 m 130 550 l S"))
    assert [[column for column, _ in row] for row in grid.rows] == [[0, 2], [0, 1, 2]]


@pytest.mark.parametrize(
    "drawing",
    [
        "80 500 440 100 re S",  # one frame
        "80 500 m 520 500 l S 80 550 m 520 550 l S",  # two rules
        "0.9 g 80 500 220 50 re f 0.8 g 300 500 220 50 re f 0.7 g 80 550 220 50 re f 300 550 220 50 re f",  # grounds behind words
        "80 500 m 520 610 l S 80 610 m 520 500 l S",  # a cross
    ],
)
def test_other_drawings_are_no_table(tmp_path, drawing):
    """A frame around a text, underlines, coloured grounds and slanted lines part nothing into cells."""
    assert tables_of(tmp_path, drawing) == []


def test_a_drawing_of_many_strokes_is_no_table():
    """It is not searched, which would take minutes."""
    level = [Box(0, 3 * i, 500, 3 * i) for i in range(250)]
    assert find_tables([*level, *(Box(box.y0, 0, box.y0, 500) for box in level)], 595, 842) == []
