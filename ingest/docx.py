"""What does a Word document say, in the order in which a reader meets it?

Body in document order with its tables; the two-column tables of head and signature column by column; labels that Word
makes itself (auto-numbering); text boxes after the paragraph that holds them; footnotes at the end.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RELATED
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from ingest.characters import clean, folded, raised
from ingest.composing import Row, Sheet, compose, words
from ingest.errors import BrokenFile
from ingest.legacy import converted, guessed, note_of
from ingest.numbering import Labels
from ingest.run_fonts import RunFonts
from ingest.syllables import unglued
from ingest.transcript import BlockKind, Page

_MASTHEAD = re.compile(r"chu nghia viet nam|dang cong san viet nam|doc lap\s*-\s*tu do|doan tncs ho chi minh")
_TAIL = re.compile(r"(?:^|\n)\s*noi nhan|(?:^|\n)\s*(?:t[/.]?m|k[/.]?t|t[/.]?l|t/?u/?q)\s*[./]?\s+[a-z]+(?: [a-z]+){0,7} ?\n")
_SIGNS = re.compile(r"ky ten|ho ten|ho va ten|dong dau|nguoi lap")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), _FALLBACK, qn("w:rPr"), qn("w:pPr")}
_BOX = qn("w:txbxContent")
_SOFT = qn("w:softHyphen")
_SAMPLE = 20_000  # characters at the start by which it is told how letters were written
_DAMAGED = (
    OpcError, zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, SyntaxError,
    LookupError, AttributeError, TypeError, ArithmeticError, RuntimeError,
)  # fmt: skip
"""What is raised for bytes that are no Word document: the second line where python-docx looks for what is not there."""
_DEEPEST = 12  # tables in cells in tables
Element = Any
"""An element of the XML tree; lxml has no types."""


def read_docx(path: Path, name: str) -> list[Page]:
    """Read a DOCX as one page without size. Raises BrokenFile when it does not open as one."""
    try:
        document = docx.Document(str(path))
        body = document.element.body
        fonts = RunFonts(_part(document, RELATED.STYLES))
        rows = _rows(document, body, fonts)
        scheme = None if fonts.found else guessed(" ".join(token.text for row in rows for token in row.tokens)[:_SAMPLE])
        if scheme:
            fonts = RunFonts(None, scheme)
            rows = _rows(document, body, fonts)
    except _DAMAGED as error:
        raise BrokenFile(name) from error
    notes = [note_of(1, fonts.found)] if fonts.found else []
    if not any(row.tokens for row in rows):
        notes.append("Trang 1 không có chữ đọc được.")
    return [compose(Sheet(1, notes=tuple(notes)), _without_needless_blanks(rows))]


def _rows(document: Any, body: Element, fonts: RunFonts) -> list[Row]:  # noqa: ANN401  python-docx has no types
    labels = Labels(_part(document, RELATED.NUMBERING), _part(document, RELATED.STYLES))
    return list(_Reader(labels, fonts).rows(document, body))


def _part(document: Any, kind: str) -> Element | None:  # noqa: ANN401  python-docx has no types
    """Give the root element of a part of the file (numbering, styles, footnotes), or None where there is none."""
    try:
        return parse_xml(document.part.part_related_by(kind).blob)
    except KeyError:
        return None


class _Reader:
    """Walks the document once; footnotes are numbered as they are met."""

    def __init__(self, labels: Labels, fonts: RunFonts) -> None:
        self._labels, self._fonts = labels, fonts
        self._notes: list[tuple[str, str]] = []  # (kind, id) in order of appearance

    def rows(self, document: Any, body: Element) -> Iterator[Row]:  # noqa: ANN401
        yield from self._header(document)
        yield from self._blocks(body, "text")
        yield from self._footnotes(document)

    def _header(self, document: Any) -> Iterator[Row]:  # noqa: ANN401
        """Give the first page's header: a masthead stands there in some files; else it is a running head."""
        section = document.sections[0]
        part = section.first_page_header if section.different_first_page_header_footer else section.header
        if part.is_linked_to_previous:
            return
        rows = [row for row in self._blocks(part._element, "text") if row.tokens]  # noqa: SLF001  python-docx gives no other way
        masthead = _MASTHEAD.search(folded(" ".join(token.text for row in rows for token in row.tokens)))
        for row in rows:
            yield row if masthead else Row(row.cells, "furniture")

    def _blocks(self, parent: Element, kind: BlockKind, depth: int = 0) -> Iterator[Row]:
        for child in parent:
            if child.tag == qn("w:p"):
                yield from self._paragraph(child, kind, depth)
            elif child.tag == qn("w:tbl") and depth < _DEEPEST:
                yield from self._table(child, depth)
            elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml"), qn("w:smartTag")):
                yield from self._blocks(child, kind, depth)

    def _paragraph(self, paragraph: Element, kind: BlockKind, depth: int) -> Iterator[Row]:
        label = self._labels.next_for(paragraph)
        text = unglued(clean(self._text(paragraph)))
        for i, line in enumerate(text.split("\n")):
            yield Row((words(f"{label} {line}" if label and i == 0 else line),), kind, begins=i == 0)
        if depth < _DEEPEST:
            for box in _boxes(paragraph):
                yield from (row for row in self._blocks(box, kind, depth + 1) if row.tokens)

    def _text(self, element: Element) -> str:
        return "".join(self._pieces(element))

    def _pieces(self, element: Element) -> Iterator[str]:  # noqa: C901  one branch for each kind of run content
        """Yield the text of a paragraph; text boxes, deleted and hidden text are left out."""
        for child in element:
            if child.tag == qn("w:r"):
                if not _is_hidden(child):
                    yield from self._run(child)
            elif child.tag == qn("w:t"):
                yield child.text or ""
            elif child.tag in (qn("w:tab"), qn("w:ptab")):
                yield " "
            elif child.tag in (qn("w:br"), qn("w:cr")):
                yield "\n" if child.get(qn("w:type")) in (None, "textWrapping") else " "
            elif child.tag == qn("w:noBreakHyphen"):
                yield "-"
            elif child.tag == qn("w:sym"):
                yield clean(chr(int(child.get(qn("w:char"), "2022"), 16)))
            elif child.tag in (qn("w:footnoteReference"), qn("w:endnoteReference")):
                yield self._mark(child)
            elif child.tag not in _SKIPPED and child.tag != _BOX and not _holds_box(child):
                yield from self._pieces(child)

    def _run(self, run: Element) -> Iterator[str]:
        """Yield the text of a run, out of the font that it was written for."""
        scheme = self._fonts.scheme_of(run)
        if not scheme:
            yield from self._pieces(run)
            return
        text = "".join("\u00ad" if child.tag == _SOFT else "".join(self._pieces([child])) for child in run)
        meant = converted(text, scheme)
        if meant != text:
            self._fonts.found.add(scheme)
        yield meant

    def _mark(self, reference: Element) -> str:
        kind = "footnote" if reference.tag == qn("w:footnoteReference") else "endnote"
        self._notes.append((kind, reference.get(qn("w:id"), "")))
        return raised(str(len(self._notes)))

    def _table(self, table: Element, depth: int) -> Iterator[Row]:
        grid = [_cells(row) for row in table.iter(qn("w:tr")) if _owner(row) is table]
        cells = [[(at, [row for row in self._blocks(cell, "text", depth + 1) if row.tokens]) for at, cell in line] for line in grid]
        if _is_layout(cells):
            yield from _column_by_column(cells)
            return
        for i, line in enumerate(cells):
            texts = tuple(tuple(token for row in rows for token in row.tokens) for _, rows in line)
            if any(texts):
                yield Row(texts, "table", begins=i == 0, columns=tuple(at for at, _ in line))

    def _footnotes(self, document: Any) -> Iterator[Row]:  # noqa: ANN401
        marks = list(self._notes)
        parts = {kind: _part(document, related) for kind, related in (("footnote", RELATED.FOOTNOTES), ("endnote", RELATED.ENDNOTES))}
        for number, (kind, note_id) in enumerate(marks, 1):
            root = parts[kind]
            note = None if root is None else next((n for n in root if n.get(qn("w:id")) == note_id), None)
            if note is not None:
                text = " ".join(token.text for row in self._blocks(note, "footnote") for token in row.tokens)
                yield Row((words(f"{raised(str(number))} {text}"),), "footnote", begins=True)


