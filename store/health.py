"""Is the database sound, how far is the work that waits, and how much is kept?"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, func, or_, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from store.answers import Viewer
from store.database import look
from store.tables import DocumentRow, JobRow, OriginalRow, ReceiptRow


@dataclass(frozen=True, slots=True)
class Queue:
    """Jobs that wait, are read, and came to nothing; since when the oldest waits; how many are read by somebody who gives signs of life."""

    waiting: int
    reading: int
    stuck: int
    oldest: datetime | None
    held: int


@dataclass(frozen=True, slots=True)
class Failure:
    """The newest file that could not be read: its job, its name, why."""

    job: int
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Kept:
    """How much is kept: documents that are held and only cited, their pages, original files and their bytes, the database's bytes."""

    held: int
    cited: int
    pages: int
    originals: int
    original_bytes: int
    database_bytes: int


def reached(engine: Engine) -> bool:
    """Say whether the database answers at all."""
    try:
        with look(engine) as session:
            return bool(session.scalar(text("SELECT 1")))
    except SQLAlchemyError:
        return False


def damage(session: Session) -> str | None:
    """Look through the whole database and give the first damage that it finds, in its own words; None for none. Seconds for gigabytes.

    PostgreSQL checks pages as it reads them; there nothing is asked.
    """
    if session.get_bind().dialect.name != "sqlite":
        return None
    told = session.scalar(text("PRAGMA quick_check(1)"))
    return None if told == "ok" else str(told)


def queue(session: Session, *, now: datetime, seen_by: Viewer) -> Queue:
    """Give how far the work is."""
    count = dict(session.execute(select(JobRow.state, func.count()).group_by(JobRow.state)).all()) if seen_by.sees_all else {}
    oldest = select(func.min(ReceiptRow.received_at)).join(JobRow, JobRow.receipt_id == ReceiptRow.id).where(JobRow.state == "waiting")
    held = select(func.count()).where(JobRow.state == "reading", JobRow.lease_until >= now)
    return Queue(
        waiting=count.get("waiting", 0),
        reading=count.get("reading", 0),
        stuck=count.get("failed", 0) + count.get("dead", 0),
        oldest=session.scalar(oldest) if count.get("waiting") else None,
        held=session.scalar(held) or 0 if count.get("reading") else 0,
    )


def last_failure(session: Session, *, seen_by: Viewer) -> Failure | None:
    """Give the newest file that could not be read and still waits for somebody."""
    asked = select(JobRow.id, ReceiptRow.name, JobRow.error).join(ReceiptRow, ReceiptRow.id == JobRow.receipt_id)
    found = session.execute(asked.where(JobRow.state.in_(("failed", "dead"))).order_by(JobRow.id.desc()).limit(1)).first()
    return Failure(found.id, found.name, found.error or "") if found and seen_by.sees_all else None


def last_reader(session: Session, *, seen_by: Viewer) -> str | None:
    """Give the version of the reader that read the newest document; None where none is held."""
    newest = select(DocumentRow.transcript_id).where(DocumentRow.held).order_by(DocumentRow.filed_at.desc()).limit(1)
    read = session.scalar(newest) if seen_by.sees_all else None
    return read.rpartition("-")[2] if read else None


def understood_otherwise(session: Session, mark: str, *, seen_by: Viewer) -> int:
    """Count the documents that were understood by other rules than those of this mark."""
    other = or_(DocumentRow.rules.is_(None), DocumentRow.rules != mark)
    return (session.scalar(select(func.count()).where(DocumentRow.held, other)) or 0) if seen_by.sees_all else 0


def kept(session: Session, *, seen_by: Viewer) -> Kept:
    """Give how much is kept."""
    if not seen_by.sees_all:
        return Kept(0, 0, 0, 0, 0, 0)
    documents = dict(session.execute(select(DocumentRow.held, func.count()).group_by(DocumentRow.held)).all())
    pages = select(func.sum(DocumentRow.last_page - DocumentRow.first_page + 1)).where(DocumentRow.held)
    count, size = session.execute(select(func.count(), func.sum(OriginalRow.size))).one()
    return Kept(documents.get(True, 0), documents.get(False, 0), session.scalar(pages) or 0, count, size or 0, _database_bytes(session))


def _database_bytes(session: Session) -> int:
    if session.get_bind().dialect.name == "sqlite":
        return int(session.scalar(text("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")) or 0)
    return int(session.scalar(text("SELECT pg_database_size(current_database())")) or 0)
