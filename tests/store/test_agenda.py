"""A page of duties is a piece of the whole list, and its figures are those of the whole."""

from datetime import date, time

import pytest

from nlp.directive import NOWHERE, Deadline
from store.agenda import ENDED, LATER, OVERDUE, THIS_MONTH, THIS_WEEK, TODAY, UNDATED, Near, Wanted, agenda, glance, part_of
from store.answers import Deed
from store.duties import due
from store.units import set_units, units
from store.work import take
from tests.store.making import ALL, NOBODY, NOW, day, directive, duty, put, recurring, reference

MONDAY = day("20/02/2023")


def act(session, duty_id, kind, **more):
    """Take a step as An."""
    return take(session, duty_id, Deed(kind, **more), by="An", now=NOW)


def at_hour(task, on, hour):
    """Make a duty that is due at an hour."""
    return duty(task, deadline=Deadline("date", "vào", NOWHERE, "on", day(on), at=time(hour)))


@pytest.fixture
def mixed(session):
    """Duties of all kinds: late, today with hours and urgent ones, dated anew, extended, shared, recurring, undated, done, archived."""
    put(session, directive("1-CV/HU", "02/01/2023", "Huyện ủy A", duties=[
        duty("muộn", "10/02/2023"), at_hour("chiều nay", "20/02/2023", 16), at_hour("sáng nay", "20/02/2023", 8),
        duty("cuối tuần", "26/02/2023"), duty("cuối tháng", "28/02/2023"), duty("tháng sau", "15/03/2023"), duty("không hạn"),
        recurring("hằng năm"  , "FREQ=YEARLY"), recurring("tháng hai", "FREQ=YEARLY;BYMONTH=2"), recurring("mỗi ngày", "FREQ=DAILY"),
        duty("đã xong", "11/02/2023"), duty("gia hạn", "12/02/2023"), duty("của chung", "13/02/2023", is_group=True, who="Các chi bộ"),
    ]))  # fmt: skip
    put(session, directive("2-CĐ/HU", "20/02/2023", "Huyện ủy A", duties=[at_hour("hỏa tốc", "20/02/2023", 17)], urgency="Hỏa tốc"))
    first = [reference("1-CV/HU", "02/01/2023", "Huyện ủy A", relation="urges")]
    put(session, directive("3-CV/HU", "15/02/2023", "Huyện ủy A", duties=[duty("tháng sau", "20/03/2023")], references=first))
    put(session, directive("4-CV/HU", "02/01/2023", "Huyện ủy A", duties=[duty("cũ", "10/02/2023")]), purpose="archive")
    ids = {line.task: line.id for line in due(session, as_of=MONDAY, seen_by=ALL)}
    act(session, ids["đã xong"], "complete")
    act(session, ids["gia hạn"], "extend", day=date(2023, 2, 21))
    set_units(session, "under", ["Chi bộ A", "Chi bộ B"], now=MONDAY)
    act(session, ids["của chung"], "share", units=tuple(unit.id for unit in units(session, seen_by=ALL)))
    return ids


def asked(session, page=3, **wanted):
    """Give the tasks of the whole list, asked for page by page, and the figures."""
    found, offset = [], 0
    while True:
        part = agenda(session, Wanted(MONDAY, **wanted), seen_by=ALL, offset=offset, limit=page)
        found += part.lines
        offset += page
        if len(part.lines) < page:
            return found, part


@pytest.mark.usefixtures("mixed")
def test_the_pages_together_are_the_list(session):
    """In order: late, today with the urgent one first and then by the hour, by day, undated; as the list of all duties has them."""
    lines, part = asked(session)
    assert [line.task for line in lines] == [
        "muộn", "của chung", "hỏa tốc", "sáng nay", "chiều nay", "mỗi ngày", "gia hạn", "cuối tuần", "cuối tháng", "tháng hai",
        "tháng sau", "không hạn", "hằng năm",
    ]  # fmt: skip
    assert {line.id: line for line in lines} == {line.id: line for line in due(session, as_of=MONDAY, seen_by=ALL)}
    assert part.count() == len(lines) == 13


@pytest.mark.usefixtures("mixed")
def test_the_figures_are_those_of_the_whole(session):
    """By part, by side, and by whether somebody confirmed it; they do not change from page to page."""
    part = agenda(session, Wanted(MONDAY), seen_by=ALL, offset=5, limit=2)
    counts = {each: part.count(part=each) for each in (OVERDUE, TODAY, THIS_WEEK, THIS_MONTH, LATER, UNDATED)}
    assert counts == {OVERDUE: 2, TODAY: 4, THIS_WEEK: 2, THIS_MONTH: 2, LATER: 1, UNDATED: 2}
    assert (part.count(stands=True), part.count(stands=False)) == (2, 11)
    assert (part.count(followed=True), part.count(followed=False)) == (1, 12)
    assert agenda(session, Wanted(MONDAY, followed=True), seen_by=ALL).counts == part.counts


