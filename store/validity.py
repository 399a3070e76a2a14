"""Is a document in force on a day, and what did others do to it?

Worked out each time from the edges that tell of a change; never kept. A change counts from the day of the document that makes it, or
of the one that tells of it where that day is unknown: from which day on a change takes effect is not read yet. What has ended stays
ended (Luật 80/2015/QH13, Điều 154, and the law after it): amended in part is ended in part. Where nothing is known to have
happened, validity is not known; a change on a later day tells that until then the document was in force.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from nlp.directive import Relation
from store.answers import Change, Lifetime, Validity, Viewer
from store.bonds import is_binding
from store.lines import lines_by_id
from store.nodes import get_document
from store.tables import DocumentRow, EdgeRow

ENDS: tuple[Relation, ...] = ("replaces", "repeals", "revokes")
CHANGES: tuple[Relation, ...] = (*ENDS, "amends", "supplements", "corrects", "suspends", "extends")
_source, _teller = aliased(DocumentRow), aliased(DocumentRow)


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """A change to a document: its day (None sorts first), how it changes it, which part ("" is the whole), by which document."""

    on: date
    relation: str
    scope: str
    by: int
    is_dated: bool = True


@dataclass(frozen=True, slots=True)
class Life:
    """What validity is worked out from: whether it is asked at all, the day of the document, its changes."""

    binds: bool
    issued_on: date | None
    events: tuple[Event, ...]

    @property
    def counting(self) -> list[Event]:
        """Give the changes that may count: none older than the document."""
        return [event for event in self.events if not (event.is_dated and self.issued_on and event.on < self.issued_on)]


def lifetime(session: Session, document_id: int, *, as_of: date, seen_by: Viewer) -> Lifetime:
    """Give the validity of one document as of a day and the history of it. Raises NotFound."""
    get_document(session, document_id, seen_by=seen_by)
    life = _lives(session, [document_id])[document_id]
    lines = lines_by_id(session, {event.by for event in life.events})
    counting = set(life.counting)
    history = tuple(
        Change(
            on=event.on if event.is_dated else None,
            relation=cast("Relation", event.relation),
            scope=event.scope or None,
            by=lines[event.by],
            validity=replay(life, event.on if event.is_dated else as_of),
            is_odd=event not in counting,
        )
        for event in life.events
    )
    return Lifetime(replay(life, as_of), as_of, history)


def validities(session: Session, ids: Collection[int], *, as_of: date) -> dict[int, Validity]:
    """Give the validity of each of these documents as of a day."""
    return {known: replay(life, as_of) for known, life in _lives(session, ids).items()}


def replay(life: Life, as_of: date) -> Validity:
    """Work the validity out from what happened until a day."""
    if not life.binds:
        return "Không áp dụng"
    if life.issued_on and as_of < life.issued_on:
        return "Chưa có hiệu lực"
    known = life.counting
    past = [event for event in known if event.is_dated and event.on <= as_of]
    if any(event.relation in ENDS and not event.scope for event in past):
        return "Hết hiệu lực"
    if not known or any(not event.is_dated and event.relation in (*ENDS, "suspends") for event in known):
        return "Chưa rõ hiệu lực"
    paused = [event for event in past if event.relation in ("suspends", "extends") and not event.scope]
    if paused and max(paused, key=lambda event: (event.on, event.relation)).relation == "suspends":
        return "Ngưng hiệu lực"
    is_partly = any(event.relation == "amends" or (event.relation in (*ENDS, "suspends") and event.scope) for event in past)
    return "Hết hiệu lực một phần" if is_partly else "Còn hiệu lực"


def _lives(session: Session, ids: Collection[int]) -> dict[int, Life]:
    heads = session.execute(select(DocumentRow.id, DocumentRow.type_key, DocumentRow.issued_on).where(DocumentRow.id.in_(ids))).all()
    events: dict[int, list[Event]] = {row.id: [] for row in heads}
    for target, event in _events(session, ids):
        events[target].append(event)
    return {row.id: Life(is_binding(row.type_key), row.issued_on, tuple(sorted(events[row.id]))) for row in heads}


def _events(session: Session, ids: Collection[int]) -> Iterator[tuple[int, Event]]:
    """Yield each change to these documents; one that several tell of counts once, from the first day that is told."""
    day = func.coalesce(_source.issued_on, func.min(_teller.issued_on)).label("on")
    asked = (
        select(EdgeRow.target_id, EdgeRow.relation, EdgeRow.scope, EdgeRow.source_id, day)
        .join(_source, _source.id == EdgeRow.source_id)
        .join(_teller, _teller.id == EdgeRow.stated_by)
        .where(EdgeRow.target_id.in_(ids), EdgeRow.relation.in_(CHANGES))
        .group_by(EdgeRow.target_id, EdgeRow.relation, EdgeRow.scope, EdgeRow.source_id, _source.issued_on)
    )
    for row in session.execute(asked):
        yield row.target_id, Event(row.on or date.min, row.relation, row.scope, row.source_id, row.on is not None)
