"""Which times does a text say, and what are they as dates and rules?"""

import datetime as dt
import time

import pytest

from nlp.compact import compact
from nlp.times import find_times

ISSUED = dt.date(2023, 1, 15)


def only(text, issued_on=ISSUED):
    """Give the one time of a text as (words, shape, bound, date, hour, rule)."""
    (found,) = find_times(text, issued_on)
    return text[found.start : found.end], found.shape, found.bound, found.date and found.date.isoformat(), found.at, found.recurrence


@pytest.mark.parametrize(
    ("words", "bound", "date", "text"),
    [
        ("trước ngày 20/8/2025", "before", "2025-08-20", "trình Thường trực trước ngày 20/8/2025."),
        ("trước 28.02.2023", "before", "2023-02-28", "gửi về trước 28.02.2023;"),
        ("chậm nhất ngày 29-10-2023", "at latest", "2023-10-29", "chậm nhất ngày 29-10-2023"),
        ("chậm nhất đến ngày 01 tháng 7 năm 2028", "at latest", "2028-07-01", "áp dụng chậm nhất đến ngày 01 tháng 7 năm 2028 theo"),
        ("đến hết ngày 31/3/2023", "at latest", "2023-03-31", "nhận hồ sơ đến hết ngày 31/3/2023"),
        ("trong ngày 30 tháng 4 năm 2026", "within", "2026-04-30", "có văn bản trong ngày 30 tháng 4 năm 2026."),
        ("trước ngày 03 tháng bốn năm 2023", "before", "2023-04-03", "trước ngày 03 tháng bốn năm 2023"),
        ("trước ngày 0S tháng 5 năm 2026", "before", "2026-05-05", "trình trước ngày 0S tháng 5 năm 2026."),
        ("trước ngày l5/3/2023", "before", "2023-03-15", "gửi trước ngày l5/3/2023"),
        ("trước ngày 03 tháng mườm ba", None, None, "trước ngày 03 tháng mườm ba"),
        ("trước ngày 03 tháng tư năm 2023", "before", "2023-04-03", "trước ngày 03 tháng tư năm 2023"),
    ],
)
def test_a_day_is_read_in_its_spellings(words, bound, date, text):
    """A day keeps its cue words and becomes one date; an unknown month is no day."""
    found = [(text[t.start : t.end], t.bound, t.date.isoformat()) for t in find_times(text, ISSUED)]
    assert found == ([(words, bound, date)] if date else [])


@pytest.mark.parametrize(
    ("words", "date", "text"),
    [
        ("trong tháng 11/2024", "2024-11-30", "hoàn thành trong tháng 11/2024"),
        ("trong quý I/2025", "2025-03-31", "xong trong quý I/2025"),
        ("quý IV năm 2023", "2023-12-31", "vào đầu tiến độ: quý IV năm 2023"),
        ("trong năm 2023", "2023-12-31", "Kết thúc trong năm 2023"),
        ("cuối tháng 3", "2023-03-31", "xong cuối tháng 3"),
        ("6 tháng đầu năm 2023", "2023-06-30", "kết quả 6 tháng đầu năm 2023"),
        ("trước tháng 6/2023", "2023-05-31", "xong trước tháng 6/2023"),
        ("Từ nay đến năm 2025", "2025-12-31", "Từ nay đến năm 2025, phấn đấu"),
    ],
)
def test_a_period_ends_with_its_last_day(words, date, text):
    """A month, quarter, half-year or year is due on its last day, and before it on the day before."""
    found = only(text)
    assert (found[0], found[1], found[3]) == (words, "period", date)


@pytest.mark.parametrize(
    ("hour", "words", "text"),
    [
        (dt.time(16, 30), "trước 16h30’ ngày 26/11/2025", "(qua Văn phòng trước 16h30’ ngày 26/11/2025)"),
        (dt.time(10, 0), "trước 10 giờ 00 ngày 03/02/2025", "gửi trước 10 giờ 00 ngày 03/02/2025"),
        (dt.time(17, 0), "trước 17h00 ngày 20/3", "trước 17h00 ngày 20/3"),
        (dt.time(10, 0), "trước 10h00 thứ Sáu, ngày 21/11/2025", "nộp trước 10h00 thứ Sáu, ngày 21/11/2025"),
        (None, "chậm nhất thứ Hai, ngày 20/3/2023", "chậm nhất thứ Hai, ngày 20/3/2023"),
        (dt.time(15, 0), "trước l5 giờ 00 ngày 05/02/2025", "trước l5 giờ 00 ngày 05/02/2025"),
    ],
)
def test_an_hour_goes_with_its_day(hour, words, text):
    """Hours are read in all spellings, with the weekday between and with OCR's l for 1."""
    found = only(text)
    assert (found[4], found[0]) == (hour, words)


@pytest.mark.parametrize(
    ("doubted", "text"),
    [
        (False, "trước 17h ngày 20/3/2023 (thứ Hai)"),
        (True, "trước 17h ngày 20/3/2023 (thứ Ba)"),
        (True, "trước 17h00 thứ Sáu, ngày 20/3/2023"),
        (False, "trước ngày 20/3/2023, thứ tự ưu tiên"),
    ],
)
def test_a_weekday_that_is_not_that_days_is_told(doubted, text):
    """A printed weekday is compared with its day; words such as `thứ tự` are none."""
    (found,) = find_times(text, ISSUED)
    assert any("Thứ" in said for said in found.assumptions) == doubted


