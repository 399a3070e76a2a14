"""A person's value lies over what was read, moves the graph with it, and can be undone."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from store.corrections import correct, undo
from store.documents import by_number, document
from store.duties import due
from store.errors import NotAllowed, NotFound
from store.finding import search
from store.graph import cites
from store.tables import CorrectionRow, DocumentRow, ValueRow
from tests.store.making import ALL, NOW, day, directive, duty, found, put, reference

HU = "Huyện ủy Bảo Lâm"


def field(session, made, name, home):
    """Give one field of a document."""
    view = document(session, made, home=home, as_of=date(2023, 1, 20), seen_by=ALL)
    return next(line for line in (*view.fields, *view.addressees, *view.recipients) if line.name == name)


def test_what_was_read_stays_beneath(session, tmp_path):
    """The corrected value stands, the read one is shown beside it with its place, and who corrected it and when."""
    made = put(session, directive("34-CV/HU", "12/01/2023", HU))
    correct(session, made, "number", " 84-CV/HU ", by="Lan", now=NOW)
    line = field(session, made, "number", tmp_path)
    assert (line.value, line.read, line.corrected_by, line.corrected_at) == ("84-CV/HU", "34-CV/HU", "Lan", NOW)
    assert session.scalar(select(ValueRow.value).where(ValueRow.name == "number")) == "34-CV/HU"
    assert session.scalar(select(DocumentRow.state)) == "Đã sửa"


def test_undo_lets_the_reading_stand_again_and_keeps_the_history(session, tmp_path):
    """Each step is kept: who set what, who undid it."""
    made = put(session, directive("34-CV/HU", "12/01/2023", HU, type="Công văn"))
    for value in ("84-CV/HU", "85-CV/HU"):
        correct(session, made, "number", value, by="Lan", now=NOW)
    undo(session, made, "number", by="Minh", now=NOW)
    line = field(session, made, "number", tmp_path)
    assert (line.value, line.corrected_by) == ("34-CV/HU", None)
    assert [(s.value, s.undo, s.by) for s in session.scalars(select(CorrectionRow))] == [
        ("84-CV/HU", False, "Lan"), ("85-CV/HU", False, "Lan"), (None, True, "Minh"),
    ]  # fmt: skip
    assert session.scalar(select(DocumentRow.state)) == "Máy đọc"


def test_a_corrected_number_moves_the_links(session):
    """A link made to a misread number is taken back, one that waited for the right number is made; undone, both turn again."""
    citing = put(
        session, directive("1-CV/HU", "05/02/2023", HU, [reference("34-CV/HU", "12/01/2023", HU), reference("84-CV/HU", "12/01/2023", HU)])
    )
    made = put(session, directive("34-CV/HU", "12/01/2023", HU))

    def held_under():
        return [line.number for number in ("34-CV/HU", "84-CV/HU") for line in by_number(session, number, seen_by=ALL) if line.held]

    assert held_under() == ["34-CV/HU"]
    correct(session, made, "number", "84-CV/HU", by="Lan", now=NOW)
    assert held_under() == ["84-CV/HU"]
    (right,) = cites(session, "84-CV/HU", seen_by=ALL)
    assert (right.document.id, [c.source.id for c in right.cited_by]) == (made, [citing])
    (wrong,) = cites(session, "34-CV/HU", seen_by=ALL)
    assert not wrong.document.held and [c.source.id for c in wrong.cited_by] == [citing]
    undo(session, made, "number", by="Lan", now=NOW)
    assert held_under() == ["34-CV/HU"]


def test_a_list_is_corrected_as_a_whole(session, tmp_path):
    """Addressees are given one a line; the read ones come back with undo."""
    made = put(session, directive("1-CV/HU", addressees=(found("Các chi bo"),)))
    correct(session, made, "addressees", "Các chi bộ\n\n Các  đảng bộ ", by="Lan", now=NOW)
    view = document(session, made, home=tmp_path, as_of=date(2023, 1, 20), seen_by=ALL)
    assert [(line.value, line.corrected_by) for line in view.addressees] == [("Các chi bộ", "Lan"), ("Các đảng bộ", "Lan")]
    undo(session, made, "addressees", by="Lan", now=NOW)
    assert field(session, made, "addressees", tmp_path).value == "Các chi bo"


def test_a_corrected_subject_is_found(session):
    """Search knows what stands, not only what was read."""
    made = put(session, directive("1-CV/HU", subject="Ve dau thau"))
    correct(session, made, "subject", "Về đấu thầu qua mạng", by="Lan", now=NOW)
    assert [hit.document.id for hit in search(session, "đấu thầu qua mạng", seen_by=ALL)] == [made]
    undo(session, made, "subject", by="Lan", now=NOW)
    assert search(session, "qua mạng", seen_by=ALL) == ()


def test_a_date_that_a_person_adds_issues_the_paper(session):
    """A paper without serial and date holds its duties back until a person gives one of them."""
    made = put(session, directive("-CV/HU", None, HU, duties=[duty("báo cáo", "30/01/2023")]))
    assert due(session, as_of=day("20/01/2023"), seen_by=ALL) == ()
    correct(session, made, "issued_on", "12/01/2023", by="Lan", now=NOW)
    assert len(due(session, as_of=day("20/01/2023"), seen_by=ALL)) == 1


@pytest.mark.parametrize("value", ["", "  ", None])
def test_an_empty_value_says_that_there_is_none(session, tmp_path, value):
    """A person may say that a document has no urgency though one was read."""
    made = put(session, directive("1-CV/HU", urgency="Khẩn"))
    correct(session, made, "urgency", value, by="Lan", now=NOW)
    line = field(session, made, "urgency", tmp_path)
    assert (line.value, line.read, line.corrected_by) == (None, "Khẩn", "Lan")


@pytest.mark.parametrize(("stands", "value"), [("2023-01-12", "12/01/2023"), ("2023-01-12", "2023-01-12"), ("2023-01-02", "2/1/2023")])
def test_days_are_taken_in_both_forms(session, tmp_path, stands, value):
    """A day may be given as the office writes it or as ISO."""
    made = put(session, directive("1-CV/HU"))
    correct(session, made, "issued_on", value, by="Lan", now=NOW)
    assert field(session, made, "issued_on", tmp_path).value == stands


@pytest.mark.parametrize(
    ("field_name", "value", "words"), [("issued_on", "31/02/2023", "không phải là một ngày"), ("màu", "đỏ", "Không có mục")]
)
def test_what_a_field_cannot_hold_is_refused(session, field_name, value, words):
    """A day that there is not, a field that there is not: refused with the way out, and nothing is kept."""
    made = put(session, directive("1-CV/HU"))
    with pytest.raises(NotAllowed, match=words):
        correct(session, made, field_name, value, by="Lan", now=NOW)
    assert session.scalars(select(CorrectionRow)).all() == []


@pytest.mark.parametrize("held", [True, False])
def test_only_a_held_document_is_corrected(session, held):
    """A document that is only cited, or not there, is not found."""
    put(session, directive("1-CV/HU", None, HU, [reference("2-CV/HU", "12/01/2023", HU)]))
    (cited,) = by_number(session, "2-CV/HU", seen_by=ALL)
    with pytest.raises(NotFound, match="Không tìm thấy văn bản"):
        correct(session, 999 if held else cited.id, "number", "3-CV/HU", by="Lan", now=NOW)


def test_number_and_day_of_the_arrival_are_the_offices_own(session, tmp_path):
    """They stand beside the document's own, are found, and are corrected like these without moving a link."""
    read = replace(
        directive("34-CV/HU", "12/01/2023", HU, type="Công văn"),
        arrived_as=found("417"),
        arrived_on=found(date(2023, 1, 16)),
        to_verify=("arrived_as",),
    )
    made = put(session, read)
    assert field(session, made, "arrived_as", tmp_path).to_verify
    correct(session, made, "arrived_as", "471", by="Lan", now=NOW)
    correct(session, made, "arrived_on", "17/01/2023", by="Lan", now=NOW)
    correct(session, made, "forwarded_to", "Ban Tổ chức", by="Lan", now=NOW)
    row = session.scalars(select(DocumentRow)).one()
    assert (row.number, row.issued_on) == ("34-CV/HU", date(2023, 1, 12))
    assert (row.arrived_as, row.arrived_on, row.forwarded_to) == ("471", date(2023, 1, 17), "Ban Tổ chức")
    undo(session, made, "arrived_as", by="Lan", now=NOW)
    assert (row.arrived_as, field(session, made, "arrived_on", tmp_path).value) == ("417", "2023-01-17")
    with pytest.raises(NotAllowed):
        correct(session, made, "arrived_on", "hôm qua", by="Lan", now=NOW)
