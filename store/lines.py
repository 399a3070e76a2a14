"""How does a row become a line for people?"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any, cast

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from nlp.directive import Bound, LimitKind
from store.answers import DocumentLine, DutyLine, EventLine, ReadingState
from store.calendar import OwnDays
from store.evidence import evidence_of
from store.scope import is_narrowed
from store.standing import completion, due_day, standing
from store.tables import DocumentRow, DutyRow, EdgeRow, EventRow
from store.works import AS_READ, Work


def document_lines(session: Session, rows: Collection[DocumentRow]) -> dict[int, DocumentLine]:
    """Give a line for each row, by id and in their order, with the count of documents that cite it."""
    lines = lines_by_id(session, [row.id for row in rows])
    return {row.id: lines[row.id] for row in rows}


def lines_by_id(session: Session, ids: Collection[int]) -> dict[int, DocumentLine]:
    """Give a line for each document, by id: only its columns are read, as the database has them now."""
    asked = select(*(getattr(DocumentRow, name) for name in _LINE)).where(DocumentRow.id.in_(ids))
    lines = {row.id: _document_line(row) for row in session.execute(asked)} if ids else {}
    return _counted(session, lines) if lines and is_narrowed(session) else lines


def _counted(session: Session, lines: dict[int, DocumentLine]) -> dict[int, DocumentLine]:
    """Count anew who cites each document: what is kept in its row also counts papers that may not be seen."""
    of = select(EdgeRow.target_id, func.count(EdgeRow.source_id.distinct())).where(EdgeRow.target_id.in_(lines))
    many = dict(session.execute(of.group_by(EdgeRow.target_id)).all())
    return {known: replace(line, cited_by=many.get(known, 0)) for known, line in lines.items()}


_LINE = ("id", "number", "type", "issued_on", "agency", "subject", "held", "state", "filed_at", "cited_by")


def _document_line(row: Row[Any]) -> DocumentLine:
    state = cast("ReadingState | None", row.state) if row.held else None
    return DocumentLine(row.id, row.number, row.type, row.issued_on, row.agency, row.subject, row.held, state, row.filed_at, row.cited_by)


_EVIDENCE = ("page", "boxes", "words", "start", "end", "rule", "confidence")
_DUTY = (
    "id", "document_id", "giver", "assignee", "is_group", "co_ordinators", "task", "product", "to_whom", "through", "kind", "bound",
    "limit_text", "due_on", "due_at", "recurrence", "assumptions", "inferred", "added_by", *_EVIDENCE,
)  # fmt: skip
_EVENT = ("id", "document_id", "title", "on", "at", "venue", "attendees", *_EVIDENCE)
_NAMED = (DocumentRow.number, DocumentRow.subject, DocumentRow.issued_on)
DUTIES: Select[Any] = (
    select(*(getattr(DutyRow, name) for name in _DUTY), *_NAMED)
    .select_from(DutyRow)
    .join(DocumentRow, DocumentRow.id == DutyRow.document_id)
)
"""Asks for what duty_line takes, of each duty; of rows as wholes thousands would be dear."""
EVENTS: Select[Any] = (
    select(*(getattr(EventRow, name) for name in _EVENT), *_NAMED)
    .select_from(EventRow)
    .join(DocumentRow, DocumentRow.id == EventRow.document_id)
)
"""Asks for what event_line takes, of each meeting."""


def duty_line(row: Row[Any], work: Work | None = None, *, as_of: date, not_before: date | None, own: OwnDays) -> DutyLine:
    """Give the line of one duty (DUTIES) as it stands on a day, after what people did about it."""
    work = work or AS_READ
    new = work.new_limit
    kind = "date" if new else row.kind
    day = new or due_day(row.kind, row.due_on, row.recurrence, as_of=as_of, not_before=not_before)
    return DutyLine(
        id=row.id,
        document_id=row.document_id,
        number=row.number,
        subject=row.subject,
        issued_on=row.issued_on,
        giver=row.giver,
        assignee=row.assignee,
        is_group=row.is_group,
        co_ordinators=tuple(row.co_ordinators),
        task=row.task,
        product=row.product,
        to_whom=row.to_whom,
        through=row.through,
        kind=cast("LimitKind", kind),
        bound="at latest" if work.extended_to else cast("Bound", row.bound),
        limit_text=row.limit_text,
        due_on=day,
        due_at=None if new else row.due_at,
        recurrence=row.recurrence,
        standing=completion(work.done_on, day)
        if work.state == "Đã hoàn thành"
        else standing(kind, day, "at latest" if work.extended_to else row.bound, as_of=as_of, own=own),
        days_left=(day - as_of).days if day else None,
        assumptions=tuple(row.assumptions),
        inferred=tuple(row.inferred),
        evidence=evidence_of(row),
        state=work.state,
        accepted_by=work.accepted_by,
        unit=work.unit,
        first_limit=row.due_on if new and row.due_on != new else None,
        leader_limit=work.leader_limit,
        done_on=work.done_on,
        members=work.members,
        ticked=work.ticked,
        later=tuple(later.document_id for later in work.later),
        proposal=work.proposal,
        added_by=row.added_by,
    )


def event_line(row: Row[Any]) -> EventLine:
    """Give the line of one meeting (EVENTS)."""
    what = (row.title, row.on, row.at, row.venue, tuple(row.attendees), evidence_of(row))
    return EventLine(row.id, row.document_id, row.number, *what)
