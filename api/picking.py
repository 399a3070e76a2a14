"""Which words stand on a page, and which of them lie in a box that a person drew?"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import APIRouter, HTTPException

from api.desk import AtDesk, Desk, Id
from ingest.transcript import Page
from store.database import look
from store.evidence import Read
from store.nodes import get_document
from store.paging import numbered, page_called
from store.picking import parse_picked, read_where_picked, text_of, words_within

pages = APIRouter(include_in_schema=False)
Corners = tuple[str, float, float, float, float]
UNSURE = 0.8  # confidence under which a word is shown as doubtful
_TWICE = re.compile(r"Đọc lại lần hai: “([^”]{1,200})” (?:sửa thành “([^”]{1,200})”|đọc thành (.{1,400}?); cần)")


@pages.get("/doi-chieu/{document_id}/chu/{number}.json")
def send_words(desk: AtDesk, document_id: Id, number: Id, khung: str = "") -> dict[str, Any]:
    """Give the words of a page in reading order, each with its corners in points: what a click on the page picks.

    khung (x0,y0,x1,y1 in points): only those in this box, and what they say together. Else also which words were read unsurely, and
    what another reading says in place of which word.
    """
    with look(desk.workshop.engine) as session:
        row = get_document(session, document_id, seen_by=desk.viewer)
        page = page_called(session, desk.workshop.settings.home, row, number)
    if not khung:
        words = [word for word in page.words if word.box]
        unsure = [at for at, word in enumerate(words) if word.origin == "OCR" and word.confidence < UNSURE]
        return {"words": list(_corners(page, words)), "unsure": unsure, "others": _others(page)}
    picked = parse_picked(f"{number}:{khung}")
    if picked is None:
        raise HTTPException(422)
    inside = words_within(page, picked.boxes)
    return {"words": list(_corners(page, inside)), "text": text_of(page, inside)}


def place_of(desk: Desk, document_id: int, text: str | None) -> Read | None:
    """Give what is kept of the place that a form names (`2:10,20,60,34`); None where it names none that the document has."""
    picked = parse_picked(text) if text else None
    if picked is None:
        return None
    with look(desk.workshop.engine) as session:
        row = get_document(session, document_id, seen_by=desk.viewer)
        if picked.page not in numbered(session, row):
            return None
        return read_where_picked(session, desk.workshop.settings.home, row, picked)


def _corners(page: Page, words: Any) -> Iterator[Corners]:  # noqa: ANN401  words that have a box
    for word in words:
        box = word.box
        text = page.text[word.span.start : word.span.end]
        yield text, round(box.x0, 1), round(box.y0, 1), round(box.x1, 1), round(box.y1, 1)


def _others(page: Page) -> Mapping[str, str]:
    """Give what another reading has for a word that stands on the page: the notes of the page tell it."""
    found: dict[str, str] = {}
    for note in page.notes:
        if match := _TWICE.match(note):
            first, mended, disputed = match.groups()
            found[mended or first] = f"“{first}”" if mended else disputed
    return found
