"""A person's words stand over what was read of a duty; readings leave them alone, and undo brings the reading back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from store.answers import Deed
from store.documents import document
from store.duties import due
from store.errors import NotAllowed, NotFound
from store.taking_back import take_back_duties
from store.work import amend, history, take, undo
from tests.store.making import ALL, NOW, directive, duty, put, recurring

LATER = [NOW + timedelta(minutes=minutes) for minutes in range(6)]
AS_OF = date(2023, 1, 20)


def letter(session, *duties):
    """File a letter with duties; give its id and those of the duties."""
    made = put(session, directive("809-CV/HU", "12/01/2023", "Huyện ủy Bảo Lâm", duties=duties), text="a")
    return made, [line.id for line in due(session, as_of=AS_OF, seen_by=ALL)]


def line(session, duty_id):
    """Give what stands of a duty: task, who, kind, day."""
    found = next(one for one in due(session, as_of=AS_OF, seen_by=ALL) if one.id == duty_id)
    return found.task, found.assignee, found.kind, found.due_on


def test_what_a_person_says_of_a_duty_stands(session):
    """It is told in its history, found by its new unit, kept through a later reading, and undone."""
    first = duty("gửi báo cáo", "30/01/2023")
    made, (one,) = letter(session, first)
    amend(session, one, {"due_on": "2023-11-30", "assignee": "Các chi bộ", "task": "gửi báo cáo"}, by="An", now=LATER[0])
    assert line(session, one) == ("gửi báo cáo", "Các chi bộ", "date", date(2023, 11, 30))
    (step,) = history(session, one, seen_by=ALL)
    assert step.note == "Sửa hạn: 30/01/2023 → 30/11/2023; đơn vị chủ trì: “Ban Tổ chức Huyện ủy” → “Các chi bộ”."
    assert [found.id for found in due(session, as_of=AS_OF, seen_by=ALL, agency="chi bộ")] == [one]
    again = directive("809-CV/HU", "12/01/2023", "Huyện ủy Bảo Lâm", duties=[replace(first, assignee="Văn phòng")])
    assert put(session, again, text="a") == made
    assert line(session, one)[1:] == ("Các chi bộ", "date", date(2023, 11, 30))
    undo(session, one, by="An", now=LATER[1])
    assert line(session, one) == ("gửi báo cáo", "Ban Tổ chức Huyện ủy", "date", date(2023, 1, 30))


def test_the_second_change_is_undone_to_the_first(session):
    """And the first to what was read; a comment that changed nothing takes nothing back."""
    _, (one,) = letter(session, duty("gửi báo cáo", "30/01/2023"))
    amend(session, one, {"due_on": "2023-02-01"}, by="An", now=LATER[0])
    amend(session, one, {"due_on": None}, by="Bình", now=LATER[1])
    assert line(session, one)[2:] == ("none", None)
    take(session, one, Deed("comment", "đã gọi điện"), by="An", now=LATER[2])
    days = []
    for at in (3, 4, 5):
        undo(session, one, by="An", now=LATER[at])
        days.append(line(session, one)[3])
    assert days == [None, date(2023, 2, 1), date(2023, 1, 30)]


def test_a_recurring_duty_that_was_misread_gets_a_day(session):
    """Undone, it comes again as it was read."""
    _, (one,) = letter(session, recurring("báo cáo", "FREQ=MONTHLY;BYMONTHDAY=25"))
    before = line(session, one)
    amend(session, one, {"due_on": "2023-03-25"}, by="An", now=LATER[0])
    assert line(session, one)[2:] == ("date", date(2023, 3, 25))
    undo(session, one, by="An", now=LATER[1])
    assert line(session, one) == before


@pytest.mark.parametrize(
    "changes",
    [{"task": " "}, {"due_on": "hôm qua"}, {"due_on": "2023-01-30"}, {}, {"words": "x"}],
    ids=["task", "day", "same", "none", "field"],
)
def test_what_cannot_be_is_refused(session, changes):
    """No task, no day, nothing changed, no such field."""
    _, (one,) = letter(session, duty("gửi báo cáo", "30/01/2023"))
    with pytest.raises(NotAllowed):
        amend(session, one, changes, by="An", now=NOW)
    with pytest.raises(NotFound):
        amend(session, 99, {"task": "x"}, by="An", now=NOW)


def test_a_confirmation_is_taken_back_with_its_changes(session, tmp_path):
    """Both were said at one moment; the head is as it was all along."""
    made, (one,) = letter(session, duty("gửi báo cáo", "30/01/2023"))
    state = document(session, made, home=tmp_path, as_of=AS_OF, seen_by=ALL).line.state
    amend(session, one, {"due_on": "2023-11-30"}, by="An", now=LATER[0])
    take(session, one, Deed("accept"), by="An", now=LATER[0])
    assert document(session, made, home=tmp_path, as_of=AS_OF, seen_by=ALL).line.state == state
    assert take_back_duties(session, made, by="An", now=LATER[1]) == 1
    assert line(session, one)[3] == date(2023, 1, 30)
    assert not [step for step in history(session, one, seen_by=ALL) if step.stands]
