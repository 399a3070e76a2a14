"""Whatever people do with pages: none is lost, what they said stays with its page, and undone to the end all is as it was."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from ingest.transcript import Span
from nlp.directive import Directive, Duty, Found, Place
from store.answers import Deed
from store.arranging import add_annex, join, keep_beside, move, shift, split, substitute, turn
from store.by_hand import add_reference, remove_duty, undo_act
from store.carrying import turned
from store.corrections import correct, standing
from store.errors import NotAllowed
from store.evidence import Read
from store.filing import SPLIT_OTHERWISE, file_all
from store.hand_acts import standing_acts
from store.mending import NEW, Change, last_step, mend, pages_kept, pages_then, undoing
from store.nodes import bearers
from store.page_tables import ClosedRow, LeafRow
from store.paging import leaves, numbered, page_called
from store.register_tables import EntryRow
from store.registers import enter, open_register
from store.review import confirm
from store.reviewed import confirmed
from store.tables import CorrectionRow, DocumentRow, DutyRow, PageTextRow, ReferenceRow, ValueRow
from store.transcripts import compose, keep_head, keep_page
from store.work import amend, take
from store.work_tables import LockRow
from tests.store.making import NOW, day, reference, sha, transcript

FILES = {
    "thư": "số 1-CV/ĐU\fviệc báo cáo\fviệc họp bàn\fviệc đăng ký",
    "kèm": "số 2-CV/ĐU\fviệc kiểm tra",
    "quét": "số 3-CV/ĐU",
}


def read(text):
    """Read a transcript as these files are written: a number on the first page, a duty on each other."""
    duties = []
    for page, start in zip(text.pages, text.starts, strict=True):
        place = Place(Span(start, start + len(page.text)))
        if page.text.startswith("việc "):
            duties.append(Duty(page.text[5:], place, 0.9, "thử", assignee="Các chi bộ"))
    first = text.pages[0].text.removeprefix("số ")
    number = Found(first, Place(Span(text.starts[0], len(text.pages[0].text))), 0.9, "thử")
    return Directive(family="party", number=number, duties=tuple(duties))


@pytest.fixture
def office(session, tmp_path):
    """Three files that are kept and filed: a letter of four pages, one of two, a scan of one; give the ids by name."""
    ids = {}
    for name, text in FILES.items():
        whole = transcript(text, f"{name}.pdf")
        keep_head(tmp_path, whole)
        for page in whole.pages:
            keep_page(tmp_path, whole.id, page)
        (ids[name],) = file_all(session, sha256=sha(text), parts=[(whole, read(whole))], purpose="daily", now=NOW)
    return ids


def row(session, document):
    """Give the row of a document."""
    return session.get_one(DocumentRow, document)


def own(session, document):
    """Give the pages of a document."""
    return leaves(session, row(session, document))


def do(session, home, change, by="An"):
    """Mend pages as the program does: what is turned is read anew, all else from what is kept."""
    readings = {}
    for document, pages in pages_then(session, change).items():
        for leaf in pages.values():
            if leaf.turn:
                keep_page(home, leaf.read_as, replace(page_of(home, leaf), width=842.0, height=595.0))
        whole = compose(home, pages)
        readings[document] = (whole, read(whole))
    return mend(session, home, change, readings, rules="thử", by=by, now=NOW)


def page_of(home, leaf):
    """Give a page as it lies in its file."""
    return compose(home, {leaf.page: replace(leaf, turn=0)}).pages[0]


def change(session, kind, first, then, other=None, its=None):
    """Make a change of one document or of two."""
    before = {first: own(session, first)} | ({other: own(session, other)} if other else {})
    after = {first: then} | ({other or NEW: its} if its is not None else {})
    return Change(kind, kind, before, after)


def split_at(session, home, document, at):
    """Split a document; give the id of the second part."""
    first, second = split(own(session, document), at)
    return do(session, home, change(session, "split", document, first, None, second))[NEW]


def join_to(session, home, document, other):
    """Join another document to one."""
    do(session, home, change(session, "join", document, join(own(session, document), own(session, other)), other, ()))


def numbers(session, document):
    """Write the pages of a document as the ends of their texts."""
    return [page.text for page in _texts(session, document)]


def _texts(session, document):
    return session.scalars(select(PageTextRow).where(PageTextRow.document_id == document, PageTextRow.page > 0).order_by(PageTextRow.page))


def accepted(session, task):
    """Accept a duty as a person; give its id."""
    (duty,) = session.scalars(select(DutyRow).where(DutyRow.task == task)).all()
    take(session, duty.id, Deed("accept"), by="Bình", now=NOW)
    return duty.id


def test_a_split_makes_two_documents_that_are_read_by_themselves(session, tmp_path, office):
    """The row keeps its number, its correction and its entry in the register; the second part is a document of its own."""
    letter = office["thư"]
    correct(session, letter, "place", "Suối Ngàn", by="An", now=NOW)
    confirm(session, letter, by="An", now=NOW)
    book = open_register(session, "in", "Văn bản đến", "2026")
    entry = enter(session, book, letter, on=day("05/01/2026"), by="An", now=NOW)
    second = split_at(session, tmp_path, letter, 3)
    assert (numbers(session, letter), numbers(session, second)) == (["số 1-CV/ĐU", "việc báo cáo"], ["việc họp bàn", "việc đăng ký"])
    assert row(session, letter).number == "1-CV/ĐU" and row(session, second).number == "việc họp bàn"
    assert standing(session, letter)["place"].value == "Suối Ngàn" and confirmed(session, letter).values["number"] == "1-CV/ĐU"
    assert session.get_one(EntryRow, entry.id).document_id == letter
    assert (row(session, letter).state, row(session, second).state) == ("Đã đối chiếu", "Cần đối chiếu")


def test_a_duty_goes_with_its_page_and_keeps_what_was_done(session, tmp_path, office):
    """Accepted and written otherwise, it is the second part's after the split, at its words; undone, it is the letter's again."""
    duty = accepted(session, "họp bàn")
    amend(session, duty, {"task": "họp chi bộ"}, by="Bình", now=NOW)
    second = split_at(session, tmp_path, office["thư"], 3)
    now = session.get_one(DutyRow, duty)
    assert (now.document_id, now.page, now.task, now.start) == (second, 1, "họp chi bộ", 0)
    assert {one.document_id for one in session.scalars(select(CorrectionRow).where(CorrectionRow.name == f"duty.{duty}.task"))} == {second}
    assert len(session.scalars(select(DutyRow).where(DutyRow.document_id == second)).all()) == 2
    do(session, tmp_path, undoing(session, second))
    now = session.get_one(DutyRow, duty)
    assert (now.document_id, now.page, now.task) == (office["thư"], 3, "họp chi bộ")
    assert len(session.scalars(select(DutyRow)).all()) == 4


def test_a_joined_document_is_closed_and_comes_back(session, tmp_path, office):
    """It is in no list, its number is free, its duties are the other's; an undo brings back all that was said of it."""
    letter, other = office["thư"], office["kèm"]
    correct(session, other, "place", "Suối Cạn", by="An", now=NOW)
    duty = accepted(session, "kiểm tra")
    join_to(session, tmp_path, letter, other)
    assert numbers(session, letter)[4:] == ["số 2-CV/ĐU", "việc kiểm tra"] and own(session, other) == ()
    assert not row(session, other).held and session.get(ClosedRow, other).into_id == letter
    assert bearers(session, "2-CV/ĐU") == [] and session.get_one(DutyRow, duty).document_id == letter
    do(session, tmp_path, undoing(session, letter))
    assert row(session, other).held and row(session, other).sha256 == sha(FILES["kèm"])
    assert [found.id for found in bearers(session, "2-CV/ĐU")] == [other] and row(session, other).place == "Suối Cạn"
    assert session.get_one(DutyRow, duty).document_id == other and pages_kept(session, other) is None


