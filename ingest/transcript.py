"""What does a document say, and where on which page?

Coordinates are points (1/72 inch) with the origin at the top left of the page as a reader holds it; pages count
from 1; text is Unicode NFC. A page's spans count characters of that page's text; a Transcript's spans count
characters of the whole text, which is the pages' texts joined by one line feed.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Origin = Literal["text", "text layer", "OCR", "signature"]
BlockKind = Literal["text", "left column", "right column", "table", "footnote", "furniture", "stamp"]
RegionKind = Literal["seal", "stamp", "arrival stamp", "signature", "handwriting"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page in points, origin top left, x0 ≤ x1 and y0 ≤ y1."""

    x0: float
    y0: float
    x1: float
    y1: float

    def __post_init__(self) -> None:
        """Refuse a box that is turned inside out."""
        if self.x0 > self.x1 or self.y0 > self.y1:
            raise ValueError(f"box is inside out: {self.x0},{self.y0} to {self.x1},{self.y1}")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters from start up to, not including, end."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a span that ends before it starts."""
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span {self.start} to {self.end} is not one")

    def moved(self, by: int) -> "Span":
        """Give the same stretch counted from another origin."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Word:
    """One printed word: its characters (span), its place (box, none for text and DOCX), who read it, how surely (0 to 1)."""

    span: Span
    box: Box | None
    origin: Origin
    confidence: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is read: in a two-column head, each column gives lines of its own."""

    span: Span
    box: Box | None


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together, in reading order. `furniture` is a page number or running head, `stamp` what was stamped on."""

    span: Span
    box: Box | None
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; row and column count from 0; its text is the page's text at span."""

    row: int
    column: int
    span: Span


@dataclass(frozen=True, slots=True)
class Table:
    """A table: all its cells lie inside span, row by row."""

    span: Span
    box: Box | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a page that is kept as a picture: what was stamped or written over the print. It is drawn from the original."""

    box: Box
    kind: RegionKind


@dataclass(frozen=True, slots=True)
class Page:
    """One page, complete in itself: every span counts characters of its own text.

    number counts from 1; width and height are points (0 where the source has no pages, as text and DOCX);
    reading says how the words were got; notes are sentences in Vietnamese for the person who checks.
    """

    number: int
    width: float
    height: float
    text: str
    words: tuple[Word, ...] = ()
    lines: tuple[Line, ...] = ()
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    reading: Literal["text", "text layer", "OCR", "none"] = "text"
    notes: tuple[str, ...] = ()
    regions: tuple[Region, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """A digital signature as the file carries it: where it stands, what it shows, who signed and when."""

    page: int
    box: Box | None
    text: str
    signer: str | None
    signed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Transcript:
    """All that was read of one file. id names the bytes and the reader's version together."""

    id: str
    name: str
    media_type: str
    pages: tuple[Page, ...]
    signatures: tuple[Signature, ...] = ()
    notes: tuple[str, ...] = ()
    text: str = field(init=False, repr=False, compare=False)
    starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Lay the pages' texts end to end."""
        starts, at = [], 0
        for page in self.pages:
            starts.append(at)
            at += len(page.text) + 1
        object.__setattr__(self, "text", "\n".join(page.text for page in self.pages))
        object.__setattr__(self, "starts", tuple(starts))

    def page_at(self, offset: int) -> Page:
        """Give the page on which the character at offset stands."""
        return self.pages[max(0, bisect_right(self.starts, offset) - 1)]

    def start_of(self, page: Page) -> int:
        """Give the offset of a page's first character in the whole text."""
        return self.starts[self.pages.index(page)]

    def words_in(self, span: Span) -> Iterator[tuple[int, Word]]:
        """Yield the page number and the word for each word that shares a character with span."""
        for page, start in zip(self.pages, self.starts, strict=True):
            if start < span.end and span.start < start + len(page.text) + 1:
                for word in page.words:
                    if word.span.start + start < span.end and span.start < word.span.end + start:
                        yield page.number, word

    def boxes_in(self, span: Span) -> list[tuple[int, Box]]:
        """Give (page number, box) for each word of span that has a box: what is drawn over the page image."""
        return [(number, word.box) for number, word in self.words_in(span) if word.box is not None]


@dataclass(frozen=True, slots=True)
class Blank:
    """A place where a number from 1 to `most` is expected and doubted: page from 1, its box in points."""

    page: int
    box: Box
    most: int


@dataclass(frozen=True, slots=True)
class Reading:
    """Digits, and the chance that they are what stands at a place, 0 to 1."""

    digits: str
    chance: float


@dataclass(frozen=True, slots=True)
class Look:
    """What a second look saw at a blank: its readings, the surest first; their chances add up to 1 at most."""

    blank: Blank
    readings: tuple[Reading, ...]
