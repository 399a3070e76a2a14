"""Print that was not read surely is read twice more, and the readings vote."""

from dataclasses import replace

import pytest

from ingest.read import read
from ingest.rewriting import rewritten
from ingest.second_reading import _said, read_again
from ingest.transcript import Block, Cell, Line, Page, Span, Table, Transcript, Word
from tests.ingest.making import drawn, pdf_of_pictures

LINES = ["Thực hiện Kế hoạch số 245/KH-STNMT ngày 15/9/2025 của Sở", "Báo cáo gửi về trước ngày 30/10/2025 để tổng hợp"]


@pytest.fixture(scope="module")
def scanned(tmp_path_factory):
    """Give a scan and what was first read of it."""
    path = pdf_of_pictures(tmp_path_factory.mktemp("again") / "a.pdf", drawn(LINES, size=(1240, 1754)))
    return path, read(path)


def misread(transcript, word, spelled, sure):
    """Give a transcript in which one word was read otherwise, and not surely."""
    page = transcript.pages[0]
    at = next(i for i, each in enumerate(page.words) if page.text[each.span.start : each.span.end] == word)
    return replace(transcript, pages=(rewritten(page, {at: (spelled, sure)}),))


def everything(transcript):
    """Give the span of a whole text."""
    return (Span(0, len(transcript.text)),)


@pytest.mark.parametrize(
    ("word", "first"), [("245/KH-STNMT", "245/KH-SŠTNMT"), ("15/9/2025", "1Š/9/2025"), ("30/10/2025", "36/10/2025"), ("Kế", "Kê")]
)
def test_two_readings_outvote_the_first(scanned, word, first):
    """What both later readings say is believed, and the first spelling stays in the notes of the page."""
    path, transcript = scanned
    wrong = misread(transcript, word, first, 0.4)
    assert first in wrong.text
    assert word not in wrong.text.split()
    again = read_again(path, wrong, everything(wrong))
    assert again.text == transcript.text
    assert [note for note in again.pages[0].notes if first in note and word in note]


@pytest.mark.parametrize(("word", "first", "sure"), [("15/9/2025", "1Š/9/2025", 0.95), ("trước", "trươc", 0.4)])
def test_what_was_read_surely_or_is_no_number_or_name_is_left(scanned, word, first, sure):
    """A sure word is not read again, nor one of small letters."""
    path, transcript = scanned
    wrong = misread(transcript, word, first, sure)
    assert read_again(path, wrong, everything(wrong)) == wrong


def test_what_does_not_matter_is_left(scanned):
    """Only the places that are named are read again."""
    path, transcript = scanned
    wrong = misread(transcript, "15/9/2025", "1Š/9/2025", 0.4)
    assert read_again(path, wrong, (Span(0, 5),)) == wrong


def test_a_file_that_cannot_be_drawn_changes_nothing(scanned, tmp_path):
    """Without its file a transcript stays as it is."""
    wrong = misread(scanned[1], "15/9/2025", "1Š/9/2025", 0.4)
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 broken")
    assert read_again(tmp_path / "b.pdf", wrong, everything(wrong)) == wrong


@pytest.mark.parametrize(
    ("first", "sure", "votes", "said"),
    [
        ("1Š", 0.4, [("15", 0.8), ("15", 0.7)], ("15", 0.8)),
        ("15", 0.4, [("15", 0.8), ("16", 0.7)], None),
        ("15", 0.6, [("16", 0.8), ("18", 0.7)], ("15", 0.35)),
        ("15", 0.6, [("vs", 0.8), ("vs", 0.7)], ("15", 0.35)),
        ("15", 0.6, [("16", 0.8)], None),
        ("Lê", 0.6, [("Lé", 0.8), ("Là", 0.7)], None),
        ("Lê", 0.6, [("—", 0.8), ("—", 0.7)], None),
        ("5Š", 0.5, [("5", 0.97), ("5", 0.97)], ("5", 0.9)),
    ],
)
def test_three_readings_vote(first, sure, votes, said):
    """Two against one win; a number that reads differently each time is no longer sure; no number becomes a word."""
    assert _said(first, sure, votes) == said


def test_all_spans_of_a_page_follow_its_words():
    """Words, lines, blocks and cells name the same words when some are spelled longer or shorter."""
    text = "một hai\tba\nbốn"
    words = tuple(Word(Span(*span), None, "OCR", 0.5) for span in ((0, 3), (4, 7), (8, 10), (11, 14)))
    lines = (Line(Span(0, 10), None), Line(Span(11, 14), None))
    table = Table(Span(0, 10), None, (Cell(0, 0, Span(0, 7)), Cell(0, 1, Span(8, 10))))
    page = Page(1, 0, 0, text, words, lines, (Block(Span(0, 10), None, "table"), Block(Span(11, 14), None, "text")), (table,))
    new = rewritten(page, {1: ("mười hai", 0.9), 2: ("3", 0.8)})
    assert new.text == "một mười hai\t3\nbốn"
    assert [new.text[w.span.start : w.span.end] for w in new.words] == ["một", "mười hai", "3", "bốn"]
    assert [w.confidence for w in new.words] == [0.5, 0.9, 0.8, 0.5]
    assert [new.text[line.span.start : line.span.end] for line in new.lines] == ["một mười hai\t3", "bốn"]
    assert [new.text[block.span.start : block.span.end] for block in new.blocks] == ["một mười hai\t3", "bốn"]
    assert [new.text[cell.span.start : cell.span.end] for cell in new.tables[0].cells] == ["một mười hai", "3"]
    assert Transcript("t", "t", "application/pdf", (new,)).text == new.text
    assert rewritten(page, {}) == page
