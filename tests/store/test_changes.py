"""What people said of a document is told one thing after another, with what stood before."""

from datetime import timedelta

import pytest

from nlp.directive import Attachment
from store.by_hand import add_duty, add_reference, remove_reference, undo_act
from store.changes import attached, changes, scans, twins
from store.corrections import correct
from store.corrections import undo as let_reading_stand
from store.errors import NotFound
from store.hand_acts import standing_acts
from store.review import confirm, put_off
from store.work import amend
from tests.store.making import ALL, NOBODY, NOW, directive, duty, found, put, reference

LATER = [NOW + timedelta(minutes=minutes) for minutes in range(9)]


def told(session, made):
    """Give what is told, the first thing first."""
    return [(line.deed, line.name, line.before, line.after) for line in reversed(changes(session, made, seen_by=ALL))]


def test_each_change_tells_from_what_to_what(session):
    """Corrections one over the other, and taken back; lists; a confirmation, a postponement with its reason."""
    made = put(session, directive("34-CV/HU", "12/01/2023", recipients=(found("Sở A"), found("Sở B"))))
    correct(session, made, "number", "84-CV/HU", by="An", now=LATER[0])
    correct(session, made, "number", "85-CV/HU", by="An", now=LATER[1])
    let_reading_stand(session, made, "number", by="Bình", now=LATER[2])
    correct(session, made, "recipients", "Sở A", by="An", now=LATER[3])
    put_off(session, made, "chờ bản rõ", by="An", now=LATER[4])
    confirm(session, made, by="An", now=LATER[5])
    assert told(session, made) == [
        ("correct", "number", "34-CV/HU", "84-CV/HU"),
        ("correct", "number", "84-CV/HU", "85-CV/HU"),
        ("undo", "number", "85-CV/HU", "34-CV/HU"),
        ("correct", "recipients", "Sở A\nSở B", "Sở A"),
        ("put off", "", None, "chờ bản rõ"),
        ("confirm", "", None, None),
    ]


def test_duties_and_references_are_told_too(session):
    """A duty's value by its field, what was added or taken out by what it says, and what was undone."""
    made = put(
        session,
        directive("34-CV/HU", "12/01/2023", references=[reference("7-QĐ/HU", type="Quyết định")], duties=[duty("họp", "03/02/2023")]),
    )
    amend(session, 1, {"task": "họp giao ban", "due_on": "2023-02-05"}, by="An", now=LATER[0])
    remove_reference(session, 1, by="An", now=LATER[1])
    add_duty(session, made, duty("gửi báo cáo"), None, by="An", now=LATER[2])
    add_reference(session, made, reference(title="Quy chế làm việc"), None, by="An", now=LATER[3])
    undo_act(session, made, standing_acts(session, made)[0].id, by="Bình", now=LATER[4])
    assert told(session, made) == [
        ("correct", "duty.task", "họp", "họp giao ban"),
        ("correct", "duty.due_on", "2023-02-03", "2023-02-05"),
        ("remove", "reference", "Quyết định 7-QĐ/HU", None),
        ("add", "duty", None, "gửi báo cáo"),
        ("add", "reference", None, "Quy chế làm việc"),
        ("undo", "reference", None, "Quyết định 7-QĐ/HU"),
    ]


def test_other_scans_of_one_paper_are_named(session):
    """Of the same body, kind, number and period; not those of another year, nor what is only cited."""
    first = put(session, directive("34-CV/HU", "12/01/2023", "Huyện ủy Bảo Lâm"), text="a")
    again = put(session, directive("34-CV/HU", "12/01/2023", "Huyện ủy Bảo Lâm"), text="b")
    put(session, directive("34-CV/HU", "12/01/2013", "Huyện ủy Bảo Lâm"), text="c")
    put(session, directive(None, "12/01/2023"), text="d")
    assert [line.id for line in twins(session, first, seen_by=ALL)] == [again]
    assert twins(session, put(session, directive(None), text="e"), seen_by=ALL) == scans(session, first, seen_by=ALL) == ()


def test_what_comes_with_a_document_is_told_with_its_kind(session):
    """In its order."""
    places = [Attachment("Đề cương", "outline", reference().mentions[0]), Attachment("Biểu 1", "form", reference().mentions[0])]
    made = put(session, directive("34-CV/HU", attachments=tuple(places)))
    assert [(one.title, one.kind) for one in attached(session, made, seen_by=ALL)] == [("Đề cương", "outline"), ("Biểu 1", "form")]


@pytest.mark.parametrize("ask", [changes, attached, scans, twins])
def test_nothing_is_told_of_what_may_not_be_seen(session, ask):
    """Nor of what is not there."""
    made = put(session, directive("34-CV/HU"))
    for document, viewer in ((made, NOBODY), (99, ALL)):
        with pytest.raises(NotFound):
            ask(session, document, seen_by=viewer)
