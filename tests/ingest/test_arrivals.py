"""The stamp of the office that took a paper in is kept as a picture, read apart, and never taken for the paper's own words."""

import pytest
from PIL import ImageDraw, ImageFont

from ingest.arrivals import says_arrived, take_arrivals
from ingest.read import read
from ingest.scan import in_colour
from tests.ingest.making import drawn, pdf_of_pictures, serif

DPI = 150
SCALE = DPI / 72
LINES = ["Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015;", "Ủy ban nhân dân tỉnh yêu cầu các cơ quan, đơn vị báo cáo"] * 8
BLACK, RED = (20, 20, 20), (200, 40, 50)


def stamped(label, *, ink=BLACK, at=(60, 330)):
    """Give a page with a framed stamp of 50 by 30 mm over the beginnings of its lines."""
    page = drawn(LINES)
    pen = ImageDraw.Draw(page)
    x, y = at
    pen.rectangle((x, y, x + 300, y + 165), fill="white", outline=ink, width=3)
    pen.line((x, y + 45, x + 300, y + 45), fill=ink, width=3)
    pen.line((x + 105, y + 45, x + 105, y + 165), fill=ink, width=3)
    pen.text((x + 25, y + 8), "VĂN PHÒNG SỞ", fill=ink, font=ImageFont.truetype(serif(), 28))
    pen.text((x + 15, y + 80), label, fill=ink, font=ImageFont.truetype(serif(), 32))
    for i, line in enumerate(("Số: 417", "Ngày: 12/5/2025", "Chuyển:")):
        pen.text((x + 115, y + 52 + 36 * i), line, fill=ink, font=ImageFont.truetype(serif(), 24))
    return page


@pytest.mark.parametrize(
    ("arrived", "words"),
    [
        (True, "SỞ NỘI VỤ ĐẾN Số: 12 Ngày: 3/4 Chuyển:"),
        (True, "CV ĐÉN Ngày..21/3"),
        (True, "“ĐỀN” Giờ: 8"),
        (True, "CÔNG VĂN DẾN Lưu hồ sơ số"),
        (True, "Công văn đến số 5"),
        (False, "ĐẾN"),
        (False, "Số: 12 Ngày: 3/4"),
        (False, "từ ngày 1 đến ngày 5"),
        (False, "STT Tên cơ quan Số lượng Ngày hoàn thành"),
        (False, ""),
    ],
)
def test_an_arrival_stamp_is_known_by_its_labels(arrived, words):
    """ĐẾN in capitals with a label beside it, whatever OCR made of the marks; a table's words are no stamp."""
    assert says_arrived(words.split()) is arrived


@pytest.mark.parametrize("ink", [BLACK, RED])
def test_a_stamp_is_read_apart_and_taken_off(ink):
    """Its words come by themselves with its place; where it stood the page is white, beyond it as it was."""
    page = in_colour(stamped("ĐẾN", ink=ink))
    found = take_arrivals(page, SCALE)
    (region,) = found.regions
    assert region.kind == "arrival stamp"
    assert (region.box.x0, region.box.y1) == (pytest.approx(60 / SCALE, abs=6), pytest.approx(495 / SCALE, abs=6))
    assert "417" in {token.text for row in found.rows for token in row.tokens}
    assert found.rest[330:490, 60:340].mean(axis=2).min() > 200
    assert (found.rest[:, 400:] == page[:, 400:]).all()


def test_another_frame_stays():
    """A frame without the labels is the page's own, and so is a page without a frame."""
    for page in map(in_colour, (stamped("LOẠI"), drawn(LINES))):
        found = take_arrivals(page, SCALE)
        assert found.rest is page
        assert (found.rows, found.regions) == ((), ())


def test_the_stamp_stands_behind_the_page_as_a_block_of_its_own(tmp_path):
    """It is a block of kind stamp and a region of the page that was read."""
    (page,) = read(pdf_of_pictures(tmp_path / "a.pdf", stamped("ĐẾN"))).pages
    stamps = [page.text[block.span.start : block.span.end] for block in page.blocks if block.kind == "stamp"]
    assert any("417" in text for text in stamps)
    assert "arrival stamp" in {region.kind for region in page.regions}
