"""Scans are read page by page in processes of their own, alike however many, and dirt is told from print."""

import os
import sys

import pytest

from bench.footprint import grown_pages, memory
from ingest import read as reading
from ingest.composing import Token
from ingest.read import open_source, read, read_pages
from ingest.scan import in_colour
from ingest.scanned import _is_dirt, read_picture
from tests.ingest.making import drawn, pdf_of_pictures

LINES = ["Ủy ban nhân dân tỉnh yêu cầu các cơ quan báo cáo kết quả", "thực hiện trước ngày 15 tháng 12 năm 2026."]


@pytest.mark.parametrize(
    ("is_dirt", "words"),
    [
        (False, [("só:/KH-DCT", 0.0)]),
        (False, [("Số:", 0.3), ("/BGDĐT-GDPT", 0.1)]),
        (False, [("Nơi", 0.9), ("nhận:", 0.9)]),
        (False, [("***", 0.1)]),
        (True, [("w", 0.5), ("“azy", 0.15)]),
        (True, [("Số:", 0.1), ("§", 0.1)]),
        (True, [("9:4À2/EH", 0.0)]),
    ],
)
def test_dirt_is_dropped_and_the_number_is_not(is_dirt, words):
    """A hand in its blank makes the line of the number unsure as a whole; its label and its symbol tell it."""
    assert _is_dirt([Token(text, None, "OCR", sure) for text, sure in words]) == is_dirt


def test_a_clear_page_is_read_twice_as_it_is_read_once():
    """The second reading is for lines in doubt: where there are none it finds nothing else."""
    page = in_colour(drawn(LINES))
    once, twice = (read_picture(page, 150 / 72, twice=again) for again in (False, True))
    assert once == twice and "yêu" in [token.text for row in once.rows for token in row.tokens]


@pytest.mark.slow
def test_pages_are_the_same_with_one_process_and_with_two(tmp_path):
    """Each page is read by itself: neither the number of processes nor the order counts."""
    path = pdf_of_pictures(tmp_path / "a.pdf", *(drawn([*LINES[i:], f"Trang {i}"]) for i in range(3)))
    once, twice = read(path), read(path, processes=2)
    assert once == twice and "yêu cầu các cơ quan" in once.pages[0].text


@pytest.mark.slow
def test_a_page_that_breaks_off_comes_as_unread(tmp_path, monkeypatch):
    """The others are read, and a note says what became of it; with one process too."""
    path = pdf_of_pictures(tmp_path / "a.pdf", drawn(LINES), drawn(LINES))
    whole = reading.read_pdf_page

    def broken(pdf, number, fields):
        return os._exit(139) if number == 1 else whole(pdf, number, fields)

    monkeypatch.setattr(reading, "read_pdf_page", broken)
    for processes in (1, 2):
        first, second = sorted(read_pages(open_source(path, "a.pdf"), processes=processes), key=lambda page: page.number)
        assert (first.reading, first.text, round(first.width)) == ("none", "", round(second.width))
        assert "ngắt giữa chừng" in first.notes[0] and second.reading == "OCR"


def test_pages_that_are_there_are_not_read_again(tmp_path):
    """What an earlier attempt kept is skipped."""
    source = open_source(pdf_of_pictures(tmp_path / "a.pdf", drawn(LINES), drawn(LINES[:1])), "a.pdf")
    assert [page.number for page in read_pages(source, skip={1}, processes=2)] == [2]


@pytest.mark.slow
def test_memory_does_not_grow_with_the_pages(tmp_path):
    """So many pages are held at once as there are processes; all processes together stay below 800 MB."""
    program = "import sys, pathlib, ingest.read as r; [0 for _ in r.read_pages(r.open_source(pathlib.Path(sys.argv[1]), 'a'), processes=2)]"
    most = [memory([sys.executable, "-c", program, str(grown_pages(tmp_path / f"{n}.pdf", n))])[0] for n in (3, 9)]
    assert most[1] < 1.25 * most[0] and most[1] < 800
