"""What is neither paper nor print is taken off a page's picture, and nothing of the print."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from ingest.read import read
from ingest.scan import in_colour, paled, prepare
from ingest.seals import seals
from ingest.transcript import Box
from tests.ingest.making import drawn, pdf_of_pictures, serif

DPI = 150
LINES = ["Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015;", "Ủy ban nhân dân tỉnh yêu cầu các cơ quan, đơn vị báo cáo"] * 8
CLEAN = prepare(in_colour(drawn(LINES)), DPI).grey


def changed(page):
    """Say by how many greys a prepared page differs from the clean one in the mean, after it was laid upon it."""
    return float(np.mean(np.abs(prepare(in_colour(page), DPI).grey.astype(int) - CLEAN)))


def lit_from_one_side(page):
    """Give a page that is half as bright on its right as on its left."""
    light = np.linspace(1.0, 0.5, page.width)[None, :, None]
    return Image.fromarray((np.asarray(page) * light).astype(np.uint8))


def with_dark_edges(page):
    """Give a page with black along its right and lower edge."""
    pen = ImageDraw.Draw(page)
    pen.rectangle((page.width - 30, 0, page.width, page.height), fill=(20, 20, 20))
    pen.rectangle((0, page.height - 25, page.width, page.height), fill=(20, 20, 20))
    return page


def punched(page):
    """Give a page with two holes, 6 mm wide, in its left margin."""
    pen = ImageDraw.Draw(page)
    for y in (640, 1112):
        pen.ellipse((53, y, 88, y + 35), fill=(15, 15, 15))
    return page


def shone_through(page):
    """Give a page through which its back shines, mirrored."""
    back = np.asarray(page.filter(ImageFilter.GaussianBlur(1)))[:, ::-1].astype(int)
    return Image.fromarray(np.minimum(np.asarray(page), 255 - (255 - back) // 3).astype(np.uint8))


@pytest.mark.parametrize(
    ("most", "harm"), [(6.0, lit_from_one_side), (0.2, with_dark_edges), (0.2, punched), (8.0, shone_through), (0.01, lambda page: page)]
)
def test_a_harmed_page_becomes_the_clean_one(most, harm):
    """Shadow, dark edges, holes and the back are taken off to within a few greys; a clean page stays as it is."""
    page = harm(drawn(LINES))
    assert changed(page) <= most


def signed(page):
    """Give a page with a red seal and a blue signature where nothing is printed."""
    pen = ImageDraw.Draw(page)
    pen.ellipse((700, 1150, 940, 1390), outline=(205, 45, 60), width=7)
    pen.line([(780, 1300), (830, 1220), (850, 1310), (900, 1230), (1010, 1280), (880, 1340)], fill=(40, 60, 160), width=4)
    return page


def pressed(page):
    """Give a page as a scanner packs it, whose colours are blurred."""
    out = io.BytesIO()
    page.filter(ImageFilter.GaussianBlur(0.6)).save(out, "JPEG", quality=45)
    return Image.open(out).convert("RGB")


def test_a_seal_and_a_signature_leave_nothing_that_could_be_read():
    """Also where the picture was compressed and the edges of coloured ink are grey."""
    scan = prepare(in_colour(pressed(signed(drawn(LINES)))), DPI)
    grey = scan.grey[1140:1400, 690:1020]
    assert (grey < 150).mean() < 0.002
    assert (np.asarray(paled(in_colour(pressed(signed(drawn(LINES)))), scan).crop(Box(690, 1140, 1020, 1400))) < 235).mean() > 0.02


@pytest.mark.parametrize(
    ("inked", "box"),
    [(True, Box(690, 1140, 1020, 1400)), (False, Box(100, 100, 1000, 160)), (False, Box(0, 2000, 300, 2100))],
)
@pytest.mark.parametrize("turn", [0.0, 1.0])
def test_only_where_coloured_ink_was_lifted_a_page_differs_from_its_pale_one(inked, box, turn):
    """On a straight page and on one that was turned straight, which keeps places near the middle where they were."""
    pixels = in_colour(signed(drawn(LINES)).rotate(turn, Image.Resampling.BICUBIC, fillcolor="white"))
    scan = prepare(pixels, DPI)
    assert (scan.had_colour(box) and paled(pixels, scan).differs(scan, box)) == inked


def test_stems_that_the_ring_of_a_seal_cuts_are_whole_again():
    """The ring lies upon the print and hides it; above and below it the stems go on."""
    page = drawn([])
    pen = ImageDraw.Draw(page)
    for x in range(300, 700, 40):
        pen.rectangle((x, 500, x + 7, 540), fill=(20, 20, 20))
    pen.rectangle((250, 515, 760, 523), fill=(215, 45, 60))
    grey = prepare(in_colour(page), DPI).grey
    assert (grey[516:522, 302:305] < 110).all()
    assert (grey[512:526, 315:330] > 200).all()


def test_print_in_the_margin_stays():
    """A letter, a round full stop and a thick rule are no holes."""
    page = drawn(LINES)
    pen = ImageDraw.Draw(page)
    pen.text((40, 800), "ĐO", fill=(20, 20, 20), font=ImageFont.truetype(serif(), 40))
    pen.ellipse((60, 900, 66, 906), fill=(20, 20, 20))
    grey = prepare(in_colour(page), DPI).grey
    assert (grey[800:860, 40:110] < 100).sum() > 300 and (grey[900:906, 60:66] < 100).any()


def test_faint_print_is_not_taken_for_the_back():
    """A page on which all is pale keeps what it has."""
    page = Image.fromarray(255 - (255 - np.asarray(drawn(LINES))) // 3)
    assert (prepare(in_colour(page), DPI).grey < 200).sum() > 10_000


@pytest.mark.parametrize("degrees", [0.1, 0.3, -1.1, 2.0, -6.0])
def test_skew_is_found_to_a_twentieth_of_a_degree(degrees):
    """However far the page leans, up to seven degrees; a straight one is not turned."""
    page = drawn(LINES).resize((2480, 3508), Image.Resampling.LANCZOS)
    assert prepare(in_colour(page)).angle == 0.0
    leaning = page.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor="white")
    assert prepare(in_colour(leaning)).angle == pytest.approx(-degrees, abs=0.05)


@pytest.mark.parametrize(("blank", "text"), [(True, ""), (False, "Kèm"), (False, "Trang 2")])
def test_a_blank_page_is_told_from_one_with_three_letters(blank, text):
    """Little print is print; specks and punch holes are none."""
    page = punched(drawn([text]))
    for x in range(200, 1000, 100):
        page.putpixel((x, x), (0, 0, 0))
    assert prepare(in_colour(page), DPI).is_blank == blank


def test_seals_and_stamps_are_kept_with_their_place():
    """A round red seal is a seal, a long patch a stamp, red specks and black print are neither."""
    page = drawn(LINES)
    pen = ImageDraw.Draw(page)
    pen.ellipse((700, 1200, 910, 1410), outline=(205, 40, 50), width=8)  # 36 mm
    pen.rectangle((150, 1000, 420, 1070), outline=(205, 40, 50), width=5)
    pen.ellipse((100, 1500, 110, 1510), fill=(205, 40, 50))
    stamp, seal = seals(in_colour(page), DPI / 72)
    assert (stamp.kind, seal.kind) == ("stamp", "seal")
    assert (seal.box.x0, seal.box.y1) == (pytest.approx(700 * 72 / DPI, abs=3), pytest.approx(1410 * 72 / DPI, abs=3))
    assert not seals(in_colour(drawn(LINES)), DPI / 72)


def test_a_blank_back_keeps_its_place_with_a_note(tmp_path):
    """The page stays, empty; a page with a seal alone is not blank and keeps the seal."""
    sealed = drawn([])
    ImageDraw.Draw(sealed).ellipse((700, 1200, 910, 1410), outline=(205, 40, 50), width=8)
    first, second = read(pdf_of_pictures(tmp_path / "a.pdf", drawn([]), sealed)).pages
    assert (first.text, first.notes, first.regions) == ("", ("Trang 1 để trống.",), ())
    assert [region.kind for region in second.regions] == ["seal"]
