"""One letter, one spelling."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.characters import clean, folded, is_disguised, may_be_disguised, raised


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


@pytest.mark.parametrize(
    ("disguised", "word"),
    [(True, "b\u0430n"), (True, "d\u200bân"), (True, "Ðắk"), (False, "Đắk"), (False, "Привет"), (False, "QĐ-UBND")],
)
def test_a_word_that_looks_vietnamese_but_is_not_is_told(disguised, word):
    """Letters of other scripts among Latin ones, and hidden characters inside; a foreign word is what it looks like."""
    assert is_disguised(word) is disguised


@given(st.text(alphabet="anđÐĐ-\u0430\u03bf\u200b\u00ad\uf02dП"))
def test_a_text_that_may_not_be_disguised_holds_no_disguised_word(text):
    """The look at a whole page misses nothing."""
    assert may_be_disguised(text) or not any(map(is_disguised, text.split()))
