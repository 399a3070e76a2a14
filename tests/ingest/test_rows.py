"""Rows of print in a column, and the surer of two readings of it."""

import numpy as np
import pytest

from ingest.composing import Token
from ingest.rows import is_surely_read, rows_in, surer
from ingest.scan import Scan
from ingest.transcript import Box

WHOLE = Box(0, 0, 1000, 600)


def page(*strokes):
    """A white page, 1000 by 600 pixels, with black rectangles."""
    grey = np.full((600, 1000), 255, np.uint8)
    for x0, y0, x1, y1 in strokes:
        grey[y0:y1, x0:x1] = 0
    return Scan(grey, 0.0)


@pytest.mark.parametrize(
    ("rows", "strokes"),
    [
        ([(94, 94, 306, 121), (94, 154, 306, 181)], [(100, 100, 300, 115), (100, 160, 300, 175)]),
        ([(94, 94, 306, 125)], [(150, 100, 155, 104), (100, 107, 300, 119)]),
        ([(94, 94, 306, 121)], [(100, 100, 300, 115), (900, 105, 903, 108)]),
        ([], [(100, 100, 300, 200)]),
        ([], []),
    ],
    ids=["two rows", "a mark above its letters", "a speck far beside", "a signature", "nothing"],
)
def test_rows_are_print_and_nothing_else(rows, strokes):
    """Marks stay with their letters, specks far beside are cut off, and what is higher than two lines is no row."""
    found = [(row.x0, row.y0, row.x1, row.y1) for row in rows_in(page(*strokes), WHOLE)]
    assert [tuple(round(side / 10) for side in row) for row in found] == [tuple(round(side / 10) for side in row) for row in rows]


def line(text, y, confidence):
    """A line of words at a height, each read as surely."""
    return [Token(word, Box(60 * i, y, 60 * i + 50, y + 15), "OCR", confidence) for i, word in enumerate(text.split())]


def texts(lines):
    """The words of lines."""
    return [" ".join(token.text for token in line) for line in lines]


def test_each_row_is_taken_from_the_surer_reading():
    """A row that both have comes from the surer one; what one alone has, from the second only when it is sure of every word."""
    whole = [line("ơi nhận:", 0, 0.6), line("- Như trên;", 30, 0.95)]
    rows = [line("Nơi nhận:", 1, 0.9), line("- Nhu tren", 31, 0.5), line("TL. BỘ TRƯỞNG", 60, 0.95), line("Vb TƠẾ xy", 90, 0.4)]
    assert texts(surer(whole, rows)) == ["Nơi nhận:", "- Như trên;", "TL. BỘ TRƯỞNG"]


def test_two_rows_do_not_take_the_place_of_one():
    """A row that the second reading broke in two is not replaced by a half of it."""
    whole = [line("Đài Phát thanh và Truyền hình", 0, 0.7)]
    assert texts(surer(whole, [line("Đài Phát", 0, 0.99), line("thanh", 2, 0.99)])) == ["Đài Phát thanh và Truyền hình"]


@pytest.mark.parametrize(
    ("surely", "lines"),
    [
        (True, [line("Nơi nhận:", 0, 0.95)]),
        (False, [line("ơi nhận:", 0, 0.6)]),
        (False, [line("Nơi nhận:", 40, 0.95)]),
        (False, [line("Nơi nhận:", 0, 0.95), line("TL. BỘ", 3, 0.95)]),
        (False, []),
    ],
)
def test_only_rows_in_doubt_are_read_again(surely, lines):
    """A row needs no second look where one line stands in it and every word of it was read surely."""
    assert is_surely_read(Box(0, 0, 500, 18), lines) is surely
