"""What did people say of documents as wholes: confirmed, put off, opened again?"""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.work_tables import ReviewRow


def last_reviews(session: Session, documents: Collection[int]) -> dict[int, ReviewRow]:
    """Give the last word on each document."""
    last = select(func.max(ReviewRow.id)).where(ReviewRow.document_id.in_(documents)).group_by(ReviewRow.document_id)
    return {row.document_id: row for row in session.scalars(select(ReviewRow).where(ReviewRow.id.in_(last)))}


def confirmed(session: Session, document_id: int) -> ReviewRow | None:
    """Give the confirmation that stands; one that was taken back does not, putting off takes nothing back."""
    said = select(ReviewRow).where(ReviewRow.document_id == document_id, ReviewRow.kind != "put off").order_by(ReviewRow.id.desc())
    last = session.scalar(said.limit(1))
    return last if last is not None and last.kind == "confirm" else None