def test_who_cites_a_joined_document_means_it_no_more(session, tmp_path, office):
    """The number is that of a document that is only cited, until the join is undone."""
    whole = transcript("số 9-CV/ĐU", "viện dẫn.pdf")
    cites = replace(read(whole), references=(reference("2-CV/ĐU", agency=None),))
    file_all(session, sha256=sha("viện dẫn"), parts=[(whole, cites)], purpose="daily", now=NOW)
    meant = [bearer.id for bearer in bearers(session, "2-CV/ĐU") if bearer.held]
    join_to(session, tmp_path, office["thư"], office["kèm"])
    assert meant == [office["kèm"]] and [found.held for found in bearers(session, "2-CV/ĐU")] == [False]
    do(session, tmp_path, undoing(session, office["thư"]))
    assert [found.id for found in bearers(session, "2-CV/ĐU") if found.held] == [office["kèm"]]


def test_a_turned_page_keeps_the_place_of_what_was_said(session, tmp_path, office):
    """The box of a duty turns with its page, and back."""
    duty = accepted(session, "báo cáo")
    letter = office["thư"]
    boxes = session.get_one(DutyRow, duty).boxes
    do(session, tmp_path, change(session, "turn", letter, turn(own(session, letter), {2}, 90)))
    (page, *corners), *_ = session.get_one(DutyRow, duty).boxes
    assert page == 2 and corners == turned(boxes[0][1:], 90, 595, 842)
    assert page_called(session, tmp_path, row(session, letter), 2).width == 842
    do(session, tmp_path, undoing(session, letter))
    assert session.get_one(DutyRow, duty).boxes == boxes


