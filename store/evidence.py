"""Where was a value read? From a span of the text to page, boxes and words, and back to a record."""

from typing import Any, TypedDict

from sqlalchemy import Row

from ingest.transcript import Box, Transcript
from nlp.directive import Place
from store import tables
from store.answers import Evidence


class Read(TypedDict):
    """The columns of tables.Evidence."""

    page: int | None
    boxes: list[Any]
    words: str
    start: int | None
    end: int | None
    rule: str
    confidence: float


def read_at(transcript: Transcript, place: Place, rule: str, confidence: float) -> Read:
    """Give the columns that say where a value was read; boxes of words on one line are one box."""
    if place.span is None:
        box = [[place.page, *_corners(place.box)]] if place.box and place.page else []
        return Read(page=place.page, boxes=box, words="", start=None, end=None, rule=rule, confidence=confidence)
    span = place.span
    found = transcript.boxes_in(span)
    page = found[0][0] if found else place.page or (transcript.page_at(span.start).number if transcript.pages else None)
    words = transcript.text[span.start : span.end]
    boxes = by_line(found)
    return Read(page=page, boxes=boxes, words=words, start=span.start, end=span.end, rule=rule, confidence=confidence)


def by_line(boxes: list[tuple[int, Box]]) -> list[Any]:
    """Join the boxes of words that follow each other on one line: [page, x0, y0, x1, y1] each."""
    joined: list[tuple[int, Box]] = []
    for page, box in boxes:
        if joined and joined[-1][0] == page and _goes_on(joined[-1][1], box):
            last = joined[-1][1]
            joined[-1] = page, Box(min(last.x0, box.x0), min(last.y0, box.y0), max(last.x1, box.x1), max(last.y1, box.y1))
        else:
            joined.append((page, box))
    return [[page, *_corners(box)] for page, box in joined]


def _goes_on(line: Box, box: Box) -> bool:
    """Say whether a box stands on a line, to the right of what came before: half of the lower one's height is shared."""
    shared = min(line.y1, box.y1) - max(line.y0, box.y0)
    return shared >= 0.5 * min(line.y1 - line.y0, box.y1 - box.y0) and box.x1 >= line.x1


def _corners(box: Box) -> list[float]:
    return [round(corner, 2) for corner in (box.x0, box.y0, box.x1, box.y1)]


def evidence_of(row: tables.Evidence | Row[Any]) -> Evidence:
    """Give a row's evidence as people's record; boxes are those of its page."""
    boxes = tuple(Box(*corners) for page, *corners in row.boxes if page == row.page)
    return Evidence(row.page, boxes, row.words, row.start, row.end, row.rule, row.confidence)


def evidence_at(place: Read) -> Evidence:
    """Give a place that a person chose as people's record."""
    boxes = tuple(Box(*corners) for page, *corners in place["boxes"] if page == place["page"])
    return Evidence(place["page"], boxes, place["words"], place["start"], place["end"], place["rule"], place["confidence"])
