"""How do lines in reading order become a page: one text, with words, lines, blocks and tables over it?"""

import math
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import repeat
from typing import Literal, TypeVar

from ingest.transcript import Block, BlockKind, Box, Cell, Line, Origin, Page, Span, Table, Word

_Record = TypeVar("_Record")


@dataclass(slots=True)
class Token:
    """A word before it has its place in the text: what it says, where it stands (points), who read it, how surely (0 to 1).

    It is never changed; to make it frozen would take four times as long, and a page has hundreds.
    """

    text: str
    box: Box | None = None
    origin: Origin = "text"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Row:
    """One line in reading order, of one cell; or one row of a table, of several.

    begins is set where a new block begins although the kind stays the same; columns are the table columns (from 0) in which the
    cells stand, given for a row of a table only.
    """

    cells: tuple[tuple[Token, ...], ...]
    kind: BlockKind = "text"
    begins: bool = False
    columns: tuple[int, ...] = ()

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Give the words of all cells."""
        return self.cells[0] if len(self.cells) == 1 else tuple(token for cell in self.cells for token in cell)


@dataclass(slots=True)
class _Sheet:
    """A page while it is written."""

    parts: list[str] = field(default_factory=list)
    at: int = 0
    tokens: list[Token] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def write(self, text: str) -> Span:
        self.parts.append(text)
        self.at += len(text)
        return Span(self.at - len(text), self.at)

    def words(self) -> tuple[Word, ...]:
        spans = many(Span, self.starts, [start + len(token.text) for start, token in zip(self.starts, self.tokens, strict=True)])
        columns = [(token.box, token.origin, token.confidence) for token in self.tokens]
        return tuple(many(Word, spans, *zip(*columns, strict=True))) if columns else ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a page is but its text: number from 1, width and height in points (0 for none), how it was read, notes in Vietnamese."""

    number: int
    width: float = 0.0
    height: float = 0.0
    reading: Literal["text", "text layer", "OCR", "none"] = "text"
    notes: tuple[str, ...] = ()


def compose(sheet: Sheet, rows: Sequence[Row]) -> Page:
    """Lay the rows out as a page: words parted by one space, cells by a tab, rows by a line feed."""
    page, spans, cells = _Sheet(), [], []
    for i, row in enumerate(rows):
        if i:
            page.write("\n")
        start = page.at
        cells.append(_write_cells(page, row))
        spans.append(Span(start, page.at))
        page.lines.append(Line(spans[-1], union([token.box for cell in row.cells for token in cell])))
    groups = _groups(rows)
    blocks = [_block(rows[group[0]].kind, [page.lines[i] for i in group]) for group in groups]
    return Page(
        number=sheet.number,
        width=sheet.width,
        height=sheet.height,
        text="".join(page.parts),
        words=page.words(),
        lines=tuple(page.lines),
        blocks=tuple(blocks),
        tables=tuple(
            _table(block, [(rows[i].columns, cells[i]) for i in group])
            for block, group in zip(blocks, groups, strict=True)
            if block.kind == "table"
        ),
        reading=sheet.reading if page.tokens else "none",
        notes=sheet.notes,
    )


def _write_cells(page: _Sheet, row: Row) -> list[Span]:
    spans = []
    for i, cell in enumerate(row.cells):
        if i:
            page.write("\t")
        at = page.at
        for token in cell:
            page.starts.append(at)
            at += len(token.text) + 1
        page.tokens += cell
        spans.append(page.write(" ".join([token.text for token in cell])))
    return spans


def _groups(rows: Sequence[Row]) -> list[list[int]]:
    """Group rows into blocks; an empty row parts two blocks and belongs to none."""
    groups: list[list[int]] = []
    last: int | None = None
    for i, row in enumerate(rows):
        if row.kind != "table" and not any(row.cells):
            last = None
            continue
        if last is None or row.begins or rows[last].kind != row.kind:
            groups.append([i])
        else:
            groups[-1].append(i)
        last = i
    return groups


def _block(kind: BlockKind, lines: Sequence[Line]) -> Block:
    return Block(Span(lines[0].span.start, lines[-1].span.end), union([line.box for line in lines]), kind)


def _table(block: Block, rows: Iterable[tuple[Sequence[int], Sequence[Span]]]) -> Table:
    """Give the table that a block is; rows are the columns in which the cells stand, if they are named, and their spans."""
    return Table(
        span=block.span,
        box=block.box,
        cells=tuple(
            Cell(n, column, span)
            for n, (columns, spans) in enumerate(rows)
            for column, span in zip(columns or range(len(spans)), spans, strict=True)
        ),
    )


def many(kind: type[_Record], *columns: Sequence[object]) -> list[_Record]:
    """Make records of a frozen class with slots, a column of values for each field: a page's words in half the time of one by one.

    What the class checks when one is made is not checked.
    """
    made = list(map(object.__new__, repeat(kind, len(columns[0]))))
    for name, column in zip(kind.__dict__["__slots__"], columns, strict=True):
        deque(map(getattr(kind, name).__set__, made, column), maxlen=0)
    return made


def union(boxes: Iterable[Box | None]) -> Box | None:
    """Give the smallest box around all boxes, or None when there is none."""
    x0 = y0 = math.inf
    x1 = y1 = -math.inf
    for box in boxes:
        if box is not None:  # a page asks for thousands: to call min and max takes twice as long
            x0 = box.x0 if box.x0 < x0 else x0  # noqa: FURB136
            y0 = box.y0 if box.y0 < y0 else y0  # noqa: FURB136
            x1 = box.x1 if box.x1 > x1 else x1  # noqa: FURB136
            y1 = box.y1 if box.y1 > y1 else y1  # noqa: FURB136
    return Box(x0, y0, x1, y1) if x0 <= x1 else None


def scaled(token: Token, by: float) -> Token:
    """Give a word with its box so many times as large: from pixels to points, and back."""
    box = token.box
    return replace(token, box=Box(box.x0 * by, box.y0 * by, box.x1 * by, box.y1 * by)) if box else token


def on_page(box: Box, part: Box, scale: float) -> Box:
    """Give in points what stands in a picture of a part of a page, drawn with scale pixels a point."""
    return Box(part.x0 + box.x0 / scale, part.y0 + box.y0 / scale, part.x0 + box.x1 / scale, part.y0 + box.y1 / scale)


def words(text: str) -> tuple[Token, ...]:
    """Part a line of a text source into its words."""
    return tuple(Token(word) for word in text.split())