def test_what_was_taken_from_a_page_or_added_to_it_goes_with_it(session, tmp_path, office):
    """An added reference is the second part's, what was taken out does not come back there; a head's value stays, without its place."""
    letter = office["thư"]
    place = Read(page=3, boxes=[[3, 0, 0, 36, 10]], words="việc", start=24, end=28, rule="thử", confidence=1.0)
    correct(session, letter, "place", "việc", by="An", now=NOW, place=place)
    add_reference(session, letter, reference("7-KH/ĐU", agency=None), place, by="An", now=NOW)
    remove_duty(session, session.scalars(select(DutyRow.id).where(DutyRow.task == "họp bàn")).one(), by="An", now=NOW)
    second = split_at(session, tmp_path, letter, 3)
    (added,) = session.scalars(select(ReferenceRow)).all()
    assert (added.document_id, added.page, added.boxes) == (second, 1, [[1, 0, 0, 36, 10]])
    assert session.scalars(select(DutyRow.task).where(DutyRow.document_id == second)).all() == ["đăng ký"]
    step = standing(session, letter)["place"]
    assert (step.document_id, step.value, step.place["page"], step.place["boxes"]) == (letter, "việc", None, [])
    do(session, tmp_path, undoing(session, letter))
    (added,) = session.scalars(select(ReferenceRow)).all()
    assert (added.document_id, added.page, added.boxes) == (letter, 3, [[3, 0, 0, 36, 10]])
    assert standing(session, letter)["place"].place == place
    assert sorted(session.scalars(select(DutyRow.task).where(DutyRow.document_id == letter))) == ["báo cáo", "đăng ký"]
    (act, *_) = standing_acts(session, letter, "duty")
    undo_act(session, letter, act.id, by="An", now=NOW)
    assert len(session.scalars(select(DutyRow).where(DutyRow.document_id == letter)).all()) == 3


def test_a_box_turns_as_its_page_does():
    """Clockwise, the top left goes to the top right; four quarters are none."""
    assert turned([10, 20, 30, 60], 90, 595, 842) == [782, 10, 822, 30]
    assert turned([10, 20, 30, 60], 180, 595, 842) == [565, 782, 585, 822]
    assert turned(turned([10, 20, 30, 60], 90, 595, 842), 270, 842, 595) == [10, 20, 30, 60] == turned([10, 20, 30, 60], 0, 595, 842)


