"""How urgent is a document, by the words that it prints (Nghị định 30/2020/NĐ-CP, Phụ lục I)?"""

from collections.abc import Collection

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from store.tables import CorrectionRow, DocumentRow, ValueRow

_WORDS = ("hỏa tốc", "hoả tốc", "thượng khẩn", "khẩn")
NOT_URGENT = len(_WORDS)


def rush(said: str | None) -> int:
    """Rank the words of an urgency: 0 is the most urgent, NOT_URGENT for words that are none."""
    return next((at for at, word in enumerate(_WORDS) if (said or "").lower().startswith(word)), NOT_URGENT)


def urgency(session: Session, documents: Collection[int]) -> dict[int, str]:
    """Give the urgency of those documents that have one, as it stands."""
    read = select(ValueRow.document_id, ValueRow.value).where(ValueRow.name == "urgency", ValueRow.document_id.in_(documents))
    said = select(CorrectionRow).where(CorrectionRow.name == "urgency", CorrectionRow.document_id.in_(documents))
    values: dict[int, str | None] = dict(session.execute(read).all())
    as_read = dict(values)
    for step in session.scalars(said.order_by(CorrectionRow.id)):
        values[step.document_id] = as_read.get(step.document_id) if step.undo else step.value
    return {document: value for document, value in values.items() if value}


def is_urgent(session: Session) -> ColumnElement[bool]:
    """Say that a document is urgent; which spellings mean that, letters with marks and all, is not for SQL to tell."""
    written = session.scalars(select(ValueRow.value).where(ValueRow.name == "urgency").distinct())
    urgent = [value for value in written if rush(value) < NOT_URGENT]
    return DocumentRow.id.in_(select(ValueRow.document_id).where(ValueRow.name == "urgency", ValueRow.value.in_(urgent)))
