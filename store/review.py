"""What does a person say of a document as it was read?

Confirming keeps every value as it stands: no later reading changes it, until somebody opens the document again.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from store.corrections import FIELDS, LISTS, lay_over, standing
from store.errors import NotAllowed
from store.links import link
from store.nodes import held_document
from store.reviewed import confirmed
from store.tables import DocumentRow, RecipientRow, ValueRow
from store.work_tables import LockRow, ReviewRow

MINUTES = 10  # that a document stays with the person who opened it


def confirm(session: Session, document_id: int, *, by: str, now: datetime, seconds: int | None = None) -> None:
    """Say that a document's values are right as they stand; seconds: how long the person looked. Raises NotFound."""
    document = held_document(session, document_id)
    corrected = standing(session, document_id)
    read = {value.name: value.value for value in session.scalars(select(ValueRow).where(ValueRow.document_id == document_id))}
    values = {name: read.get(name) for name in FIELDS if name not in corrected and name not in LISTS}
    values |= {role: _listed(session, document_id, role) for role in LISTS if role not in corrected}
    _say(session, document, ReviewRow(kind="confirm", by=by, at=now, values=values, seconds=seconds))


def put_off(session: Session, document_id: int, reason: str, *, by: str, now: datetime) -> None:
    """Leave a document for later, with the reason. Raises NotFound, NotAllowed without a reason."""
    if not reason.strip():
        raise NotAllowed("Đề nghị ghi lý do để lại sau.")
    _say(session, held_document(session, document_id), ReviewRow(kind="put off", by=by, at=now, note=reason.strip()))


def reopen(session: Session, document_id: int, *, by: str, now: datetime) -> None:
    """Take the last confirmation back: what was read stands again. Raises NotFound, NotAllowed where nothing was confirmed."""
    document = held_document(session, document_id)
    if confirmed(session, document_id) is None:
        raise NotAllowed("Văn bản chưa được đối chiếu.")
    _say(session, document, ReviewRow(kind="reopen", by=by, at=now))


def take_up(session: Session, document_id: int, *, by: str, now: datetime) -> str | None:
    """Open a document for review for MINUTES; give who has it open already, if somebody else. Raises NotFound."""
    held_document(session, document_id)
    lock = session.get(LockRow, document_id)
    if lock is not None and lock.by != by and lock.until > now:
        return lock.by
    session.merge(LockRow(document_id=document_id, by=by, until=now + timedelta(minutes=MINUTES)))
    return None


def open_elsewhere(session: Session, documents: Collection[int], *, by: str, now: datetime) -> set[int]:
    """Give those of these documents that another person has open."""
    others = select(LockRow.document_id).where(LockRow.document_id.in_(documents), LockRow.by != by, LockRow.until > now)
    return set(session.scalars(others))


def _listed(session: Session, document_id: int, role: str) -> str | None:
    own = select(RecipientRow.name).where(RecipientRow.document_id == document_id, RecipientRow.role == role)
    return "\n".join(session.scalars(own.order_by(RecipientRow.position))) or None


def _say(session: Session, document: DocumentRow, review: ReviewRow) -> None:
    review.document_id = document.id
    session.add(review)
    session.execute(delete(LockRow).where(LockRow.document_id == document.id))
    session.flush()
    key_before = document.key
    lay_over(session, document)
    link(session, document.id, key_before=key_before)
