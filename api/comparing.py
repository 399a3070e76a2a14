"""What does a person compare with the page: which fields in which order, each beside its place, and why is it believed?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from api.marks import citation_key, has_image
from api.wording import FIELDS, sureness
from ingest.transcript import Box
from store.answers import Citation, DocumentView, DutyLine, Evidence, FieldLine, PageView, Witness
from store.corrections import DAYS, LISTS
from store.rules import Clash

Form = Literal["number", "day", "list", "text"]
NEEDED = ("number", "type", "issued_on", "agency")
CRITICAL = ("number", "issued_on")
"""What is not confirmed before its place has been on the screen; so is each limit."""
SHORT, SHORT_VALUE = 190, 26  # points, characters: what fits beside its input
WIDE, WIDER = 400, 550  # pixels that a snippet of a field, of a duty has on a desk
LARGEST, LEAST, MOST = 1.8, 30, 170  # pixels for a point; pixels of height
AROUND = 40  # characters of text shown before and after the words


@dataclass(frozen=True, slots=True)
class Snippet:
    """A part of a page to look at: its page, the part in points, the height in pixels at which it is shown."""

    page: PageView
    box: Box
    height: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Where there is no image: the words with what stands around them."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a disputed value may be, as it is written, and what other documents tell of it."""

    value: str
    witnesses: tuple[Witness, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One field to compare: its value as it is edited, where it was read, whether it needs eyes, what speaks for and against it."""

    name: str
    label: str
    form: Form
    value: str
    lines: tuple[FieldLine, ...]
    keys: tuple[str, ...]
    snippet: Snippet | None
    quote: Quote | None
    needs_eyes: bool
    candidates: tuple[Candidate, ...]
    clashes: tuple[Clash, ...]

    @property
    def must_be_seen(self) -> bool:
        """Say whether it is confirmed only after its place was on the screen."""
        return self.name in CRITICAL and (self.snippet is not None or self.quote is not None)

    @property
    def is_short(self) -> bool:
        """Say whether snippet and value stand side by side: what nobody doubts, on one line."""
        cut = self.snippet
        narrow = cut is None or (cut.box.x1 - cut.box.x0 <= SHORT and cut.box.y1 - cut.box.y0 <= SHORT / 4)
        quoted = self.quote is None or len(self.quote.before + self.quote.words + self.quote.after) <= SHORT_VALUE
        return narrow and quoted and not self.needs_eyes and self.form != "list" and len(self.value) <= SHORT_VALUE

    @property
    def evidence(self) -> Evidence | None:
        """Give where the first of its lines was read."""
        return next((line.evidence for line in self.lines if line.evidence), None)


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One duty to compare: the duty, its place, whether nobody has decided on it yet, what does not fit."""

    duty: DutyLine
    snippet: Snippet | None
    quote: Quote | None
    clashes: tuple[Clash, ...]

    @property
    def key(self) -> str:
        """Name it as its place on the page is named."""
        return f"duty-{self.duty.id}"

    @property
    def stated(self) -> str:
        """Give the day that the document states as it is edited; nothing where it states none, or one that comes again."""
        day = self.duty.first_limit or (self.duty.due_on if self.duty.kind == "date" else None)
        return written("issued_on", day.isoformat()) if day else ""

    @property
    def is_open(self) -> bool:
        """Say whether nobody has decided on it yet."""
        return not self.duty.stands

    @property
    def must_be_seen(self) -> bool:
        """Say whether it is confirmed only after its place was on the screen: each limit that waits for a decision is."""
        limited = self.duty.limit_text is not None or self.duty.due_on is not None
        return self.is_open and limited and (self.snippet is not None or self.quote is not None)


@dataclass(frozen=True, slots=True)
class CitedRow:
    """One citation to compare: its key on the page, and its place."""

    citation: Citation
    key: str
    snippet: Snippet | None
    quote: Quote | None


def cited_rows(view: DocumentView) -> list[CitedRow]:
    """Give what a document cites, in its order."""
    return [CitedRow(one, citation_key(one), snippet(view, [one.evidence], WIDER), quote(view, one.evidence)) for one in view.cites]


def rows_of(view: DocumentView, clashes: Sequence[Clash] = ()) -> list[Row]:
    """Give the fields of a head in the order of the page: first what has no place and needs eyes, last what has none or is not there."""
    rows = [_row(view, line.name, (line,), (line.name,), clashes) for line in view.fields]
    for name, lines in (("addressees", view.addressees), ("recipients", view.recipients)):
        rows.append(_row(view, name, lines, tuple(f"{name}-{at}" for at in range(1, len(lines) + 1)), clashes))
    return sorted(rows, key=_order)


def duty_rows(view: DocumentView, clashes: Sequence[Clash] = ()) -> list[DutyRow]:
    """Give the duties of a document in its order, those that wait for a decision first."""
    rows = []
    for duty in view.duties:
        own = tuple(one for one in clashes if f"duty-{duty.id}" in one.fields)
        rows.append(DutyRow(duty, snippet(view, [duty.evidence], WIDER), quote(view, duty.evidence), own))
    return sorted(rows, key=lambda row: not row.is_open)


def written(name: str, value: str | None) -> str:
    """Write a value as a person edits it: days as 05/01/2026."""
    if name in DAYS and value:
        year, month, number = value.split("-")
        return f"{number}/{month}/{year}"
    return value or ""


def _row(view: DocumentView, name: str, lines: tuple[FieldLine, ...], keys: tuple[str, ...], clashes: Sequence[Clash]) -> Row:
    own = tuple(one for one in clashes if name in one.fields)
    value = "\n".join(written(name, line.value) for line in lines)
    places = [line.evidence for line in lines]
    return Row(
        name=name,
        label=FIELDS[name],
        form="list" if name in LISTS else "day" if name in DAYS else "number" if name == "number" else "text",
        value=value,
        lines=lines,
        keys=keys,
        snippet=snippet(view, places),
        quote=quote(view, places[0] if places else None),
        needs_eyes=any(line.to_verify for line in lines) or (name in NEEDED and not value) or bool(own),
        candidates=_candidates(view, lines),
        clashes=own,
    )


def _candidates(view: DocumentView, lines: tuple[FieldLine, ...]) -> tuple[Candidate, ...]:
    """Give what a field was read as and what else it may be; nothing where only one reading is known."""
    if len(lines) != 1 or not lines[0].candidates:
        return ()
    (line,) = lines
    values = dict.fromkeys(value for value in (line.read, *line.candidates) if value)
    told = view.witnesses if line.name == "number" and line.to_verify else ()
    return tuple(Candidate(written(line.name, value), tuple(one for one in told if one.number == value)) for value in values)


def _order(row: Row) -> tuple[int, int, float, float]:
    evidence = row.evidence
    if not row.value and not row.needs_eyes:
        return 3, 0, 0, 0
    if evidence is None:
        return (0 if row.needs_eyes else 2), 0, 0, 0
    box = evidence.boxes[0] if evidence.boxes else None
    place = (box.y0 // 8, box.x0) if box else (0.0, float(evidence.start or 0))
    return 1, evidence.page or 1, *place


def snippet(view: DocumentView, places: Iterable[Evidence | None], wide: int = WIDE) -> Snippet | None:
    """Give the part of the page where something stands, with a margin, to be shown wide pixels wide; of several pages the first."""
    found = [one for one in places if one is not None and one.page and one.boxes]
    page = next((page for page in view.pages if found and page.number == found[0].page), None)
    if page is None or not has_image(view, page):
        return None
    boxes = [box for one in found if one.page == page.number for box in one.boxes]
    x0, y0 = min(box.x0 for box in boxes) - 10, min(box.y0 for box in boxes) - 4
    x1, y1 = max(box.x1 for box in boxes) + 10, max(box.y1 for box in boxes) + 4
    height = (y1 - y0) * min(LARGEST, wide / (x1 - x0))
    return Snippet(page, Box(x0, y0, x1, y1), round(min(MOST, max(LEAST, height))))


def quote(view: DocumentView, place: Evidence | None) -> Quote | None:
    """Give the words of a page without an image, with what stands around them on their lines."""
    if place is None or place.start is None or place.end is None:
        return None
    page = next((page for page in view.pages if page.start <= place.start <= page.start + len(page.text)), None)
    if page is None or has_image(view, page):
        return None
    start, end = place.start - page.start, place.end - page.start
    before, after = page.text[:start].rpartition("\n")[2], page.text[end:].partition("\n")[0]
    if len(before) > AROUND:
        before = f"… {before[-AROUND:].partition(' ')[2]}"
    if len(after) > AROUND:
        after = f"{after[:AROUND].rpartition(' ')[0]} …"
    return Quote(before, page.text[start:end], after)


def reason(evidence: Evidence) -> str:
    """Say why a value is believed: by which rule it was found, and how sure it is."""
    rule = f"{evidence.rule}; " if evidence.rule else ""
    return f"{rule}tin cậy {sureness(evidence.confidence)}"
