"""A person's word on a document holds against later readings, and the queues put first what needs eyes most."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from nlp.directive import NOWHERE, Found
from store.answers import Deed
from store.corrections import correct, undo
from store.documents import document
from store.errors import NotAllowed, NotFound
from store.review import MINUTES, confirm, put_off, reopen, take_up
from store.tables import DocumentRow, DutyRow
from store.work import take
from tests.store.making import ALL, NOBODY, NOW, directive, duty, duty_queue, found, head_queue, put

LATER = NOW + timedelta(minutes=1)


def letter(number, **more):
    """Make a letter with all that a head needs."""
    more = {"type": "Công văn", "subject": "báo cáo", **more}
    return directive(number, "12/01/2023", "Huyện ủy Bảo Lâm", **more)


def field(session, document_id, name, home):
    """Give one field of a document."""
    view = document(session, document_id, home=home, as_of=date(2023, 1, 20), seen_by=ALL)
    return next(one for one in view.fields if one.name == name)


def state(session, document_id):
    """Give the state of the reading."""
    return session.get_one(DocumentRow, document_id).state


def numbers(queue):
    """Give the numbers of a queue in order."""
    return [line.document.number for line in queue]


def test_what_was_confirmed_is_not_changed_by_a_later_reading(session, tmp_path):
    """Values, lists and what was confirmed as not there stay; the field says who confirmed it and what is read now."""
    first = replace(letter("809-CV/HU", to_verify=("number",)), addressees=(found("Các chi bộ"),))
    made = put(session, first, text="a")
    assert state(session, made) == "Cần đối chiếu"
    confirm(session, made, by="An", now=NOW, seconds=12)
    assert state(session, made) == "Đã đối chiếu"
    again = replace(first, number=Found("869-CV/HU", NOWHERE, 0.9, "thử"), place=found("Bảo Lâm"), addressees=(found("Đảng ủy xã A"),))
    assert put(session, again, text="a") == made
    number = field(session, made, "number", tmp_path)
    assert (number.value, number.read, number.confirmed_by, number.to_verify) == ("809-CV/HU", "869-CV/HU", "An", False)
    assert field(session, made, "place", tmp_path).value is None
    view = document(session, made, home=tmp_path, as_of=date(2023, 1, 20), seen_by=ALL)
    assert [(line.value, line.confirmed_by) for line in view.addressees] == [("Các chi bộ", "An")]
    assert session.get_one(DocumentRow, made).key == "809.cv.hu"
    reopen(session, made, by="An", now=LATER)
    assert field(session, made, "number", tmp_path).value == "869-CV/HU"
    assert state(session, made) == "Cần đối chiếu"


def test_a_correction_over_a_confirmed_value_stands_and_is_undone(session, tmp_path):
    """The last word of a person is the one that counts."""
    made = put(session, letter("809-CV/HU"))
    confirm(session, made, by="An", now=NOW)
    correct(session, made, "number", "808-CV/HU", by="Bình", now=LATER)
    assert field(session, made, "number", tmp_path).value == "808-CV/HU"
    undo(session, made, "number", by="Bình", now=LATER)
    assert field(session, made, "number", tmp_path).value == "809-CV/HU"


def test_a_confirmed_correction_stays_and_its_undo_gives_the_reading(session, tmp_path):
    """What was corrected first and confirmed then is not frozen twice."""
    made = put(session, letter("809-CV/HU"))
    correct(session, made, "number", "808-CV/HU", by="An", now=NOW)
    confirm(session, made, by="An", now=NOW)
    assert (state(session, made), field(session, made, "number", tmp_path).value) == ("Đã đối chiếu", "808-CV/HU")
    undo(session, made, "number", by="An", now=LATER)
    assert field(session, made, "number", tmp_path).value == "809-CV/HU"


def test_the_three_misread_of_ten_come_first(session):
    """Whatever the order of filing, what is in doubt is seen first, the urgent of it before."""
    for n in range(1, 11):
        doubt = {3: {"to_verify": ("number",)}, 6: {"to_verify": ("issued_on",), "urgency": "HỎA TỐC"}, 9: {"type": None}}.get(n, {})
        put(session, letter(f"{n}-CV/HU", **doubt), now=NOW + timedelta(minutes=n))
    queue = head_queue(session, now=LATER, seen_by=ALL)
    assert numbers(queue)[:3] == ["6-CV/HU", "3-CV/HU", "9-CV/HU"]
    assert [line.reasons for line in queue[:4]] == [
        ("ngày ban hành chưa chắc",),
        ("số chưa chắc",),
        ("loại văn bản chưa có",),
        ("máy đọc, chưa ai đối chiếu",),
    ]
    assert numbers(queue)[3:] == [f"{n}-CV/HU" for n in (1, 2, 4, 5, 7, 8, 10)]
    assert head_queue(session, now=LATER, seen_by=NOBODY) == duty_queue(session, now=LATER, seen_by=NOBODY) == ()


def test_what_is_put_off_comes_last_and_what_is_confirmed_is_gone(session):
    """The reason is kept with it."""
    made = [put(session, letter(f"{n}-CV/HU")) for n in (1, 2, 3)]
    put_off(session, made[0], "chờ bản gốc", by="An", now=NOW)
    confirm(session, made[1], by="An", now=NOW)
    queue = head_queue(session, now=LATER, seen_by=ALL)
    assert [(line.document.number, line.put_off) for line in queue] == [("3-CV/HU", None), ("1-CV/HU", "chờ bản gốc")]
    with pytest.raises(NotAllowed):
        put_off(session, made[2], "  ", by="An", now=NOW)
    with pytest.raises(NotAllowed):
        reopen(session, made[2], by="An", now=NOW)


def test_two_people_do_not_review_one_document(session):
    """Who opens it has it for a while, and may open it again; then anyone may."""
    made = put(session, letter("1-CV/HU"))
    assert take_up(session, made, by="An", now=NOW) is None
    assert take_up(session, made, by="An", now=NOW) is None
    assert take_up(session, made, by="Bình", now=LATER) == "An"
    assert [line.locked_by for line in head_queue(session, now=LATER, seen_by=ALL)] == ["An"]
    assert take_up(session, made, by="Bình", now=NOW + timedelta(minutes=MINUTES + 1)) is None
    confirm(session, made, by="Bình", now=LATER)
    assert take_up(session, made, by="An", now=LATER) is None


def test_duties_in_doubt_come_first_then_the_nearest(session):
    """The official confirms duties; a document whose duties are all confirmed, or worked on, is gone."""
    put(session, letter("1-CV/HU", duties=[duty("muộn", "28/02/2023")]))
    put(session, letter("2-CV/HU", duties=[duty("sớm", "30/01/2023"), duty("không hạn")]))
    put(session, letter("3-CV/HU", duties=[duty("ngờ", "30/03/2023")], to_verify=("deadlines[0]",)))
    put(session, letter("4-CV/HU"))
    queue = duty_queue(session, now=LATER, seen_by=ALL)
    assert numbers(queue) == ["3-CV/HU", "2-CV/HU", "1-CV/HU"]
    assert queue[0].reasons == ("hạn chưa chắc", "1 nhiệm vụ chưa xác nhận, hạn gần nhất 30/03/2023")
    assert queue[1].reasons == ("2 nhiệm vụ chưa xác nhận, hạn gần nhất 30/01/2023",)
    ids = {line.document.number: line.document.id for line in queue}
    for line in document_duties(session, ids["1-CV/HU"]):
        take(session, line, Deed("accept"), by="An", now=NOW)
    for line in document_duties(session, ids["3-CV/HU"]):
        take(session, line, Deed("start"), by="An", now=NOW)
    assert numbers(duty_queue(session, now=LATER, seen_by=ALL)) == ["2-CV/HU"]


def document_duties(session, document_id):
    """Give the ids of a document's duties."""
    return session.scalars(select(DutyRow.id).where(DutyRow.document_id == document_id)).all()


def test_a_document_that_is_not_held_has_no_review(session):
    """Neither an unknown one nor one that is only cited."""
    for act in (confirm, reopen):
        with pytest.raises(NotFound):
            act(session, 99, by="An", now=NOW)
    with pytest.raises(NotFound):
        take_up(session, 99, by="An", now=NOW)
