"""An arrival stamp without a frame is read apart as well, in black, blue or red; what only looks like one stays where it is."""

import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.arrivals import Arrivals
from ingest.composing import Row, Token
from ingest.read import read
from ingest.scan import in_colour
from ingest.transcript import Box
from ingest.unframed import part_arrivals, take_coloured
from tests.ingest.making import drawn, pdf_of_pictures, serif

DPI = 150
SCALE = DPI / 72
LINES = ["Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015;", "Ủy ban nhân dân tỉnh yêu cầu các cơ quan, đơn vị báo cáo"] * 8
BLACK, BLUE, RED = (20, 20, 20), (40, 60, 190), (200, 40, 50)


def letter(size=(1240, 1754)):
    """Give a page whose lines begin below its head."""
    page = Image.new("RGB", size, "white")
    page.paste(drawn(LINES).crop((0, 0, size[0], 1100)), (0, 300))
    return page


def stamped(*words, ink=BLUE, at=(700, 60), size=(1240, 1754), page=None):
    """Give a page with lines of a stamp that nothing frames."""
    page = page or letter(size)
    pen = ImageDraw.Draw(page)
    for n, line in enumerate(words):
        pen.text((at[0], at[1] + 34 * n), line, fill=ink, font=ImageFont.truetype(serif(), 28))
    return page


def stamps(page):
    return [page.text[block.span.start : block.span.end] for block in page.blocks if block.kind == "stamp"]


@pytest.mark.parametrize("ink", [BLUE, RED])
def test_a_stamp_in_a_colour_is_read_apart_and_taken_off(ink):
    """Its words come by themselves with its place, and where it stood the page is white."""
    page = in_colour(stamped("CÔNG VĂN ĐẾN", "Số: 417", "Ngày: 12/5/2025", ink=ink))
    found = take_coloured(Arrivals(page), SCALE)
    (region,) = found.regions
    assert region.kind == "arrival stamp"
    assert {"417", "12/5/2025"} <= {token.text for row in found.rows for token in row.tokens}
    assert found.rest[60:170, 700:1000].min() > 200
    assert (found.rest[250:] == page[250:]).all()


@pytest.mark.parametrize(
    "page",
    [
        stamped("HỎA TỐC", "SỞ NỘI VỤ", ink=RED),
        stamped("CÔNG VĂN ĐẾN", "Số: 417", "Ngày: 12/5/2025", ink=BLACK),
        stamped("CÔNG VĂN ĐẾN", "Số: 417", "Ngày: 12/5/2025", at=(700, 1300)),
        letter(),
    ],
)
def test_nothing_else_in_a_colour_is_touched(page):
    """Another stamp, print in black, what stands below: the pixels are the very same."""
    arrivals = Arrivals(in_colour(page))
    assert take_coloured(arrivals, SCALE) is arrivals


def laid(*texts, left=60.0, top=60.0, apart=16.0):
    """Give rows below each other; `\\t` begins a second one on the same line."""
    for n, text in enumerate(texts):
        for column, part in enumerate(text.split("\t")):
            x, tokens = left + 300 * column, []
            for word in part.split():
                tokens.append(Token(word, Box(x, top + apart * n, x + 6 * len(word), top + apart * n + 10), "OCR", 0.9))
                x += 6 * len(word) + 3
            yield Row((tuple(tokens),))


@pytest.mark.parametrize(
    ("count", "texts"),
    [
        (3, ("CÔNG VĂN ĐẾN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 417\tĐộc lập - Tự do", "Ngày: 12/5/2025", "UBND TỈNH SƠN HẢI")),
        (2, ("VĂN BẢN ĐẾN", "Số đến: 417", "UBND TỈNH SƠN HẢI", "Số: 25/QĐ-UBND")),
        (3, ("Số: 417", "ĐẾN Ngày: 12/5/2025", "Chuyển: Phòng Tổ chức", "UBND TỈNH SƠN HẢI")),
        (3, ("ĐẾN", "Giờ: 8", "Ngày: 12/5", "Kính gửi: Sở Nội vụ")),
        (0, ("ĐẾN", "Ngày: 12/5/2025", "Sở Nội vụ")),
        (0, ("UBND TỈNH SƠN HẢI", "Số: 25/QĐ-UBND", "Ngày 12 tháng 5")),
        (0, ("KẾ HOẠCH ĐẾN NĂM 2030", "Số: 417", "Ngày: 12/5/2025")),
        (0, ("CÔNG VĂN ĐẾN", "Số: 25/QĐ-UBND", "Sở Nội vụ")),
        (0, ("từ ngày 1", "đến", "Ngày: 12/5", "Số: 4")),
    ],
)
def test_the_lines_of_a_black_stamp_are_parted_from_the_page(count, texts):
    """CÔNG VĂN ĐẾN with a label below it, ĐẾN with two; a document's own number, a title, running words are none."""
    rows = list(laid(*texts))
    rest, stamp, regions = part_arrivals(rows, 842)
    assert (len(stamp), len(rest), len(regions)) == (count, len(rows) - count, bool(count))
    assert all(row.kind == "stamp" for row in stamp)
    assert [row for row in rows if row in rest] == rest


def test_what_stands_below_is_the_pages():
    """A paper is stamped in its upper part."""
    rows = list(laid("CÔNG VĂN ĐẾN", "Số: 417", top=600))
    assert part_arrivals(rows, 842) == (rows, [], [])


@pytest.mark.slow
@pytest.mark.parametrize("ink", [BLACK, BLUE])
def test_the_stamp_stands_behind_the_page_as_a_block_of_its_own(tmp_path, ink):
    """It is a block of kind stamp and a region of the page that was read."""
    page = stamped("CÔNG VĂN ĐẾN", "Số: 417", "Ngày: 12/5/2025", ink=ink)
    (page,) = read(pdf_of_pictures(tmp_path / "a.pdf", page)).pages
    assert any("417" in text for text in stamps(page))
    assert "arrival stamp" in {region.kind for region in page.regions}


def test_a_page_with_nothing_but_a_stamp_keeps_its_words(tmp_path):
    """The back of a paper may hold the stamp alone."""
    page = stamped("CÔNG VĂN ĐẾN", "Số: 417", "Ngày: 12/5/2025", page=Image.new("RGB", (1240, 1754), "white"))
    (page,) = read(pdf_of_pictures(tmp_path / "a.pdf", page)).pages
    assert any("417" in text for text in stamps(page))
