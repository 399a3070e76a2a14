"""The due list shows each open duty once, in order, as it stands on the day asked for."""

from datetime import date, time

import pytest

from ingest.transcript import Span
from nlp.directive import NOWHERE, Deadline, Event, Place
from store.duties import due, events
from tests.store.making import ALL, NOBODY, day, directive, duty, put, recurring, reference

TODAY = day("20/01/2023")


def listed(session, **asked):
    """Give (day, standing, task) of the due list."""
    lines = due(session, as_of=asked.pop("as_of", TODAY), seen_by=ALL, **asked)
    return [(line.due_on, line.standing, line.task) for line in lines]


def limited(task, kind, text):
    """Make a duty whose limit has no day."""
    return duty(task, deadline=Deadline(kind, text, NOWHERE))


def test_dated_come_first_then_recurring_then_undated(session):
    """Days in order, then what comes again, then what has no day."""
    duties = [
        duty("không hạn"),
        recurring("hằng năm", "FREQ=YEARLY"),
        recurring("tháng 11", "FREQ=YEARLY;BYMONTH=11"),
        limited("theo văn bản khác", "elsewhere", "đúng thời gian quy định"),
        limited("từ ngày nhận", "relative", "05 ngày làm việc kể từ ngày nhận"),
        duty("muộn", "28/02/2023"),
        duty("sớm", "30/01/2023"),
    ]
    put(session, directive("809-CV/HU", "12/01/2023", duties=duties))
    assert listed(session) == [
        (date(2023, 1, 30), "Sắp đến hạn", "sớm"),
        (date(2023, 2, 28), "Trong hạn", "muộn"),
        (date(2023, 11, 30), "Trong hạn", "tháng 11"),
        (None, "Định kỳ, chưa định ngày", "hằng năm"),
        (None, "Không nêu hạn", "không hạn"),
        (None, "Hạn theo văn bản khác", "theo văn bản khác"),
        (None, "Chưa định ngày", "từ ngày nhận"),
    ]


def test_a_relative_limit_with_a_known_day_falls_due_on_it(session):
    """Fifteen days from the date of the document are a day; from its receipt they are none yet."""
    known = duty("từ ngày ký", deadline=Deadline("relative", "15 ngày kể từ ngày ký", NOWHERE, date=date(2023, 1, 27)))
    put(session, directive("809-CV/HU", "12/01/2023", duties=[known]))
    assert listed(session, as_of=day("30/01/2023")) == [(date(2023, 1, 27), "Quá hạn 3 ngày", "từ ngày ký")]


@pytest.mark.parametrize(
    ("standing", "days_left", "as_of"),
    [
        ("Trong hạn", 40, "21/12/2022"),
        ("Trong hạn", 14, "16/01/2023"),
        ("Sắp đến hạn", 13, "17/01/2023"),
        ("Sắp đến hạn", 10, "20/01/2023"),
        ("Sắp đến hạn", 1, "29/01/2023"),
        ("Đến hạn hôm nay", 0, "30/01/2023"),
        ("Quá hạn 1 ngày", -1, "31/01/2023"),
        ("Quá hạn 3 ngày", -3, "02/02/2023"),
    ],
)
def test_a_duty_is_overdue_only_after_the_named_day(session, standing, days_left, as_of):
    """Three working days before, leave over Tết not counted, it is near; on its day it is due; after it, late."""
    put(session, directive("809-CV/HU", "12/01/2023", duties=[duty("báo cáo", "30/01/2023")]))
    (line,) = due(session, as_of=day(as_of), seen_by=ALL)
    assert (line.standing, line.days_left) == (standing, days_left)


def test_filters_of_the_list(session):
    """within looks ahead, overdue looks back, undated can be left out."""
    put(
        session,
        directive(
            "1-CV/HU", "02/01/2023", duties=[duty("qua", "10/01/2023"), duty("tới", "30/01/2023"), duty("xa", "30/11/2023"), duty("không")]
        ),
    )
    assert [task for _, _, task in listed(session, within=10)] == ["tới"]
    assert [task for _, _, task in listed(session, within=9)] == []
    assert [task for _, _, task in listed(session, overdue=True)] == ["qua"]
    assert [task for _, _, task in listed(session, undated=False)] == ["qua", "tới", "xa"]


