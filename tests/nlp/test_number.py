"""Which numbers of documents does a text hold, in any spelling, and what is none?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.number import find_numbers, parse_number


@pytest.mark.parametrize(
    ("canonical", "written"),
    [
        ("07/2020/NĐ-CP", ["07/2020/NĐ-CP", "07/2020/ND-CP", "07 /2020/ NĐ - CP", "O7/2020/NĐ-CP", "07/2020/NĐĐ-CP"]),
        ("833/QĐ-UBND", ["833/QĐ-UBND", "833/QD-UBND", "833 / QĐ - UBND", "833/QĐ- UBND", "833QĐ-UBND", "833/QĐ-ƯBND", "833/QQĐ-UBND"]),
        ("1234/UBND-XD", ["1234/UBND-XD", "1234/ƯBND-XD", "1234 /UBND- XD"]),
        ("45/2019/QH14", ["45/2019/QH14", "45/2019/ QH14", "45/2019/QHI4", "45/2019/QH143"]),
        ("07-NQ/HU", ["07-NQ/HU", "07 - NQ / HU", "07- NQ/HU"]),
        ("132-QĐ/TW", ["132-QĐ/TW", "l32-QĐ/TW", "132 -QĐ/TW", "132-QD/TW"]),
        ("21-HD/BTCTW", ["21-HD/BTCTW", "21 HD/BTCTW"]),
        ("445-KL/TU", ["445-KL/TU", "445-KL/TƯ"]),
        ("02/HD-BDVTU", ["02/HD-BDVTU"]),
        ("38-CT/TTg", ["38-CT/TTg", "38-CT/TTG"]),
        ("1725/CĐ-TTg", ["1725/CĐ-TTg", "1725/CĐ- -TTg"]),
        ("367-QĐ/TWĐTN-VP", ["367-QĐ/TWĐTN-VP", "367 - QĐ/TWĐTN-VP"]),
        ("51-HĐBT", ["51-HĐBT"]),
        ("1240/SGDĐT-YT", ["1240/SGDDT-YT", "1240/SGĐĐT-YT", "1240/SGDĐT-YT"]),
        ("88/KH-HĐNVQS", ["88/KH-HDNVQS", "88/KH-HĐNVQS"]),
        ("115/QĐ-HĐTĐ", ["115/QĐ-HDTDĐ", "115/QĐ-HĐTĐ"]),
        ("60/CP", ["60/CP"]),
        ("154/CTPH-LĐLĐ-SVH,TT,DL", ["154/CTPH-LĐLĐ-SVH,TT,DL"]),
        ("1842b/CTPH-BVHTTDL-TLĐLĐVN", ["1842b/CTPH-BVHTTDL-TLĐLĐVN"]),
        ("03/2004/TTLT-BCA-BTC-BLĐTB&XH", ["03/2004/TTLT-BCA-BTC-BLĐTB&XH", "03/2004/TTLT-BCA-BTC-BLĐTB & XH"]),
        ("66.1/2025/NQ-CP", ["66.1/2025/NQ-CP"]),
        ("30a/2008/NQ-CP", ["30a/2008/NQ-CP"]),
        ("5053-CV/VPTW/nb", ["5053-CV/VPTW/nb"]),
        ("01/KH-BCĐ389QNg", ["01/KH-BCĐ389QNg"]),
        ("QCVN01:2019/BCT", ["QCVN 01:2019/BCT", "QCVN01:2019/BCT"]),
    ],
)
def test_each_spelling_gives_one_canonical_form(canonical, written):
    """Gaps, line ends, look-alikes and the damage of OCR do not change which document is meant."""
    for text in written:
        number = parse_number(text)
        assert number is not None and number.canonical == canonical, text


@pytest.mark.parametrize(
    "text",
    [
        "07/12", "15/20 đảng viên", "QĐ/Tuần", "20 QĐ/Tuần", "24/7", "1/3 số đại biểu", "2020-2025", "thửa đất số 12/5", "0263.3877/123",
        "số 12/5 đường", "49A-123.45", "ISO 9001:2015", "TCVN 6909:2001", "COVID-19", "SARS-CoV-2/2019", "Trang 2/5", "Mẫu 2C-BNV/2008",
        "24/24H", "05/2023", "10/10/2023", "https://a.vn/12/QĐ-AB", "cúm A/H5N1", "/QĐ-UBND", "số .../QĐ-UBND",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_number_is_none(text):
    """Dates, fractions, addresses, standards, forms and blanks are no numbers of documents."""
    assert find_numbers(text) == []


@pytest.mark.parametrize(
    ("text", "type_code", "organ", "is_party", "is_certain"),
    [
        ("07-NQ/HU", "NQ", "HU", True, True),
        ("07/2020/NĐ-CP", "NĐ", "CP", False, True),
        ("1234/UBND-XD", None, "UBND", False, True),
        ("45/2019/QH14", None, "QH14", False, True),
        ("15/QL20", None, "QL20", False, False),
        ("787/C06-P3", None, "C06", False, False),
    ],
)
def test_a_number_says_its_kind_and_body(text, type_code, organ, is_party, is_certain):
    """The codes tell kind, body and family; a road or a lone code is not certain to be a document."""
    number = parse_number(text)
    assert (number.type_code, number.organ, number.is_party, number.is_certain) == (type_code, organ, is_party, is_certain)


def test_two_spellings_share_a_key():
    """Leading zeros, capitals and lost diacritics do not part two mentions."""
    keys = {parse_number(text).key for text in ("09-HD/BTCTU", "9-HD/BTCTU", "09 - HD / BTCTU")}
    assert len(keys) == 1
    assert parse_number("833/QD-UBND").key == parse_number("833/QĐ-UBND").key != parse_number("834/QĐ-UBND").key


def test_offsets_hold():
    """A number's span is exactly what is printed, however it is spelled."""
    text = "Nghị quyết số 07 - NQ / HU, Luật số 45/2019/QH14 và QCVN 01:2019/BCT."
    assert [text[f.span.start : f.span.end] for f in find_numbers(text)] == ["07 - NQ / HU", "45/2019/QH14", "QCVN 01:2019/BCT"]


@given(st.text(alphabet="0123456789/-. QĐNHUBCPT&,:aốộ", max_size=200))
def test_any_text_is_survived(text):
    """No text breaks the scanner; what is found lies inside the text, in order, without overlap."""
    at = 0
    for found in find_numbers(text):
        assert at <= found.span.start < found.span.end <= len(text)
        at = found.span.start
