"""How is a file lawfully deleted, with all that was made of it, so that nothing brings it back?

Its documents go in one transaction that leaves a tombstone: the hash, who, when, on what ground. What others wrote of them stays theirs:
who cites a document goes on citing its number, and a register keeps the line of an entry. The bytes and what was read of them go after
the commit; a crash between the two leaves the tombstone, and the next start goes on. The tombstones are also written into a file outside
the home, which a restore of an older backup is held against: a backup cannot know what was deleted after it.
"""

import json
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.orm import Session

from store import originals, transcripts
from store.acts import Act
from store.answers import DocumentLine, Viewer
from store.audit import note
from store.disk import write
from store.errors import NotAllowed, NotFound
from store.lines import document_lines
from store.links import let_go, link
from store.nodes import bearers
from store.page_tables import ClosedRow, LeafRow
from store.scope import see_as
from store.tables import AliasRow, DocumentRow, JobDocumentRow, JobRow, OriginalRow, ReceiptRow, ReferenceRow
from store.tombstone_tables import TombstoneRow
from store.work_tables import ProductRow

GONE = "(tệp đã tiêu hủy)"
_NOT_NOW = "Tệp này đang chờ đọc hoặc đang được đọc. Đề nghị đợi đọc xong rồi tiêu hủy."
_ARRANGED = "Trang của tệp này đã được sắp xếp cùng trang của tệp khác. Đề nghị hoàn tác việc sắp xếp rồi tiêu hủy."
_HANDED_OVER = "Tệp này là sản phẩm đã giao của một nhiệm vụ. Đề nghị hoàn tác bước báo cáo đó rồi tiêu hủy."


def sentence(stone: TombstoneRow) -> str:
    """Say what became of a file, for whoever hands it in again or asks for it."""
    return f"Tệp này đã tiêu hủy ngày {stone.at.astimezone():%d/%m/%Y}, lý do: {stone.why}. Không tiếp nhận lại, không phục hồi."


def buried(session: Session, sha256: str) -> TombstoneRow | None:
    """Give the tombstone of these bytes, if they were deleted."""
    return session.get(TombstoneRow, sha256)


def of_file(session: Session, number: str, *, seen_by: Viewer) -> tuple[str, tuple[DocumentLine, ...]]:
    """Give the hash of the file of the one held document that bears a number, and all documents of that file.

    Raises NotFound where none is held, NotAllowed where several files hold one.
    """
    see_as(session, seen_by)
    files = {row.sha256 for row in bearers(session, number) if row.sha256 is not None}
    if not files:
        raise NotFound
    if len(files) > 1:
        raise NotAllowed(f"Có {len(files)} tệp mang văn bản số {number}. Đề nghị đối chiếu, sửa số của văn bản không phải, rồi tiêu hủy.")
    (sha256,) = files
    rows = session.scalars(select(DocumentRow).where(DocumentRow.sha256 == sha256).order_by(DocumentRow.first_page)).all()
    return sha256, tuple(document_lines(session, rows).values())


def purge(session: Session, sha256: str, *, by: str, why: str, now: datetime) -> tuple[int, ...]:
    """Delete all documents of a file and leave its tombstone; give their ids. The caller commits, then calls clear_out.

    Raises NotAllowed for a file that is being read, whose pages stand among those of others, or that was handed over for a duty.
    """
    _require_free(session, sha256)
    documents = session.scalars(select(DocumentRow).where(DocumentRow.sha256 == sha256)).all()
    ids = [row.id for row in documents]
    readings = {row.transcript_id for row in documents} | set(session.scalars(select(LeafRow.reading).where(LeafRow.sha256 == sha256)))
    stone = TombstoneRow(sha256=sha256, by=by, at=now, why=why, readings=sorted(filter(None, readings)))
    session.add(stone)
    _forget(session, ids)
    receipts = session.scalars(select(ReceiptRow).where(ReceiptRow.sha256 == sha256)).all()
    for receipt in receipts:
        receipt.name = GONE
        note(session, Act("purge", "receipt", receipt.id, by, more={"why": why}))
    said = {"state": "failed", "error": sentence(stone)}
    session.execute(update(JobRow).where(JobRow.receipt_id.in_([one.id for one in receipts])).values(**said))
    session.flush()
    return tuple(ids)


