"""What does the log tell: who did what, with which document, on which day?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, true
from sqlalchemy.orm import Session

from store.answers import Viewer
from store.audit_tables import AuditRow
from store.tables import DocumentRow


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the log. number is that of its document as it stands now; more holds ids and names of fields."""

    id: int
    at: datetime
    who: str
    act: str
    kind: str
    of: int
    document_id: int | None
    number: str | None
    more: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sought:
    """Which lines of the log: of one person, one act, some documents, from a moment on, before another; None: all."""

    who: str | None = None
    act: str | None = None
    documents: Collection[int] | None = None
    since: datetime | None = None
    until: datetime | None = None


def trail(session: Session, sought: Sought, *, seen_by: Viewer, before: int | None = None, limit: int = 100) -> tuple[Told, ...]:
    """Give the lines that are sought, the newest first; before: only those with a lower number, for the next page."""
    if not seen_by.sees_all:
        return ()
    asked = _narrowed(select(AuditRow, DocumentRow.number).outerjoin(DocumentRow, DocumentRow.id == AuditRow.document_id), sought)
    if before is not None:
        asked = asked.where(AuditRow.id < before)
    return tuple(
        Told(row.id, row.at, row.who, row.act, row.kind, row.of_id, row.document_id, number, row.said)
        for row, number in session.execute(asked.order_by(AuditRow.id.desc()).limit(limit))
    )


def _narrowed(asked: Select[AuditRow, str | None], sought: Sought) -> Select[AuditRow, str | None]:
    for column, value in ((AuditRow.who, sought.who), (AuditRow.act, sought.act)):
        if value is not None:
            asked = asked.where(column == value)
    if sought.documents is not None:
        asked = asked.where(AuditRow.document_id.in_(sought.documents))
    if sought.since is not None:
        asked = asked.where(AuditRow.at >= sought.since)
    return asked if sought.until is None else asked.where(AuditRow.at < sought.until)


def people(session: Session, *, seen_by: Viewer) -> tuple[str, ...]:
    """Give everyone that the log names, by name: asked one after the other, for few people did much."""
    found: list[str] = []
    while seen_by.sees_all:
        later = AuditRow.who > found[-1] if found else true()
        one = session.scalar(select(func.min(AuditRow.who)).where(later))
        if one is None:
            break
        found.append(one)
    return tuple(found)
