"""How does a secret document leave a store that may not hold it? (Luật Bảo vệ bí mật nhà nước; users.md 3.8)

It is set apart in one transaction with the end of its job, nothing of it is filed, and then its bytes are moved into a folder outside
the store and what was read of it is removed. A crash between the two leaves the row, and the next start moves the bytes.
"""

import os
import shutil
from datetime import datetime
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from store import ledger, originals, transcripts
from store.acts import Act
from store.answers import Job
from store.audit import note
from store.disk import sync_folder
from store.purging import purge
from store.quarantine_tables import QuarantineRow
from store.tables import DocumentRow, JobRow, ReceiptRow, ValueRow
from store.tombstone_tables import TombstoneRow


def sentence(mark: str) -> str:
    """Tell the clerk, in the words of users.md 4."""
    return f"Văn bản có dấu độ mật {mark.upper()}, không được lưu trên hệ thống này. Tệp đã cách ly; đề nghị đăng ký tại sổ văn bản mật."


def set_apart(session: Session, job: Job, *, owner: str, mark: str, transcript_id: str, now: datetime) -> bool:
    """End a job whose file bears a mark of secrecy; False when the job was lost to another worker, who will find the same."""
    if not ledger.fail(session, job.id, owner=owner, attempt=job.attempts, error=sentence(mark)):
        return False
    row = session.get(QuarantineRow, job.sha256)
    if row is None:
        session.add(QuarantineRow(sha256=job.sha256, mark=mark, receipt_id=job.receipt_id, transcript_id=transcript_id, since=now))
    else:  # handed in again: a later reader keeps what it read under another name
        row.transcript_id = transcript_id
    note(session, Act("set apart", "receipt", job.receipt_id, more={"mark": mark}))
    return True


def set_filed_apart(session: Session, sha256: str, *, mark: str, by: str, now: datetime) -> None:
    """Take a file out of the store whose documents are filed, when it turns out to be secret; the caller commits, then clears out.

    The documents go as those of a deleted file do, so that no restore of a backup brings them back. Raises NotAllowed as purging.purge.
    """
    receipt = session.scalars(select(ReceiptRow).where(ReceiptRow.sha256 == sha256).order_by(ReceiptRow.id).limit(1)).one()
    reading = session.scalars(select(DocumentRow.transcript_id).where(DocumentRow.sha256 == sha256).limit(1)).first()
    purge(session, sha256, by=by, why=f"văn bản có dấu độ mật {mark.upper()}, đã cách ly", now=now)
    session.add(QuarantineRow(sha256=sha256, mark=mark, receipt_id=receipt.id, transcript_id=reading or sha256, since=now))
    own = select(ReceiptRow.id).where(ReceiptRow.sha256 == sha256)
    session.execute(update(JobRow).where(JobRow.receipt_id.in_(own)).values(error=sentence(mark)))
    note(session, Act("set apart", "receipt", receipt.id, by, more={"mark": mark}))


def is_filed(session: Session, sha256: str) -> bool:
    """Say whether these bytes are a document of the store already: a person decides about that one."""
    return session.scalar(select(DocumentRow.id).where(DocumentRow.sha256 == sha256).limit(1)) is not None


def is_marked(session: Session, document_id: int) -> bool:
    """Say whether a document is held with its mark of secrecy: it was filed where that is allowed, or a person decided about it."""
    marks = select(ValueRow.id).where(ValueRow.document_id == document_id, ValueRow.name == "secrecy")
    return session.scalar(marks) is not None


def clear_out(session: Session, home: Path, folder: Path) -> int:
    """Move what was set apart out of the store, and remove what was read of it; give how many files were moved.

    Bytes that were handed in again wait until they are read again.
    """
    moved = 0
    come_again = select(JobRow.id).join(ReceiptRow, ReceiptRow.id == JobRow.receipt_id)
    come_again = come_again.where(ReceiptRow.sha256 == QuarantineRow.sha256, JobRow.state.in_(("waiting", "reading")))
    for row in session.scalars(select(QuarantineRow).where(~come_again.exists())):
        original = originals.path_of(home, row.sha256)
        if not original.exists():  # it goes last: all else is gone already
            continue
        stone = session.get(TombstoneRow, row.sha256)
        for reading in {row.transcript_id, *(stone.readings if stone else ())}:
            transcripts.drop(home, reading)
        for picture in (home / "cache" / "pages" / row.sha256[:2]).glob(f"{row.sha256}-*"):
            picture.unlink(missing_ok=True)
        _move(original, folder, f"bien-nhan-{row.receipt_id}-{row.sha256[:12]}")
        moved += 1
    return moved


def _move(source: Path, folder: Path, name: str) -> None:
    """Move a file, also to another disk; it is synced at its new place before it is removed from the old one."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = folder / f"{name}.part"
    shutil.copyfile(source, beside)
    with beside.open("rb") as file:
        os.fsync(file.fileno())
    beside.chmod(0o400)
    beside.replace(folder / name)
    sync_folder(folder)
    source.unlink(missing_ok=True)
    sync_folder(source.parent)