def _is_hidden(run: Element) -> bool:
    hidden = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return hidden is not None and hidden.get(qn("w:val")) not in ("0", "false")


def _holds_box(element: Element) -> bool:
    return element.tag in (qn("w:drawing"), qn("w:pict"), qn("w:object"))


def _boxes(paragraph: Element) -> list[Element]:
    """Give the text boxes of a paragraph, each once: the fallback for old readers says the same again."""
    return [
        box
        for box in paragraph.iter(_BOX)
        if not any(parent.tag in (_FALLBACK, _BOX) for parent in box.iterancestors() if parent is not paragraph)
    ]


def _owner(row: Element) -> Element:
    return next(parent for parent in row.iterancestors() if parent.tag == qn("w:tbl"))


def _cells(row: Element) -> list[tuple[int, Element]]:
    """Give (column, cell) for the cells of a row; a cell that goes on from the row above is left empty there, as printed."""
    found, at = [], 0
    for cell in row.iter(qn("w:tc")):
        if next(parent for parent in cell.iterancestors() if parent.tag == qn("w:tr")) is not row:
            continue
        span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        found.append((at, cell))
        at += max(1, min(63, int(span.get(qn("w:val"), "1")))) if span is not None else 1
    return found


def _is_layout(cells: Sequence[Sequence[tuple[int, list[Row]]]]) -> bool:
    """Say whether a table only sets two columns side by side: the head, or recipients beside the signature."""
    most = max((sum(bool(rows) for _, rows in line) for line in cells), default=0)
    if not 1 < most <= 3 or len(cells) > 12:
        return False
    text = folded("\n".join(" ".join(t.text for t in row.tokens) for line in cells for _, rows in line for row in rows)) + "\n"
    return bool(_MASTHEAD.search(text) or _TAIL.search(text) or (len(cells) <= 2 and _SIGNS.search(text)))


def _column_by_column(cells: Sequence[Sequence[tuple[int, list[Row]]]]) -> Iterator[Row]:
    columns = sorted({at for line in cells for at, rows in line if rows})
    for column in columns:
        kind: BlockKind = "left column" if column == columns[0] and len(columns) > 1 else "right column"
        first = True
        for line in cells:
            for row in (row for at, rows in line if at == column for row in rows):
                yield Row(row.cells, kind, begins=first) if row.kind == "text" else row
                first = False


def _without_needless_blanks(rows: Sequence[Row]) -> list[Row]:
    """Keep one empty line where there are several, none at the start and the end."""
    kept: list[Row] = []
    for row in rows:
        if row.tokens or (kept and kept[-1].tokens):
            kept.append(row)
    while kept and not kept[-1].tokens:
        kept.pop()
    return kept
