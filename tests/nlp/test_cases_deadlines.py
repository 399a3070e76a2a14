"""Dates, deadlines and recipients in every spelling that was met, read from the bytes of a letter, clean and damaged.

Where the record's guide differs from a general time model, the guide wins: a described span (`giai đoạn`), a meeting's hour
and a qualitative limit (`ngay`, `thường xuyên`) are no deadlines; `trước ngày X` is due on the day that is named.
"""

import datetime as dt
import random
import time
import unicodedata

import pytest

from ingest.read import read
from ingest.transcript import Page, Transcript
from nlp.extract import extract
from nlp.letters import bare
from nlp.limits import Setting, binds
from nlp.times import find_times

HEAD = (
    "ĐẢNG BỘ TỈNH LÂM HÀ\nHUYỆN ỦY TÂN SƠN\n*\nSố 12-CV/HU\nĐẢNG CỘNG SẢN VIỆT NAM\nTân Sơn, ngày 15 tháng 01 năm 2023\n\n"
    "Kính gửi: Các chi, đảng bộ trực thuộc.\n\nHuyện ủy yêu cầu thực hiện như sau:\n"
)
TAIL = "\n\nNơi nhận:\n- Như trên,\n- Lưu Văn phòng Huyện ủy.\nT/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n\nTrần Văn Bình\n"

