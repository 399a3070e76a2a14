"""OCR's lost marks are mended where the words around leave no doubt, and nothing else is touched."""

import pytest

from ingest.composing import Token
from ingest.mending import mended_line
from ingest.ocr import _joined
from ingest.transcript import Box


def mended(text, confidence=0.9):
    """Mend a line of words that were all read equally surely."""
    return " ".join(token.text for token in mended_line([Token(word, None, "OCR", confidence) for word in text.split()]))


@pytest.mark.parametrize(
    ("meant", "read"),
    [
        ("tổ chức thực hiện", "tô chức thực hiện"),
        ("QUYẾT ĐỊNH:", "QUYÉT ĐỊNH:"),
        ("ĐẢNG BỘ TỈNH ỦY", "ĐÁNG BỘ TÍNH ỦY"),
        ("sửa đổi, bổ sung", "sửa đổi, bố sung"),
        ("vật liệu nổ công nghiệp", "vật liệu nỗ công nghiệp"),
        ("thuộc thẩm quyền", "thuộc thâm quyên"),
        ("ngày làm việc", "ngảy làm việc"),
        ("Theo đề nghị của", "Theo đê nghị của"),
    ],
)
def test_marks_are_mended_by_the_words_beside(meant, read):
    """Pairs of syllables that official texts use choose between spellings that differ in marks alone."""
    assert mended(read) == meant


@pytest.mark.parametrize(
    "text",
    [
        "tổ chức cơ sở đảng và cấp ủy", "Võ Văn Mẫu", "Khu kinh tế Dung Quất", "Xuân Bính Ngọ", "số 05/QĐ-UBND ngày 03/02/2026",
        "UBND HĐND", "VÕ VĂN MẪU", "LÒ VĂN PĂN", "XÃ SUỐI NGÀN", "TỈNH ĐIỆN BIÊN", "TU HU TƯ",
        "để báo cáo, đề nghị", "ứng phó với bão số 3", "hoà bình và uỷ quyền", "email xxx yyy", "- a) II.", "Kính gửi: Ông Lò Văn Păn", "",
    ],
)  # fmt: skip
def test_what_may_be_meant_stays(text):
    """Names, codes, digits, rare words and both places of the tone mark are left alone."""
    assert mended(text) == text


def test_a_mended_word_keeps_its_place_and_its_doubt():
    """Only the letters change; capitals stay capitals."""
    box = Box(1, 2, 3, 4)
    (first, _) = mended_line([Token("Tô", box, "OCR", 0.5), Token("chức", box, "OCR", 0.9)])
    assert (first.box, first.origin, first.confidence) == (box, "OCR", 0.5)
    assert mended("TÔ CHỨC THỰC HIỆN") == "TỔ CHỨC THỰC HIỆN"


@pytest.mark.parametrize(
    ("joined", "words"),
    [
        (["đáp", "ứng"], [("đáp", 0, 30), ("ứ", 36, 40), ("ứng", 34, 60)]),
        (["vi", "vi"], [("vi", 0, 12), ("vi", 18, 30)]),
        (["52-CT/TW"], [("52-", 0, 20), ("CT/TW", 21, 60)]),
        (["1743/QĐ-BGTVT,"], [("1743/QĐ-", 0, 60), ("-BGTVT,", 57, 100)]),
        (["QĐ-", "BGTVT"], [("QĐ-", 0, 20), ("BGTVT", 32, 60)]),
        (["(cường)-", "Giám"], [("(cường)-", 0, 50), ("Giám", 51, 80)]),
    ],
)
def test_echoes_go_and_parted_codes_are_joined(joined, words):
    """What Tesseract says twice stands in the same place; a code that it parts has hardly a gap."""
    assert [token.text for token in _joined([Token(text, Box(x0, 0, x1, 10), "OCR", 0.9) for text, x0, x1 in words])] == joined
