"""A blank that a hand filled is read with digits only, and never more than guessed."""

import pytest
from PIL import ImageDraw, ImageFont

from ingest.composing import Token
from ingest.handwriting import fill_blanks
from ingest.scan import prepare
from ingest.strokes import written_in
from ingest.transcript import Box
from tests.ingest.making import drawn, serif

PEN = 62  # pixels: handwriting is larger than print


def page_with(digits, x, y):
    """Draw digits on a page of 300 dots an inch."""
    page = drawn([], size=(2480, 3508))
    ImageDraw.Draw(page).text((x, y), digits, fill=(30, 30, 30), font=ImageFont.truetype(serif(), PEN))
    return prepare(page)


def head(*words):
    """Make a line of the head: each word with its left and right; what stands between was read with a confidence."""
    return [Token(text, Box(x0, 500, x1, 545), "OCR", confidence) for text, x0, x1, confidence in words]


def texts(line):
    """Give the words of a line."""
    return [token.text for token in line]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("filled", "digits", "line"),
    [
        (["Số:", "84", "/CT-UBND"], "84", [("Số:", 400, 470, 0.9), ("#4", 480, 560, 0.2), ("/CT-UBND", 620, 850, 0.9)]),
        (["Số:", "84", "/CT-UBND"], "84", [("Số:", 400, 470, 0.9), ("/CT-UBND", 620, 850, 0.9)]),
        (["Số:", "99", "/CT-UBND"], "84", [("Số:", 400, 470, 0.9), ("99", 480, 560, 0.95), ("/CT-UBND", 620, 850, 0.9)]),
        (["số", "7", "/CT-UBND"], "84", [("số", 400, 470, 0.9), ("7", 480, 560, 0.2), ("/CT-UBND", 620, 850, 0.9)]),
        (["Số:", "7/CT-UBND"], "84", [("Số:", 400, 470, 0.9), ("7/CT-UBND", 480, 850, 0.7)]),
    ],
)
def test_a_blank_is_filled_with_digits_that_fit(filled, digits, line):
    """The number is read again where it was doubtful; printed numbers, and those in a sentence, stay as they were read."""
    (found,) = fill_blanks(page_with(digits, 490, 488), [head(*line)])
    assert texts(found) == filled
    assert all(token.confidence <= 0.6 for token in found if token.text == digits)


SENTENCE = ("của", "Ủy", "ban", "nhân")
DATE = [("ngày", 1390, 1470, 0.9), ("2ÿ", 1480, 1560, 0.1), ("tháng", 1620, 1720, 0.9), ("02", 1740, 1790, 0.9), ("năm", 1800, 1870, 0.9)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("filled", "digits", "line"),
    [
        (["ngày", "23", "tháng", "02", "năm"], "23", DATE),
        (["ngày", "2ÿ", "tháng", "02", "năm"], "84", DATE),
        (["ngày", "tháng", "02", "năm"], "", [DATE[0], *DATE[2:]]),
        (
            ["ngày", "2ÿ", "tháng", "02", "năm", "của", "Ủy", "ban", "nhân"],
            "23",
            [*DATE, *(((w, 1880, 1900, 0.9)) for w in ["của", "Ủy", "ban", "nhân"])],
        ),
    ],
)
def test_a_day_is_filled_only_in_the_date_of_the_head(filled, digits, line):
    """A day has at most 31; an empty blank stays empty; a date inside a sentence is no blank."""
    (found,) = fill_blanks(page_with(digits, 1490, 488), [head(*line)])
    assert texts(found) == filled


def test_nothing_is_looked_for_below_the_head():
    """A number or a date in the body is no blank."""
    line = [Token(t.text, Box(t.box.x0, 2000, t.box.x1, 2045), "OCR", 0.9) for t in head(*DATE)]
    assert fill_blanks(page_with("", 0, 0), [line]) == [line]


def test_digits_are_counted_by_their_strokes():
    """Rules at the edge and dots are no digits."""
    assert written_in(page_with("299", 100, 488).grey[470:570, 80:320]).count == 3
    assert written_in(page_with(".", 100, 488).grey[470:570, 80:320]).count == 0