def _require_free(session: Session, sha256: str) -> None:
    own = select(DocumentRow.id).where(DocumentRow.sha256 == sha256)
    at_work = select(JobRow.id).join(ReceiptRow, ReceiptRow.id == JobRow.receipt_id)
    at_work = at_work.where(ReceiptRow.sha256 == sha256, JobRow.state.in_(("waiting", "reading")))
    elsewhere = select(LeafRow.document_id).where(LeafRow.sha256 == sha256, LeafRow.document_id.not_in(own))
    foreign = select(LeafRow.document_id).where(LeafRow.sha256 != sha256, LeafRow.document_id.in_(own))
    closed = select(ClosedRow.document_id).where(or_(ClosedRow.sha256 == sha256, ClosedRow.into_id.in_(own)))
    given = select(ProductRow.id).where(ProductRow.sha256 == sha256)
    for asked, why in ((at_work, _NOT_NOW), (elsewhere, _ARRANGED), (foreign, _ARRANGED), (closed, _ARRANGED), (given, _HANDED_OVER)):
        if session.scalar(select(exists(asked))):
            raise NotAllowed(why)


def _forget(session: Session, ids: list[int]) -> None:
    """Take documents out of the graph and away; what cites them cites their numbers, what only they cited goes."""
    of_these = ReferenceRow.document_id.in_(ids)
    only_cited = select(DocumentRow.id).join(ReferenceRow, ReferenceRow.target_id == DocumentRow.id).where(of_these, ~DocumentRow.held)
    stubs = session.scalars(only_cited.distinct()).all()
    citing = let_go(session, ids)
    session.execute(delete(AliasRow).where(AliasRow.document_id.in_(ids)))
    session.execute(delete(ReferenceRow).where(of_these))
    session.execute(delete(JobDocumentRow).where(JobDocumentRow.document_id.in_(ids)))
    for row in session.scalars(select(DocumentRow).where(DocumentRow.id.in_(ids))):
        session.delete(row)
    session.flush()
    citing |= let_go(session, stubs)
    for known in sorted(citing.difference(ids)):
        link(session, known)


def clear_out(session: Session, home: Path, graves: Path) -> None:
    """Remove the bytes of what was deleted, what was read of them and their pictures; write the tombstones into the file of graves."""
    stones = session.scalars(select(TombstoneRow)).all()
    told = {line["sha256"] for line in _lines(graves)}
    if any(stone.sha256 not in told for stone in stones):
        new = [_told(stone) for stone in stones if stone.sha256 not in told]
        write(graves, "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in (*_lines(graves), *new)).encode())
    for stone in stones:
        original = originals.path_of(home, stone.sha256)
        if not original.exists():  # it goes last: all else is gone already
            continue
        for reading in stone.readings:
            transcripts.drop(home, reading)
        for picture in (home / "cache" / "pages" / stone.sha256[:2]).glob(f"{stone.sha256}-*"):
            picture.unlink(missing_ok=True)
        original.unlink()


def bury_again(session: Session, graves: Path) -> int:
    """Delete what a restored backup brought back of what was deleted after it was made; give how many files."""
    found = 0
    for line in _lines(graves):
        if _is_here(session, line["sha256"]) and buried(session, line["sha256"]) is None:
            _call_off(session, line["sha256"])
            purge(session, line["sha256"], by=line["by"], why=line["why"], now=datetime.fromisoformat(line["at"]))
            found += 1
    return found


def _is_here(session: Session, sha256: str) -> bool:
    filed = select(DocumentRow.id).where(DocumentRow.sha256 == sha256).limit(1)
    return session.get(OriginalRow, sha256) is not None or session.scalar(filed) is not None


def _call_off(session: Session, sha256: str) -> None:
    """Nobody reads a file of a backup that was not read when it was made."""
    receipts = select(ReceiptRow.id).where(ReceiptRow.sha256 == sha256)
    waiting = update(JobRow).where(JobRow.receipt_id.in_(receipts), JobRow.state.in_(("waiting", "reading")))
    session.execute(waiting.values(state="cancelled", owner=None, lease_until=None))


def _lines(graves: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in graves.read_text("utf-8").splitlines()] if graves.is_file() else []


def _told(stone: TombstoneRow) -> dict[str, str]:
    return {"sha256": stone.sha256, "by": stone.by, "at": stone.at.isoformat(), "why": stone.why}
