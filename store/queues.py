"""Which documents wait for a person's eyes, in which order, and why?

Two queues (users.md 2.7): the clerk's, for heads, and the official's, for duties.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from store.answers import QueueLine, Viewer
from store.duties import is_live
from store.lines import document_lines
from store.reviewed import last_reviews
from store.tables import DocumentRow, DutyRow, ValueRow
from store.work_tables import LockRow, WorkRow

_NAMES = {"number": "số", "issued_on": "ngày ban hành", "type": "loại văn bản", "agency": "cơ quan ban hành", "subject": "trích yếu"}
_NEEDED = ("number", "type", "issued_on", "agency")
_URGENT = ("hỏa tốc", "hoả tốc", "thượng khẩn", "khẩn")
MOST = 500  # documents of one queue that are listed


def head_queue(session: Session, *, now: datetime, seen_by: Viewer) -> tuple[QueueLine, ...]:
    """Give the documents whose heads nobody confirmed: first those in doubt, of them the urgent ones, then by the time of filing."""
    if not seen_by.sees_all:
        return ()
    rows = session.scalars(select(DocumentRow).where(DocumentRow.held, DocumentRow.state != "Đã đối chiếu")).all()
    urgent = _urgent(session)
    return _queue(session, rows, now, lambda row: (not _doubts(row), row.id not in urgent, row.filed_at or now, row.id), _reasons)


def duty_queue(session: Session, *, now: datetime, seen_by: Viewer) -> tuple[QueueLine, ...]:
    """Give the documents with duties that nobody confirmed: first those with a limit in doubt, then by the nearest limit."""
    if not seen_by.sees_all:
        return ()
    counted = (
        select(DutyRow.document_id, func.count(), func.min(DutyRow.due_on))
        .join(DocumentRow, DocumentRow.id == DutyRow.document_id)
        .outerjoin(WorkRow, WorkRow.duty_id == DutyRow.id)
        .where(is_live(), or_(WorkRow.duty_id.is_(None), WorkRow.accepted_by.is_(None) & (WorkRow.state == "Chưa thực hiện")))
        .group_by(DutyRow.document_id)
    )
    found = {document: (count, nearest) for document, count, nearest in session.execute(counted)}
    rows = session.scalars(select(DocumentRow).where(DocumentRow.id.in_(found))).all()
    return _queue(
        session,
        rows,
        now,
        lambda row: (not _limits_in_doubt(row), found[row.id][1] or date.max, row.id),
        lambda row: _duty_reasons(row, *found[row.id]),
    )


def _queue(
    session: Session,
    rows: Sequence[DocumentRow],
    now: datetime,
    order: Callable[[DocumentRow], tuple[Any, ...]],
    reasons: Callable[[DocumentRow], tuple[str, ...]],
) -> tuple[QueueLine, ...]:
    """Give the lines in order; what was put off comes last."""
    said = {document: review for document, review in last_reviews(session, [row.id for row in rows]).items() if review.kind == "put off"}
    first = sorted(rows, key=lambda row: (row.id in said, *order(row)))[:MOST]
    held = select(LockRow).where(LockRow.document_id.in_([row.id for row in first]), LockRow.until > now)
    locked = {lock.document_id: lock.by for lock in session.scalars(held)}
    lines = document_lines(session, first)
    return tuple(QueueLine(lines[row.id], reasons(row), said[row.id].note if row.id in said else None, locked.get(row.id)) for row in first)


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


def _urgent(session: Session) -> set[int]:
    rows = session.execute(select(ValueRow.document_id, ValueRow.value).where(ValueRow.name == "urgency"))
    return {document for document, value in rows if value.lower().startswith(_URGENT)}