@pytest.mark.parametrize(
    ("days", "a_day", "late", "coming", "tasks"),
    [
        (("06", "27"), 9, 9, 9, "muộn, của chung, hỏa tốc, sáng nay, chiều nay, mỗi ngày, gia hạn, cuối tuần"),
        (("06", "27"), 9, 1, 2, "của chung, hỏa tốc, sáng nay"),
        (("06", "27"), 1, 9, 9, "muộn, của chung, hỏa tốc, gia hạn, cuối tuần"),
        (("12", "21"), 9, 9, 9, "của chung, hỏa tốc, sáng nay, chiều nay, mỗi ngày, gia hạn"),
    ],
)
@pytest.mark.usefixtures("mixed")
def test_a_glance_shows_what_is_near_and_counts_the_whole(session, days, a_day, late, coming, tasks):
    """The last few that are late, the first few of the others, at most so many of a day; figures are those of the whole list."""
    near = Near(*(day(f"{each}/02/2023") for each in days), a_day, late=late, coming=coming)
    wanted = Wanted(MONDAY, undated=False)
    found = glance(session, wanted, near, seen_by=ALL)
    assert ", ".join(line.task for line in found.lines) == tasks
    assert found.counts == agenda(session, wanted, seen_by=ALL).counts
    assert glance(session, wanted, near, seen_by=NOBODY).count() == 0


@pytest.mark.parametrize(
    ("given", "as_listed"),
    [
        ({"within": 7, "undated": False}, {"within": 7}),
        ({"within": 0, "undated": False}, {"within": 0}),
        ({"overdue": True, "undated": False}, {"overdue": True}),
        ({"undated": False}, {"undated": False}),
        ({"agency": "chi bo"}, {"agency": "chi bo"}),
        ({"agency": "không có"}, {"agency": "không có"}),
    ],
)
@pytest.mark.usefixtures("mixed")
def test_conditions_mean_what_they_mean_in_the_list(session, given, as_listed):
    """The same duties, and as many as the figures say."""
    lines, part = asked(session, **given)
    assert {line.id for line in lines} == {line.id for line in due(session, as_of=MONDAY, seen_by=ALL, **as_listed)}
    assert part.count() == len(lines)


def test_by_state_and_by_who_confirmed(session, mixed):
    """Ended ones apart, the last one done first; what nobody confirmed; both sides."""
    ended, part = asked(session, state="Đã hoàn thành")
    assert [line.task for line in ended] == ["đã xong"] and part.counts == {(False, ENDED, True): 1}
    assert {line.task for line in asked(session, unconfirmed=True)[0]} == set(mixed) - {"đã xong", "gia hạn", "của chung"}
    assert [line.task for line in asked(session, followed=True)[0]] == ["của chung"]
    act(session, mixed["muộn"], "start")
    assert [line.task for line in asked(session, state="Đang thực hiện")[0]] == ["muộn"]
    assert "muộn" not in [line.task for line in asked(session, state="Chưa thực hiện")[0]]


def test_of_one_unit(session, mixed):
    """What was given to it, and what names it and was given to nobody; an unknown unit has nothing."""
    set_units(session, "own", ["Ban Tổ chức", "Văn phòng"], now=MONDAY)
    board, office = (unit.id for unit in units(session, seen_by=ALL) if unit.kind == "own")
    act(session, mixed["muộn"], "assign", units=(office,))
    assert [line.task for line in asked(session, unit=office)[0]] == ["muộn"]
    assert "muộn" not in [line.task for line in asked(session, unit=board)[0]] and asked(session, unit=board)[0]
    assert asked(session, unit=99)[0] == []


@pytest.mark.usefixtures("mixed")
def test_a_month_names_a_few_of_each_day_and_counts_all(session):
    """Days out of the table have none; what is undated is not in it."""
    found = agenda(session, Wanted(MONDAY, days=(date(2023, 2, 20), date(2023, 2, 28))), seen_by=ALL, a_day=2)
    assert found.by_day == {date(2023, 2, 20): 4, date(2023, 2, 21): 1, date(2023, 2, 26): 1, date(2023, 2, 28): 2}
    assert [line.task for line in found.lines] == ["hỏa tốc", "sáng nay", "gia hạn", "cuối tuần", "cuối tháng", "tháng hai"]


@pytest.mark.usefixtures("mixed")
def test_who_may_not_see_gets_nothing(session):
    """Neither lines nor figures."""
    nothing = agenda(session, Wanted(MONDAY), seen_by=NOBODY)
    assert (nothing.lines, nothing.count()) == ((), 0)


@pytest.mark.parametrize(
    ("part", "on"),
    [
        (UNDATED, None),
        (OVERDUE, "27/01/2023"),
        (TODAY, "30/01/2023"),
        (THIS_WEEK, "31/01/2023"),
        (THIS_WEEK, "05/02/2023"),
        (LATER, "06/02/2023"),
    ],
)
def test_a_week_that_runs_into_the_next_month(part, on):
    """Belongs to the week; the month is over then."""
    assert part_of(day(on), day("30/01/2023")) == part
