"""Which words of a page lie in the boxes that a person chose, and what is kept of the choice?

A word is chosen when its middle lies in a box. Where no word lies (handwriting, a serial that nobody printed) the boxes themselves are
the place.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from ingest.transcript import Box, Page, Word
from store.evidence import Read, by_line
from store.paging import outline_of, page_called
from store.tables import DocumentRow

RULE = "người đối chiếu chọn trên trang"
_MOST_BOXES = 400
_LARGEST = 20_000  # points: no page is larger


@dataclass(frozen=True, slots=True)
class Picked:
    """Boxes on a page, called by its number in the document, in points."""

    page: int
    boxes: tuple[Box, ...]


def parse_picked(text: str) -> Picked | None:
    """Read `2:10,20,60,34;70,20,90,34`; None for what is no such choice."""
    page, _, rest = text.partition(":")
    parts = [part.split(",") for part in rest.split(";")]
    if not page.isascii() or not page.isdigit() or len(page) > 6 or len(parts) > _MOST_BOXES:
        return None
    try:
        corners = [[float(corner) for corner in part] for part in parts]
    except ValueError:
        return None
    if any(len(part) != 4 or not all(0 <= corner <= _LARGEST for corner in part) for part in corners):
        return None
    return Picked(int(page), tuple(Box(min(x, u), min(y, v), max(x, u), max(y, v)) for x, y, u, v in corners))


def words_within(page: Page, boxes: Sequence[Box]) -> tuple[Word, ...]:
    """Give the words of a page whose middle lies in one of the boxes, in reading order."""
    return tuple(word for word in page.words if word.box and any(_holds(box, word.box) for box in boxes))


def text_of(page: Page, words: Iterable[Word]) -> str:
    """Write words as they stand: a line for each line of the page."""
    text, last = "", None
    for word in words:
        if last is not None:
            text += "\n" if "\n" in page.text[last : word.span.start] else " "
        text += page.text[word.span.start : word.span.end]
        last = word.span.end
    return text


def read_where_picked(session: Session, home: Path, row: DocumentRow, picked: Picked) -> Read:
    """Give what is kept of a choice: page, boxes, words and their stretch of the document's text. Raises NotFound for no page of it."""
    page = page_called(session, home, row, picked.page)
    words = words_within(page, picked.boxes)
    found = [(page.number, word.box) for word in words if word.box] or [(page.number, box) for box in picked.boxes]
    start = _start(session, home, row, page.number)
    return Read(
        page=page.number,
        boxes=by_line(found),
        words=text_of(page, words),
        start=start + words[0].span.start if words else None,
        end=start + max(word.span.end for word in words) if words else None,
        rule=RULE,
        confidence=1.0,
    )


def _start(session: Session, home: Path, row: DocumentRow, number: int) -> int:
    """Give where a page begins in the document's text."""
    read = outline_of(session, home, row)
    return next(start for page, start in zip(read.pages, read.starts, strict=True) if page.number == number)


def _holds(box: Box, word: Box) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1
