"""Who must do what, by when, because of which document? And which meetings are called?"""

from collections.abc import Collection, Sequence
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from store.answers import DutyLine, EventLine, Viewer
from store.lines import DUTIES, EVENTS, duty_line, event_line
from store.progress import CLOSED
from store.scope import see_as
from store.settings import own_days, tracked_since
from store.spelling import key
from store.tables import DocumentRow, DutyRow, EventRow, ReferenceRow
from store.work_tables import WorkRow
from store.works import works_of


def due(  # noqa: PLR0913  the filters of the page, all named
    session: Session,
    *,
    as_of: date,
    seen_by: Viewer,
    within: int | None = None,
    agency: str | None = None,
    overdue: bool = False,
    undated: bool = True,
) -> tuple[DutyLine, ...]:
    """Give the open duties: dated ones by day and hour, then recurring ones by their next day, then those without a day.

    within: only those that fall on as_of or in so many days after it; overdue: only those whose day is past; agency: only those whose
    assignee or co-ordinators name it, marks or not; undated: also those without a day (never with within or overdue). Digitised
    archives and documents that are not issued yet (neither number nor date) give none.
    """
    see_as(session, seen_by)
    last = as_of + timedelta(days=within or 0)
    asked = _open().where(*limited_to(agency))
    if overdue:
        asked = asked.where(may_fall(date.min, as_of))
    elif within is not None or not undated:
        asked = asked.where(or_(DutyRow.kind == "recurring", may_fall(*((date.min, date.max) if within is None else (as_of, last)))))
    lines = duty_lines(session, session.execute(asked).all(), as_of)
    if overdue:
        lines = [line for line in lines if line.days_left is not None and line.days_left < 0]
    elif within is not None:
        lines = [line for line in lines if line.due_on and as_of <= line.due_on <= last]
    elif not undated:
        lines = [line for line in lines if line.due_on]
    return tuple(sorted(lines, key=_order))


def duty_lines(session: Session, rows: Sequence[Row[Any]], as_of: date) -> list[DutyLine]:
    """Give the lines of duties (store/lines.py, DUTIES), in their order, as they stand on a day."""
    since = earliest(session, {row.document_id for row in rows if row.kind == "recurring"}, after=as_of)
    works = works_of(session, [row.id for row in rows])
    own = own_days(session)
    return [duty_line(row, works.get(row.id), as_of=as_of, not_before=since.get(row.document_id), own=own) for row in rows]


def _open() -> Select[Any]:
    """Ask for the duties that bind and are not at their end; one that a later document dates anew is listed once, as the first."""
    ended = select(WorkRow.duty_id).where(or_(WorkRow.state.in_(CLOSED), WorkRow.follows_id.is_not(None)))
    return DUTIES.where(is_live(), DutyRow.id.not_in(ended))


def is_live() -> ColumnElement[bool]:
    """Say which documents bind: daily ones that were issued, not before the day from which the office follows duties (users.md 2.3).

    Neither serial nor full date: not issued yet (users.md 2.15).

    A document is held where it has bytes; asked for by `held`, of which there is an index, each question would begin with all documents.
    """
    issued = or_(DocumentRow.key.is_not(None), DocumentRow.issued_on.is_not(None))
    followed = or_(DocumentRow.issued_on.is_(None), DocumentRow.issued_on >= func.coalesce(tracked_since(), date.min))
    return and_(DocumentRow.sha256.is_not(None), DocumentRow.purpose == "daily", issued, followed)


def may_fall(first: date, last: date) -> ColumnElement[bool]:
    """Say which duties may fall on these days, by indexes alone: those whose own limit does, and the few that were dated anew."""
    own = select(DutyRow.id).where(DutyRow.kind == "date", DutyRow.due_on.between(first, last))
    put_off = select(WorkRow.duty_id).where(WorkRow.extended_to.is_not(None))
    urged = select(WorkRow.follows_id).where(WorkRow.follows_id.is_not(None))
    return DutyRow.id.in_(own.union_all(put_off, urged))


def limited_to(agency: str | None) -> list[ColumnElement[bool]]:
    """Ask for the duties of which a body is the assignee or helps; marks or not."""
    return [DutyRow.bodies.contains(key(agency), autoescape=True)] if agency and key(agency) else []


def _order(line: DutyLine) -> tuple[int, date, time, int, int]:
    group = 3 if line.due_on is None else 1 if line.kind == "recurring" else 0
    group = 2 if line.kind == "recurring" and line.due_on is None else group
    return group, line.due_on or date.max, line.due_at or time.max, line.document_id, line.id


def earliest(session: Session, documents: Collection[int], *, after: date) -> dict[int, date]:
    """Give the day before which a document cannot have been written, of those where it is after a day: its own, else the newest cited."""
    if not documents:
        return {}
    cites = (
        select(ReferenceRow.document_id, func.max(ReferenceRow.issued_on))
        .join(DocumentRow, DocumentRow.id == ReferenceRow.document_id)
        .where(ReferenceRow.document_id.in_(documents), DocumentRow.issued_on.is_(None), ReferenceRow.issued_on > after)
        .group_by(ReferenceRow.document_id)
    )
    own = select(DocumentRow.id, DocumentRow.issued_on).where(DocumentRow.id.in_(documents), DocumentRow.issued_on > after)
    return {document: day for asked in (cites, own) for document, day in session.execute(asked) if day}


def events(session: Session, *, as_of: date, seen_by: Viewer) -> tuple[EventLine, ...]:
    """Give the meetings from a day on, by day and hour; those without a day last."""
    see_as(session, seen_by)
    coming = or_(EventRow.on.is_(None), EventRow.on >= as_of)
    lines = [event_line(row) for row in session.execute(EVENTS.where(is_live(), coming))]
    return tuple(sorted(lines, key=lambda line: (line.on or date.max, line.at or time.max, line.id)))
