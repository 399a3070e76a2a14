"""Figures are counts of what is filed in a period, and the documents behind each can be listed."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from store.answers import Deed
from store.corrections import correct, undo
from store.figures import (
    citations_by_agency,
    citations_by_month,
    deadlines_ahead,
    papers_citing,
    papers_put_right,
    punctuality,
    reading_quality,
)
from store.review import confirm
from store.tables import DutyRow
from store.units import set_units, units
from store.work import take
from tests.store.making import ALL, NOBODY, NOW, directive, duty, put, recurring, reference

YEAR = (date(2023, 1, 1), date(2023, 12, 31))
CAME = (NOW - timedelta(1), NOW + timedelta(1))
LAW, RULE = ("64/2020/NĐ-CP", "01/01/2020"), ("132-QĐ/TW", "08/03/2018")


@pytest.fixture
def cited(session):
    """Two papers of January and one of March that cite, one that cites nothing, one of the year before; the decree they rest on."""
    law = put(session, directive(*LAW, "Chính phủ", family="state", type="Nghị định"))
    base = reference(*LAW, relation="based_on")
    twice = (base, reference(*LAW, relation="mentions"), reference(*RULE))
    one = put(session, directive("1-CV/HU", "02/01/2023", "Huyện ủy A", twice))
    two = put(session, directive("2-CV/HU", "30/01/2023", "Huyện ủy A", [reference(*RULE)]))
    three = put(session, directive("3-KH/HU", "02/03/2023", "Huyện ủy B", [base]))
    put(session, directive("4-CV/HU", "02/03/2023", "Huyện ủy B"))
    put(session, directive("5-CV/HU", "31/12/2022", "Huyện ủy B", [base]))
    return law, one, two, three


def ids(lines):
    """Give the documents of lines."""
    return [line.id for line in lines]


@pytest.mark.usefixtures("cited")
def test_citations_of_a_period_by_month_and_agency(session):
    """A paper that cites another in two ways counts once; months without citations, and other years, are not there."""
    assert [(one.name, one.count) for one in citations_by_month(session, YEAR, seen_by=ALL)] == [("2023-01", 3), ("2023-03", 1)]
    told = citations_by_agency(session, YEAR, seen_by=ALL)
    assert [(one.name, one.count) for one in told] == [("Huyện ủy A", 3), ("Huyện ủy B", 1)]
    assert citations_by_agency(session, YEAR, seen_by=ALL, limit=1) == told[:1]


def test_the_papers_behind_a_count(session, cited):
    """Of a period, of an agency, of one base: the newest first, page by page."""
    law, one, two, three = cited
    assert ids(papers_citing(session, YEAR, seen_by=ALL)) == [three, two, one]
    assert ids(papers_citing(session, YEAR, seen_by=ALL, offset=1, limit=1)) == [two]
    assert ids(papers_citing(session, YEAR, seen_by=ALL, resting_on=law)) == [three, one]
    agency = citations_by_agency(session, YEAR, seen_by=ALL)[0].id
    assert ids(papers_citing(session, YEAR, seen_by=ALL, agency_id=agency)) == [two, one]


def test_what_units_finished_in_time(session):
    """Against the day that stands: put off, a duty is late after the new day; without a day it is never late; what is open is not told."""
    set_units(session, "own", ["Văn phòng"], now=NOW.date())
    duties = [duty("a", "10/02/2023"), duty("b", "10/02/2023"), duty("c", "10/02/2023"), duty("d"), duty("mở", "10/02/2023")]
    put(session, directive("1-CV/HU", "02/01/2023", "Huyện ủy A", duties=duties))
    by_task = dict(session.execute(select(DutyRow.task, DutyRow.id)).all())
    (office,) = units(session, seen_by=ALL)
    act = lambda task, kind, **more: take(session, by_task[task], Deed(kind, **more), by="An", now=NOW)  # noqa: E731
    act("c", "assign", units=(office.id,))
    act("b", "extend", day=date(2023, 2, 20))
    for task, on in (("a", 11), ("b", 20), ("c", 9), ("d", 25)):
        act(task, "complete", day=date(2023, 2, on))
    told = [(one.unit, one.unit_id, one.in_time, one.late) for one in punctuality(session, YEAR, seen_by=ALL)]
    assert told == [("Ban Tổ chức Huyện ủy", None, 2, 1), ("Văn phòng", office.id, 1, 0)]
    assert punctuality(session, (date(2022, 1, 1), date(2022, 12, 31)), seen_by=ALL) == ()


def test_deadlines_of_the_weeks_ahead(session):
    """Weeks begin on Monday; what was due before the day asked for is not ahead; recurring limits fall on their next day."""
    days = [duty(on, on) for on in ("21/02/2023", "22/02/2023", "26/02/2023", "27/02/2023", "20/03/2023")]
    put(
        session,
        directive("1-CV/HU", "02/01/2023", "Huyện ủy A", duties=[*days, duty("không hạn"), recurring("x", "FREQ=MONTHLY;BYMONTHDAY=28")]),
    )
    found = deadlines_ahead(session, date(2023, 2, 22), 3, seen_by=ALL)
    assert found == ((date(2023, 2, 20), 2), (date(2023, 2, 27), 2), (date(2023, 3, 6), 0))


def test_how_fields_were_read(session):
    """Only documents that a person confirmed count; a correction that was undone, or says what was read, changes nothing."""
    right, wrong, unseen = (put(session, directive(f"{at}-CV/HU", "02/01/2023", "Huyện ủy A")) for at in (1, 2, 3))
    correct(session, wrong, "number", "20-CV/HU", by="An", now=NOW)
    correct(session, wrong, "subject", "về việc", by="An", now=NOW)
    correct(session, wrong, "agency", "Huyện ủy A", by="An", now=NOW)
    correct(session, right, "number", "9-CV/HU", by="An", now=NOW)
    undo(session, right, "number", by="An", now=NOW)
    correct(session, unseen, "number", "8-CV/HU", by="An", now=NOW)
    for document in (right, wrong):
        confirm(session, document, by="An", now=NOW)
    told = {one.field: (one.stood, one.put_right, one.missed) for one in reading_quality(session, CAME, seen_by=ALL)}
    assert told == {"number": (1, 1, 0), "issued_on": (2, 0, 0), "agency": (2, 0, 0), "subject": (0, 0, 1)}
    assert (
        ids(papers_put_right(session, CAME, "number", seen_by=ALL))
        == ids(papers_put_right(session, CAME, "subject", seen_by=ALL))
        == [wrong]
    )
    assert reading_quality(session, (NOW + timedelta(1), NOW + timedelta(2)), seen_by=ALL) == ()


@pytest.mark.usefixtures("cited")
def test_who_may_not_see_gets_no_figures(session):
    """Nothing is counted for somebody who may see nothing."""
    for ask in (citations_by_month, citations_by_agency, papers_citing, punctuality):
        assert ask(session, YEAR, seen_by=NOBODY) == ()
    assert reading_quality(session, CAME, seen_by=NOBODY) == ()
