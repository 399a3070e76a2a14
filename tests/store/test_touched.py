"""Whatever people do and however often the document is read again: what somebody touched stays, and undo takes each thing back."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.answers import Deed
from store.duty import duty as view_of
from store.errors import NotAllowed
from store.progress import Progress, Step, last_standing, may, progress_of, standing_steps
from store.tables import DutyRow
from store.units import set_units, units
from store.work import take, undo
from tests.store.making import ALL, NOW, day, directive, duty, put

TODAY = day("20/01/2023")
READINGS = ("30/01/2023", "03/02/2023", "09/02/2023")
KINDS = (
    "accept",
    "start",
    "assign",
    "report",
    "complete",
    "send back",
    "extend",
    "instruct",
    "pause",
    "resume",
    "decline",
    "comment",
    "share",
)
MOVES = st.lists(st.one_of(st.sampled_from(KINDS), st.sampled_from(READINGS), st.just("undo")), max_size=14)


def read(session, limit):
    """Read the document anew, with this limit."""
    put(session, directive("809-CV/HU", "12/01/2023", duties=[duty("báo cáo", limit), duty("họp", "01/03/2023")]), text="a")


def the_duty(session):
    """Give the one duty whose task is to report."""
    (row,) = session.query(DutyRow).filter_by(task="báo cáo").all()
    return view_of(session, row.id, as_of=TODAY, seen_by=ALL)


def move(session, steps, name, members):
    """Make one move as a person; what may not be is refused. Gives the steps as they must be then."""
    view, now = the_duty(session), progress_of(steps)
    new = steps[-1].id + 1 if steps else 1
    try:
        if name == "undo":
            undo(session, view.line.id, by="Bình", now=NOW)
            return [*steps, Step(new, "undo", "Bình", NOW.date(), undoes=last_standing(steps).id)]
        given = members[:1] if name == "assign" else members if name == "share" else ()
        on = TODAY + timedelta(new) if name in ("extend", "instruct", "report") else None
        take(session, view.line.id, Deed(name, "vì", on, given), by="An", now=NOW)
    except NotAllowed:
        assert not may(name, now) if name != "undo" else last_standing(steps) is None
        return steps
    return [*steps, Step(new, name, "An", NOW.date(), "vì", on, given)]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_what_a_person_touched_stays(session, moves):
    """A touched duty keeps its limit and lives by its steps alone; an untouched one is as it was read last; all undone, it is new."""
    outer = session.begin_nested()
    set_units(session, "own", ["Ban A", "Ban B"], now=TODAY)
    members = tuple(unit.id for unit in units(session, seen_by=ALL))
    read(session, READINGS[0])
    stands, steps = READINGS[0], []
    for name in moves:
        if name in READINGS:
            read(session, name)
            if not standing_steps(steps):
                steps = [] if name != stands else steps
                stands = name
        else:
            steps = move(session, steps, name, members)
        view, now = the_duty(session), progress_of(steps)
        assert view.read_limit == day(stands)
        assert (view.line.state, view.line.accepted_by, view.line.leader_limit) == (now.state, now.accepted_by, now.leader_limit)
        assert view.line.due_on == (now.extended_to or day(stands))
        assert [step.stands for step in view.steps].count(True) == len(standing_steps(steps))
    while standing_steps(steps):
        steps = move(session, steps, "undo", members)
    assert progress_of(steps) == Progress() and the_duty(session).line.due_on == day(stands)
    assert the_duty(session).line.done_on is None and isinstance(the_duty(session).read_limit, date)
    outer.rollback()
    session.expunge_all()
