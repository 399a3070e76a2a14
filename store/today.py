"""What waits for people today, in figures and first names?

A first page is asked for often and by everybody: here the database counts, and only the few lines that are shown are made.
"""

from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from store.agenda import URGENT
from store.answers import DocumentLine, Viewer
from store.duties import is_live
from store.lines import document_lines
from store.tables import DocumentRow, DutyRow, EdgeRow, ValueRow
from store.work_tables import WorkRow

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
    if not seen_by.sees_all:
        return Waiting(0, 0)
    heads = select(func.count()).where(DocumentRow.held, DocumentRow.state != "Đã đối chiếu")
    begun = or_(WorkRow.accepted_by.is_not(None), WorkRow.state != "Chưa thực hiện")
    untouched = select(DutyRow.document_id).where(DutyRow.id.not_in(select(WorkRow.duty_id).where(begun)))
    duties = select(func.count()).where(is_live(), DocumentRow.id.in_(untouched))
    return Waiting(session.scalar(heads) or 0, session.scalar(duties) or 0)


def urgent(session: Session, *, seen_by: Viewer, limit: int = 5) -> tuple[Urgent, ...]:
    """Give the documents that say they are urgent and that nobody confirmed: Hỏa tốc first, the newest first among alike."""
    if not seen_by.sees_all:
        return ()
    rows = session.execute(
        select(DocumentRow, ValueRow.value)
        .join(ValueRow, ValueRow.document_id == DocumentRow.id)
        .where(ValueRow.name == "urgency", is_live(), DocumentRow.state != "Đã đối chiếu")
        .order_by(DocumentRow.filed_at.desc(), DocumentRow.id.desc())
        .limit(_LOOKED_AT)
    ).all()
    ranked = sorted((_rush(value), at) for at, (_, value) in enumerate(rows))
    chosen = [rows[at] for rush, at in ranked if rush < len(URGENT)][:limit]
    lines = document_lines(session, [row for row, _ in chosen])
    return tuple(Urgent(lines[row.id], value) for row, value in chosen)


def _rush(said: str) -> int:
    """Say how urgent a word is: 0 is the most; as many as there are words for none of them."""
    return next((at for at, word in enumerate(URGENT) if said.lower().startswith(word)), len(URGENT))


def most_cited(session: Session, *, seen_by: Viewer, limit: int = 5) -> tuple[DocumentLine, ...]:
    """Give the documents that are not held and that most others cite: what an archive should look for first."""
    if not seen_by.sees_all:
        return ()
    times = func.count(EdgeRow.source_id.distinct())
    ids = session.scalars(
        select(EdgeRow.target_id)
        .join(DocumentRow, DocumentRow.id == EdgeRow.target_id)
        .where(~DocumentRow.held)
        .group_by(EdgeRow.target_id)
        .order_by(times.desc(), EdgeRow.target_id)
        .limit(limit)
    ).all()
    rows = {row.id: row for row in session.scalars(select(DocumentRow).where(DocumentRow.id.in_(ids)))}
    return tuple(document_lines(session, [rows[known] for known in ids]).values())
