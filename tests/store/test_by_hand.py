"""What a person adds to what was read, or takes out of it, stays so whatever is read later, and each act is undone by itself."""

from datetime import date

import pytest
from sqlalchemy import select

from nlp.directive import Deadline, Duty, Place
from store.answers import Deed
from store.by_hand import add_duty, add_reference, remove_duty, remove_reference, undo_act
from store.duties import due
from store.errors import NotAllowed, NotFound
from store.evidence import Read
from store.graph import citations
from store.hand_acts import standing_acts
from store.tables import DocumentRow, DutyRow, ReferenceRow
from store.work import take, undo
from store.work_tables import HandRow
from tests.store.making import ALL, NOW, directive, duty, put, reference

WHERE = Read(page=1, boxes=[[1, 0, 0, 36, 10]], words="Kế hoạch", start=0, end=8, rule="người đối chiếu chọn trên trang", confidence=1.0)
WHO = {"by": "An", "now": NOW}


def letter(session, *cited, duties=()):
    """Read the one letter, with these references and duties."""
    read = directive("809-CV/HU", "12/01/2023", "Huyện ủy Bảo Lâm", cited, duties, type="Công văn")
    return put(session, read, text="a")


def cited(session, made):
    """Give what a letter cites, as people see it."""
    return [(one.relation, one.target.number) for one in citations(session, made, seen_by=ALL).cites]


def tasks(session):
    """Give the tasks of all duties, in order."""
    return session.scalars(select(DutyRow.task).order_by(DutyRow.position, DutyRow.id)).all()


def test_a_reference_is_added_linked_and_kept(session):
    """It leads to the document that is held, keeps its words, and no reading changes it or doubles it."""
    held = put(session, directive("21-KH/HU", "05/01/2023", "Huyện ủy Bảo Lâm", type="Kế hoạch"))
    made = letter(session)
    add_reference(session, made, reference("21-KH/HU", "05/01/2023", type="Kế hoạch", relation="implements"), WHERE, **WHO)
    (one,) = citations(session, made, seen_by=ALL).cites
    assert (one.target.id, one.status, one.relation, one.evidence.words) == (held, "resolved", "implements", "Kế hoạch")
    for again in ([], [reference("21-KH/HU", "05/01/2023", type="Kế hoạch", relation="implements")], []):
        letter(session, *again)
        assert cited(session, made) == [("implements", "21-KH/HU")]
        assert session.scalar(select(ReferenceRow.added_by)) == "An"
    with pytest.raises(NotAllowed):
        add_reference(session, made, reference("21-KH/HU", "05/01/2023", type="Kế hoạch", relation="implements"), None, **WHO)


def test_an_addition_undone_leaves_what_was_read_last(session):
    """Nothing, and the node that was made for it goes; or what the machine has read since in its place."""
    made = letter(session)
    for again, left in (((), []), ((reference("7-QĐ/HU", relation="based_on"),), [("based_on", "7-QĐ/HU")])):
        add_reference(session, made, reference("7-QĐ/HU", relation="based_on"), None, **WHO)
        letter(session, *again)
        (act,) = standing_acts(session, made)
        undo_act(session, made, act.id, **WHO)
        assert cited(session, made) == left
    assert session.scalars(select(DocumentRow.number).where(~DocumentRow.held)).all() == ["7-QĐ/HU"]


def test_a_wrong_reference_is_taken_out_for_good(session):
    """It does not come back, also where it is read with another day; other references do; undone, the last reading stands."""
    made = letter(session, reference("7-QĐ/HU"), reference("8-QĐ/HU"))
    wrong = session.scalar(select(ReferenceRow.id).where(ReferenceRow.number == "7-QĐ/HU"))
    remove_reference(session, wrong, **WHO)
    assert cited(session, made) == [("mentions", "8-QĐ/HU")]
    letter(session, reference("7-QĐ/HU", "03/01/2023"), reference("8-QĐ/HU"), reference("9-QĐ/HU"))
    assert cited(session, made) == [("mentions", "8-QĐ/HU"), ("mentions", "9-QĐ/HU")]
    (act,) = standing_acts(session, made)
    undo_act(session, made, act.id, by="Bình", now=NOW)
    assert sorted(cited(session, made)) == [("mentions", f"{n}-QĐ/HU") for n in (7, 8, 9)]
    assert (act.undone_by, session.scalar(select(ReferenceRow.issued_on).where(ReferenceRow.number == "7-QĐ/HU"))) == (
        "Bình",
        date(2023, 1, 3),
    )
    with pytest.raises(NotFound):
        undo_act(session, made, act.id, **WHO)


