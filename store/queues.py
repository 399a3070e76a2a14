"""Which documents wait for a person's eyes, in which order, and why?

Two queues (users.md 2.7): the clerk's, for heads, and the official's, for duties.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, String, case, cast, exists, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from store.answers import QueueLine, Viewer
from store.dialects import items
from store.duties import is_live
from store.lines import lines_by_id
from store.reviewed import last_reviews
from store.scope import see_as
from store.tables import DocumentRow, DutyRow
from store.urgency import is_urgent
from store.work_tables import LockRow, ReviewRow, WorkRow
from store.works import IS_BEGUN

_NAMES = {"number": "số", "issued_on": "ngày ban hành", "type": "loại văn bản", "agency": "cơ quan ban hành", "subject": "trích yếu"}
_NEEDED = ("number", "type", "issued_on", "agency")
MOST = 500  # documents of one queue that are listed


@dataclass(frozen=True, slots=True)
class Waits:
    """A document of a queue: whether it was put off, and who has it open."""

    document_id: int
    put_off: bool
    locked_by: str | None


def heads_in_order(session: Session, *, now: datetime, seen_by: Viewer) -> tuple[Waits, ...]:
    """Put documents whose heads nobody confirmed in order: first those in doubt, of them the urgent ones, then by the time of filing."""
    see_as(session, seen_by)
    first = (
        select(DocumentRow.id, _is_put_off())
        .where(DocumentRow.held, DocumentRow.state != "Đã đối chiếu")
        .order_by(_is_put_off(), _is_doubtful().desc(), is_urgent(session).desc(), DocumentRow.filed_at.is_(None), DocumentRow.filed_at)
        .order_by(DocumentRow.id)
    )
    return _in_order(session, first, now)


def duties_in_order(session: Session, *, now: datetime, seen_by: Viewer) -> tuple[Waits, ...]:
    """Put documents with duties that nobody confirmed in order: first those with a limit in doubt, then by the nearest limit."""
    see_as(session, seen_by)
    waiting = _unconfirmed().subquery()
    first = (
        select(DocumentRow.id, _is_put_off())
        .join(waiting, waiting.c.document_id == DocumentRow.id)
        .order_by(_is_put_off(), _has_limit_in_doubt().desc(), waiting.c.nearest.is_(None), waiting.c.nearest, DocumentRow.id)
    )
    return _in_order(session, first, now)


def lines_of_heads(session: Session, waiting: Sequence[Waits], *, seen_by: Viewer) -> tuple[QueueLine, ...]:
    """Give the lines of documents whose heads wait, in the order given."""
    see_as(session, seen_by)
    return _lines(session, waiting, _reasons)


def lines_of_duties(session: Session, waiting: Sequence[Waits], *, seen_by: Viewer) -> tuple[QueueLine, ...]:
    """Give the lines of documents whose duties wait, in the order given."""
    see_as(session, seen_by)
    rows = session.execute(_unconfirmed().where(DutyRow.document_id.in_([one.document_id for one in waiting])))
    found = {document: (count, nearest) for document, count, nearest in rows}
    return _lines(session, [one for one in waiting if one.document_id in found], lambda row: _duty_reasons(row, *found[row.id]))


def _unconfirmed() -> Select[int, int, date | None]:
    """Ask for documents with duties that nobody confirmed: how many, and the nearest limit."""
    return (
        select(DutyRow.document_id, func.count().label("count"), func.min(DutyRow.due_on).label("nearest"))
        .join(DocumentRow, DocumentRow.id == DutyRow.document_id)
        .outerjoin(WorkRow, WorkRow.duty_id == DutyRow.id)
        .where(is_live(), ~IS_BEGUN)
        .group_by(DutyRow.document_id)
    )


def _in_order(session: Session, asked: Select[int, bool], now: datetime) -> tuple[Waits, ...]:
    locked: dict[int, str] = dict(session.execute(select(LockRow.document_id, LockRow.by).where(LockRow.until > now)).all())
    rows = session.execute(asked.limit(MOST))
    return tuple(Waits(document, bool(put_off), locked.get(document)) for document, put_off in rows)


def _lines(session: Session, waiting: Sequence[Waits], reasons: Callable[[DocumentRow], tuple[str, ...]]) -> tuple[QueueLine, ...]:
    ids = [one.document_id for one in waiting]
    rows = {row.id: row for row in session.scalars(select(DocumentRow).where(DocumentRow.id.in_(ids)))}
    said = last_reviews(session, [one.document_id for one in waiting if one.put_off])
    notes, lines = {document: review.note for document, review in said.items()}, lines_by_id(session, ids)
    there = [(rows[one.document_id], one.locked_by) for one in waiting if one.document_id in rows]
    return tuple(QueueLine(lines[row.id], reasons(row), notes.get(row.id), locked_by) for row, locked_by in there)


def _is_put_off() -> ColumnElement[bool]:
    """Say that the last word on a document was to put it off: it comes last."""
    later = aliased(ReviewRow)
    said_since = exists().where(later.document_id == ReviewRow.document_id, later.id > ReviewRow.id)
    return DocumentRow.id.in_(select(ReviewRow.document_id).where(ReviewRow.kind == "put off", ~said_since))


def _is_doubtful() -> ColumnElement[bool]:
    """Say that something in a head is in doubt or missing and matters most; as _doubts names it."""
    doubt = items(DocumentRow.to_verify.expression)
    other = exists(select(1).where(doubt.not_like("deadlines%")))
    missing = (func.coalesce(cast(getattr(DocumentRow, name), String), "") == "" for name in _NEEDED)
    return or_(case((_doubts_written() == "[]", false()), else_=other), *missing)


def _has_limit_in_doubt() -> ColumnElement[bool]:
    return _doubts_written().contains('"deadlines')


def _doubts_written() -> ColumnElement[str]:
    """Give the list of doubts as it is kept: most have none, and a look into each list is dear."""
    return cast(DocumentRow.to_verify, String)


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
