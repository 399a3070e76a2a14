"""Which files does the store hold, and by which rules were their documents understood?"""

from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.answers import HeldFile, Purpose, Viewer
from store.tables import DocumentRow, ReceiptRow


def held_files(session: Session, *, seen_by: Viewer, other_than: str | None = None) -> tuple[HeldFile, ...]:
    """Give the files, the oldest first; other_than: only those with a document that was understood by other rules than these."""
    if not seen_by.sees_all:
        return ()
    asked = select(DocumentRow.sha256, DocumentRow.purpose).where(DocumentRow.held).order_by(DocumentRow.id)
    if other_than is not None:
        asked = asked.where(DocumentRow.rules.is_distinct_from(other_than))
    names = dict(session.execute(select(ReceiptRow.sha256, ReceiptRow.name).order_by(ReceiptRow.id.desc())).all())
    found = {sha256: cast("Purpose", purpose) for sha256, purpose in reversed(session.execute(asked).all())}
    return tuple(HeldFile(sha256, names.get(sha256, sha256[:16]), purpose) for sha256, purpose in reversed(found.items()) if sha256)
