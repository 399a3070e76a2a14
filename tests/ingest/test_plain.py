"""A text file comes out as its words, without marks of emphasis, with its tables."""

import pytest

from ingest.read import read
from ingest.transcript import Span


def page_of(tmp_path, text, name="a.txt"):
    """Read a text file that holds text (or bytes)."""
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(path).pages[0]


@pytest.mark.parametrize(
    ("kept", "written"),
    [
        ("trước ngày 30/01/2023.", "**trước ngày 30/01/2023**."),
        ("(qua Văn phòng)", "(*qua Văn phòng*)"),
        ("viết tắt", "<i>viết</i> <b>tắt</b>"),
        ("Quy định¹ của", "Quy định<sup>1</sup> của"),
        ("Đề mục", "## Đề mục"),
        ("a\n*\nb", "a\n*\nb"),
        ("* mục một\n* mục hai", "* mục một\n* mục hai"),
        ("* * *", "* * *"),
        ("dòng một\ndòng hai", "**dòng một\ndòng hai**"),
        ("1. mục", "1\\. mục"),
        ("5 * 3 * 2", "5 * 3 * 2"),
    ],
)
def test_marks_of_emphasis_go_and_words_stay(tmp_path, kept, written):
    """Emphasis is mark-up; a lone star, a list's star and arithmetic are not."""
    assert page_of(tmp_path, written).text == kept


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_every_usual_encoding_is_read(tmp_path, encoding):
    """The text is the same however it was saved, composed and with line feeds."""
    assert page_of(tmp_path, "Đà Lạt\r\nhai".encode(encoding) if encoding != "cp1258" else b"\xd0\xe0 L\xe2\xf2t\r\nhai").text.endswith(
        "t\nhai"
    )


def test_lines_with_tabs_are_rows_of_a_table(tmp_path):
    """Rows that follow each other make one table, empty cells count, and every cell lies in the table."""
    page = page_of(tmp_path, "Biểu 1\nTT\tTên\tHạn\n1\tBáo cáo\t\n\tTổng\t\n\thết", "b.md")
    assert page.text == "Biểu 1\nTT\tTên\tHạn\n1\tBáo cáo\t\n\tTổng\t\nhết"
    (table,) = page.tables
    assert [(c.row, c.column, page.text[c.span.start : c.span.end]) for c in table.cells][:5] == [
        (0, 0, "TT"), (0, 1, "Tên"), (0, 2, "Hạn"), (1, 0, "1"), (1, 1, "Báo cáo"),
    ]  # fmt: skip
    assert all(table.span.start <= c.span.start <= c.span.end <= table.span.end for c in table.cells)


def test_bars_make_a_table_too(tmp_path):
    """A Markdown table loses its bars and its rule."""
    assert page_of(tmp_path, "| TT | Việc |\n|---|---|\n| 1 | Họp |").text == "TT\tViệc\n1\tHọp"


def test_every_word_and_line_stands_where_its_span_says(tmp_path):
    """Spans count characters of the page's text."""
    page = page_of(tmp_path, "Số  01-CV/HU\n\nKính gửi: Đảng uỷvà chi bộ")
    assert [page.text[w.span.start : w.span.end] for w in page.words] == ["Số", "01-CV/HU", "Kính", "gửi:", "Đảng", "uỷ", "và", "chi", "bộ"]
    assert [page.text[line.span.start : line.span.end] for line in page.lines] == page.text.split("\n")
    assert page.lines[1].span == Span(12, 12) and page.reading == "text" and page.words[0].box is None


def test_a_form_feed_begins_a_page_and_an_empty_text_is_kept(tmp_path):
    """Pages count from 1; a page without a word says so."""
    path = tmp_path / "a.txt"
    path.write_text("một\f  \n", "utf-8")
    pages = read(path).pages
    assert [(p.number, p.text, p.reading) for p in pages] == [(1, "một", "text"), (2, "", "none")]
    assert "Trang 2 không có chữ" in pages[1].notes[0]


def test_hostile_marks_are_read_in_time(tmp_path):
    """Text made to tangle a pattern is read as fast as any other."""
    assert page_of(tmp_path, "*" * 50_000 + "**a" * 20_000 + "<" * 20_000 + "|-" * 20_000)
