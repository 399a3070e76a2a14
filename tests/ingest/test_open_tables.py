"""A table stands without upright strokes too: between level rules, on coloured grounds, in columns on plain paper."""

from itertools import pairwise

import pytest

from ingest.open_tables import open_tables
from ingest.pages import read_pdf_page
from ingest.pdf import Pdf
from ingest.transcript import Box
from ingest.unruled import Place
from tests.ingest.making import Put, pdf_of

XS = (80, 130, 330, 450)  # where the four columns begin
CELLS = [
    ("STT", "Tên dự án", "Chủ đầu tư", "Số vốn"),
    ("1", "Kè sông Cái", "Ban dự án", "1.250"),
    ("2", "Cầu Bình Lợi", "Sở Xây dựng", "980"),
    ("3", "Hồ Núi Một", "Sở Nội vụ", "75"),
    ("4", "Đường ven biển", "Sở Tài chính", "3.400"),
]
TEXT = "\n".join("\t".join(row) for row in CELLS)
TOP, STEP = 300, 24
PROSE = [
    "Thực hiện kế hoạch đầu tư công của tỉnh, Ủy ban nhân dân tỉnh yêu cầu các sở, ban,",
    "ngành khẩn trương rà soát các dự án, báo cáo tiến độ từng tuần và đề xuất biện pháp",
    "tháo gỡ khó khăn, vướng mắc trong giải phóng mặt bằng, bảo đảm hoàn thành đúng hạn",
    "theo quy định của pháp luật, chịu trách nhiệm về kết quả thực hiện nhiệm vụ được giao.",
]


def words(rows=CELLS, xs=XS, step=STEP):
    """Put the cells of a table on a page."""
    return [Put(x, TOP + i * step, text, 11) for i, row in enumerate(rows) for x, text in zip(xs, row, strict=True) if text]


def prose(top=150, step=18):
    """Put a paragraph on a page."""
    return [Put(70, top + i * step, line, 11) for i, line in enumerate(PROSE)]


def rule(y, x0=75, x1=520):
    """Draw a level rule at y from the top."""
    return f"{x0} {842 - y} m {x1} {842 - y} l S "


def ground(y, x0=75, x1=520, height=STEP):
    """Fill a ground whose top is at y."""
    return f"0.85 g {x0} {842 - y - height} {x1 - x0} {height} re f 0 g "


EVERY = "".join(rule(TOP - 16 + i * STEP) for i in range(len(CELLS) + 1))
THREE = rule(TOP - 16) + rule(TOP + 8) + rule(TOP - 16 + len(CELLS) * STEP)
SIDES = (75, 125, 325, 445, 520)
COLOURED = "".join(ground(TOP - 16 + i * STEP, a, b) for i in range(len(CELLS)) for a, b in pairwise(SIDES))
ZEBRA = "".join(ground(TOP - 16 + i * STEP) for i in (0, 2, 4))


def read(tmp_path, puts, drawing=""):
    """Read the page of a made PDF."""
    with Pdf(pdf_of(tmp_path / "a.pdf", puts, extra=drawing.encode()), "a.pdf") as pdf:
        return read_pdf_page(pdf, 1, [])


@pytest.mark.parametrize("drawing", [EVERY, THREE, COLOURED, ZEBRA, ""], ids=["rules", "three rules", "cells", "every other row", "none"])
def test_a_table_without_upright_strokes_is_read_cell_by_cell(tmp_path, drawing):
    """Its rows are rows of a table whatever parts them; the paragraph above stays a paragraph."""
    page = read(tmp_path, [*prose(), *words()], drawing)
    (table,) = page.tables
    assert page.text[table.span.start : table.span.end] == TEXT
    assert [cell.column for cell in table.cells] == [0, 1, 2, 3] * len(CELLS)
    assert page.text.startswith("\n".join(PROSE))


def test_a_cell_of_two_lines_is_one(tmp_path):
    """A line that leaves the first column empty goes on with the cells above it."""
    rows = [*CELLS[:3], ("", "(giai đoạn 2)", "", ""), *CELLS[3:]]
    page = read(tmp_path, [*prose(), *words(rows, step=16)])
    assert "2\tCầu Bình Lợi (giai đoạn 2)\tSở Xây dựng\t980" in page.text.split("\n")


def test_a_row_across_the_columns_is_one_cell(tmp_path):
    """The heading of a part of a table is not cut at the columns."""
    rows = [*CELLS[:3], ("", "", "", ""), *CELLS[3:]]
    puts = [*words(rows), Put(80, TOP + 3 * STEP, "Các dự án khởi công mới trong năm, nguồn vốn ngân sách tỉnh", 11)]
    page = read(tmp_path, puts, "".join(rule(TOP - 16 + i * STEP) for i in range(len(rows) + 1)))
    assert "Các dự án khởi công mới trong năm, nguồn vốn ngân sách tỉnh" in page.text.split("\n") and len(page.tables) == 1


@pytest.mark.parametrize(
    ("puts", "drawing"),
    [
        (prose(), "".join(rule(134 + 18 * i) for i in range(5))),  # a ruled sheet
        (prose(), "".join(ground(134 + 18 * i, height=18) for i in range(0, 4, 2))),  # shaded lines
        (words(CELLS[:3]), ""),  # three lines on plain paper
        (words([row[:2] for row in CELLS], XS[:2]), ""),  # a list with its numbers
        (words([("1.", "Sở Tài chính", ".........", "5")] * 5), ""),  # a list of contents
        (words([("TRƯỞNG BAN", "KẾ TOÁN", "THỦ QUỸ")] + [("Hà", "Lê", "Vũ")] * 3, (80, 250, 400), step=70), ""),  # three who sign
        ([Put(p.x, p.y + 6 * (p.x < XS[1]), p.text, 11) for p in words()], THREE),  # numbers half a line below
        ([*prose(100), *prose(300)], rule(60) + rule(250) + rule(780)),  # rules above, between and below
    ],
    ids=["ruled sheet", "shaded prose", "three lines", "list", "contents", "signers", "centred", "rules of a page"],
)
def test_what_is_no_table_stays_text(tmp_path, puts, drawing):
    """Prose, lists and signatures never become cells."""
    page = read(tmp_path, puts, drawing)
    assert page.tables == () and "\t" not in page.text
    assert sorted(page.text.split()) == sorted(" ".join(put.text for put in puts).split())


def test_recipients_beside_a_signature_are_no_table(tmp_path):
    """What belongs to the tail of a document is left to it, rules or not."""
    left = ["Nơi nhận:", "- Như trên;", "- Các sở;", "- Lưu: VT."]
    right = ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn Mẫu"]
    puts = [Put(x, TOP + i * STEP, t, 11) for x, side in ((80, left), (330, right)) for i, t in enumerate(side)]
    assert read(tmp_path, [*prose(), *puts], EVERY).tables == ()


def test_a_page_that_cannot_be_parsed_has_no_open_tables(tmp_path, capfd):
    """No error and no word on the terminal: the words of the page are there without it."""
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7 nothing")
    place = Place(Box(0, 0, 9, 9), (0, 4, 9), "text", ())
    assert open_tables(path, 1, [place], (595, 842)) == []
    assert capfd.readouterr() == ("", "")