def test_a_day_without_a_year_is_the_next_such_day():
    """The year is filled in from the document's date, and that it was is said; without that date there is no day."""
    (late,) = find_times("gửi trước ngày 20/3", ISSUED)
    (next_year,) = find_times("gửi trước ngày 10/01", ISSUED)
    assert (late.date, next_year.date) == (dt.date(2023, 3, 20), dt.date(2024, 1, 10))
    assert "2024" in next_year.assumptions[0] and not list(find_times("gửi trước ngày 20/3", None))


@pytest.mark.parametrize(
    ("rule", "words", "text"),
    [
        ("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=-1", "trong tháng 01 hàng năm", "đăng ký trong tháng 01 hàng năm."),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "trước ngày 15 hằng tháng", "báo cáo trước ngày 15 hằng tháng"),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10", "định kỳ hàng năm (trước ngày 10/12)", "định kỳ hàng năm (trước ngày 10/12) báo cáo"),
        (
            "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=-1",
            "hằng năm, hoàn thành trong tháng 11",
            "được thực hiện hằng năm, hoàn thành trong tháng 11, bảo đảm",
        ),
        ("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=20", "trước ngày 20/6 và 20/12 hằng năm", "báo cáo trước ngày 20/6 và 20/12 hằng năm"),
        ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=25", "chậm nhất ngày 25 của tháng cuối quý", "chậm nhất ngày 25 của tháng cuối quý"),
        ("FREQ=WEEKLY;BYDAY=FR", "thứ Sáu hằng tuần", "họp thứ Sáu hằng tuần"),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", "trước ngày 15/12", "báo cáo năm (trước ngày 15/12) gửi"),
        (None, "Định kỳ hằng năm (vào dịp tổng kết năm)", "Định kỳ hằng năm (vào dịp tổng kết năm), các đơn vị"),
        (None, "định kỳ 6 tháng, hàng năm và đột xuất theo yêu cầu", "định kỳ 6 tháng, hàng năm và đột xuất theo yêu cầu."),
        (None, "mỗi năm tổ chức một lần", "Hội thao (mỗi năm tổ chức một lần)"),
        (None, "mỗi quý 1 lần", "Sân chơi (mỗi quý 1 lần)"),
        (None, "sau 2 năm", "sau 2 năm tổ chức sơ kết"),
    ],
)
def test_a_cycle_has_a_rule_only_where_a_day_or_month_is_named(rule, words, text):
    """A cycle is a set; it becomes an RRULE where its day or month is known and never gets one made up."""
    found = only(text)
    assert (found[5], found[0], found[1]) == (rule, words, "set")


def test_a_span_counts_from_what_it_names():
    """A span keeps its anchor; it becomes a date only when it counts from the document's own date."""
    text = "Trong thời hạn 05 ngày làm việc kể từ ngày nhận được văn bản, các đơn vị báo cáo"
    (received,) = find_times(text, ISSUED)
    assert (text[received.start : received.end], received.anchor, received.date) == (
        "Trong thời hạn 05 ngày làm việc kể từ ngày nhận được văn bản",
        "nhận được văn bản",
        None,
    )
    (own,) = find_times("trong vòng 15 ngày kể từ ngày ký Quyết định này", ISSUED)
    assert own.date == dt.date(2023, 1, 30)
    (working,) = find_times("trong thời hạn 05 ngày làm việc kể từ ngày ban hành Kế hoạch này", ISSUED)
    assert working.date == dt.date(2023, 1, 20) and working.assumptions


@pytest.mark.parametrize(
    "text",
    [
        "tỷ lệ 07/12 đại biểu",
        "chậm nhất ngày 31/02/2023",
        "15/20 đảng viên",
        "chế độ báo cáo định kỳ quy định tại Thông tư",
        "những cách làm mới năm nào cũng có",
        "trực 24/24 giờ",
        "Mẫu 2C-BNV/2008",
    ],
)
def test_what_is_no_time_yields_nothing(text):
    """Shares, impossible days, and words that only sound like a time are none."""
    assert not list(find_times(text, ISSUED))


def test_a_stretch_of_days_ends_with_its_last():
    """`từ … đến …` and `… - …` are one time, not two."""
    assert only("từ ngày 29/6/2026 đến hết ngày 09/7/2026.")[:4] == (
        "từ ngày 29/6/2026 đến hết ngày 09/7/2026",
        "range",
        "within",
        "2026-07-09",
    )
    assert only("10/7/2026 - 13/7/2026")[3] == "2026-07-13"


@pytest.mark.parametrize(
    "piece", ["trước ngày 20/8/2025, ", "5h ", "1/", "định kỳ hàng năm, hàng quý, ", "trong thời hạn 05 ngày kể từ ngày nhận "]
)
def test_time_grows_with_the_text_and_no_faster(piece):
    """Four times the text takes about four times as long, not sixteen."""

    def seconds(length):
        text = compact(piece * (length // len(piece))).text
        start = time.perf_counter()
        list(find_times(text, ISSUED))
        return time.perf_counter() - start

    assert min(seconds(80_000) for _ in range(2)) < 10 * max(min(seconds(20_000) for _ in range(2)), 0.005)


def test_lost_spaces_come_back_and_offsets_hold():
    """A compact text has single spaces, and each stretch knows where it stood."""
    whole = compact("trình  Thường trực\n\nĐảng uỷtrước **ngày** 20/8")
    assert whole.text == "trình Thường trực Đảng uỷ trước ngày 20/8"
    at = whole.text.index("trước")
    span = whole.outside(at, at + len("trước"))
    assert "trình  Thường trực\n\nĐảng uỷtrước **ngày** 20/8"[span.start : span.end] == "trước"