# (kind, last day or rule, hour, sentence), most of them the numbered cases 127 to 149 of the study of references and deadlines
LIMITS = [
    ("recurring", "FREQ=MONTHLY;BYMONTHDAY=15", None, "Các chi bộ báo cáo Ban Tổ chức Huyện ủy chậm nhất ngày 15 hàng tháng."),
    ("recurring", "FREQ=MONTHLY;BYMONTHDAY=20", None, "Các chi bộ gửi báo cáo trước ngày 20 hằng tháng."),
    ("recurring", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=25", None, "Các đơn vị báo cáo trước ngày 25 của tháng cuối quý."),
    ("recurring", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=-1", None, "Các chi bộ hoàn thành đăng ký trong tháng 01 hàng năm."),
    ("recurring", None, None, "Các cấp ủy định kỳ hàng quý, 6 tháng, năm báo cáo kết quả thực hiện."),
    ("recurring", "FREQ=WEEKLY;BYDAY=FR", None, "Văn phòng báo cáo Thường trực Huyện ủy vào thứ Sáu hằng tuần."),
    ("relative", None, None, "Các đơn vị gửi báo cáo trong thời hạn 05 ngày làm việc kể từ ngày nhận được văn bản."),
    ("relative", "2023-01-30", None, "Các đơn vị gửi báo cáo trong vòng 15 ngày kể từ ngày ký công văn này."),
    ("date", "2024-03-31", None, "Giao Ban Tổ chức Huyện ủy hoàn thành đề án trong quý I/2024."),
    ("date", "2023-06-30", None, "Giao Ban Tổ chức Huyện ủy hoàn thành đề án trong Quý II năm 2023."),
    ("date", "2023-09-30", None, "Giao Ban Tổ chức Huyện ủy hoàn thành đề án trong qúy III/2023."),
    ("date", "2023-12-31", None, "Giao Ban Tổ chức Huyện ủy hoàn thành đề án trong quí IV."),
    ("date", "2023-09-30", None, "Giao Ban Tổ chức Huyện ủy hoàn thành đề án trong Q3/2023."),
    ("date", "2023-03-20", "17:00", "Đề nghị các chi bộ gửi danh sách về Văn phòng trước 17h00 ngày 20/3."),
    ("date", "2023-03-20", "17:00", "Đề nghị các chi bộ gửi danh sách về Văn phòng trước 17 giờ 00 ngày 20/3."),
    ("date", "2023-03-20", "16:30", "Đề nghị các chi bộ gửi danh sách về Văn phòng trước 16g30 ngày 20/3."),
    ("date", "2023-03-20", "17:00", "Đề nghị các chi bộ gửi danh sách về Văn phòng trước 17h ngày 20/3/2023 (thứ Hai)."),
    ("date", "2023-03-20", None, "Đề nghị các chi bộ gửi danh sách chậm nhất thứ Hai, ngày 20/3/2023."),
    ("date", "2023-12-31", None, "Giao Văn phòng hoàn thành việc số hóa tài liệu trong năm 2023."),
    ("date", "2023-06-30", None, "Các chi bộ hoàn thành chỉ tiêu kết nạp trong 6 tháng đầu năm 2023."),
    ("date", "2023-09-30", None, "Các chi bộ hoàn thành chỉ tiêu kết nạp trong 9 tháng đầu năm 2023."),
    ("date", "2023-02-15", None, "Thời gian thực hiện: từ 01 đến 15/02/2023."),
    ("date", "2023-03-05", None, "Các chi bộ gửi báo cáo trước ngày 05 tháng 3 năm 2023."),
    ("date", "2023-04-03", None, "Các chi bộ gửi báo cáo trước ngày 03 tháng bốn năm 2023."),
    ("date", "2023-09-02", None, "Các chi bộ gửi báo cáo trước ngày mồng 2/9."),
    ("date", "2023-10-29", None, "Các chi bộ gửi báo cáo chậm nhất 29-10-2023."),
    ("date", "2023-02-28", None, "Các chi bộ gửi báo cáo trước 28.02.2023."),
    ("date", "2023-03-05", None, "Các chi bộ gửi báo cáo trước 5/3/23."),
    ("date", "2023-05-31", None, "Giao Văn phòng hoàn thành kiểm kê trong tháng Năm năm 2023."),
    ("date", "2023-03-31", None, "Giao Văn phòng hoàn thành kiểm kê trước cuối tháng 3."),
    ("date", "2023-05-15", None, "Giao Văn phòng hoàn thành kiểm kê vào giữa tháng 5/2023."),
    ("date", "2024-01-10", None, "Giao Văn phòng hoàn thành kiểm kê trước ngày 10/01."),
    ("recurring", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31", None, "Các trường báo cáo quyết toán chậm nhất là ngày 31/01 năm sau."),
    ("recurring", "FREQ=YEARLY;BYMONTH=6,9;BYMONTHDAY=23", None, "Các đơn vị báo cáo trước ngày 23 tháng 6 và ngày 23 tháng 9 hàng năm."),
    ("recurring", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1", None, "Ban Chỉ đạo họp 6 tháng một lần vào tháng 6 và tháng 12 hàng năm."),
    ("recurring", None, None, "Văn phòng Huyện ủy chủ trì, hằng quý báo cáo Ban Thường vụ về kết quả."),
    ("date", "2023-10-31", None, "Các chi bộ kiểm tra, giám sát từ ngày 01/10/2023 đến ngày 31/10/2023."),
    ("date", "2023-11-25", "10:00", "Các chi bộ nộp hồ sơ trước 10.00 ngày 25.11.2023."),
    ("date", "2025-12-31", None, "Đến năm 2025, tổng kết việc thực hiện Kế hoạch, báo cáo Huyện ủy."),
]  # fmt: skip
NO_LIMITS = [
    "Các chi bộ xây dựng báo cáo 6 tháng đầu năm.",
    "Tiếp tục thực hiện Chương trình giai đoạn 2021 - 2025.",
    "Thực hiện nghị quyết đại hội nhiệm kỳ 2020-2025.",
    "Tuyển sinh năm học 2022 - 2023 được thực hiện theo kế hoạch.",
    "Các chi bộ triển khai ngay sau khi nhận được văn bản.",
    "Các chi bộ thường xuyên kiểm tra, kịp thời báo cáo.",
    "Đất được giao trước ngày 01/7/2024 được cấp giấy chứng nhận.",
    "Quy định này có hiệu lực từ ngày 01/7/2025.",
    "Các chi bộ gửi báo cáo trước ngày 31/02/2023.",
    "Các chi bộ gửi báo cáo trước ngày 30/2.",
    "Hội nghị tổ chức vào lúc 8 giờ ngày 20/3/2023 tại hội trường.",
    "Theo Công văn số 15-CV/TU, ngày 26/12/2024 của Tỉnh ủy, các chi bộ báo cáo kết quả.",
    "Tỷ lệ kết nạp đạt 15/20 đảng viên, bằng 1/3 số đại biểu, trực 24/7.",
    "Đoàn Việt Nam 2025 đã báo cáo kết quả.",
]


def clean(text):
    return text


def decomposed(text):
    return unicodedata.normalize("NFD", text)


def with_carriage_returns(text):
    return text.replace("\n", "\r\n")


def noised(text):
    """A third of the words lose their marks, spaces double, lines break anywhere: what OCR leaves, seeded."""
    rng = random.Random(text)
    words = [bare(word) if rng.random() < 0.33 and word.islower() else word for word in text.split(" ")]
    return "".join(word + rng.choice([" ", " ", " ", "  ", "\n"]) for word in words).rstrip()


VARIANTS = [clean, decomposed, with_carriage_returns, noised]


def read_letter(folder, body, variant):
    """Read a letter with this body, damaged in one way, from bytes."""
    body = noised(body) if variant is noised else body
    text = variant(HEAD + body + TAIL) if variant is not noised else HEAD + body + TAIL
    path = folder / "letter.txt"
    path.write_bytes(text.encode())
    transcript = read(path)
    return transcript, extract(transcript)


def limits_of(transcript, directive):
    """Give the limits (a place in another document is none); the words at each place must be its text."""
    found = [duty.deadline for duty in directive.duties if duty.deadline and duty.deadline.kind != "elsewhere"]
    for limit in found:
        span = limit.place.span
        assert " ".join(transcript.text[span.start : span.end].split()) == limit.text
    return found


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.__name__)
@pytest.mark.parametrize(("kind", "when", "hour", "sentence"), LIMITS, ids=[case[3][-40:] for case in LIMITS])
def test_a_limit_is_read_in_each_spelling(tmp_path, variant, kind, when, hour, sentence):
    """Kind, last day or rule, and hour are those a reader takes, in clean text, NFD, CRLF and as OCR leaves it; offsets hold."""
    (limit,) = limits_of(*read_letter(tmp_path, sentence, variant))
    said = limit.recurrence if kind == "recurring" else limit.date and limit.date.isoformat()
    assert (limit.kind, said, limit.at and limit.at.strftime("%H:%M")) == (kind, when, hour)


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.__name__)
@pytest.mark.parametrize("sentence", NO_LIMITS)
def test_what_binds_nobody_is_no_limit(tmp_path, variant, sentence):
    """Periods that describe, conditions, entry into force, impossible days, meetings and fractions are no limits."""
    assert not limits_of(*read_letter(tmp_path, sentence, variant))


def test_a_year_that_was_filled_in_is_said(tmp_path):
    """A day without a year is the next such day, and the assumption is kept; a full date assumes nothing."""
    _, filled = read_letter(tmp_path, "Các chi bộ gửi báo cáo trước ngày 20/3.", clean)
    _, full = read_letter(tmp_path, "Các chi bộ gửi báo cáo trước ngày 20/3/2023.", clean)
    assert "2023" in filled.duties[0].deadline.assumptions[0]
    assert full.duties[0].deadline.assumptions == ()


def test_each_limit_keeps_to_its_own_item(tmp_path):
    """Two numbered items with two bodies and two limits are two duties."""
    body = "1. UBND huyện báo cáo kết quả trước ngày 28/02/2023.\n2. Các chi, đảng bộ gửi báo cáo chậm nhất ngày 15 hàng tháng."
    _, directive = read_letter(tmp_path, body, clean)
    assert [(d.assignee, d.deadline.kind) for d in directive.duties] == [("UBND huyện", "date"), ("Các chi, đảng bộ", "recurring")]


def test_a_span_of_working_days_keeps_what_it_counts_from(tmp_path):
    """Counting from receipt leaves the day open and names the anchor; the words say working days."""
    _, directive = read_letter(tmp_path, LIMITS[6][3], clean)
    (limit,) = [duty.deadline for duty in directive.duties]
    assert (limit.anchor, limit.date, "ngày làm việc" in limit.text) == ("nhận được văn bản", None, True)


def test_a_blank_day_in_the_head_leaves_the_date_open(tmp_path):
    """`ngày     tháng 01 năm 2023` gives no date of issue, and says why."""
    path = tmp_path / "letter.txt"
    path.write_text((HEAD + "Các chi bộ báo cáo." + TAIL).replace("ngày 15 tháng", "ngày     tháng"), "utf-8")
    directive = extract(read(path))
    assert directive.issued_on is None and directive.missing["issued_on"]


# (recipients, filing line, lines of Nơi nhận), the cases 151 to 157
RECIPIENTS = [
    ([], "VPHU", "- Như trên,\n- Lưu VPHU."),
    ([], "VT", "- Như kính gửi;\n- Lưu: VT."),
    ([], "VT, NC", "- Như Điều 3;\n- Lưu: VT, NC."),
    ([], "VT", "- Như kính gửi (để phê duyệt);\n- Lưu VT."),
    (["Thường trực Tỉnh ủy"], "VPHU", "- Thường trực Tỉnh ủy (để b/c),\n- Như trên,\n- Lưu VPHU."),
    (["Các chi bộ", "Văn phòng", "Phòng Nội vụ"], "VT",
     "- Các chi bộ (để thực hiện),\n- Văn phòng (để t/h),\n- Phòng Nội vụ (để p/h),\n- Lưu VT."),
    (["Thường trực HĐND"], "VT", "- Thường trực HĐND (để theo dõi, chỉ đạo),\n- Lưu VT."),
    (["Các đồng chí Ủy viên Ban Thường vụ Huyện ủy", "Đ/c Bí thư, Phó Bí thư"], "VT",
     "- Các đồng chí Ủy viên Ban Thường vụ Huyện ủy,\n- Đ/c Bí thư, Phó Bí thư,\n- Lưu VT."),
    (["Các chi bộ", "UBND các xã"], "VT", "- Các chi bộ (qua email);\n- UBND các xã (bản điện tử);\n- Lưu: VT."),
    (["TT Tỉnh ủy", "TT HĐND tỉnh", "CT, các PCT UBND tỉnh"], "VT", "- TT Tỉnh ủy, TT HĐND tỉnh;\n- CT, các PCT UBND tỉnh;\n- Lưu: VT."),
    (["TTTU", "TT HĐND tỉnh"], "VT", "- TTTU, TT HĐND tỉnh (để b/c);\n- Lưu: VT."),
    (["Sở Nội vụ", "Sở Y tế"], "VT", "- Các Sở: Nội vụ, Y tế;\n- Lưu: VT."),
    (["Thường trực Tỉnh ủy", "Thường trực HĐND tỉnh"], "VT", "- Thường trực: Tỉnh ủy, HĐND tỉnh;\n- Lưu: VT."),
    (["VPUB: CVP, PCVP"], "VT", "- VPUB: CVP, PCVP;\n- Lưu: VT."),
    (["Sở Y tế"], "VT", "Như trên;\nSở Y tế;\nLưu: VT."),
]  # fmt: skip


@pytest.mark.parametrize("variant", [clean, decomposed, with_carriage_returns], ids=lambda variant: variant.__name__)
@pytest.mark.parametrize(("names", "filed", "lines"), RECIPIENTS, ids=[case[2][:40] for case in RECIPIENTS])
def test_recipients_are_bodies_without_pointers_and_purposes(tmp_path, variant, names, filed, lines):
    """Lines that only point and purposes in brackets go, different bodies on a line are parted, those of one stay together."""
    path = tmp_path / "letter.txt"
    path.write_bytes(
        variant(HEAD + "Đề nghị các chi bộ thực hiện." + TAIL.replace("- Như trên,\n- Lưu Văn phòng Huyện ủy.", lines)).encode()
    )
    directive = extract(read(path))
    assert ([found.value for found in directive.recipients], directive.filed_at.value) == (names, filed)
    assert directive.signer.name.value == "Trần Văn Bình"


def test_without_a_list_there_are_no_recipients(tmp_path):
    """A decision that names no Nơi nhận has none, and the reason is given."""
    path = tmp_path / "letter.txt"
    path.write_text(HEAD + "Đề nghị các chi bộ thực hiện." + TAIL[TAIL.index("T/M") :], "utf-8")
    directive = extract(read(path))
    assert directive.recipients == () and directive.missing["recipients"]


HOSTILE = {
    "one long line": "Các chi bộ báo cáo trước ngày 20/3/2023 ",
    "spaces": "trước" + " " * 40 + "ngày" + " " * 40,
    "brackets": "((((",
    "quotes": '“”“"‘',
    "digits and slashes": "12/34-5/6.7/",
    "a list without end": "khoản 1, 2, 3, 4, ",
    "numbers": "Quyết định số 12/QĐ-UBND ngày 20/3/2023, ",
    "years": "năm 2023 quý I tháng 3 ngày 5 ",
    "names": "Ủy ban nhân dân xã Ban Tổ chức Sở ",
    "verbs": "giao yêu cầu đề nghị báo cáo ",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_in_linear_time(name):
    """Ten times the text takes about ten times as long, whatever is repeated (with room for a busy machine)."""

    def seconds(length):
        unit = HOSTILE[name]
        text = (unit * (length // len(unit) + 1))[:length]
        start = time.process_time()
        extract(Transcript("t", "t", "text/plain", (Page(1, 0, 0, text),)))
        return time.process_time() - start

    seconds(2_000)
    short = min(seconds(6_000) for _ in range(2))
    assert seconds(60_000) < 25 * max(short, 0.01)


def test_reading_again_gives_the_same(tmp_path):
    """The same text gives the same Directive, offsets and all."""
    transcript, first = read_letter(tmp_path, LIMITS[0][3], clean)
    assert extract(transcript) == first


def test_offsets_count_code_points_behind_any_letter(tmp_path):
    """Emoji, CJK and `<` before a limit move its place by one each, and nothing else."""
    plain, first = read_letter(tmp_path, "Các chi bộ gửi báo cáo trước ngày 20/3/2023.", clean)
    odd, second = read_letter(tmp_path, "😀漢<b\nCác chi bộ gửi báo cáo trước ngày 20/3/2023.", clean)
    (one,), (two,) = limits_of(plain, first), limits_of(odd, second)
    assert (one.text, two.date) == (two.text, one.date) and two.place.span.start - one.place.span.start == len("😀漢<b\n")


def test_every_time_that_binds_lies_in_its_text():
    """Whatever is cut off a sentence at either end, times lie inside it and nothing is raised."""
    sentence = (
        "Các chi bộ báo cáo trước 17h00 ngày 20/3/2023, định kỳ hằng quý, trong thời hạn 05 ngày làm việc kể từ ngày nhận được văn bản"
    )
    for cut in range(len(sentence)):
        for text in (sentence[:cut], sentence[cut:]):
            for found in find_times(text, dt.date(2023, 1, 15)):
                assert 0 <= found.start <= found.core < found.end <= len(text)
                binds(found, (bare(text), text.lower()), 0, len(text), Setting(dt.date(2023, 1, 15)))
