"""A page comes out in the order in which a reader takes it in."""

import pytest

from ingest.composing import Sheet, Token, compose
from ingest.layout import Found, Grid, in_order
from ingest.transcript import Box

WIDTH, HEIGHT = 595.0, 842.0


def line(x, y, text, size=13.0):
    """Make a line of words: its left, its top, its text; every letter is half as wide as high."""
    words, at = [], x
    for word in text.split():
        words.append(Token(word, Box(at, y, at + len(word) * size / 2, y + size), "text layer"))
        at += (len(word) + 0.5) * size / 2
    return words


def laid(*lines, grids=()):
    """Compose a page of lines."""
    return compose(Sheet(1, WIDTH, HEIGHT, "text layer"), in_order(Found(lines, WIDTH, HEIGHT, grids)))


def blocks(page, kind):
    """Give the text of each block of a kind."""
    return [page.text[b.span.start : b.span.end] for b in page.blocks if b.kind == kind]


STATE_HEAD = [
    line(85, 60, "ỦY BAN NHÂN DÂN"), line(290, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    line(95, 76, "TỈNH VĨNH SƠN"), line(320, 76, "Độc lập - Tự do - Hạnh phúc"),
    line(95, 105, "Số: 12/UBND-KT"), line(330, 107, "Vĩnh Sơn, ngày 03 tháng 02 năm 2026"),
    line(75, 125, "V/v báo cáo kết quả", 12), line(80, 140, "sáu tháng đầu năm", 12),
]  # fmt: skip
LEFT = ["ỦY BAN NHÂN DÂN", "TỈNH VĨNH SƠN", "Số: 12/UBND-KT", "V/v báo cáo kết quả", "sáu tháng đầu năm"]
RIGHT = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Vĩnh Sơn, ngày 03 tháng 02 năm 2026"]
BODY = [line(120, 200, "Kính gửi: Sở Nội vụ"), line(85, 230, "Ủy ban nhân dân tỉnh yêu cầu các cơ quan, đơn vị báo cáo kết quả thực hiện")]


def test_the_left_column_of_a_head_comes_before_the_right():
    """Agency, number and subject first, then motto, place and date, then the letter."""
    page = laid(*STATE_HEAD, *BODY)
    assert page.text.split("\n") == [*LEFT, *RIGHT, "Kính gửi: Sở Nội vụ", BODY[1][0].text + page.text.partition(BODY[1][0].text)[2]]
    assert blocks(page, "left column") == ["\n".join(LEFT)] and blocks(page, "right column") == ["\n".join(RIGHT)]


@pytest.mark.parametrize("motto", ["ĐÁNG CỘNG SẢẲN VIỆT NAM", "ĐẢNG CÔỘNG SẢN VIỆT NAM", "ĐẢNG CỘNG SÁN VIỆÊT NAM"])
def test_a_motto_that_was_misread_by_a_letter_still_opens_two_columns(motto):
    """OCR doubles letters with marks; the agency at its side is not the beginning of its line."""
    page = laid(
        line(80, 60, "ĐẢNG BỘ TỈNH HẢI SƠN"), line(330, 60, motto), line(85, 76, "ĐẢNG ỦY XÃ AN HÒA"),
        line(340, 80, "An Hòa, ngày 06 tháng 4 năm 2026"), line(110, 110, "Số 12-QĐ/ĐU"),
        line(85, 160, "Căn cứ Nghị quyết của Đảng ủy xã về công tác cán bộ năm 2026"),
    )  # fmt: skip
    assert blocks(page, "left column") == ["ĐẢNG BỘ TỈNH HẢI SƠN\nĐẢNG ỦY XÃ AN HÒA\nSố 12-QĐ/ĐU"]


def test_a_head_of_the_party_keeps_its_star_and_its_subject():
    """The star between agency and number stays in the left column."""
    page = laid(
        line(80, 60, "ĐẢNG BỘ TỈNH HẢI SƠN"), line(330, 60, "ĐẢNG CỘNG SẢN VIỆT NAM"),
        line(85, 76, "ĐẢNG ỦY XÃ TÂN KHÊ"), line(150, 92, "*"), line(100, 106, "Số 245-CV/ĐU"),
        line(330, 106, "Tân Khê, ngày 02 tháng 11 năm 2026"), *BODY,
    )  # fmt: skip
    assert page.text.split("\n")[:6] == [
        "ĐẢNG BỘ TỈNH HẢI SƠN", "ĐẢNG ỦY XÃ TÂN KHÊ", "*", "Số 245-CV/ĐU", "ĐẢNG CỘNG SẢN VIỆT NAM", "Tân Khê, ngày 02 tháng 11 năm 2026",
    ]  # fmt: skip


@pytest.mark.parametrize("title", ["QUYẾT ĐỊNH", "Về việc ban hành Quy chế làm việc của Ủy ban nhân dân tỉnh khóa mới"])
def test_a_title_in_the_middle_ends_the_head(title):
    """What stands across both columns, or under neither, belongs to the body."""
    page = laid(*STATE_HEAD[:6], line(260 if title.isupper() else 120, 150, title), *BODY)
    assert title not in "\n".join(blocks(page, "left column") + blocks(page, "right column"))
    assert page.text.index(RIGHT[2]) < page.text.index(title) < page.text.index("Kính gửi")


def test_columns_that_nearly_touch_are_parted_at_the_motto():
    """The motto begins a column even where no wide gap comes before it."""
    close = line(85, 60, "ỦY BAN NHÂN DÂN TỈNH VĨNH SƠN") + line(290, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    page = laid(close, *STATE_HEAD[3:], *BODY)
    assert page.text.startswith("ỦY BAN NHÂN DÂN TỈNH VĨNH SƠN\n")


def test_a_sentence_that_names_the_motto_is_no_head():
    """The country's name in a sentence parts nothing."""
    page = laid(*BODY, line(85, 246, "nước Cộng hòa xã hội chủ nghĩa Việt Nam và nhân dân cả nước cùng thực hiện"))
    assert not blocks(page, "left column")


TAIL = [
    line(85, 600, "Nơi nhận:", 12), line(340, 592, "TM. ỦY BAN NHÂN DÂN"), line(85, 614, "- Như trên;", 11),
    line(360, 610, "KT. CHỦ TỊCH"),
    line(85, 626, "- Các sở, ban, ngành;", 11), line(350, 628, "PHÓ CHỦ TỊCH"),
    line(85, 638, "- Lưu: VT, KT.", 11), line(350, 700, "Trần Văn Mẫu"),
]  # fmt: skip


def test_recipients_come_before_the_signature_beside_them():
    """The list is read to its end, then who signs, though the signature begins higher."""
    page = laid(*BODY, *TAIL)
    assert blocks(page, "left column") == ["Nơi nhận:\n- Như trên;\n- Các sở, ban, ngành;\n- Lưu: VT, KT."]
    assert blocks(page, "right column") == ["TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Văn Mẫu"]


def test_a_sentence_that_begins_as_recipients_do_opens_no_columns():
    """A line across the whole page is text, even where it is the last that says `Nơi nhận`."""
    said = line(85, 300, "Nơi nhận: hồ sơ của các phường, gửi chương trình nghiên", 16)
    page = laid(*STATE_HEAD, *BODY, said)
    assert "Nơi nhận: hồ sơ" in page.text and len(blocks(page, "left column")) == 1


def test_an_attachment_below_the_signature_is_neither_column():
    """A line across the page ends recipients and signature."""
    below = "Phụ lục danh mục nhiệm vụ của các cơ quan, đơn vị trong toàn tỉnh năm 2026"
    page = laid(*BODY, *TAIL, line(85, 740, below))
    assert below not in "\n".join(blocks(page, "left column") + blocks(page, "right column")) and page.text.endswith(below)


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("furniture", line(295, 40, "2")),
        ("furniture", line(290, 800, "- 3 -")),
        ("furniture", line(280, 40, "Trang 2/5")),
        ("text", line(295, 300, "2")),
    ],
)
def test_a_lone_number_at_the_edge_is_the_page_number(kind, number):
    """A number in the middle of the page is text."""
    page = laid(*BODY, number)
    assert next(b.kind for b in page.blocks if " ".join(t.text for t in number) in page.text[b.span.start : b.span.end]) == kind


