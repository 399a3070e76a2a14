"""Working days and recurring days."""

import time

import pytest

from store.calendar import is_working_day, working_days_between
from store.recurrence import next_day
from tests.store.making import day


@pytest.mark.parametrize(
    ("works", "on"),
    [
        (True, "19/01/2023"),
        (False, "20/01/2023"),  # 29 Tết
        (False, "26/01/2023"),
        (True, "27/01/2023"),
        (False, "28/01/2023"),  # a Saturday
        (False, "02/01/2023"),  # in place of a Sunday
        (False, "02/01/2026"),  # against a Saturday
        (True, "10/01/2026"),  # the Saturday worked for it
        (False, "02/9/2025"),
    ],
)
def test_days_that_offices_work(works, on):
    """Weekends, holidays and the yearly decision's exchanged days."""
    assert is_working_day(day(on)) is works


@pytest.mark.parametrize(
    ("count", "after", "last"),
    [(1, "20/01/2023", "29/01/2023"), (2, "20/01/2023", "30/01/2023"), (0, "28/01/2023", "28/01/2023"), (4, "02/01/2024", "01/01/2025")],
)
def test_working_days_are_counted_up_to_what_matters(count, after, last):
    """The first day is not counted, the last one is; four is as good as many."""
    assert working_days_between(day(after), day(last), up_to=4) == count


@pytest.mark.parametrize(
    ("falls", "rule", "from_day"),
    [
        ("31/01/2024", "FREQ=YEARLY;BYMONTH=1", "27/3/2023"),
        ("31/01/2024", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=-1", "27/3/2023"),
        ("29/02/2024", "FREQ=YEARLY;BYMONTH=2", "01/3/2023"),
        ("30/11/2023", "RRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30", "30/11/2023"),
        ("15/02/2023", "FREQ=MONTHLY;BYMONTHDAY=15", "16/01/2023"),
        ("28/02/2023", "FREQ=MONTHLY;BYMONTHDAY=-1", "01/02/2023"),
        ("25/3/2023", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=25", "16/01/2023"),
        ("25/6/2023", "FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=25", "16/01/2023"),
        ("25/6/2023", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=25", "26/3/2023"),
        ("20/01/2023", "FREQ=WEEKLY;BYDAY=FR", "16/01/2023"),
        ("16/01/2023", "FREQ=DAILY", "16/01/2023"),
        (None, "FREQ=YEARLY", "16/01/2023"),
        (None, "FREQ=MONTHLY", "16/01/2023"),
        (None, "FREQ=MONTHLY;INTERVAL=3", "16/01/2023"),
        (None, "FREQ=WEEKLY", "16/01/2023"),
        (None, "FREQ=YEARLY;BYMONTH=1;UNTIL=20221231", "16/01/2023"),
        (None, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "16/01/2023"),
        (None, "FREQ=SECONDLY;BYMONTH=2", "16/01/2023"),
        (None, "hằng năm", "16/01/2023"),
        (None, "FREQ=YEARLY;BYMONTH=13", "16/01/2023"),
        (None, "FREQ=MONTHLY;INTERVAL=x;BYMONTHDAY=1", "16/01/2023"),
        (None, "", "16/01/2023"),
    ],
)
def test_the_next_day_of_a_recurring_limit(falls, rule, from_day):
    """A rule that names a day has a next one; one that names none, or cannot be read, has none."""
    assert next_day(rule, day(from_day)) == day(falls)


@pytest.mark.parametrize("frequency", ["YEARLY", "MONTHLY", "WEEKLY", "DAILY"])
def test_a_rule_that_never_falls_is_given_up_soon(frequency):
    """A hostile rule costs no time."""
    begun = time.perf_counter()
    assert next_day(f"FREQ={frequency};BYMONTH=2;BYMONTHDAY=30", day("16/01/2023")) is None
    assert time.perf_counter() - begun < 1
