"""What was read is kept page by page and comes back the same."""

from datetime import UTC, datetime

import pytest

from ingest.transcript import Block, Box, Cell, Line, Page, Region, Signature, Span, Table, Transcript, Word
from store.errors import NotFound
from store.transcripts import keep_head, keep_page, load, outline, pages_done

BOX = Box(1.5, 2, 30, 40.25)


def page(number):
    """A page that has some of everything."""
    span = Span(0, 4)
    return Page(
        number, 595.0, 842.0, "Kính gửi: Sở Nội vụ", (Word(span, BOX, "OCR", 0.9), Word(Span(5, 9), None, "signature", 1.0)),
        (Line(span, BOX), Line(span, None)), (Block(span, BOX, "left column"),), (Table(span, None, (Cell(0, 1, span),)),),
        "OCR", ("Trang mờ.",), (Region(BOX, "arrival stamp"),),
    )  # fmt: skip


def whole():
    """A transcript of two pages."""
    signed = datetime(2026, 1, 5, 14, 41, tzinfo=UTC)
    signatures = (Signature(1, BOX, "Ký bởi", "UBND", signed), Signature(2, None, "", None, None))
    return Transcript("ab" * 32 + "-1", "cv.pdf", "application/pdf", (page(1), page(2)), signatures, ("Nghi thiếu trang.",))


def test_a_transcript_comes_back_the_same(tmp_path):
    """Nothing is lost or changed on the way to the disk and back, whatever the order of the pages."""
    kept = whole()
    for one in reversed(kept.pages):
        keep_page(tmp_path, kept.id, one)
    keep_head(tmp_path, kept)
    assert load(tmp_path, kept.id) == kept
    assert load(tmp_path, kept.id).text == kept.text
    assert [(p.text, p.width, p.notes, p.words) for p in outline(tmp_path, kept.id).pages] == [
        (p.text, 595.0, p.notes, ()) for p in kept.pages
    ]


def test_pages_that_are_done_are_known(tmp_path):
    """A restart asks which pages it need not read again."""
    assert pages_done(tmp_path, "abc-1") == frozenset()
    for number in (7, 2, 2):
        keep_page(tmp_path, "abc-1", page(number))
    (tmp_path / "transcripts" / "ab" / "abc-1" / "page-00009.z.123.new").write_bytes(b"cut off")
    assert pages_done(tmp_path, "abc-1") == {2, 7}


def test_a_transcript_that_is_not_there_is_said_so(tmp_path):
    """Pages without a head are not a transcript."""
    keep_page(tmp_path, "abc-1", page(1))
    with pytest.raises(NotFound, match="chưa được đọc xong"):
        load(tmp_path, "abc-1")


@pytest.mark.parametrize("name", ["../../ra-ngoai", "/etc/x", "a/b", "..", "", "x" * 300, ".hidden"])
def test_no_id_leads_out_of_the_store(tmp_path, name):
    """An id that is no plain name is kept inside all the same."""
    home = tmp_path / "home"
    keep_page(home, name, page(1))
    assert pages_done(home, name) == {1}
    assert [p for p in tmp_path.rglob("*.z") if not p.is_relative_to(home / "transcripts")] == []


def test_what_a_person_looks_at_holds_the_stamps_and_signatures_of_each_page(tmp_path):
    """The outline of a page keeps its regions: they are shown as pictures."""
    keep_head(tmp_path, whole())
    for one in whole().pages:
        keep_page(tmp_path, whole().id, one)
    assert [one.regions for one in outline(tmp_path, whole().id).pages] == [one.regions for one in whole().pages]