def test_a_page_that_was_scanned_again_is_kept_aside(session, tmp_path, office):
    """What was said on the old page has no place until the undo; the old page is there still, under its number."""
    duty, letter, scan = accepted(session, "báo cáo"), office["thư"], office["quét"]
    before = session.get_one(DutyRow, duty)
    place = (before.page, before.boxes, before.start, before.end)
    then, left = substitute(own(session, letter), 2, own(session, scan), {1})
    do(session, tmp_path, change(session, "rescan", letter, then, scan, left))
    assert numbers(session, letter) == ["số 1-CV/ĐU", "số 3-CV/ĐU", "việc họp bàn", "việc đăng ký"]
    now = session.get_one(DutyRow, duty)
    assert (now.document_id, now.page, now.boxes) == (letter, None, [])
    assert page_called(session, tmp_path, row(session, letter), 5).text == "việc báo cáo"
    do(session, tmp_path, undoing(session, letter))
    now = session.get_one(DutyRow, duty)
    assert (now.page, now.boxes, now.start, now.end) == place and row(session, scan).held


def test_a_later_reading_of_the_file_leaves_what_was_arranged(session, tmp_path, office):
    """Neither part is read as the machine would part it, and no note calls them left over; a document nobody mended is read as ever."""
    letter = office["thư"]
    second = split_at(session, tmp_path, letter, 3)
    whole = transcript(FILES["thư"], "thư.pdf")
    ids = file_all(session, sha256=sha(FILES["thư"]), parts=[(whole, read(whole))], purpose="daily", now=NOW)
    assert set(ids) == {letter, second} and len(numbers(session, letter)) == len(numbers(session, second)) == 2
    assert SPLIT_OTHERWISE not in (*row(session, letter).notes, *row(session, second).notes)
    do(session, tmp_path, undoing(session, letter))
    file_all(session, sha256=sha(FILES["thư"]), parts=[(whole, read(whole))], purpose="daily", now=NOW)
    assert len(numbers(session, letter)) == 4 and numbered(session, row(session, second)) == {}


def test_what_another_arranged_meanwhile_or_has_open_is_refused(session, tmp_path, office):
    """Nothing is written over an arrangement that the person has not seen, nor under the hands of one who reviews."""
    letter = office["thư"]
    stale = change(session, "turn", letter, turn(own(session, letter), {1}, 90))
    do(session, tmp_path, change(session, "turn", letter, turn(own(session, letter), {2}, 180)))
    with pytest.raises(NotAllowed, match="vừa được sắp xếp lại"):
        do(session, tmp_path, stale)
    session.add(LockRow(document_id=letter, by="Chi", until=NOW.replace(year=2030)))
    with pytest.raises(NotAllowed, match="Chi đang đối chiếu"):
        do(session, tmp_path, change(session, "turn", letter, turn(own(session, letter), {1}, 90)))


def test_an_undo_waits_for_what_was_done_since(session, tmp_path, office):
    """The join is not undone while the document that it made was changed with another after it."""
    letter, other, scan = office["thư"], office["kèm"], office["quét"]
    do(session, tmp_path, change(session, "move", other, *_moved(session, other, letter, {2}, letter)))
    do(session, tmp_path, change(session, "annex", letter, add_annex(own(session, letter), own(session, scan)), scan, ()))
    with pytest.raises(NotAllowed, match="hoàn tác ở văn bản đó trước"):
        do(session, tmp_path, undoing(session, other))
    do(session, tmp_path, undoing(session, scan))
    do(session, tmp_path, undoing(session, other))
    with pytest.raises(NotAllowed, match="Không có việc sắp xếp trang"):
        undoing(session, letter)


def _moved(session, document, to, positions, other):
    left, joined = move(own(session, document), own(session, to), positions)
    return left, other, joined


MOVES = st.lists(
    st.tuples(
        st.sampled_from(("split", "join", "annex", "keep scan", "move", "order", "turn", "rescan", "undo", "read")),
        st.integers(0, 5),
        st.integers(0, 5),
        st.integers(1, 6),
    ),
    max_size=7,
)


