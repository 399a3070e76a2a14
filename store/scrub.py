"""Is everything that the store promises still there, and does nothing lie about that no row names?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from store import originals, transcripts
from store.chain import seals, verify
from store.errors import Damaged, NotFound
from store.quarantine_tables import QuarantineRow
from store.tables import DocumentRow, JobRow, OriginalRow
from store.tombstone_tables import TombstoneRow

_QUIET = 3600  # seconds: a file younger than this may be on its way into a row


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, in a sentence; `lost` cannot be made again from what the store holds, `stray` is in nobody's way."""

    kind: Literal["lost", "unread", "stray", "stuck"]
    sentence: str


def scrub(session: Session, home: Path, *, now: datetime) -> Iterator[Fault]:
    """Look through database, log, originals, readings and jobs; gives each fault as it is found. Changes nothing."""
    yield from _database(session)
    yield from _log(session, home)
    yield from _originals(session, home)
    yield from _readings(session, home)
    yield from _strays(session, home, now)
    yield from _jobs(session, now)


def _database(session: Session) -> Iterator[Fault]:
    if session.get_bind().dialect.name != "sqlite":
        return
    for (said,) in session.execute(text("PRAGMA integrity_check")):
        if said != "ok":
            yield Fault("lost", f"Cơ sở dữ liệu hỏng: {said}. Đề nghị phục hồi từ bản sao lưu.")
    for table, row, parent, _ in session.execute(text("PRAGMA foreign_key_check")):
        yield Fault("lost", f"Dòng {row} của bảng {table} trỏ tới {parent} không còn.")


def _log(session: Session, home: Path) -> Iterator[Fault]:
    """The log is as it was written, and as long as the seals beside the database say."""
    found = verify(session, seals(home))
    if found.why:
        yield Fault("lost", found.why)


def _originals(session: Session, home: Path) -> Iterator[Fault]:
    handed_in = select(OriginalRow.sha256).union(select(DocumentRow.sha256).where(DocumentRow.held))
    gone = select(QuarantineRow.sha256).union(select(TombstoneRow.sha256))
    for sha256 in sorted(set(session.scalars(handed_in)).difference(session.scalars(gone))):
        try:
            originals.check(home, sha256)
        except Damaged as error:
            yield Fault("lost", str(error))


def _readings(session: Session, home: Path) -> Iterator[Fault]:
    """Each held document has all pages that were read of it; they can be read again from the original."""
    held = select(DocumentRow.id, DocumentRow.transcript_id, DocumentRow.last_page).where(
        DocumentRow.held, DocumentRow.transcript_id.is_not(None)
    )
    for document, transcript, last in session.execute(held.order_by(DocumentRow.id)):
        if transcript is None:
            continue
        try:
            transcripts.head(home, transcript)
        except Damaged as error:
            yield Fault("unread", f"Văn bản {document}: {error}")
        except NotFound:
            yield Fault("unread", f"Văn bản {document}: phần đã đọc không còn. Đề nghị chạy vanthu reread.")
            continue
        if last is not None and last not in transcripts.pages_done(home, transcript):
            yield Fault("unread", f"Văn bản {document}: thiếu trang {last} đã đọc. Đề nghị chạy vanthu reread.")


def _strays(session: Session, home: Path, now: datetime) -> Iterator[Fault]:
    """Files that no row names; what was handed in but got no receipt was never promised."""
    known = set(session.scalars(select(OriginalRow.sha256)))
    for path in sorted((home / "originals").glob("*/*")):
        if path.name not in known and now.timestamp() - path.stat().st_mtime > _QUIET:
            yield Fault("stray", f"Tệp {path.relative_to(home)} không có biên nhận, không thuộc văn bản nào.")


def _jobs(session: Session, now: datetime) -> Iterator[Fault]:
    late = select(JobRow.id).where(JobRow.state == "reading", JobRow.lease_until < now).order_by(JobRow.id)
    for job in session.scalars(late):
        yield Fault("stuck", f"Việc đọc số {job} bị bỏ dở; máy chủ hoặc vanthu ingest sẽ đọc tiếp.")
    for job, error in session.execute(select(JobRow.id, JobRow.error).where(JobRow.state == "dead").order_by(JobRow.id)):
        yield Fault("stuck", f"Việc đọc số {job} đã dừng: {error}")
