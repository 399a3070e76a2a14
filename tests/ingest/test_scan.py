"""A page without a text layer that can be believed is read from its picture."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.grids import grids_of
from ingest.page_picture import page_image
from ingest.read import read
from ingest.red import red_patches
from ingest.scan import Scan, in_colour, prepare, rules
from ingest.transcript import Box
from tests.ingest.making import drawn, pdf_of, pdf_of_pictures, serif

LINES = [
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015;", "Xét đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 12/TTr-SNV,",
    "Ủy ban nhân dân tỉnh yêu cầu các cơ quan, đơn vị báo cáo kết quả", "thực hiện trước ngày 15 tháng 12 năm 2026.",
]  # fmt: skip


def near(text, meant):
    """Say what share of the words that were meant is in a text."""
    words = meant.split()
    return sum(word in text.split() for word in words) / len(words)


@pytest.mark.parametrize("angle", [-2.3, -0.4, 0.0, 1.7])
def test_a_leaning_page_is_straightened(angle):
    """The angle is found to a twentieth of a degree, and boxes find their way back."""
    page = drawn(LINES * 5).rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor="white")
    scan = prepare(in_colour(page))
    assert scan.angle == pytest.approx(-angle, abs=0.06 if angle else 0.081)
    middle = scan.to_picture(Box(619, 876, 621, 878))
    assert (middle.x0, middle.y0) == (pytest.approx(619, abs=1), pytest.approx(876, abs=1))


def test_red_is_taken_off_and_black_stays():
    """A seal over words does not hide them."""
    page = drawn(LINES)
    pen = ImageDraw.Draw(page)
    pen.ellipse((300, 100, 600, 400), outline=(215, 40, 40), width=12)
    with_seal, without = prepare(in_colour(page)).grey, prepare(in_colour(drawn(LINES))).grey
    assert np.mean(np.abs(with_seal.astype(int) - without)) < 3
    assert without.min() < 60


def test_a_red_mark_is_found_and_a_seal_is_not():
    """Long patches of red may be marks, round ones are seals."""
    page = drawn([])
    pen = ImageDraw.Draw(page)
    pen.rectangle((150, 300, 420, 370), outline=(200, 30, 30), width=5)
    pen.text((170, 310), "HỎA TỐC", fill=(200, 30, 30), font=ImageFont.truetype(serif(), 40))
    pen.ellipse((700, 1200, 960, 1460), outline=(200, 30, 30), width=10)
    (patch,) = red_patches(in_colour(page))
    assert patch.box.x0 == pytest.approx(150, abs=6) and patch.box.y1 == pytest.approx(370, abs=6)
    assert not red_patches(in_colour(drawn(LINES)))


@pytest.mark.parametrize(
    ("found", "level", "upright"),
    [
        ((3, 4), (300, 400, 500), (200, 500, 800, 1000)),
        ((0, 0), (300, 400, 500), (200,)),
        ((0, 0), (300, 400), ()),
        ((0, 2), (), (200, 500)),
    ],
)
def test_strokes_are_looked_for_where_a_table_may_stand(found, level, upright):
    """Upright strokes are found among print, and the level ones beside them; a page without two upright ones has no table."""
    page = drawn(LINES, top=700)
    pen = ImageDraw.Draw(page)
    for y in level:
        pen.line((200, y, 1000, y), fill=10, width=3)
    for x in upright:
        pen.line((x, 300, x, 500), fill=10, width=3)
    lying, standing = rules(Scan(prepare(in_colour(page)).grey, 0.0))
    assert (len(lying), len(standing)) == found
    assert all(stroke.x0 == pytest.approx(200, abs=4) and stroke.x1 == pytest.approx(1000, abs=4) for stroke in lying)
    assert [round(stroke.x0 / 100) for stroke in standing] == [x // 100 for x in upright][: len(standing)]


def test_strokes_that_cross_make_a_grid_with_its_merged_cells():
    """A cell reaches to the next stroke on each side; two strokes alone are no table."""
    level = [Box(0, y, 300, y + 2) for y in (0, 50, 100)]
    upright = [Box(0, 0, 2, 100), Box(100, 50, 102, 100), Box(298, 0, 300, 100)]
    (grid,) = grids_of(level, [*upright, Box(200, 0, 202, 100)], (600, 800))
    assert [[column for column, _ in row] for row in grid.rows] == [[0, 2], [0, 1, 2]]
    assert not grids_of(level[:1], upright[:1], (600, 800))


def test_a_blank_page_is_kept_with_a_note(tmp_path):
    """A page on which nothing stands is a page."""
    page = read(pdf_of(tmp_path / "a.pdf", [])).pages[0]
    assert (page.reading, page.text) == ("none", "") and page.notes == ("Trang 1 để trống.",)


def test_pictures_keep_their_size_on_paper_and_their_right_way_up(tmp_path):
    """Stated resolution counts where it can be true, else the page is A4; EXIF turns it."""
    Image.new("L", (1240, 1754), 255).save(tmp_path / "a.png", dpi=(150, 150))
    Image.new("L", (900, 1200), 255).save(tmp_path / "b.png")
    exif = Image.Exif()
    exif[274] = 6
    Image.new("L", (1200, 900), 255).save(tmp_path / "c.jpg", exif=exif)
    sizes = {name: (round(p.width), round(p.height)) for name in ("a.png", "b.png", "c.jpg") for p in read(tmp_path / name).pages}
    assert sizes == {"a.png": (595, 842), "b.png": (595, 793), "c.jpg": (595, 793)}
    assert Image.open(io.BytesIO(page_image(tmp_path / "c.jpg", 1, width=300))).size == (300, 400)


@pytest.mark.slow
def test_a_scan_of_several_pages_is_read_with_places(tmp_path):
    """Real Tesseract: words, lines, boxes in points and confidence, on each page of a TIFF."""
    first, second = drawn(LINES), drawn(LINES[2:]).rotate(1.2, fillcolor="white")
    first.save(tmp_path / "a.tiff", save_all=True, append_images=[second], dpi=(150, 150))
    pages = read(tmp_path / "a.tiff").pages
    assert [p.reading for p in pages] == ["OCR", "OCR"]
    assert near(pages[0].text, " ".join(LINES)) > 0.9 and near(pages[1].text, " ".join(LINES[2:])) > 0.9
    word = pages[0].words[0]
    assert word.origin == "OCR" and 0.3 < word.confidence <= 1 and word.box.x0 == pytest.approx(150 * 72 / 150, abs=4)
    assert len(pages[0].lines) == 4


@pytest.mark.slow
def test_the_columns_of_a_scanned_head_are_read_apart(tmp_path):
    """Real Tesseract: left column, right column, letter; a red mark is found beside them."""
    page = drawn(LINES, top=700)
    pen, face = ImageDraw.Draw(page), ImageFont.truetype(serif(), 24)
    for x, y, text in [
        (150, 120, "ỦY BAN NHÂN DÂN"), (560, 116, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), (170, 156, "TỈNH VĨNH SƠN"),
        (640, 160, "Độc lập - Tự do - Hạnh phúc"), (170, 214, "Số: 84/UBND-KT"), (600, 220, "Vĩnh Sơn, ngày 03 tháng 02 năm 2026"),
        (150, 262, "V/v báo cáo kết quả"), (480, 420, "Kính gửi: Sở Nội vụ"),
    ]:  # fmt: skip
        pen.text((x, y), text, fill=(10, 10, 10), font=face)
    pen.rectangle((160, 330, 420, 396), outline=(200, 30, 30), width=5)
    pen.text((180, 336), "HỎA TỐC", fill=(200, 30, 30), font=ImageFont.truetype(serif(), 40))
    page = read(pdf_of_pictures(tmp_path / "a.pdf", page)).pages[0]
    kinds = [b.kind for b in page.blocks]
    assert kinds[:2] == ["left column", "right column"] and kinds[-1] == "stamp" and page.text.endswith("HỎA TỐC")
    left = page.text[page.blocks[0].span.start : page.blocks[0].span.end]
    assert "84/UBND-KT" in left and "báo cáo" in left and "CỘNG" not in left


@pytest.mark.slow
@pytest.mark.parametrize("degrees", [90, 270])
def test_a_page_that_lies_on_its_side_is_turned(tmp_path, degrees):
    """Real Tesseract: the words are read, their boxes stay on the page as it lies."""
    drawn(LINES * 6).rotate(degrees, expand=True).save(tmp_path / "a.png", dpi=(150, 150))
    page = read(tmp_path / "a.png").pages[0]
    assert near(page.text, LINES[2]) > 0.8 and "xoay" in page.notes[0]
    box = page.words[3].box
    assert (round(page.width), round(page.height)) == (842, 595) and box.y1 - box.y0 > box.x1 - box.x0
    assert 0 <= box.x0 < box.x1 <= 842 and 0 <= box.y0 < box.y1 <= 595