def test_small_lines_with_a_mark_at_the_foot_are_footnotes():
    """A footnote begins at its mark and goes on over its lines; small print without a mark is text."""
    body = [line(85, 100 + 20 * i, "Căn cứ Luật Tổ chức chính quyền địa phương và các quy định") for i in range(20)]
    notes = [line(85, 720, "¹ Nghị định số 30/2020/NĐ-CP", 9), line(85, 731, "về công tác văn thư", 9), line(85, 742, "² Luật Lưu trữ", 9)]
    page = laid(*body, *notes)
    assert blocks(page, "footnote") == ["¹ Nghị định số 30/2020/NĐ-CP\nvề công tác văn thư", "² Luật Lưu trữ"]
    assert not blocks(laid(*body, line(85, 720, "Ghi chú: không có", 9)), "footnote")


def test_a_ruled_table_comes_row_by_row():
    """Lines of a cell are joined, a merged cell stands where it begins, text around keeps its place."""
    edges = [80.0, 130.0, 400.0, 520.0]
    rows = tuple(tuple((c, Box(edges[c], y, edges[c + 1], y + 40)) for c in range(3)) for y in (300.0, 340.0))
    total = ((0, Box(80, 380, 400, 400)), (2, Box(400, 380, 520, 400)))
    page = laid(
        *BODY, line(90, 305, "TT"), line(140, 305, "Việc") + line(410, 305, "Hạn"), line(90, 345, "1"), line(140, 345, "Báo cáo kết quả"),
        line(140, 361, "năm 2026") + line(410, 350, "15/12/2026"), line(90, 382, "Tổng"), line(410, 382, "1"), line(85, 450, "Nơi khác"),
        grids=[Grid(Box(80, 300, 520, 400), (*rows, total))],
    )  # fmt: skip
    assert page.text.split("\n")[-4:] == ["TT\tViệc\tHạn", "1\tBáo cáo kết quả năm 2026\t15/12/2026", "Tổng\t1", "Nơi khác"]
    (table,) = page.tables
    assert [(c.row, c.column) for c in table.cells][-2:] == [(2, 0), (2, 2)] and page.text[table.span.start : table.span.end].startswith(
        "TT\t"
    )


def test_a_line_set_with_wide_gaps_stays_one_line():
    """Justified words far apart are still one line of the body."""
    page = laid(*BODY, line(85, 246, "hiện tại") + line(250, 246, "Quy chuẩn") + line(420, 246, "số 12"))
    assert page.text.endswith("\nhiện tại Quy chuẩn số 12")


def test_boxes_and_spans_agree():
    """Every word's span gives the word, every line's box holds its words."""
    page = laid(*STATE_HEAD, *BODY, *TAIL)
    for printed in page.lines:
        inside = [w for w in page.words if printed.span.start <= w.span.start < printed.span.end]
        assert all(printed.box.x0 <= w.box.x0 and w.box.y1 <= printed.box.y1 for w in inside) and inside
    assert " ".join(page.text[w.span.start : w.span.end] for w in page.words) == " ".join(page.text.split())
