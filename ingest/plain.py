"""What does a text file say, and what of it is only mark-up?

Plain text and Markdown: marks of emphasis go, words stay; lines with tabs or bars are rows of tables, but for a head or a
tail in two columns, which is read column by column.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from ingest.characters import clean, raised
from ingest.composing import Row, Sheet, compose, words
from ingest.errors import BrokenFile, TooLarge
from ingest.facing import Side, column_by_column
from ingest.legacy import Scheme, converted, guessed, note_of
from ingest.syllables import unglued
from ingest.transcript import Page

LARGEST = 20_000_000  # bytes; a text of 3,000 pages has about 10 million
_SAMPLE = 20_000  # characters at the start by which it is told how letters were written
_TAGS = re.compile(r"</?(?:i|b|u|em|strong|center|p|div|span|font)(?:\s[^<>]{0,200})?>")
_BREAK = re.compile(r"<br\s*/?>")
_RAISED = re.compile(r"<sup>\s*\(?(\d{1,3})\)?\s*</sup>|\[\^(\d{1,3})\]:?")
_BOLD = re.compile(r"(\*\*|__)(?=\S)([^\n]{1,2000}?)(?<=\S)\1")
_ITALIC = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,2000})(?<=[^\s*])\*(?![\w*])")
_LEFT_OVER = re.compile(r"\*\*")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>])")
_HEADING = re.compile(r"^#{1,6}\s+(?=\S)")
_BAR_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")


def read_plain(path: Path, name: str) -> list[Page]:
    """Read a text file; form feeds part its pages. Raises BrokenFile for bytes that are no text, TooLarge over 20 MB."""
    if path.stat().st_size > LARGEST:
        raise TooLarge(name, f"dài quá mức đọc được ({LARGEST // 1_000_000} MB chữ)")
    text = decoded(path.read_bytes(), name).replace("\r\n", "\n").replace("\r", "\n")
    scheme = guessed(text[:_SAMPLE])
    return [_page(number, part, scheme) for number, part in enumerate(text.split("\f"), 1)]


def decoded(data: bytes, name: str) -> str:
    """Turn bytes into text: UTF-8, UTF-16 with its mark, else a Windows code page. Raises BrokenFile.

    Bytes of a scheme from before Unicode come out as the letters of Windows-1252, as they do elsewhere.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        western = data[:_SAMPLE].decode("cp1252", "replace")
        encodings = ("utf-8-sig", *(("cp1252", "latin-1") if guessed(western) else ("cp1258",)))
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BrokenFile(name)


def _page(number: int, text: str, scheme: Scheme | None) -> Page:
    rows = list(_rows(converted(text, scheme) if scheme else text))
    while rows and not rows[-1].tokens:
        rows.pop()
    while rows and not rows[0].tokens:
        rows.pop(0)
    notes = [note_of(number, [scheme])] if scheme and rows else []
    if not rows:
        notes.append(f"Trang {number} không có chữ đọc được.")
    return compose(Sheet(number, notes=tuple(notes)), rows)


def _rows(text: str) -> Iterator[Row]:
    before: Side | None = None
    for line, side in column_by_column(_marks_off(clean(text)).split("\n")):
        if side:
            yield Row((words(unglued(line)),), side, begins=side != before)
        elif "\t" in line.strip() or line.endswith("\t"):  # a tab before the first word alone only indents
            yield _table_row(line.split("\t"))
        elif line.lstrip().startswith("|") and line.count("|") > 2:
            if not _BAR_RULE.match(line):
                yield _table_row(line.strip().strip("|").split("|"))
        else:
            yield Row((words(unglued(line)),))
        before = side


def _table_row(cells: list[str]) -> Row:
    return Row(tuple(words(unglued(cell)) for cell in cells), "table", columns=tuple(range(len(cells))))


def _marks_off(text: str) -> str:
    """Take marks of emphasis away, keep what they mark; a lone `*` line (of Party heads) stays."""
    if "<" in text:
        text = _TAGS.sub("", _BREAK.sub("\n", text))
    text = _RAISED.sub(lambda m: raised(m[1] or m[2]), text)
    if "*" in text or "__" in text:
        text = "\n".join(_line_marks_off(line) for line in _bold_off(text).split("\n"))
    return _ESCAPED.sub(r"\1", "\n".join(_HEADING.sub("", line) for line in text.split("\n")))


def _bold_off(text: str) -> str:
    """Take `**` away also where it spans lines; a line of stars alone is a rule and stays."""
    lines = [line if set(line.strip()) <= set("*_ ") else _LEFT_OVER.sub("", _BOLD.sub(r"\2", line)) for line in text.split("\n")]
    return "\n".join(lines)


def _line_marks_off(line: str) -> str:
    """Take `*…*` away; a star that opens in this line and closes in another goes too, a list's `* ` stays."""
    if not line.strip().strip("*"):
        return line
    line = _ITALIC.sub(r"\1", line)
    if line.count("*") == 1:
        line = re.sub(r"^(\s*)\*(?=[^\s*\d)])|(?<=[^\s*(\d])\*(\s*)$", r"\1", line)
    return line
