"""Number and date that a hand wrote are decided by all that bears witness, and are marked when it disagrees."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from ingest.composing import Row, Sheet, Token, compose
from ingest.transcript import Box, Look, Reading, Signature, Transcript
from nlp.extract import blanks_of, extract

EM = 14.0  # points
BODY = (
    "UBND TỈNH SƠN HẢI", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
    "{number}", "{dated}", "QUYẾT ĐỊNH", "Về việc công nhận kết quả rà soát",
    "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;", "Theo Tờ trình số 12/TTr-SNV ngày 18/02/2026;",
    "QUYẾT ĐỊNH:", "Điều 1. Công nhận kết quả rà soát năm 2025.", "CHỦ TỊCH", "Lê Văn Mẫu",
)  # fmt: skip


def read(number="Số: ớf /QĐ-UBND", dated="Sơn Hải, ngày 2ÿ tháng 02 năm 2026", sure=0.97, signed=()):
    """Give a scan as it was read; each word as wide as it is in print, what is no word is unsure."""
    rows = [Row((tuple(line(text.format(number=number, dated=dated), 60 + 24 * n, sure)),)) for n, text in enumerate(BODY)]
    page = compose(Sheet(1, 595, 842, "OCR"), rows)
    signatures = tuple(Signature(1, None, "", None, datetime(2026, 2, day, 9, tzinfo=UTC)) for day in signed)
    return Transcript("t", "t.pdf", "application/pdf", (page,), signatures)


def line(text, top, sure):
    """Lay words side by side."""
    x = 70.0
    for word in text.split():
        width = EM * (1.72 if word == "năm" else 0.5 * len(word))
        yield Token(word, Box(x, top, x + width, top + 12), "OCR", 0.2 if any(c in "ớfÿ" for c in word) else sure)
        x += width + (40 if word in ("Số:", "ngày", "ớf", "2ÿ") else 4)


def looks(transcript, serial=(), day=(), month=(("02", 1.0),)):
    """Say what was seen at the three places; each reading with its chance."""
    seen = (serial, day, month)
    return [Look(blank, tuple(Reading(*each) for each in readings)) for blank, readings in zip(blanks_of(transcript), seen, strict=True)]


def test_the_places_of_number_day_and_month_are_named():
    """The room between `Số:` and the symbol, and those beside `tháng`, left to right, are what a second look is wanted for."""
    serial, day, month = blanks_of(read())
    assert (serial.most, day.most, month.most) == (9999, 31, 12)
    assert serial.box.y1 < day.box.y1 and day.box.x1 <= month.box.x0


def test_nothing_is_doubted_in_a_text():
    """A page that was not read from a picture has no such places."""
    page = read().pages[0]
    page = replace(page, words=tuple(replace(word, origin="text layer") for word in page.words))
    assert blanks_of(Transcript("t", "t.pdf", "application/pdf", (page,))) == ()


@pytest.mark.parametrize(
    ("number", "first", "seen", "marked"),
    [
        ("07/QĐ-UBND", "Số: ớf /QĐ-UBND", [("07", 0.97)], False),
        ("07/QĐ-UBND", "Số: ớf /QĐ-UBND", [("07", 0.6), ("01", 0.35)], True),
        ("84/QĐ-UBND", "Số: 84 /QĐ-UBND", [("84", 0.6), ("34", 0.35)], False),
        ("545/QĐ-UBND", "Số: 575 /QĐ-UBND", [("545", 0.98)], False),
        ("575/QĐ-UBND", "Số: 575 /QĐ-UBND", [("545", 0.5), ("575", 0.4)], False),
        ("57a/QĐ-UBND", "Số: 57a /QĐ-UBND", [("57", 0.98)], False),
        ("27/QĐ-UBND", "Số: 27 /QĐ-UBND", [("2", 1.0)], True),
        ("41/QĐ-UBND", "Số: 4t /QĐ-UBND", [("41", 0.98)], False),
    ],
)
def test_the_serial_is_what_looks_and_first_reading_agree_on(number, first, seen, marked):
    """A first reading that was sure tips the scales but does not outweigh a clear second look; what they leave open is marked."""
    transcript = read(number=first)
    found = extract(transcript, looks(transcript, serial=seen, day=[("20", 0.98)]))
    assert found.number.value == number
    assert ("number" in found.to_verify) == marked


def test_a_picture_among_the_print_of_a_text_layer_is_doubted():
    """A day that stands as a picture between printed words is looked at again; the printed month is not."""
    page = read().pages[0]
    words = tuple(
        replace(word, origin="OCR" if page.text[word.span.start : word.span.end] == "2ÿ" else "text layer") for word in page.words
    )
    assert [blank.most for blank in blanks_of(Transcript("t", "t.pdf", "application/pdf", (replace(page, words=words),)))] == [31]


def test_other_readings_are_kept_beside_the_place():
    """Who checks sees the crop and what else it may say."""
    transcript = read()
    found = extract(transcript, looks(transcript, serial=[("07", 0.6), ("01", 0.35), ("87", 0.001)], day=[("20", 1.0)]))
    assert found.number.candidates == ("01/QĐ-UBND",)
    assert found.number.place.page == 1
    assert found.number.place.box == blanks_of(transcript)[0].box


@pytest.mark.parametrize(
    ("day", "seen", "signed"),
    [
        (20, [("20", 0.9), ("26", 0.1)], ()),
        (20, [("26", 0.6), ("20", 0.4)], (21,)),  # not issued after it was signed
        (20, [("20", 0.5), ("10", 0.5)], ()),  # a document of the 18th is cited
        (24, [("4", 0.6), ("24", 0.4)], ()),  # the form asks for `04`
        (20, [("20", 0.98)], (25,)),
        (23, [], (23,)),
    ],
)
def test_the_day_is_weighed_with_signing_and_citing(day, seen, signed):
    """Digital signatures bound the day from above, cited documents from below; where nothing is seen the signing stands."""
    transcript = read(signed=signed)
    assert extract(transcript, looks(transcript, serial=[("07", 1.0)], day=seen)).issued_on.value == date(2026, 2, day)


def test_a_day_that_two_readings_share_is_marked():
    """Where the reads disagree a person looks."""
    transcript = read()
    found = extract(transcript, looks(transcript, serial=[("07", 1.0)], day=[("20", 0.55), ("26", 0.45)]))
    assert "issued_on" in found.to_verify
    assert found.issued_on.candidates == (date(2026, 2, 26),)


def test_without_a_second_look_the_first_reading_stands():
    """A text that only was kept, without its file, is understood as far as it was read."""
    assert extract(read(number="Số: 84 /QĐ-UBND")).number.value == "84/QĐ-UBND"


def test_number_and_date_on_one_line_are_both_read():
    """A scanner may bring both columns of the head onto one line; a date behind a cited number is none."""
    joined = read(number="Số: 84/QĐ-UBND Sơn Hải, ngày 20 tháng 02 năm 2026", dated="")
    assert (extract(joined).issued_on.value, extract(joined).place.value) == (date(2026, 2, 20), "Sơn Hải")
    assert extract(read(dated="Theo Tờ trình số 12/TTr-SNV, ngày 20 tháng 02 năm 2026")).issued_on is None
