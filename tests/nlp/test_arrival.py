"""What an arrival stamp says is read apart from the document's own number and date; what a hand wrote is always to verify."""

from dataclasses import replace
from datetime import date

import pytest

from ingest.composing import Row, Sheet, Token, compose
from ingest.transcript import Box, Look, Reading, Region, Transcript
from nlp.arrival import arrival_blanks, read_arrival
from nlp.extract import blanks_of, extract

ISSUED = date(2026, 3, 10)
FRAME = Box(50, 150, 200, 235)
HEAD = ("UBND TỈNH SƠN HẢI", "Số: 25/QĐ-UBND", "Sơn Hải, ngày 10 tháng 3 năm 2026", "QUYẾT ĐỊNH", "Điều 1. Công nhận kết quả rà soát.")


def laid(texts, top, *, sure, left=60.0, apart=13.0):
    """Give rows of words below each other; a word with `~` before it was read unsurely."""
    for n, text in enumerate(texts):
        x, tokens = left, []
        for word in text.split():
            plain = word.removeprefix("~")
            tokens.append(
                Token(plain, Box(x, top + apart * n, x + 6 * len(plain), top + apart * n + 9), "OCR", sure if plain == word else 0.2)
            )
            x += 6 * len(plain) + 3
        yield tuple(tokens)


def read(*stamp, frame=True, kind="stamp"):
    """Give a scan with the lines of a stamp."""
    rows = [Row((line,)) for line in laid(HEAD, 60, sure=0.95, left=250)]
    rows += [Row((line,), kind, begins=n == 0) for n, line in enumerate(laid(stamp, 160, sure=0.95))]
    page = compose(Sheet(1, 595, 842, "OCR"), rows)
    page = replace(page, regions=(Region(FRAME, "arrival stamp"),)) if frame else page
    return Transcript("t", "t.pdf", "application/pdf", (page,))


def said(transcript, looks=(), issued=ISSUED):
    found = read_arrival(transcript, looks, issued)
    return tuple(value.value if value else None for value in (found.number, found.on, found.forwarded_to)), found.to_verify


@pytest.mark.parametrize(
    ("values", "stamp"),
    [
        (("417", date(2026, 3, 12), None), ("SỞ NỘI VỤ", "ĐẾN Số: 417", "Ngày: 12/3/2026", "Chuyển:")),
        (("417", date(2026, 3, 12), "Phòng Tổ chức"), ("ĐẾN", "Số: ...417...", "Ngày: 12-03-2026", "Chuyển: Phòng Tổ chức")),
        (("1234/VP", date(2026, 3, 12), None), ("CÔNG VĂN ĐẾN", "Số:1234/VP Ngày:12/3/2026")),
        (("52", None, None), ("CÔNG VĂN ĐẾN", "Số đến: 52", "Ngày: ......")),
        (("52", date(2026, 3, 12), None), ("VĂN BẢN ĐẾN", "Số 52", "Ngày 12 tháng 3 năm 2026")),
        ((None, date(2026, 3, 12), None), ("SO NỘI VỤ", "ĐẾN", "Giờ: 8", "Ngày: 12/3/2026")),
        ((None, None, None), ("SỞ NỘI VỤ", "ĐẾN")),
        ((None, None, None), ("ĐẾN", "Ngày: 45/13/2026", "Chuyển: ~Ph ~h")),
    ],
)  # fmt: skip
def test_what_is_printed_in_a_stamp_is_read(values, stamp):
    """Number, day and reader stand beside their labels, also where OCR joined them; nothing else is one, nor what is no day."""
    assert said(read(*stamp)) == (values, ())


def test_the_documents_own_number_and_date_stay():
    """A stamp changes nothing of the head, and the head nothing of the stamp."""
    directive = extract(read("ĐẾN", "Số: 417", "Ngày: 12/3/2026"))
    assert (directive.number.value, directive.issued_on.value) == ("25/QĐ-UBND", ISSUED)
    assert (directive.arrived_as.value, directive.arrived_on.value) == ("417", date(2026, 3, 12))
    assert not {"arrived_as", "arrived_on"} & set(directive.to_verify)


