"""A text layer that lies is found out by the page's picture, and a right one is left alone."""

import pytest

from ingest.read import read
from tests.ingest.making import Put, pdf_of

SENTENCE = "Ủy ban nhân dân tỉnh yêu cầu các cơ quan, đơn vị báo cáo kết quả thực hiện"
OTHERS = [
    "nhiệm vụ được giao trước ngày 15 tháng 12 năm 2026, gửi Sở Nội vụ tổng hợp,",
    "Văn phòng theo dõi, đôn đốc việc thực hiện Chỉ thị này./.",
]
BODY = [SENTENCE, *OTHERS, *[SENTENCE] * 3]
ENGLISH = "The committee shall report on the progress of the programme to the ministry"


def page_of(tmp_path, lines, lies):
    """Make a page that draws the lines and says what lies turns them into, and read it."""
    path = pdf_of(tmp_path / "a.pdf", [Put(60, 100 + 20 * i, line, 12) for i, line in enumerate(lines)], lies=lies)
    return read(path).pages[0]


def swapped(*pairs):
    """Make lies that exchange the letters of each pair."""
    return {a: b for x, y in pairs for a, b in ((x, y), (y, x))}


@pytest.mark.parametrize(
    "lies",
    [
        swapped("nt", "hk"),
        swapped("ao", "eu"),
        swapped("ạả", "ộổ", "ịỉ", "ệể", "ụủ"),
        {chr(code): chr(code - 29) for code in range(0x21, 0x7F)},
        {letter: chr(ord(letter) + 29) for letter in "abcdefghijklmnopqrstuvwxyzạảệểộđ"},
    ],
    ids=["consonants", "vowels", "tones", "numbers of glyphs", "shifted"],
)
def test_a_layer_of_wrong_letters_is_read_as_the_picture_shows_it(tmp_path, lies):
    """Also where the wrong letters still make syllables: each gets the letter that is seen in its place; the page says so."""
    page = page_of(tmp_path, BODY, lies)
    assert page.text.split("\n") == BODY and page.reading == "text layer"
    assert "lớp chữ" in page.notes[0] and page.notes[0].endswith("đã đối chiếu với hình của trang để đọc lại đúng chữ.")


def test_a_layer_that_takes_all_letters_for_a_few_is_read_by_ocr(tmp_path):
    """What means many letters at once tells nothing."""
    page = page_of(tmp_path, BODY, {letter: "abc"[i % 3] for i, letter in enumerate("bcdđeghiklmnopqrstuvxyạảấầểệộờửựùĐỦ")})
    assert page.reading == "OCR" and SENTENCE in page.text
    assert page.notes[0].endswith("đã nhận dạng chữ từ hình của trang.")


@pytest.mark.parametrize(
    "lines",
    [
        BODY,
        [ENGLISH] * 6,
        ["Danh sách kèm theo", *["Nông Thị Ế, Lò Văn Ún, Sùng A Vừ, Giàng Thị Mỷ, Hạng A Pủa, Ksor H'Nhơm, Rơ Châm Uyên"] * 6],
    ],
)
def test_a_right_layer_is_kept(tmp_path, lines):
    """English and lists of names are doubtful, and cleared by a look at the page."""
    page = page_of(tmp_path, lines, {})
    assert page.reading == "text layer" and page.text.split("\n") == lines and not page.notes


def test_a_line_whose_font_is_broken_is_read_alone(tmp_path):
    """The rest of the page keeps its own words; the words read again are OCR's."""
    lies = dict(zip("QUYẾTĐỊNH", "48<ӂ7Ĉӏ1+", strict=True))
    body = [
        Put(85, 140 + 20 * i, line, 12)
        for i, line in enumerate(["gửi báo cáo về văn phòng để tổng hợp trước ngày 15 tháng 12 năm 2026"] * 4)
    ]
    page = read(pdf_of(tmp_path / "a.pdf", [Put(200, 80, "QUYẾT ĐỊNH", 14), *body], lies=lies)).pages[0]
    assert page.reading == "text layer" and page.text.split("\n")[0] == "QUYẾT ĐỊNH"
    assert {word.origin for word in page.words[:2]} == {"OCR"} and {word.origin for word in page.words[2:]} == {"text layer"}
    assert page.notes == ("Trang 1: 1 dòng có chữ sai mã, đã nhận dạng từ hình của trang.",)
