"""What is stated of a value is the chance that it is right: never higher for a worse sign, and kept with every part."""

import pytest

from ingest.composing import Row, Sheet, Token, compose
from ingest.transcript import Box, Page, Transcript
from nlp.calibration import LEAST, MOST, OTHER, Worths, learned, parted
from nlp.extract import extract
from nlp.signs import SIGNS, Signs
from nlp.soundness import is_sound, unsound

LETTER = (
    "ĐẢNG BỘ TỈNH HẢI SƠN", "ĐẢNG ỦY XÃ TÂN KHÊ", "Số 245-CV/ĐU", "ĐẢNG CỘNG SẢN VIỆT NAM", "Tân Khê, ngày 02 tháng 11 năm 2026",
    "Kính gửi: Các chi bộ trực thuộc,",
    "Thực hiện Kế hoạch số 21-KH/ĐU, ngày 12/3/2026 của Ban Thường vụ Đảng ủy, đề nghị các chi bộ báo cáo kết quả trước ngày 20/11/2026.",
    "Nơi nhận:", "- Như trên,", "- Lưu Văn phòng Đảng ủy.", "T/M BAN THƯỜNG VỤ", "BÍ THƯ", "Trần Văn Mẫu",
)  # fmt: skip


def scan(sure):
    """Give the letter as a scan of which every word was read with this confidence."""
    rows = []
    for at, text in enumerate(LETTER):
        words = [Token(word, Box(70 + 30 * n, 60 + 20 * at, 95 + 30 * n, 72 + 20 * at), "OCR", sure) for n, word in enumerate(text.split())]
        rows.append(Row((tuple(words),)))
    return Transcript("t", "t.pdf", "application/pdf", (compose(Sheet(1, 595, 842, "OCR"), rows),))


def stated(directive):
    """Give everything that is stated of a directive: name → chance."""
    heads = {name: getattr(directive, name).confidence for name in ("number", "type", "issued_on", "agency") if getattr(directive, name)}
    for at, reference in enumerate(directive.references):
        heads |= {f"references[{at}]": reference.confidence} | {f"references[{at}].{part}": sure for part, sure in reference.parts}
    for at, duty in enumerate(directive.duties):
        heads |= {f"duties[{at}]": duty.confidence} | {f"duties[{at}].{part}": sure for part, sure in duty.parts}
    return heads


@pytest.mark.parametrize("worse", [sign for sign in SIGNS if sign != "belief"])
def test_no_sign_against_a_value_makes_it_surer(worse):
    """In every field, more of a sign leaves the chance the same or lower; a stronger belief leaves it the same or higher."""
    at = SIGNS.index(worse)
    for field in learned().fields:
        chances = [learned().chance(Signs(field, "", tuple(much * (i == at) for i in range(len(SIGNS))))) for much in (0.0, 0.5, 1.0, 3.0)]
        beliefs = [learned().chance(Signs(field, "", (less, *[0.0] * (len(SIGNS) - 1)))) for less in (-3.0, -1.0, 0.0)]
        assert chances == sorted(chances, reverse=True) and beliefs == sorted(beliefs), field
        assert all(LEAST <= chance <= MOST for chance in chances + beliefs)


def test_a_field_that_was_never_seen_is_judged_by_what_all_have_in_common():
    """An unknown field and an unknown rule raise nothing."""
    signs = Signs("tên chưa gặp", "quy tắc chưa gặp", (0.0,) * len(SIGNS))
    assert learned().chance(signs) == learned().chance(Signs(OTHER, "", (0.0,) * len(SIGNS)))


@pytest.mark.parametrize("odds", [-9.0, -1.0, 0.0, 1.5, 3.0, 7.0])
def test_parts_of_the_odds_come_to_the_odds(odds):
    """Where nothing is stretched, the odds stay as they are."""
    assert sum(parted(odds)[1:]) == pytest.approx(odds)
    assert Worths({OTHER: (0.0, *[0.0] * len(SIGNS))}).chance(Signs("x", "", (0.0,) * len(SIGNS))) == 0.5


def test_a_value_is_stated_lower_the_less_surely_its_words_were_read():
    """Of the same letter, no value and no part is stated higher on the worse scan, and all together are lower."""
    clear, poor = (stated(extract(scan(sure))) for sure in (0.97, 0.6))
    assert clear.keys() == poor.keys() and {"references[0].agency", "references[0].relation", "duties[0].assignee"} <= clear.keys()
    assert all(poor[name] <= clear[name] for name in clear)
    assert sum(poor.values()) < sum(clear.values()) - 0.1


def test_a_clean_text_is_stated_sure_and_leaves_nothing_to_verify():
    """What no sign speaks against is stated at 0.9 or more."""
    directive = extract(Transcript("t", "t.txt", "text/plain", (Page(1, 0, 0, "\n".join(LETTER)),)))
    assert min(stated(directive).values()) >= 0.9 and directive.to_verify == ()


@pytest.mark.parametrize(
    ("sound", "word"),
    [
        *((True, word) for word in ("Nghiêng,", "UBND", "07-NQ/HU", "thuở", "quyết", "(b/c);", "khuya", "28/02/2023")),
        *((False, word) for word in ("tỉnb", "B4n", "thưc", "nhiệệm", "trlển", "~", "cáo|", "tHực")),
    ],
)
def test_what_a_bad_reading_leaves_is_no_word(word, sound):
    """A syllable has an onset, a rhyme and at most one tone; one that ends in a stop has an acute or a dot."""
    assert is_sound(word) is sound


def test_unsound_words_are_counted_among_all():
    """The count is (no words of the language, all words)."""
    assert unsound("Ban Thưỡgg vụ Đảng ủy") == (1, 5)
    assert unsound("") == (0, 0)