def test_what_was_taken_out_is_put_back_by_adding_it(session):
    """Then what was read stands again, once."""
    made = letter(session, reference("7-QĐ/HU"))
    remove_reference(session, session.scalar(select(ReferenceRow.id)), **WHO)
    add_reference(session, made, reference("7-QĐ/HU"), None, **WHO)
    assert (cited(session, made), standing_acts(session, made)) == ([("mentions", "7-QĐ/HU")], [])


def test_a_duty_is_added_confirmed_and_kept(session):
    """It is due, stands without another word, and the same words read otherwise make no second one."""
    made = letter(session)
    limit = Deadline("date", "trước ngày 30/01/2023", Place(), "before", date(2023, 1, 30))
    own = Duty("gửi báo cáo", Place(), 1.0, "", assignee="Chi bộ 1", to_whom="Đảng ủy", through="Văn phòng", deadline=limit)
    add_duty(session, made, own, WHERE, **WHO)
    letter(session, duties=[duty("Gửi báo cáo", "31/01/2023"), duty("họp", "03/02/2023")])
    first, second = due(session, as_of=date(2023, 1, 20), seen_by=ALL)
    assert (first.task, first.accepted_by, first.to_whom, first.through, first.stands) == (
        "gửi báo cáo",
        "An",
        "Đảng ủy",
        "Văn phòng",
        True,
    )
    assert (first.due_on, second.task, second.stands) == (date(2023, 1, 30), "họp", False)
    undo(session, first.id, **WHO)
    letter(session)
    assert tasks(session) == ["gửi báo cáo"]


def test_a_duty_that_somebody_works_on_is_not_taken_out(session):
    """Its steps are taken back first; what only the person said goes at once, what the machine read comes back."""
    made = letter(session, duties=[duty("họp", "03/02/2023")])
    mine = add_duty(session, made, duty("gửi báo cáo"), None, **WHO)
    read = session.scalar(select(DutyRow.id).where(DutyRow.task == "họp"))
    for one in (mine, read):
        take(session, one, Deed("start"), **WHO)
        with pytest.raises(NotAllowed, match="đã có người xử lý"):
            remove_duty(session, one, **WHO)
        undo(session, one, **WHO)
        remove_duty(session, one, **WHO)
    assert tasks(session) == []
    letter(session, duties=[duty("Họp", "04/02/2023"), duty("gửi báo cáo", "05/02/2023")])
    assert tasks(session) == ["gửi báo cáo"]
    (act,) = standing_acts(session, made)
    undo_act(session, made, act.id, **WHO)
    assert sorted(tasks(session)) == ["Họp", "gửi báo cáo"]


@pytest.mark.parametrize(
    ("what", "error"),
    [
        (lambda session, made: add_reference(session, made, reference(), None, **WHO), NotAllowed),
        (lambda session, made: add_reference(session, made, reference("-CV/HU"), None, **WHO), NotAllowed),
        (lambda session, made: add_duty(session, made, duty("  "), None, **WHO), NotAllowed),
        (lambda session, made: add_reference(session, made + 1, reference("7-QĐ/HU"), None, **WHO), NotFound),
        (lambda session, _: remove_reference(session, 99, **WHO), NotFound),
        (lambda session, _: remove_duty(session, 99, **WHO), NotFound),
        (lambda session, made: undo_act(session, made, 99, **WHO), NotFound),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(session, what, error):
    """No number and no title, no task, a document or a row that is not there."""
    made = letter(session)
    with pytest.raises(error):
        what(session, made)
    assert session.scalars(select(HandRow)).all() == []


def test_an_act_is_undone_from_its_own_document_only(session):
    """The act of another document is not found."""
    made, other = letter(session), put(session, directive("1-CV/HU"))
    add_reference(session, made, reference("7-QĐ/HU"), None, **WHO)
    with pytest.raises(NotFound):
        undo_act(session, other, standing_acts(session, made)[0].id, **WHO)
    assert cited(session, made) == [("mentions", "7-QĐ/HU")]
