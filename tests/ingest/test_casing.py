"""Letters that look alike in both cases get the case that their word and its neighbours ask for."""

import pytest

from ingest.casing import in_right_case
from ingest.composing import Token


def cased(text):
    """Mend the case of a line of words."""
    return " ".join(token.text for token in in_right_case([Token(word, None, "OCR", 0.9) for word in text.split()]))


@pytest.mark.parametrize(
    ("mended", "read"),
    [
        ("chuyển đổi số trong cơ quan", "chuyển đổi sỐ trong cƠ quan"),
        ("- Chỉ đạo phòng", "- ChỈ đạo phòng"),
        ("3. Tỉ lệ xếp loại", "3. TỈ lệ xếp loại"),
        ("về nội dung Tờ trình", "về nội dung TỜ trình"),
        ("Sở Nội vụ", "SỞ Nội vụ"),
        ("Ban Thường vụ Đảng uỷ, Tỉnh ủy.", "Ban Thường vụ Đảng Uỷ, Tỉnh Ủy."),
        ("Tỉnh ủy ban hành kế hoạch", "Tỉnh Ủy ban hành kế hoạch"),
    ],
)
def test_letters_get_the_case_of_their_word(mended, read):
    """A capital inside a small word, two capitals in a sentence, and the ủy of a Party body are small."""
    assert cased(read) == mended


@pytest.mark.parametrize(
    "text",
    [
        "TỔ CHỨC THỰC HIỆN", "ĐẢNG ỦY XÃ", "SỞ Y TẾ", "V/v CỬ CÁN BỘ", "27/TTr-UBND", "Căn cứ TƯ về", "các cấp Ủy ban nhân dân",
        "Kính gửi: Ủy ban", "eOffice pH kWh", "MẪU SỐ 02", "I- MỞ ĐẦU", "Số: 12-CTr/TU", "VỀ", "uỷ viên Ủy ban", "đặc khu, Ủy viên",
    ],
)  # fmt: skip
def test_what_stands_in_capitals_and_codes_stay(text):
    """Headings, codes and abbreviations are left as they are, and so is the name of a committee."""
    assert cased(text) == text
