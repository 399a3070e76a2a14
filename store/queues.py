"""Which documents wait for a person's eyes, in which order, and why?

Two queues (users.md 2.7): the clerk's, for heads, and the official's, for duties.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, String, cast, exists, func, or_, select
from sqlalchemy.orm import Session

from store.answers import QueueLine, Viewer
from store.dialects import items
from store.duties import is_live
from store.lines import document_lines
from store.reviewed import last_reviews
from store.scope import see_as
from store.tables import DocumentRow, DutyRow
from store.urgency import is_urgent
from store.work_tables import LockRow, ReviewRow, WorkRow
from store.works import IS_BEGUN

_NAMES = {"number": "số", "issued_on": "ngày ban hành", "type": "loại văn bản", "agency": "cơ quan ban hành", "subject": "trích yếu"}
_NEEDED = ("number", "type", "issued_on", "agency")
MOST = 500  # documents of one queue that are listed


def head_queue(session: Session, *, now: datetime, seen_by: Viewer) -> tuple[QueueLine, ...]:
    """Give the documents whose heads nobody confirmed: first those in doubt, of them the urgent ones, then by the time of filing."""
    see_as(session, seen_by)
    first = (
        select(DocumentRow)
        .where(DocumentRow.held, DocumentRow.state != "Đã đối chiếu")
        .order_by(_is_put_off(), _is_doubtful().desc(), is_urgent(session).desc(), DocumentRow.filed_at.is_(None), DocumentRow.filed_at)
        .order_by(DocumentRow.id)
        .limit(MOST)
    )
    return _queue(session, session.scalars(first).all(), now, _reasons)


def duty_queue(session: Session, *, now: datetime, seen_by: Viewer) -> tuple[QueueLine, ...]:
    """Give the documents with duties that nobody confirmed: first those with a limit in doubt, then by the nearest limit."""
    see_as(session, seen_by)
    counted = (
        select(DutyRow.document_id, func.count().label("count"), func.min(DutyRow.due_on).label("nearest"))
        .join(DocumentRow, DocumentRow.id == DutyRow.document_id)
        .outerjoin(WorkRow, WorkRow.duty_id == DutyRow.id)
        .where(is_live(), ~IS_BEGUN)
        .group_by(DutyRow.document_id)
        .subquery()
    )
    nearest = counted.c.nearest
    first = (
        select(DocumentRow, counted.c.count, nearest)
        .join(counted, counted.c.document_id == DocumentRow.id)
        .order_by(_is_put_off(), _in_doubt("deadlines%").desc(), nearest.is_(None), nearest, DocumentRow.id)
        .limit(MOST)
    )
    found = {row: (count, day) for row, count, day in session.execute(first)}
    return _queue(session, list(found), now, lambda row: _duty_reasons(row, *found[row]))


def _queue(
    session: Session, rows: Sequence[DocumentRow], now: datetime, reasons: Callable[[DocumentRow], tuple[str, ...]]
) -> tuple[QueueLine, ...]:
    """Give the lines of rows in their order."""
    said = {document: review for document, review in last_reviews(session, [row.id for row in rows]).items() if review.kind == "put off"}
    held = select(LockRow).where(LockRow.document_id.in_([row.id for row in rows]), LockRow.until > now)
    locked = {lock.document_id: lock.by for lock in session.scalars(held)}
    lines = document_lines(session, rows)
    return tuple(QueueLine(lines[row.id], reasons(row), said[row.id].note if row.id in said else None, locked.get(row.id)) for row in rows)


def _is_put_off() -> ColumnElement[bool]:
    """Say that the last word on a document was to put it off: it comes last."""
    last = select(func.max(ReviewRow.id)).group_by(ReviewRow.document_id)
    return DocumentRow.id.in_(select(ReviewRow.document_id).where(ReviewRow.id.in_(last), ReviewRow.kind == "put off"))


def _is_doubtful() -> ColumnElement[bool]:
    """Say that something in a head is in doubt or missing and matters most; as _doubts names it."""
    missing = (func.coalesce(cast(getattr(DocumentRow, name), String), "") == "" for name in _NEEDED)
    return or_(_in_doubt("deadlines%", other=True), *missing)


def _in_doubt(pattern: str, *, other: bool = False) -> ColumnElement[bool]:
    """Say that a document has a doubt whose name is like a pattern, or is not."""
    doubt = items(DocumentRow.to_verify.expression)
    return exists(select(1).where(doubt.not_like(pattern) if other else doubt.like(pattern)))


def _doubts(row: DocumentRow) -> list[str]:
    """Name what is in doubt or missing in a head and matters most."""
    doubted = [name for name in row.to_verify if not name.startswith("deadlines")]
    return [*doubted, *(name for name in _NEEDED if not getattr(row, name) and name not in doubted)]


def _reasons(row: DocumentRow) -> tuple[str, ...]:
    said = tuple(f"{_NAMES.get(name, name)} {'chưa chắc' if name in row.to_verify else 'chưa có'}" for name in _doubts(row))
    return said or ("máy đọc, chưa ai đối chiếu",)


def _limits_in_doubt(row: DocumentRow) -> bool:
    return any(name.startswith("deadlines") for name in row.to_verify)


def _duty_reasons(row: DocumentRow, count: int, nearest: date | None) -> tuple[str, ...]:
    doubt = ("hạn chưa chắc",) if _limits_in_doubt(row) else ()
    until = f", hạn gần nhất {nearest:%d/%m/%Y}" if nearest else ""
    return (*doubt, f"{count} nhiệm vụ chưa xác nhận{until}")
