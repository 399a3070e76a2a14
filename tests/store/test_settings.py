"""What an office sets for its own work is kept, and goes before what holds for all."""

from datetime import date

import pytest

from store.calendar import OwnDays, is_working_day, working_days_between
from store.database import begin, look
from store.errors import NotAllowed
from store.settings import MOST, OfficeSettings, OwnDay, office_settings, own_days, set_office_settings

FRIDAY, SATURDAY, MONDAY, NEW_YEAR = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23), date(2026, 1, 1)


def test_an_office_that_set_nothing_works_as_others(engine):
    """Daily papers, every duty followed, no day of its own."""
    with look(engine) as session:
        assert office_settings(session) == OfficeSettings("daily", None, ())
        assert own_days(session) == OwnDays()


def test_what_is_set_is_given_back_and_set_anew(engine):
    """Days in their order, each once; what is not named any more goes."""
    first = OfficeSettings("archive", FRIDAY, (OwnDay(SATURDAY, True, "làm bù"), OwnDay(MONDAY, False)))
    second = OfficeSettings("daily", None, (OwnDay(MONDAY, True),))
    for said in (first, first, second):
        with begin(engine) as session:
            set_office_settings(session, said)
        with look(engine) as session:
            assert office_settings(session) == said
    with look(engine) as session:
        assert own_days(session) == OwnDays(working=frozenset({MONDAY}))


@pytest.mark.parametrize(
    "days", [[OwnDay(FRIDAY, True), OwnDay(FRIDAY, False)], [OwnDay(date.fromordinal(700_000 + at), True) for at in range(MOST + 1)]]
)
def test_a_day_twice_or_too_many_are_refused(engine, days):
    """With a sentence."""
    with pytest.raises(NotAllowed, match="ngày"), begin(engine) as session:
        set_office_settings(session, OfficeSettings(days=tuple(days)))


@pytest.mark.parametrize(
    ("day", "as_others", "own", "works"),
    [
        (FRIDAY, True, OwnDays(off=frozenset({FRIDAY})), False),
        (SATURDAY, False, OwnDays(working=frozenset({SATURDAY})), True),
        (NEW_YEAR, False, OwnDays(working=frozenset({NEW_YEAR})), True),
        (MONDAY, True, OwnDays(off=frozenset({FRIDAY})), True),
    ],
)
def test_the_offices_own_day_goes_before_every_other(day, as_others, own, works):
    """Before weekends, before public holidays."""
    assert is_working_day(day) is as_others
    assert is_working_day(day, own) is works


def test_days_are_counted_as_the_office_works():
    """From Friday to Monday: one day for others, none for who rests on Monday, two for who works on Saturday."""
    counted = [
        working_days_between(FRIDAY, MONDAY, up_to=9, own=own)
        for own in (OwnDays(), OwnDays(off=frozenset({MONDAY})), OwnDays(working=frozenset({SATURDAY})))
    ]
    assert counted == [1, 0, 2]
