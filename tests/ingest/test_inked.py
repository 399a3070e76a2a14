"""Signatures and handwritten notes are kept as pictures; print, seals, tables and drawings never are."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.composing import Row, Sheet, Token, compose
from ingest.inked import inked
from ingest.read import read
from ingest.transcript import Box, Region
from tests.ingest.making import pdf_of_pictures, serif

SCALE = 150 / 72
BLACK, BLUE, RED = (25, 25, 25), (40, 70, 190), (225, 60, 60)
BODY = tuple((150, 300 + 44 * n, "Ủy ban nhân dân tỉnh yêu cầu các cơ quan, đơn vị báo cáo") for n in range(10))
SIGNED = (*BODY, (800, 900, "CHỦ TỊCH"), (780, 1150, "Nguyễn Văn Mẫu"), (150, 900, "Nơi nhận:"))
LONE = (*BODY, (780, 1150, "phụ lục kèm theo"))


def page(lines, *scrawls, ink=BLACK, size=(1240, 1754)):
    """Give the picture of a page and the page as read: lines as (x, y, text), scrawls as (x, y, width, height) in pixels."""
    picture = Image.new("RGB", size, "white")
    pen, face, rows = ImageDraw.Draw(picture), ImageFont.truetype(serif(), 26), []
    for x, y, text in lines:
        pen.text((x, y), text, fill=BLACK, font=face)
        rows.append(Row((tuple(_tokens(pen, x, y, text, face)),)))
    pixels = np.array(picture)
    for place in scrawls:
        cv2.polylines(pixels, [scrawl(*place)], isClosed=False, color=ink, thickness=4, lineType=cv2.LINE_AA)
    return pixels, compose(Sheet(1, size[0] / SCALE, size[1] / SCALE, "OCR"), rows)


def _tokens(pen, x, y, text, face):
    for word in text.split():
        x0, y0, x1, y1 = (side / SCALE for side in pen.textbbox((x, y), word, font=face))
        yield Token(word, Box(x0, y0, x1, y1), "OCR", 0.95)
        x = pen.textbbox((x, y), word + " ", font=face)[2]


def scrawl(x, y, width, height):
    """Give a line that goes up and down and to the right, as a hand's does."""
    along = np.linspace(0, 1, 200)
    down = 0.5 + 0.5 * np.sin(along * 22) * (1 - 0.6 * along)
    return np.round(np.stack([x + width * along, y + height * down], axis=1)).astype(np.int32)


def found(pixels, read_page):
    return [region.kind for region in inked(pixels, read_page)]


@pytest.mark.parametrize("ink", [BLACK, BLUE])
def test_a_signature_stands_over_a_name(ink):
    """What a hand drew below the signer's title and over his name is one picture, with all of it inside."""
    (region,) = inked(*page(SIGNED, (780, 960, 320, 150), ink=ink))
    assert region.kind == "signature"
    assert (region.box.x0 * SCALE, region.box.y0 * SCALE) == (pytest.approx(768, abs=8), pytest.approx(956, abs=8))
    assert (region.box.x1 * SCALE, region.box.y1 * SCALE) == (pytest.approx(1112, abs=8), pytest.approx(1119, abs=8))


@pytest.mark.parametrize(
    ("kinds", "lines", "scrawl_at", "ink"),
    [
        (["handwriting"], LONE, (24, 600, 118, 220), BLACK),
        (["handwriting"], BODY, (800, 40, 220, 90), BLACK),
        (["handwriting"], BODY, (300, 380, 400, 120), BLUE),
        (["handwriting"], LONE, (300, 900, 400, 120), BLUE),
        ([], LONE, (300, 900, 400, 120), BLACK),
        ([], LONE, (300, 900, 400, 120), RED),
        ([], (), (300, 900, 400, 120), BLUE),
        ([], LONE, (200, 1300, 900, 200), BLUE),
    ],
)
def test_a_note_stands_in_a_margin_or_in_blue(kinds, lines, scrawl_at, ink):
    """Beside the lines, above them, or in a pen's colour; a black line among them may be a drawing, and so may a very wide one."""
    assert found(*page(lines, scrawl_at, ink=ink)) == kinds


def test_strokes_of_one_hand_are_one_picture():
    """A name in two strokes with a flourish below."""
    assert found(*page(SIGNED, (780, 960, 120, 110), (920, 970, 160, 110), (800, 1075, 300, 60))) == ["signature"]


def test_print_is_never_a_picture():
    """Not even print that was not read: letters are small or dense, rules straight."""
    pixels, as_read = page(SIGNED)
    unread = compose(Sheet(1, as_read.width, as_read.height, "OCR"), [Row(((Token("x", Box(1, 1, 2, 2), "OCR", 0.9),),))])
    assert found(pixels, as_read) == found(pixels, unread) == []


def _seal(pen):
    for inset, width in ((0, 6), (14, 2)):
        pen.ellipse((700 + inset, 930 + inset, 940 - inset, 1170 - inset), outline=BLUE, width=width)


def _table(pen):
    for n in range(6):
        pen.line((150, 960 + 60 * n, 1100, 962 + 60 * n), fill=BLACK, width=3)
        pen.line((150 + 190 * n, 960, 151 + 190 * n, 1260), fill=BLACK, width=3)


def _code(pen):
    chance = np.random.default_rng(7)
    for x, y in np.argwhere(chance.random((29, 29)) < 0.5):
        pen.rectangle((700 + 9 * x, 930 + 9 * y, 708 + 9 * x, 938 + 9 * y), fill=BLACK)


def _shadow(pen):
    pen.polygon(((0, 0), (26, 0), (8, 1754), (0, 1754)), fill=BLACK)


def _hole(pen):
    pen.ellipse((40, 800, 100, 860), fill=BLACK)


def _many(pen):
    for n in range(8):
        points = scrawl(60 + 300 * (n % 4), 820 + 330 * (n // 4), 200, 100)
        pen.line([tuple(point) for point in points.tolist()], fill=BLUE, width=4)


def _halftone(pen):
    for x in range(150, 1100, 62):
        for y in range(820, 1500, 62):
            pen.line([tuple(point) for point in scrawl(x, y, 55, 40).tolist()], fill=BLUE, width=2)


@pytest.mark.parametrize("draw", [_halftone, _seal, _table, _code, _shadow, _hole, _many])
def test_what_is_no_hands_stays(draw):
    """A seal's ring, a table, a code, a scanner's shadow, a punch hole, a page of drawings."""
    pixels, as_read = page(LONE)
    picture = Image.fromarray(pixels)
    draw(ImageDraw.Draw(picture))
    assert inked(np.asarray(picture), as_read) == ()


def test_a_pen_over_a_seal_signs():
    """Where the name is stamped too, in a colour that is lifted off, the seal below the pen tells."""
    pixels, as_read = page(LONE, (500, 1300, 300, 120), ink=BLUE)
    sealed = Region(Box(220, 600, 320, 700), "seal")
    assert found(pixels, as_read) == ["handwriting"]
    assert [region.kind for region in inked(pixels, replace(as_read, regions=(sealed,)))] == ["signature"]


@pytest.mark.slow
def test_the_picture_belongs_to_the_page_that_was_read(tmp_path):
    """A scan comes with its signature as a region."""
    pixels, _ = page(SIGNED, (780, 960, 320, 150), ink=BLUE)
    (as_read,) = read(pdf_of_pictures(tmp_path / "a.pdf", Image.fromarray(pixels))).pages
    assert [region.kind for region in as_read.regions] == ["signature"]
