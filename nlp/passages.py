"""Which stretches of text are read one by one for the documents they name?

A passage is a paragraph with what does not belong to it blanked: a footnote or a page number between its two halves.
The lines of the head are one passage, because a subject runs over several of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.transcript import Span
from nlp.zones import Paragraph, ZoneKind, ZoneLine, Zones

_UNREAD: frozenset[ZoneKind] = frozenset({"recipients", "signature", "furniture", "stamp", "addressees"})


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph: its text on one line, the same in lower case (same length), where it starts in the whole text, its zone."""

    text: str
    lower: str
    start: int
    zone: ZoneKind
    marker: str


def lowered(text: str) -> str:
    """Give the text in lower case at the same length (`İ` would grow by one)."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def passages(zones: Zones) -> Iterator[Passage]:
    """Yield the passages in which other documents may be named, in reading order."""
    by_paragraph: dict[int, list[ZoneLine]] = {}
    for line in zones.lines:
        by_paragraph.setdefault(line.paragraph, []).append(line)
    yield from _joined(zones, "head")
    yield from _joined(zones, "title")
    for number, paragraph in enumerate(zones.paragraphs):
        if paragraph.zone in _UNREAD or paragraph.zone in ("head", "title"):
            continue
        yield _passage(zones, paragraph.span, by_paragraph.get(number, []), paragraph)


def _joined(zones: Zones, zone: ZoneKind) -> Iterator[Passage]:
    lines = [line for line in zones.lines if line.zone == zone]
    if lines:
        span = Span(lines[0].span.start, lines[-1].span.end)
        yield _passage(zones, span, lines, Paragraph(span, zone, ""))


def _passage(zones: Zones, span: Span, lines: list[ZoneLine], paragraph: Paragraph) -> Passage:
    text = zones.text(span)
    if lines and sum(line.span.end - line.span.start + 1 for line in lines) < len(text):
        kept, parts, at = span.start, [], span.start
        for line in lines:
            parts += [" " * (line.span.start - at), zones.plain[line.span.start : line.span.end]]
            at = max(kept, line.span.end)
        text = "".join(parts)
    text = re.sub(r"\s", " ", text)
    return Passage(text, lowered(text), span.start, paragraph.zone, paragraph.marker)
