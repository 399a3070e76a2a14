"""One duty with all that is known of it, and what a person says of a later reading's proposal."""

from dataclasses import replace
from datetime import date, time

import pytest

from nlp.directive import NOWHERE, Deadline
from store.agenda import Wanted, agenda
from store.answers import Deed
from store.duties import due
from store.duty import duty as view_of
from store.errors import NotAllowed, NotFound
from store.proposals import accept_proposal, drop_proposal
from store.units import drop_group, groups, set_group, set_units, units
from store.urgency import urgency
from store.work import share_with_group, take, undo
from tests.store.making import ALL, NOBODY, NOW, day, directive, duty, put

TODAY = day("20/01/2023")


def seen(session, duty_id):
    """Give everything about one duty."""
    return view_of(session, duty_id, as_of=TODAY, seen_by=ALL)


def only(session):
    """Give the one line of the due list."""
    (line,) = due(session, as_of=TODAY, seen_by=ALL)
    return line


def act(session, duty_id, kind, **more):
    """Take a step as An."""
    return take(session, duty_id, Deed(kind, **more), by="An", now=NOW)


def order(*duties, **more):
    """Make a letter that orders something."""
    return directive("809-CV/HU", "12/01/2023", "Huyện ủy Bảo Lâm", duties=duties, **more)


def test_a_duty_tells_what_may_follow_and_what_an_undo_takes_back(session):
    """A new one may be started and not sent back; a reported one the other way round; only a shared one has ticks."""
    put(session, order(duty("báo cáo", "30/01/2023")))
    line = only(session)
    new = seen(session, line.id)
    assert new.line == line and new.document.number == "809-CV/HU" and new.read_limit == date(2023, 1, 30) and new.binds
    assert {"start", "report", "extend"} <= new.next_steps and not {"send back", "tick", "undo", "resume"} & new.next_steps
    assert (new.undoes, new.steps) == (None, ())
    act(session, line.id, "extend", day=date(2023, 2, 20))
    act(session, line.id, "report")
    told = seen(session, line.id)
    assert "send back" in told.next_steps and "start" not in told.next_steps
    assert (told.undoes, told.extended_to, told.line.first_limit) == ("report", date(2023, 2, 20), date(2023, 1, 30))


def test_an_extension_by_a_person_runs_to_the_end_of_its_day(session):
    """`trước` and the hour belong to the day that the document names, not to the one a person sets."""
    limit = Deadline("date", "trước 16 giờ ngày 30/01/2023", NOWHERE, "before", date(2023, 1, 30), at=time(16))
    put(session, order(duty("báo cáo", deadline=limit)))
    assert (only(session).bound, only(session).due_at) == ("before", time(16))
    act(session, only(session).id, "extend", day=date(2023, 2, 20))
    assert (only(session).bound, only(session).due_at) == ("at latest", None)


def test_units_of_a_shared_duty_are_named_in_their_order(session):
    """Those that have ticked, and those that have not."""
    set_units(session, "under", ["Chi bộ A", "Chi bộ B", "Chi bộ C"], now=TODAY)
    group = set_group(session, "Các chi bộ", [unit.id for unit in units(session, seen_by=ALL)])
    put(session, order(duty("đăng ký", "30/01/2023")))
    line = only(session)
    share_with_group(session, line.id, group, by="An", now=NOW)
    act(session, line.id, "tick", units=(units(session, seen_by=ALL)[1].id,))
    view = seen(session, line.id)
    assert ([unit.name for unit in view.done], [unit.name for unit in view.left]) == (["Chi bộ B"], ["Chi bộ A", "Chi bộ C"])
    drop_group(session, group)
    assert groups(session, seen_by=ALL) == () and only(session).members == 3
    with pytest.raises(NotFound):
        drop_group(session, group)


def ended(session, viewer, agency=None):
    """Give the duties that are done."""
    return agenda(session, Wanted(TODAY, state="Đã hoàn thành", agency=agency), seen_by=viewer).lines


def test_what_is_ended_is_listed_apart(session):
    """A duty that is done leaves the due list and is found among the ended ones, until it is undone."""
    put(session, order(duty("báo cáo", "30/01/2023"), duty("họp", "31/01/2023", who="Văn phòng")))
    line = due(session, as_of=TODAY, seen_by=ALL)[0]
    act(session, line.id, "complete", day=TODAY)
    assert [(one.task, one.standing) for one in ended(session, ALL)] == [("báo cáo", "Đã hoàn thành đúng hạn")]
    assert ended(session, ALL, agency="Văn phòng") == ()
    undo(session, line.id, by="An", now=NOW)
    assert ended(session, ALL) == ()
    act(session, line.id, "complete", day=TODAY)
    assert ended(session, NOBODY) == ()


@pytest.mark.parametrize(("duty_id", "viewer"), [(99, ALL), (1, NOBODY)])
def test_a_duty_that_is_not_there_is_not_found(session, duty_id, viewer):
    """Nor one that may not be seen."""
    put(session, order(duty("báo cáo", "30/01/2023")))
    with pytest.raises(NotFound):
        view_of(session, duty_id, as_of=TODAY, seen_by=viewer)


def test_the_urgency_of_documents(session):
    """Only those that have one are named."""
    rush = put(session, order(duty("báo cáo", "30/01/2023"), urgency="Hỏa tốc"))
    calm = put(session, directive("810-CV/HU", "12/01/2023", "Huyện ủy Bảo Lâm"))
    assert urgency(session, [rush, calm]) == {rush: "Hỏa tốc"}


def proposed(session):
    """Give a duty that was started, and that a later reading dates otherwise."""
    first = order(duty("báo cáo", "30/01/2023"))
    put(session, first, text="a")
    line = only(session)
    act(session, line.id, "start")
    put(session, replace(first, duties=(duty("báo cáo", "03/02/2023"),)), text="a")
    return line.id


def test_a_proposal_is_accepted(session):
    """The duty says what the later reading says, keeps its state, and its history keeps what it said before."""
    duty_id = proposed(session)
    accept_proposal(session, duty_id, by="Bình", now=NOW)
    view = seen(session, duty_id)
    assert (view.line.due_on, view.line.bound, view.line.state, view.line.proposal) == (date(2023, 2, 3), "before", "Đang thực hiện", None)
    assert "30/01/2023" in view.steps[-1].note and view.steps[-1].by == "Bình"
    with pytest.raises(NotAllowed):
        accept_proposal(session, duty_id, by="Bình", now=NOW)


def test_a_proposal_is_dropped(session):
    """The duty stays as it was, and the history says who decided so."""
    duty_id = proposed(session)
    drop_proposal(session, duty_id, by="Bình", now=NOW)
    view = seen(session, duty_id)
    assert (view.line.due_on, view.line.proposal, view.steps[-1].kind) == (date(2023, 1, 30), None, "comment")
    with pytest.raises(NotAllowed):
        drop_proposal(session, duty_id, by="Bình", now=NOW)
    with pytest.raises(NotFound):
        drop_proposal(session, 99, by="Bình", now=NOW)


@pytest.mark.parametrize("kind", ["start", "report", "extend", "instruct", "comment", "pause"])
def test_who_works_on_a_duty_confirms_it(session, kind):
    """Not who only comments or pauses it; taken back, nobody has confirmed it."""
    put(session, order(duty("báo cáo", "30/01/2023")))
    line = only(session)
    act(session, line.id, kind, note="vì", day=TODAY)
    assert (only(session).accepted_by == "An") is (kind not in ("comment", "pause"))
    undo(session, line.id, by="An", now=NOW)
    assert only(session).accepted_by is None
