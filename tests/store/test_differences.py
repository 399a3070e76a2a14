"""What another reading would change is told before anything is written."""

from dataclasses import replace

from store.answers import Deed
from store.by_hand import add_duty, add_reference, remove_duty, remove_reference
from store.corrections import correct
from store.differences import differences
from store.duties import due
from store.held import held_files
from store.work import take
from tests.store.making import ALL, NOBODY, NOW, day, directive, duty, found, put, reference, sha


def letter(**more):
    """Make a letter."""
    return directive("809-CV/HU", "12/01/2023", "Huyện ủy Bảo Lâm", subject="báo cáo", **more)


def told(session, read):
    """Give what a reading of the bytes `a` would change."""
    return [(one.name, one.before, one.after, one.is_kept) for one in differences(session, sha256=sha("a"), first_page=1, directive=read)]


def test_the_same_reading_changes_nothing(session):
    """Heads, lists, references and duties that read as before give no line."""
    first = letter(duties=[duty("báo cáo", "30/01/2023")], references=[reference("7-NQ/HU")], recipients=(found("Văn phòng"),))
    put(session, first, text="a")
    assert told(session, first) == []
    assert differences(session, sha256=sha("b"), first_page=1, directive=first) is None
    assert differences(session, sha256=sha("a"), first_page=2, directive=first) is None


def test_each_change_is_a_line_with_what_stands_and_what_is_read(session):
    """A person's word is marked: it stays."""
    first = letter(duties=[duty("báo cáo", "30/01/2023"), duty("họp", "02/02/2023")], recipients=(found("Văn phòng"), found("Tỉnh ủy")))
    made = put(session, first, text="a")
    correct(session, made, "subject", "báo cáo năm", by="An", now=NOW)
    line = due(session, as_of=day("20/01/2023"), seen_by=ALL)[0]
    take(session, line.id, Deed("start"), by="An", now=NOW)
    again = letter(
        duties=[duty("báo cáo", "31/01/2023"), duty("họp", "02/02/2023")],
        references=[reference("7-NQ/HU", "01/01/2023")],
        recipients=(found("Văn phòng"),),
    )
    again = replace(again, number=found("808-CV/HU"), subject=found("báo cáo quý"), place=found("Bảo Lâm"))
    assert told(session, again) == [
        ("number", "809-CV/HU", "808-CV/HU", False),
        ("place", None, "Bảo Lâm", False),
        ("subject", "báo cáo", "báo cáo quý", True),
        ("recipients", "Tỉnh ủy", None, False),
        ("references", None, "mentions 7-NQ/HU 01/01/2023", False),
        ("duties", "Ban Tổ chức Huyện ủy · báo cáo · trước ngày 30/01/2023", None, True),
        ("duties", None, "Ban Tổ chức Huyện ủy · báo cáo · trước ngày 31/01/2023", False),
    ]


def test_files_of_other_rules_are_told_apart(session):
    """What was filed just now was understood by the rules of today."""
    put(session, letter(), text="a", rules="rules of today")
    put(session, directive("810-CV/HU", "13/01/2023", "Huyện ủy Bảo Lâm"), text="b", purpose="archive", rules="rules of today")
    assert [(file.sha256, file.purpose) for file in held_files(session, seen_by=ALL)] == [(sha("a"), "daily"), (sha("b"), "archive")]
    assert len(held_files(session, seen_by=ALL, other_than="other rules")) == 2
    assert held_files(session, seen_by=ALL, other_than="rules of today") == ()
    assert held_files(session, seen_by=NOBODY) == ()


def test_what_people_added_or_took_out_is_no_change(session):
    """No reading changes it, so nothing is told of it; of what is read besides, all is."""
    first = letter(duties=[duty("họp", "02/02/2023")], references=[reference("7-NQ/HU")])
    made = put(session, first, text="a")
    remove_duty(session, 1, by="An", now=NOW)
    remove_reference(session, 1, by="An", now=NOW)
    add_duty(session, made, duty("lập danh sách"), None, by="An", now=NOW)
    add_reference(session, made, reference("8-NQ/HU"), None, by="An", now=NOW)
    assert told(session, first) == []
    put(session, first, text="a")
    assert told(session, first) == []
    again = replace(first, references=(*first.references, reference("9-NQ/HU")))
    assert told(session, again) == [("references", None, "mentions 9-NQ/HU", False)]
