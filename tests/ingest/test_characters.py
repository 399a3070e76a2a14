"""One letter, one spelling."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.characters import clean, folded, raised


@pytest.mark.parametrize(
    ("meant", "written"),
    [
        ("Đảng", "Ðảng"),
        ("Tỉnh ủy", "Ti\u0309nh u\u0309y"),
        ("số 05", "số\u00a005"),
        ("thông tin", "thông\u00ad tin\u200b"),
        ("- mục", "\uf02d mục"),
        ("• mục", "\uf0b7 mục"),
        ("01/QĐ-UBND", "01⁄QĐ‑UBND"),
        ("UBND", "UВND"),
        ("Привет", "Привет"),
        ("a\tb\nc", "a\tb\nc"),
        ("ab", "a\x00\x07b"),
    ],
)
def test_look_alikes_become_the_letter_that_was_meant(meant, written):
    """Spellings that look alike come out alike; words of other scripts, tabs and line feeds stay."""
    assert clean(written) == meant


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    """Cleaned text is composed and stays as it is."""
    once = clean(text)
    assert clean(once) == once == unicodedata.normalize("NFC", once)


def test_folded_text_has_neither_case_nor_marks():
    """Set phrases are found where OCR lost a mark."""
    assert folded("ĐẢNG CỘNG SẢN, Độc lập – Tự do") == "dang cong san, doc lap – tu do"
    assert raised("12") == "¹²"