@pytest.mark.parametrize(
    ("found", "name"), [(True, "ban tổ chức"), (True, "Ban To chuc HUYEN UY"), (True, "Văn phòng"), (False, "Ban Tuyên giáo"), (False, "%")]
)
def test_the_list_of_one_body(session, found, name):
    """Who acts or helps is found with and without marks; another is not."""
    put(session, directive("1-CV/HU", "02/01/2023", duties=[duty("làm", co_ordinators=("Văn phòng Huyện ủy",))]))
    assert (len(listed(session, agency=name)) == 1) is (found or name == "%")


def test_hours_part_duties_of_one_day(session):
    """Of two duties of one day the one with the earlier hour comes first; one without an hour has the whole day."""
    at = [Deadline("date", "trước 16 giờ 30", NOWHERE, "before", TODAY, time(hour)) for hour in (16, 9)]
    put(
        session,
        directive(
            "1-CV/HU", "02/01/2023", duties=[duty("cả ngày", "20/01/2023"), duty("chiều", deadline=at[0]), duty("sáng", deadline=at[1])]
        ),
    )
    assert [task for _, _, task in listed(session)] == ["sáng", "chiều", "cả ngày"]


@pytest.mark.parametrize(
    ("open_", "number", "issued_on", "purpose"),
    [
        (True, "809-CV/HU", "12/01/2023", "daily"),
        (True, "809-CV/HU", None, "daily"),
        (True, "-CV/HU", "12/01/2023", "daily"),
        (True, None, "12/01/2023", "daily"),
        (False, "-CV/HU", None, "daily"),
        (False, None, None, "daily"),
        (False, "809-CV/HU", "12/01/2023", "archive"),
    ],
)
def test_archives_and_papers_that_are_not_issued_open_no_duties(session, open_, number, issued_on, purpose):
    """Only a paper with neither serial nor date is not issued yet; a digitised archive makes no open duties."""
    put(session, directive(number, issued_on, duties=[duty("báo cáo", "30/01/2023")]), purpose=purpose)
    assert bool(listed(session)) is open_


def test_an_archive_copy_that_comes_as_daily_paper_opens_its_duties(session):
    """The step from archive to daily opens, the step back does not close."""
    read = directive("809-CV/HU", "12/01/2023", duties=[duty("báo cáo", "30/01/2023")])
    for purpose, open_ in (("archive", 0), ("daily", 1), ("archive", 1)):
        put(session, read, purpose=purpose)
        assert len(listed(session)) == open_


def test_a_yearly_limit_begins_after_its_document(session):
    """A guide without a date is not older than what it cites: its January is the next one."""
    cites = [reference("02/HD-BDVTU", "27/3/2023", "Ban Dân vận Tỉnh ủy")]
    put(session, directive("07-HD/ĐUK", None, references=cites, duties=[recurring("đăng ký", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31")]))
    assert listed(session, as_of=day("20/01/2023"))[0][0] == day("31/01/2024")
    assert listed(session, as_of=day("01/02/2024"))[0][0] == day("31/01/2025")


def test_a_line_opens_at_its_words(session):
    """A duty carries the page, the boxes and the words it was read from."""
    text = "Báo cáo gửi về\nBan Tổ chức trước ngày 30/01/2023."
    put(session, directive("809-CV/HU", "12/01/2023", duties=[duty("báo cáo", "30/01/2023", place=Place(Span(0, len(text))))]), text)
    (line,) = due(session, as_of=TODAY, seen_by=ALL)
    assert line.evidence.words == text and line.evidence.page == 1
    assert [(box.x0, box.y0) for box in line.evidence.boxes] == [(0, 0), (0, 12)]


def test_meetings_are_listed_from_the_day_on(session):
    """Meetings by day and hour, past ones left out, those without a day last."""
    met = [
        Event(t, NOWHERE, on and day(on), None, "Hội trường", ("Bí thư",), 0.9, "thử")
        for t, on in (("cũ", "19/01/2023"), ("chưa", None), ("mới", "20/01/2023"))
    ]
    put(session, directive("5-GM/HU", "12/01/2023", events=tuple(met)))
    assert [(line.title, line.number) for line in events(session, as_of=TODAY, seen_by=ALL)] == [("mới", "5-GM/HU"), ("chưa", "5-GM/HU")]
    assert events(session, as_of=TODAY, seen_by=NOBODY) == ()


def test_who_may_not_see_gets_an_empty_list(session):
    """No duty is told to a viewer without the right to see."""
    put(session, directive("809-CV/HU", "12/01/2023", duties=[duty("báo cáo", "30/01/2023")]))
    assert due(session, as_of=TODAY, seen_by=NOBODY) == ()