def test_the_body_of_a_page_is_no_stamp():
    """Words that are no stamp's are never read as one, not even with its labels."""
    assert said(read("ĐẾN", "Số: 417", "Ngày: 12/3/2026", kind="text")) == ((None, None, None), ())


def test_a_stamp_without_a_frame_is_read_by_its_words():
    """A block of kind stamp that says ĐẾN needs no region; one that does not is another stamp."""
    assert said(read("CÔNG VĂN ĐẾN", "Số: 417", frame=False))[0][0] == "417"
    assert said(read("ĐÃ KÝ", "Số: 417", frame=False))[0][0] is None


def test_a_paper_cannot_come_in_before_it_was_issued():
    """Such a day stays as it is printed, to verify."""
    assert said(read("ĐẾN", "Ngày: 02/3/2026")) == ((None, date(2026, 3, 2), None), ("arrived_on",))


def looked(transcript, *readings):
    """Say what was seen at each blank of the stamp."""
    return [Look(blank, tuple(Reading(*each) for each in seen)) for blank, seen in zip(arrival_blanks(transcript), readings, strict=True)]


def test_what_a_hand_wrote_is_looked_at_again():
    """The rooms beside Số and Ngày reach to the frame; they are asked for after those of the head. What is printed is not asked for."""
    transcript = read("ĐẾN", "Số: ~4I7", "Ngày: ~1Z/~3", "Chuyển:")
    number, day = arrival_blanks(transcript)
    assert blanks_of(transcript)[-2:] == (number, day)
    assert number.box.x1 == day.box.x1 and 190 < day.box.x1 < FRAME.x1
    assert number.box.y1 < day.box.y1
    assert arrival_blanks(read("ĐẾN", "Số: 417", "Ngày: 12/3/2026")) == ()
    assert arrival_blanks(read("ĐẾN", "Số: ~4I7", frame=False)) == ()


@pytest.mark.parametrize(
    ("day", "seen"),
    [
        (date(2026, 3, 12), "12131026"),
        (date(2026, 3, 12), "1203126"),
        (date(2026, 3, 12), "12032026"),
        (date(2026, 3, 12), "1213126"),
        (date(2026, 4, 2), "021412026"),
        (None, "9999"),
        (None, "010112020"),
    ],
)
def test_a_written_day_is_one_on_which_the_paper_can_have_come(day, seen):
    """Figures with strokes between them, read as ones, are a day after that of the document, or none; it is always to verify."""
    transcript = read("ĐẾN", "Số: ~4I7", "Ngày: ~1Z/~3")
    values, doubts = said(transcript, looked(transcript, [("417", 0.9), ("411", 0.08)], [(seen, 0.5)]))
    assert values == ("417", day, None)
    assert doubts == (("arrived_as", "arrived_on") if day else ("arrived_as",))


def test_the_other_readings_of_a_hand_are_named():
    """Candidates stand beside the number, with the place of the blank."""
    transcript = read("ĐẾN", "Số: ~4I7", "Ngày: 12/3/2026")
    (look,) = looked(transcript, [("417", 0.7), ("411", 0.2), ("4", 0.01)])
    found = read_arrival(transcript, [look], ISSUED).number
    assert (found.value, found.candidates, found.place.box) == ("417", ("411",), look.blank.box)
    assert found.confidence <= 0.6


def test_without_its_own_date_no_written_day_is_guessed():
    """Nothing else says which year and month a hand may have meant."""
    transcript = read("ĐẾN", "Ngày: ~1Z/~3")
    assert said(transcript, looked(transcript, [("121312026", 0.9)]), issued=None) == ((None, None, None), ())


def test_the_line_above_the_day_is_the_numbers():
    """Where Ngày and Chuyển stand as the form has them and Số was not read, the line above is looked at; above Ngày alone it is not."""
    number, _ = arrival_blanks(read("ĐẾN", "~x", "Ngày: ~1Z/~3", "Chuyển:"))
    assert number.most > 9999 and number.box.y1 < 160 + 2 * 13 + 9
    assert len(arrival_blanks(read("ĐẾN", "Giờ: ~8", "Ngày: ~1Z/~3"))) == 1
