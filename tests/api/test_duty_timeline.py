"""The timeline draws each duty from the day it was given to its limit, by unit, and the page says it in words too."""

import re
from datetime import date, timedelta

import pytest

from api.duty_timeline import WEEKS, days_of, first_week, timeline
from store.answers import DutyLine

MONDAY = date(2026, 11, 16)
TODAY = date(2026, 11, 25)


def line(due, given=None, **more):
    """Give a duty line that is due and was given so many days after MONDAY."""
    days = {name: MONDAY + timedelta(ahead) if ahead is not None else None for name, ahead in (("due_on", due), ("issued_on", given))}
    return DutyLine(**dict.fromkeys(DutyLine.__dataclass_fields__) | days | more)


@pytest.mark.parametrize(
    ("due", "given", "bar"),
    [
        (20, 3, (3, 18, 0)),  # both days are drawn
        (20, 0, (0, 21, 0)),
        (20, -40, (0, 21, 0)),  # given before the first week: from its border
        (20, None, (20, 1, 0)),  # nobody knows when: a point
        (20, 20, (20, 1, 0)),
        (20, 25, (20, 1, 0)),  # a limit before its document: a point, never a bar that runs back
        (9, 3, (3, 7, 0)),  # due today: not late
        (8, 3, (3, 6, 0)),  # yesterday: late from today on
        (5, 3, (3, 3, 3)),
        (0, -3, (0, 1, 8)),
        (7 * WEEKS - 1, 1, (1, 7 * WEEKS - 1, 0)),
    ],
)
def test_a_duty_runs_from_its_day_to_its_limit(due, given, bar):
    """In days of the drawing: where it begins, how long it runs, how long it has been late."""
    ((found,),) = (lane.bars for lane in timeline(MONDAY, [line(due, given)], TODAY).lanes)
    assert (found.start, found.days, found.late) == bar


def test_what_is_done_is_late_no_more():
    """However long ago its limit was."""
    ((found,),) = (lane.bars for lane in timeline(MONDAY, [line(0, done_on=MONDAY)], TODAY).lanes)
    assert found.late == 0


def test_units_stand_in_the_order_of_their_nearest_limit():
    """The unit that it was given to, else the one that is named, else nobody; what has no day is not drawn."""
    lines = [
        line(1, unit="Văn phòng", assignee="Các chi bộ"),
        line(2, assignee="Ban Tổ chức"),
        line(3, unit="Văn phòng"),
        line(None),
        line(4),
    ]
    lanes = timeline(MONDAY, lines, TODAY).lanes
    assert [(lane.name, len(lane.bars)) for lane in lanes] == [("Văn phòng", 2), ("Ban Tổ chức", 1), ("Chưa rõ đơn vị chủ trì", 1)]


@pytest.mark.parametrize(
    ("since", "as_of", "first"),
    [
        (None, TODAY, MONDAY),
        (None, date(2026, 11, 23), MONDAY),
        (date(2026, 12, 3), TODAY, date(2026, 11, 30)),
        (date(1, 1, 1), TODAY, date(1900, 1, 1)),
        (date(9999, 12, 31), TODAY, date(1900, 1, 1)),
    ],
)
def test_a_drawing_begins_on_a_monday(since, as_of, first):
    """A week before the day asked for, or with the week that is named; a day that cannot be drawn is the first that can."""
    assert first_week(since, as_of) == first and first.weekday() == 0
    assert days_of(first)[1] - first == timedelta(weeks=WEEKS, days=-1)


@pytest.mark.parametrize(
    ("as_of", "now"), [(MONDAY, 0), (TODAY, 9), (MONDAY - timedelta(1), None), (MONDAY + timedelta(weeks=WEEKS), None)]
)
def test_the_day_asked_for_is_marked_where_it_is_drawn(as_of, now):
    """Nowhere else."""
    assert timeline(MONDAY, [], as_of).now == now


@pytest.mark.usefixtures("filed")
def test_the_page_draws_and_says_each_duty(client):
    """A row leads to its duty and names both days; the weeks before and after are a link away; nothing is drawn with a style."""
    page = client.get("/nhiem-vu?ngay=01/12/2026&xem=dong-thoi-gian").text
    assert page.count('aria-label="Từ 02/11/2026 đến 05/12/2026"') == 2
    assert 'href="/nhiem-vu/1"' in page and "style=" not in page
    links = re.findall(r'rel="(prev|next)" href="([^"]*)"', page)
    assert [(name, re.search(r"tuan=([\d-]+)", link)[1]) for name, link in links] == [("prev", "2026-10-05"), ("next", "2027-01-11")]
    assert "Không có nhiệm vụ nào đến hạn" in client.get("/nhiem-vu?xem=dong-thoi-gian&tuan=2020-01-01").text
    assert client.get("/nhiem-vu?xem=dong-thoi-gian&tuan=khong+co").status_code == 200
