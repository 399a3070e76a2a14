"""A place looked at again is read as what stands there, whatever was stamped or printed around it."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.digits_build import _shapes, _smooth
from ingest.look_again import look_again
from ingest.transcript import Blank, Box
from tests.ingest.making import drawn, pdf_of_pictures, serif

POINTS = 72 / 150  # pages here have 150 dots an inch
LEFT, RIGHT, TOP, BOTTOM = 235, 400, 280, 345  # pixels: the blank
PEN, WIDE = 34, 22  # pixels: how high a hand writes, how wide


def written(text, *, ink=(30, 30, 30), at=(262, 292), behind="/QĐ-UBND"):
    """Draw a head with print on both sides of a blank, and digits that a pen wrote into it."""
    page = drawn([], size=(1240, 1754))
    pen, face = ImageDraw.Draw(page), ImageFont.truetype(serif(), 26)
    pen.text((180, 297), "Số:", fill=(20, 20, 20), font=face)
    pen.text((RIGHT, 297), behind, fill=(20, 20, 20), font=face)
    pixels, shapes = np.asarray(page).copy(), _shapes()
    for n, digit in enumerate(text):
        for stroke in shapes[int(digit)][0]:
            line = _smooth(np.array(stroke)) * (WIDE, PEN) + (at[0] + 30 * n, at[1])
            cv2.polylines(pixels, [np.round(line).astype(np.int32)], isClosed=False, color=ink, thickness=4, lineType=cv2.LINE_AA)
    return Image.fromarray(pixels)


def blank(most=9999, page=1):
    """Give the place between `Số:` and the symbol."""
    return Blank(page, Box(LEFT * POINTS, TOP * POINTS, RIGHT * POINTS, BOTTOM * POINTS), most)


def best(path, place):
    """Give the surest reading of a place."""
    (look,) = look_again(path, [place])
    return look.readings[0].digits if look.readings else None


@pytest.mark.parametrize("text", ["07", "23", "84", "299", "464", "1650"])
def test_a_serial_is_read_from_its_blank(text, tmp_path):
    """What is printed beside the blank, the slash above all, is none of it."""
    assert best(pdf_of_pictures(tmp_path / "a.pdf", written(text)), blank()) == text


def test_a_pens_colour_parts_it_from_the_dots_below(tmp_path):
    """Where a blue pen wrote over a dotted line, its ink alone is read."""
    page = written("23", ink=(40, 70, 190))
    ImageDraw.Draw(page).text((262, 305), "……", fill=(20, 20, 20), font=ImageFont.truetype(serif(), 26))
    assert best(pdf_of_pictures(tmp_path / "a.pdf", page), blank(31)) == "23"


def test_a_seal_over_the_digits_is_seen_through(tmp_path):
    """Red is no ink of a registrar's."""
    page = written("84")
    ImageDraw.Draw(page).ellipse((230, 250, 420, 440), outline=(225, 40, 40), width=5)
    assert best(pdf_of_pictures(tmp_path / "a.pdf", page), blank()) == "84"


def test_a_picture_file_is_looked_at_as_well(tmp_path):
    """A scan that came as PNG has the same places."""
    written("84").save(tmp_path / "a.png", dpi=(150, 150))
    assert best(tmp_path / "a.png", blank()) == "84"


def test_no_number_above_the_highest_is_read(tmp_path):
    """A month is not over twelve."""
    (look,) = look_again(pdf_of_pictures(tmp_path / "a.pdf", written("84")), [blank(12)])
    assert all(int(reading.digits) <= 12 for reading in look.readings)


def test_an_empty_blank_stays_empty(tmp_path):
    """Neither `Số:` nor the symbol is taken for digits."""
    assert best(pdf_of_pictures(tmp_path / "a.pdf", written("")), blank()) is None


def test_what_cannot_be_drawn_is_left_out(tmp_path):
    """A page that is not there, a text and a broken file have nothing to look at."""
    (tmp_path / "a.txt").write_text("Số: 84/QĐ-UBND", "utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 broken")
    assert look_again(pdf_of_pictures(tmp_path / "a.pdf", written("84")), [blank(page=7)]) == ()
    assert look_again(tmp_path / "a.txt", [blank()]) == ()
    assert look_again(tmp_path / "b.pdf", [blank()]) == ()


@pytest.mark.parametrize("by", [5, 9])
def test_dots_that_are_written_on_join_no_digits(tmp_path, by):
    """In a long blank the dots or the rule under the digits, and the frame beside them, are no part of a number."""
    page = written("2352", behind="")
    pen = ImageDraw.Draw(page)
    for x in range(240, 560, by):
        pen.rectangle((x, 322, x + 4, 326), fill=(30, 30, 30))
    pen.line((566, 270, 566, 350), fill=(30, 30, 30), width=3)
    place = Blank(1, Box(LEFT * POINTS, TOP * POINTS, 570 * POINTS, 330 * POINTS), 99_999)
    assert best(pdf_of_pictures(tmp_path / "a.pdf", page), place) == "2352"
