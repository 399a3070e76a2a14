"""Where do people's words on a document stand after its pages were moved, turned or replaced?

What a person touched (a duty, a reference added by hand, a correction taken from the page) keeps its place: it goes where its page
goes. On a page that is no longer read it has no place, until the step is undone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from ingest.transcript import Page, Transcript
from store.answers import Leaf
from store.paging import Numbered
from store.tables import CorrectionRow, DutyRow, Evidence, ReferenceRow
from store.work_tables import HandRow

Touched = DutyRow | ReferenceRow | CorrectionRow | HandRow
Said = dict[str, Any]
"""What is kept of a place: page, boxes, words, start, end (store/evidence.py)."""
Places = dict[str, Said]
"""Places by table and id (`duty.7`), each with the document it is of."""
_PLACE = ("page", "boxes", "words", "start", "end")
_TABLES: dict[str, type[Touched]] = {"duty": DutyRow, "reference": ReferenceRow, "correction": CorrectionRow, "act": HandRow}
_LOST: Said = {"page": None, "boxes": [], "start": None, "end": None}


@dataclass(frozen=True, slots=True)
class Ground:
    """The pages of one document by their numbers, and what is read on them."""

    pages: Numbered
    transcript: Transcript

    def page(self, number: int) -> tuple[Page, int]:
        """Give a page and where it begins in the text."""
        found = zip(self.transcript.pages, self.transcript.starts, strict=True)
        return next((page, start) for page, start in found if page.number == number)


@dataclass(frozen=True, slots=True)
class Carrying:
    """Where pages were and where they are now, by document; into: to which document those went whose pages are all gone."""

    before: Mapping[int, Ground]
    after: Mapping[int, Ground]
    into: Mapping[int, int]

    def carry(self, document_id: int, said: Said) -> tuple[int, Said]:
        """Give the document and the place where something stands now."""
        stays = self.into.get(document_id, document_id)
        if said["page"] is None:
            return stays, said
        here = self.before[document_id]
        leaf = here.pages.get(said["page"])
        found = self._now(leaf) if leaf else None
        if leaf is None or found is None:
            return stays, said | _LOST
        document, number, now = found
        boxes = [moved for box in said["boxes"] for moved in self._box(document_id, box, document)]
        start, end = (None, None) if now.turn != leaf.turn else self._span(here, said, document, number)
        return document, said | {"page": number, "boxes": boxes, "start": start, "end": end}

    def _now(self, leaf: Leaf) -> tuple[int, int, Leaf] | None:
        """Give the document and the number under which a page is read now."""
        for document, ground in self.after.items():
            for number, other in ground.pages.items():
                if (other.sha256, other.page) == (leaf.sha256, leaf.page):
                    return document, number, other
        return None

    def _box(self, document_id: int, box: list[float], target: int) -> Iterator[list[float]]:
        """Give a box ([page, x0, y0, x1, y1]) where it lies now; nothing where its page is not in the target."""
        here = self.before[document_id]
        leaf = here.pages.get(int(box[0]))
        found = self._now(leaf) if leaf else None
        if leaf is None or found is None or found[0] != target:
            return
        page, _ = here.page(int(box[0]))
        yield [found[1], *turned(box[1:], (found[2].turn - leaf.turn) % 360, page.width, page.height)]

    def _span(self, here: Ground, said: Said, document: int, number: int) -> tuple[int | None, int | None]:
        """Give the stretch of the text, counted anew, if it lies on its page and that reads as before."""
        (before, at), (now, start) = here.page(said["page"]), self.after[document].page(number)
        if said["start"] is None or said["end"] is None or before.text != now.text or not at <= said["start"] <= said["end"]:
            return None, None
        return said["start"] - at + start, min(said["end"] - at, len(now.text)) + start


def turned(corners: list[float], by: int, width: float, height: float) -> list[float]:
    """Give the corners of a box (x0, y0, x1, y1) on a page of this size that was turned clockwise by some degrees."""
    x0, y0, x1, y1 = corners
    for _ in range(by // 90):
        x0, y0, x1, y1 = height - y1, x0, height - y0, x1
        width, height = height, width
    return [round(corner, 2) for corner in (x0, y0, x1, y1)]


def carry_over(session: Session, carrying: Carrying, documents: list[int]) -> Places:
    """Let what people said of documents go where its pages went; give the places that changed as they were."""
    changed: Places = {}
    for name, row in _kept(session, documents):
        before = _place_of(row)
        document_id, place = carrying.carry(row.document_id, before)
        if isinstance(row, CorrectionRow) and document_id != row.document_id:  # a document's own value stays with it
            document_id, place = row.document_id, before | _LOST
        if (document_id, place) != (row.document_id, before):
            changed[name] = {"document_id": row.document_id, **before}
            _put(session, row, document_id, place)
    session.flush()
    return changed


def put_back(session: Session, places: Places) -> None:
    """Let what people said stand where it stood."""
    for name, was in places.items():
        table, _, number = name.partition(".")
        row = cast("Touched | None", session.get(_TABLES[table], int(number)))
        if row is not None:
            _put(session, row, was["document_id"], {part: was[part] for part in _PLACE})
    session.flush()


def _kept(session: Session, documents: list[int]) -> Iterator[tuple[str, Touched]]:
    """Yield what people touched of documents and has a place, each with its name."""
    duties = select(DutyRow).where(DutyRow.document_id.in_(documents), or_(DutyRow.touched_by.is_not(None), DutyRow.added_by.is_not(None)))
    added = select(ReferenceRow).where(ReferenceRow.document_id.in_(documents), ReferenceRow.added_by.is_not(None))
    placed = select(CorrectionRow).where(CorrectionRow.document_id.in_(documents), CorrectionRow.place.is_not(None))
    acts = select(HandRow).where(HandRow.document_id.in_(documents))
    for name, asked in (("duty", duties), ("reference", added), ("correction", placed), ("act", acts)):
        for row in session.scalars(asked).all():
            yield f"{name}.{row.id}", row


def _place_of(row: Touched) -> Said:
    if isinstance(row, Evidence):
        return {name: getattr(row, name) for name in _PLACE}
    whole = (row.said if isinstance(row, HandRow) else row.place) or {}
    return {name: whole.get(name, _LOST.get(name, "")) for name in _PLACE}


def _put(session: Session, row: Touched, document_id: int, place: Said) -> None:
    if isinstance(row, HandRow):
        row.document_id, row.said = document_id, {**row.said, **place}
    elif isinstance(row, CorrectionRow):
        row.place = {**(row.place or {}), **place}
    else:
        if row.document_id != document_id:
            _rehome(session, row, document_id)
        for name, value in place.items():
            setattr(row, name, value)


def _rehome(session: Session, row: DutyRow | ReferenceRow, document_id: int) -> None:
    """Let a row be of another document: what only the machine read there under the same key makes room, a duty takes its history along."""
    table: Any = type(row)
    row.key = row.key.removesuffix(f"|{row.id}")
    other = session.scalar(select(table).where(table.document_id == document_id, table.key == row.key))
    if other is not None and (other.added_by or getattr(other, "touched_by", None)):
        row.key = f"{row.key}|{row.id}"
    elif other is not None:
        session.execute(delete(table).where(table.id == other.id))
    if isinstance(row, DutyRow):
        own = CorrectionRow.name.startswith(f"duty.{row.id}.", autoescape=True)
        session.execute(update(CorrectionRow).where(CorrectionRow.document_id == row.document_id, own).values(document_id=document_id))
    row.document_id = document_id
    session.flush()
