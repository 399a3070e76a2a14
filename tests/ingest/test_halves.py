"""What stands in two columns is found from the white between them."""

import pytest
from PIL import ImageDraw, ImageFont

from ingest.halves import find_halves
from ingest.scan import in_colour, prepare
from tests.ingest.making import drawn, serif

BODY = ["Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015; xét đề nghị của", "Giám đốc Sở Nội vụ tại Tờ trình số 12/TTr-SNV."] * 8


def page_with(*texts, top=700):
    """Draw a body from top on and texts at (x, y) besides, and prepare it."""
    page = drawn(BODY, top=top, size=(2480, 3508), points=52, gap=84, left=300)
    pen, face = ImageDraw.Draw(page), ImageFont.truetype(serif(), 46)
    for x, y, text in texts:
        pen.text((x, y), text, fill=10, font=face)
    return prepare(in_colour(page))


HEAD = [
    (300, 220, "ỦY BAN NHÂN DÂN"), (1120, 216, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), (340, 290, "TỈNH VĨNH SƠN"),
    (1280, 296, "Độc lập - Tự do - Hạnh phúc"), (340, 410, "Số: 84/UBND-KT"), (1200, 416, "Vĩnh Sơn, ngày 03 tháng 02 năm 2026"),
]  # fmt: skip
TAIL = [
    (300, 2500, "Nơi nhận:"), (300, 2560, "- Như trên;"), (300, 2620, "- Lưu: VT."), (1500, 2490, "KT. CHỦ TỊCH"),
    (1460, 2560, "PHÓ CHỦ TỊCH"), (1440, 2900, "Nguyễn Văn Mẫu"),
]  # fmt: skip


def test_the_columns_of_a_head_are_found():
    """From the first line to the last that stand beside something, cut between lines and in the white."""
    (halves,) = find_halves(page_with(*HEAD))
    assert 100 <= halves.top <= 222 and 462 <= halves.bottom <= 600
    assert 800 < halves.gutter < 1120
    left, right = halves.sides(2480)
    assert (left.x0, left.x1, right.x1) == (0, right.x0, 2480)


def test_recipients_and_signature_are_found_below_a_text():
    """A page may have columns at both ends."""
    head, tail = find_halves(page_with(*HEAD, *TAIL))
    assert head.bottom < 700 and 2420 <= tail.top <= 2500 and tail.bottom >= 2665 and 650 < tail.gutter < 1440


@pytest.mark.parametrize(
    "texts",
    [
        [],
        [(980, 300, "CHỈ THỊ"), (700, 380, "Về việc tăng cường công tác văn thư")],
        [(300, 300, "Điều 1. Ban hành kèm theo Quyết định này."), (300, 384, "Điều 2.")],
        [(300, 300, "1."), (2000, 300, "2.")],
    ],
)
def test_lines_of_text_are_no_columns(texts):
    """Titles in the middle, paragraphs that end early and a lone wide gap close to the margin part nothing."""
    assert not find_halves(page_with(*texts))
