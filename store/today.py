"""What waits for people today, in figures and first names?

A first page is asked for often and by everybody: here the database counts, and only the few lines that are shown are made.
"""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.answers import DocumentLine, Viewer
from store.duties import is_live
from store.lines import document_lines
from store.scope import see_as
from store.tables import DocumentRow, DutyRow, ValueRow
from store.urgency import NOT_URGENT, rush
from store.work_tables import WorkRow
from store.works import IS_BEGUN

_LOOKED_AT = 500  # documents that say how urgent they are, the newest first


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many documents wait: heads that nobody confirmed; those with duties that nobody confirmed."""

    heads: int
    duties: int


@dataclass(frozen=True, slots=True)
class Urgent:
    """An urgent document that nobody confirmed, and how urgent it says it is."""

    document: DocumentLine
    urgency: str


def waiting(session: Session, *, seen_by: Viewer) -> Waiting:
    """Count what the two review queues hold (store/queues.py lists them)."""
    see_as(session, seen_by)
    heads = select(func.count()).where(DocumentRow.held, DocumentRow.state != "Đã đối chiếu")
    touched = select(WorkRow.duty_id).where(IS_BEGUN)
    joined = select(func.count(DutyRow.document_id.distinct())).join(DocumentRow, DocumentRow.id == DutyRow.document_id)
    duties = joined.where(is_live(), DutyRow.id.not_in(touched))
    return Waiting(session.scalar(heads) or 0, session.scalar(duties) or 0)


def urgent(session: Session, *, seen_by: Viewer, limit: int = 5) -> tuple[Urgent, ...]:
    """Give the documents that say they are urgent and that nobody confirmed: Hỏa tốc first, the newest first among alike."""
    see_as(session, seen_by)
    rows = session.execute(
        select(DocumentRow, ValueRow.value)
        .join(ValueRow, ValueRow.document_id == DocumentRow.id)
        .where(ValueRow.name == "urgency", is_live(), DocumentRow.state != "Đã đối chiếu")
        .order_by(DocumentRow.filed_at.desc(), DocumentRow.id.desc())
        .limit(_LOOKED_AT)
    ).all()
    ranked = sorted((rush(value), at) for at, (_, value) in enumerate(rows))
    chosen = [rows[at] for hurry, at in ranked if hurry < NOT_URGENT][:limit]
    lines = document_lines(session, [row for row, _ in chosen])
    return tuple(Urgent(lines[row.id], value) for row, value in chosen)