def attempt(session, home, move_, documents):
    """Make one move, if it may be made, and give all documents."""
    kind, first, second, at = move_
    one, two = documents[first % len(documents)], documents[second % len(documents)]
    mine, its = own(session, one), own(session, two)
    after = {
        "join": lambda: (join(mine, its), ()),
        "annex": lambda: (add_annex(mine, its), ()),
        "keep scan": lambda: (keep_beside(mine, its), ()),
        "move": lambda: move(mine, its, {at, max(1, at - 1)}),
        "rescan": lambda: substitute(mine, at, its, {1}),
        "order": lambda: (shift(mine, {at}, "up"), None),
        "turn": lambda: (turn(mine, {at}, 90), None),
    }
    if kind == "undo":
        do(session, home, undoing(session, one))
    elif kind == "split":
        return [*documents, split_at(session, home, one, at)]
    elif kind == "read":
        whole = transcript(FILES["thư"], "thư.pdf")
        file_all(session, sha256=sha(FILES["thư"]), parts=[(whole, read(whole))], purpose="daily", now=NOW)
    else:
        then, others = after[kind]()
        if others is not None and (one == two or not mine or not its):
            raise NotAllowed("")
        do(session, home, change(session, kind, one, then, two if others is not None else None, others))
    return documents


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_no_page_and_no_word_of_a_person_is_lost(session, tmp_path, office, moves):
    """Every page is in one document, each touched duty at its own words or without a place; all undone, each row is as it was."""
    outer = session.begin_nested()
    documents = list(office.values())
    duties = {accepted(session, task): task for task in ("báo cáo", "kiểm tra")}
    correct(session, office["thư"], "place", "Suối Ngàn", by="An", now=NOW)
    confirm(session, office["kèm"], by="An", now=NOW)
    at_first = state(session, documents)
    for one in moves:
        point = session.begin_nested()
        try:
            documents = attempt(session, tmp_path, one, documents)
            point.commit()
        except NotAllowed:
            point.rollback()
        assert_whole(session, tmp_path, documents, duties)
    while any(last_step(session, one) for one in documents):
        for one in documents:
            if last_step(session, one):
                point = session.begin_nested()
                try:
                    do(session, tmp_path, undoing(session, one))
                    point.commit()
                except NotAllowed:
                    point.rollback()
    assert state(session, list(office.values())) == at_first
    assert all(not row(session, one).held for one in documents if one not in office.values())
    outer.rollback()
    session.expunge_all()


def assert_whole(session, home, documents, duties):
    """Say that each page is somewhere once, and each touched thing where its page is."""
    pages = Counter((leaf.sha256, leaf.page) for one in documents for leaf in own(session, one))
    assert pages == Counter((sha(text), at) for text in FILES.values() for at in range(1, text.count("\f") + 2))
    for number, task in duties.items():
        duty = session.get_one(DutyRow, number)
        assert duty.touched_by == "Bình" and row(session, duty.document_id).held
        if duty.page is not None:
            assert page_called(session, home, row(session, duty.document_id), duty.page).text == f"việc {task}"
    for one in documents:
        kept = row(session, one)
        assert kept.held == bool(own(session, one)) == (session.get(ClosedRow, one) is None)


def state(session, documents):
    """Give all that is kept of documents and may have changed."""
    session.expire_all()
    rows = [
        (one.held, one.sha256, one.first_page, one.last_page, one.transcript_id, one.number, one.key, one.place, one.state, one.rules)
        for one in (row(session, document) for document in documents)
    ]
    read_values = session.execute(select(ValueRow.document_id, ValueRow.value, ValueRow.page).order_by(ValueRow.document_id, ValueRow.name))
    duty = (DutyRow.document_id, DutyRow.key, DutyRow.page, DutyRow.start, DutyRow.end, DutyRow.touched_by)
    duties = [(*one, boxes) for *one, boxes in session.execute(select(*duty, DutyRow.boxes).order_by(DutyRow.document_id, DutyRow.key))]
    assert session.scalars(select(LeafRow)).all() == []
    return [one[:-1] for one in rows], read_values.all(), duties, [numbers(session, one) for one in documents]
