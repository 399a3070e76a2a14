"""Filing twice is filing once; what a person touched stays."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from ingest.transcript import Box, Span
from nlp.directive import NOWHERE, Attachment, Found, Place, Signer
from store import transcripts
from store.corrections import correct, undo
from store.database import begin, migrate, open_database
from store.documents import document, documents
from store.evidence import by_line
from store.filing import SPLIT_OTHERWISE, file_all
from store.tables import Base, DocumentRow, DutyRow, ValueRow
from tests.store.making import ALL, NOW, directive, duty, found, put, recurring, reference, sha, transcript

SKIP = {"id", "reference_id", "filed_at"}  # rows that are made anew get new ids


def contents(session):
    """Give all rows of all tables but for ids of rows that are made anew."""
    rows = {}
    for table in Base.metadata.sorted_tables:
        columns = [column for column in table.columns if column.name not in SKIP]
        rows[table.name] = sorted(map(str, session.execute(select(*columns)).all()))
    return rows


def test_a_field_keeps_where_it_was_read(session, tmp_path):
    """Page, boxes by line, words, rule and confidence of a field come back with it."""
    text = "ĐẢNG BỘ TỈNH\fSố 809 - CV/HU\nBảo Lâm"
    start = text.index("809")
    read = replace(directive(), number=found("809-CV/HU", (start, start + 11), 0.97))
    put(session, read, text)
    view = document(session, 1, home=tmp_path, as_of=date(2023, 1, 20), seen_by=ALL)
    (number,) = [line for line in view.fields if line.name == "number"]
    assert (number.evidence.page, number.evidence.words, number.evidence.confidence) == (2, "809 - CV/HU", 0.97)
    assert number.evidence.boxes == (Box(40, 0, 156, 10),)


def test_a_place_without_words_is_a_box(session, tmp_path):
    """A handwritten serial has a region and no word."""
    number = Found("809-CV/HU", Place(page=1, box=Box(1, 2, 3, 4)), 0.5, "viết tay", ("809-CV/HU", "869-CV/HU"))
    put(session, replace(directive(), number=number))
    line = document(session, 1, home=tmp_path, as_of=date(2023, 1, 20), seen_by=ALL).fields[0]
    assert (line.evidence.page, line.evidence.boxes, line.evidence.start) == (1, (Box(1, 2, 3, 4),), None)
    assert line.candidates == ("809-CV/HU", "869-CV/HU")


def test_boxes_of_a_line_are_one():
    """Words side by side are one box; a new line, page or column begins another."""
    words = [(1, Box(0, 0, 30, 10)), (1, Box(34, 1, 60, 11)), (1, Box(0, 14, 30, 24)), (2, Box(34, 14, 60, 24)), (2, Box(0, 14, 30, 24))]
    assert by_line(words) == [[1, 0, 0, 60, 11], [1, 0, 14, 30, 24], [2, 34, 14, 60, 24], [2, 0, 14, 30, 24]]


def test_the_whole_view_of_a_document(session, tmp_path):
    """All that was filed is shown, with what is missing and why."""
    read = directive(
        "809-CV/HU",
        "12/01/2023",
        "Huyện ủy Bảo Lâm",
        [reference("132-QĐ/TW", "08/3/2018")],
        [duty("báo cáo", "30/01/2023")],
        addressees=(found("Ban Tổ chức Huyện ủy"), found("Các chi bộ")),
        recipients=(found("Như trên"),),
        signer=Signer(found("Nguyễn Văn A"), None, found("T/L Ban Thường vụ")),
        attachments=(Attachment("Đề cương báo cáo", "outline", NOWHERE),),
        missing={"type": "Không ghi trong văn bản"},
        to_verify=("number",),
        notes=("Nghi thiếu trang.",),
    )
    put(session, read)
    view = document(session, 1, home=tmp_path, as_of=date(2023, 1, 20), seen_by=ALL)
    fields = {line.name: line for line in view.fields}
    assert (fields["signer.name"].value, fields["signer.position"].value) == ("Nguyễn Văn A", None)
    assert fields["type"].reason == "Không ghi trong văn bản" and fields["number"].to_verify and not fields["agency"].to_verify
    assert [line.value for line in view.addressees] == ["Ban Tổ chức Huyện ủy", "Các chi bộ"]
    assert [line.standing for line in view.duties] == ["Sắp đến hạn"]
    assert [citation.target.number for citation in view.cites] == ["132-QĐ/TW"]
    assert (view.attachments, view.notes, view.line.state) == (("Đề cương báo cáo",), ("Nghi thiếu trang.",), "Cần đối chiếu")
    assert [page.number for page in view.pages] == [1]


def put_all(session, *pages, size=1):
    """File a batch of documents of the same bytes, one for each text, size pages each."""
    read = transcript("\f".join(pages))
    parts = [replace(read, pages=read.pages[at : at + size]) for at in range(0, len(pages), size)]
    found = [directive(part.text.split()[1], "12/01/2023", "Huyện ủy Bảo Lâm") for part in parts]
    return file_all(session, sha256=sha("batch"), parts=list(zip(parts, found, strict=True)), purpose="daily", now=NOW)


def test_a_file_becomes_several_documents_each_once(session, tmp_path):
    """Documents of one file are known by their bytes and first page; each shows its own pages, and names the others."""
    transcripts.keep_head(tmp_path, read := transcript("Số 1-CV/HU\fmột\fSố 2-CV/HU\fhai"))
    for page in read.pages:
        transcripts.keep_page(tmp_path, read.id, page)
    ids = put_all(session, "Số 1-CV/HU", "một", "Số 2-CV/HU", "hai", size=2)
    assert put_all(session, "Số 1-CV/HU", "một", "Số 2-CV/HU", "hai", size=2) == ids
    assert len(documents(session, seen_by=ALL)) == 2
    view = document(session, ids[1], home=tmp_path, as_of=date(2023, 1, 20), seen_by=ALL)
    assert (view.line.number, view.file_pages, view.same_file) == ("2-CV/HU", (3, 4), ids)
    assert [(page.number, page.start) for page in view.pages] == [(3, 0), (4, 11)]


def test_a_document_that_fills_a_cited_one_keeps_its_page(session):
    """A document in the middle of a file takes the place of the node that was only cited until now."""
    put(session, directive("9-CV/HU", "13/01/2023", "Huyện ủy Bảo Lâm", [reference("2-CV/HU", "12/01/2023", "Huyện ủy Bảo Lâm")]))
    cited = session.scalar(select(DocumentRow.id).where(~DocumentRow.held))
    ids = put_all(session, "Số 1-CV/HU", "Số 2-CV/HU")
    assert ids[1] == cited
    assert session.get_one(DocumentRow, cited).first_page == 2


def test_a_reading_that_parts_a_file_otherwise_loses_nothing(session):
    """What an earlier reading filed at another page stays, with a note; what begins where it began keeps its id."""
    first, second = put_all(session, "Số 1-CV/HU", "Số 2-CV/HU")
    assert put_all(session, "Số 1-CV/HU", "Số 2-CV/HU", size=2) == (first,)
    put_all(session, "Số 1-CV/HU", "Số 2-CV/HU", size=2)
    assert session.get_one(DocumentRow, first).last_page == 2
    assert session.get_one(DocumentRow, second).notes == [SPLIT_OTHERWISE]


def test_a_document_in_which_nothing_is_found_is_filed(session):
    """An empty reading is a document that waits to be checked."""
    put(session, directive(), "")
    (line,) = documents(session, seen_by=ALL)
    assert (line.number, line.state, line.held) == (None, "Cần đối chiếu", True)


def test_a_better_reading_replaces_what_the_machine_read(session):
    """A second reading of the same bytes changes fields, duties and references, and no id of the document."""
    first = put(session, directive("809-CV/HU", duties=[duty("báo cáo", "30/01/2023"), duty("sai", "01/01/2023")]), "bytes")
    second = put(
        session,
        directive("833-CV/HU", "13/02/2023", duties=[duty("báo cáo", "30/01/2023", who="Ban Tổ chức Huyện ủy", giver="Thường trực")]),
        "bytes",
    )
    assert first == second
    assert [(line.number, line.issued_on) for line in documents(session, seen_by=ALL)] == [("833-CV/HU", date(2023, 2, 13))]
    assert [(row.task, row.giver) for row in session.scalars(select(DutyRow))] == [("báo cáo", "Thường trực")]
    assert {row.name for row in session.scalars(select(ValueRow))} == {"number", "issued_on"}


def test_a_duty_that_a_person_touched_is_not_changed(session):
    """A re-run neither deletes nor re-dates what a person touched, and does not double it."""
    put(session, directive("809-CV/HU", duties=[duty("báo cáo", "30/01/2023"), duty("họp", "31/01/2023")]), "bytes")
    session.execute(update(DutyRow).values(touched_by="Lan"))
    put(session, directive("809-CV/HU", duties=[duty("Báo cáo", "30/01/2023", giver="khác"), duty("mới")]), "bytes")
    rows = session.scalars(select(DutyRow).order_by(DutyRow.id)).all()
    assert [(row.task, row.giver) for row in rows] == [("báo cáo", None), ("họp", None), ("mới", None)]


def test_a_correction_lives_through_a_new_reading(session, tmp_path):
    """What a person put stands, whatever is read later; undone, the newest reading stands."""
    made = put(session, directive("34-CV/HU", "12/01/2023"), "bytes")
    correct(session, made, "number", "84-CV/HU", by="Lan", now=NOW)
    put(session, directive("54-CV/HU", "12/01/2023"), "bytes")
    line = document(session, made, home=tmp_path, as_of=date(2023, 1, 20), seen_by=ALL).fields[0]
    assert (line.value, line.read, line.corrected_by) == ("84-CV/HU", "54-CV/HU", "Lan")
    undo(session, made, "number", by="Lan", now=NOW)
    assert session.scalar(select(DocumentRow.number).where(DocumentRow.id == made)) == "54-CV/HU"


NUMBERS = st.sampled_from(["1-CV/HU", "2-CV/HU", "132-QĐ/TW", "30/2020/NĐ-CP", "-CV/HU", None])
DAYS = st.sampled_from(["05/02/2018", "06/03/2023", None])
BODIES = st.sampled_from(["Huyện ủy Bảo Lâm", "Tỉnh ủy", "Bộ Chính trị", None])
REFERENCES = st.builds(
    lambda number, on, body, title: reference(number, on, body, title=title),
    NUMBERS, DAYS, BODIES, st.sampled_from(["Luật Đất đai năm 2013", "Quy chế làm việc", None]),
)  # fmt: skip
DUTIES = st.one_of(
    st.builds(duty, st.sampled_from(["báo cáo", "họp"]), DAYS, BODIES),
    st.builds(recurring, st.sampled_from(["đăng ký"]), st.sampled_from(["FREQ=YEARLY;BYMONTH=1", "FREQ=YEARLY"])),
)
PAPERS = st.lists(
    st.builds(directive, NUMBERS, DAYS, BODIES, st.lists(REFERENCES, max_size=4), st.lists(DUTIES, max_size=3)), min_size=1, max_size=4
)


@pytest.mark.slow
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(papers=PAPERS)
def test_filing_again_changes_nothing(tmp_path_factory, papers):
    """Whatever was read, filing all of it a second time leaves every row as it was."""
    engine = open_database(f"sqlite:///{tmp_path_factory.mktemp('filing') / 'store.db'}")
    migrate(engine)
    with begin(engine) as session:
        for n, paper in enumerate(papers):
            put(session, paper, f"bytes {n}")
        before = contents(session)
        for n, paper in enumerate(papers):
            put(session, paper, f"bytes {n}")
        session.flush()
        assert contents(session) == before
    engine.dispose()


def test_boxes_follow_the_span_of_the_whole_text():
    """The maker of transcripts gives each word its box."""
    read = transcript("một hai\fba")
    assert [(page, box.x0) for page, box in read.boxes_in(Span(4, 10))] == [(1, 40), (2, 0)]
