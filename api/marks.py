"""Which places of a document are shown, and where do they begin and end in its text and on its pages?

Each thing that was read has a key that a link can name (`?o=number`, `?o=duty-5`): the same key marks its line in the
list of fields, its boxes on the page image and its stretch of the text.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from api.wording import FIELDS, RELATIONS
from ingest.transcript import Box
from store.answers import Citation, DocumentView, Evidence, PageView


@dataclass(frozen=True, slots=True)
class Mark:
    """One place to point at: its key, what it is called, and where it stands."""

    key: str
    label: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters of a page that the same marks cover; keys is empty for plain text."""

    text: str
    keys: tuple[str, ...]


def citation_key(citation: Citation) -> str:
    """Name an edge by its target and relation: they stay the same when the document is read again."""
    return f"cite-{citation.target.id}-{citation.relation}"


def marks_of(view: DocumentView) -> tuple[Mark, ...]:
    """Give every place of a document that can be pointed at, in the order in which it is shown."""
    return tuple(Mark(key, label, evidence) for key, label, evidence in _places(view) if evidence is not None and _is_somewhere(evidence))


def _is_somewhere(evidence: Evidence) -> bool:
    return evidence.page is not None or evidence.start is not None


def _places(view: DocumentView) -> Iterator[tuple[str, str, Evidence | None]]:
    for line in view.fields:
        yield line.name, FIELDS.get(line.name, line.name), line.evidence
    for name, lines in (("addressees", view.addressees), ("recipients", view.recipients)):
        for at, line in enumerate(lines, 1):
            yield f"{name}-{at}", FIELDS[name], line.evidence
    for duty in view.duties:
        yield f"duty-{duty.id}", "Nhiệm vụ", duty.evidence
    for event in view.events:
        yield f"event-{event.id}", "Cuộc họp", event.evidence
    for citation in view.cites:
        yield citation_key(citation), RELATIONS[citation.relation][0].capitalize(), citation.evidence


def boxes_on(number: int, marks: Iterable[Mark]) -> list[tuple[Mark, Box]]:
    """Give the boxes that are drawn over one page; large ones first, so that a small one inside stays clickable."""
    found = [(mark, box) for mark in marks if mark.evidence.page == number for box in mark.evidence.boxes]
    return sorted(found, key=lambda pair: (pair[1].x0 - pair[1].x1) * (pair[1].y1 - pair[1].y0))


def stretches(page: PageView, marks: Iterable[Mark]) -> list[Stretch]:
    """Cut a page's text where marks begin and end; marks may overlap, and the stretches together are the text."""
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    for mark in marks:
        start, end = _within(page, mark.evidence)
        if start < end:
            opens.setdefault(start, []).append(mark.key)
            closes.setdefault(end, []).append(mark.key)
    found: list[Stretch] = []
    active: list[str] = []
    at = 0
    for cut in sorted({*opens, *closes, len(page.text)}):
        if cut > at:
            found.append(Stretch(page.text[at:cut], tuple(active)))
            at = cut
        for key in closes.get(cut, ()):
            active.remove(key)
        active.extend(opens.get(cut, ()))
    return found


def _within(page: PageView, evidence: Evidence) -> tuple[int, int]:
    """Give where a place begins and ends in the page's own text; (0, 0) for a place elsewhere."""
    if evidence.start is None or evidence.end is None:
        return 0, 0
    start, end = evidence.start - page.start, evidence.end - page.start
    if end <= 0 or start >= len(page.text):
        return 0, 0
    return max(0, start), min(len(page.text), end)


def parts(text: str, marks: Iterable[tuple[int, int]]) -> list[tuple[str, bool]]:
    """Cut a snippet into (text, whether it matched); pairs that overlap or run out of the text do no harm."""
    found: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted(marks):
        begin, stop = max(at, start), min(end, len(text))
        if begin < stop:
            found += [(text[at:begin], False), (text[begin:stop], True)]
            at = stop
    found.append((text[at:], False))
    return [part for part in found if part[0]]


def has_image(view: DocumentView, page: PageView) -> bool:
    """Say whether a page can be looked at: text and DOCX have no pages of their own."""
    return page.width > 0 and page.height > 0 and view.sha256 is not None
