"""How does a row become a line for people?"""

from collections.abc import Collection
from datetime import date
from typing import Any, cast

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session, load_only

from nlp.directive import Bound, LimitKind
from store.answers import DocumentLine, DutyLine, EventLine, ReadingState
from store.calendar import OwnDays
from store.evidence import evidence_of
from store.standing import completion, due_day, standing
from store.tables import DocumentRow, DutyRow, EventRow
from store.works import AS_READ, Work


def document_lines(session: Session, rows: Collection[DocumentRow]) -> dict[int, DocumentLine]:
    """Give a line for each row, by id and in their order, with the count of documents that cite it."""
    lines = lines_by_id(session, [row.id for row in rows])
    return {row.id: lines[row.id] for row in rows}


def lines_by_id(session: Session, ids: Collection[int]) -> dict[int, DocumentLine]:
    """Give a line for each document, by id: only its columns are read, as the database has them now."""
    asked = select(*(getattr(DocumentRow, name) for name in _LINE)).where(DocumentRow.id.in_(ids))
    return {row.id: _document_line(row) for row in session.execute(asked)} if ids else {}


_LINE = ("id", "number", "type", "issued_on", "agency", "subject", "held", "state", "filed_at", "cited_by")


def _document_line(row: Row[Any]) -> DocumentLine:
    state = cast("ReadingState | None", row.state) if row.held else None
    return DocumentLine(row.id, row.number, row.type, row.issued_on, row.agency, row.subject, row.held, state, row.filed_at, row.cited_by)


def duty_line(
    duty: DutyRow, document: DocumentRow, work: Work | None = None, *, as_of: date, not_before: date | None, own: OwnDays
) -> DutyLine:
    """Give the line of one duty as it stands on a day, after what people did about it."""
    work = work or AS_READ
    new = work.new_limit
    kind = "date" if new else duty.kind
    day = new or due_day(duty.kind, duty.due_on, duty.recurrence, as_of=as_of, not_before=not_before)
    return DutyLine(
        id=duty.id,
        document_id=document.id,
        number=document.number,
        subject=document.subject,
        issued_on=document.issued_on,
        giver=duty.giver,
        assignee=duty.assignee,
        is_group=duty.is_group,
        co_ordinators=tuple(duty.co_ordinators),
        task=duty.task,
        product=duty.product,
        to_whom=duty.to_whom,
        through=duty.through,
        kind=cast("LimitKind", kind),
        bound="at latest" if work.extended_to else cast("Bound", duty.bound),
        limit_text=duty.limit_text,
        due_on=day,
        due_at=None if new else duty.due_at,
        recurrence=duty.recurrence,
        standing=completion(work.done_on, day)
        if work.state == "Đã hoàn thành"
        else standing(kind, day, "at latest" if work.extended_to else duty.bound, as_of=as_of, own=own),
        days_left=(day - as_of).days if day else None,
        assumptions=tuple(duty.assumptions),
        inferred=tuple(duty.inferred),
        evidence=evidence_of(duty),
        state=work.state,
        accepted_by=work.accepted_by,
        unit=work.unit,
        first_limit=duty.due_on if new and duty.due_on != new else None,
        leader_limit=work.leader_limit,
        done_on=work.done_on,
        members=work.members,
        ticked=work.ticked,
        later=tuple(later.document_id for later in work.later),
        proposal=work.proposal,
        added_by=duty.added_by,
    )


def event_line(event: EventRow, document: DocumentRow) -> EventLine:
    """Give the line of one meeting."""
    attendees = tuple(event.attendees)
    what = (event.title, event.on, event.at, event.venue, attendees, evidence_of(event))
    return EventLine(event.id, document.id, document.number, *what)


def with_document(table: type[Any]) -> Select[Any, DocumentRow]:
    """Give the rows of a table with the document each is part of, of which only what a line says of it is read."""
    named = load_only(DocumentRow.number, DocumentRow.subject, DocumentRow.issued_on)
    return select(table, DocumentRow).join(DocumentRow, DocumentRow.id == table.document_id).options(named)
