"""What was handed in, and how far is it on its way to a document?

A claim raises the attempt count before anything is read; the lease is renewed while the reading goes on, and can be
taken over when it ran out; results are written in one transaction with finish(), which refuses an owner who lost it.
What people wait for goes before what is brought in by the load, and within each the senders take turns.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from typing import cast, get_args

from sqlalchemy import ColumnElement, CursorResult, Row, Select, and_, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from store.acts import Act
from store.answers import Job, JobState, Purpose, Receipt, Viewer
from store.audit import note
from store.errors import NotAllowed, NotFound
from store.quarantine_tables import QuarantineRow
from store.scope import see_as
from store.tables import DocumentRow, JobDocumentRow, JobRow, OriginalRow, ReceiptRow
from store.tombstone_tables import TombstoneRow
from store.waking import ring

ATTEMPTS = 3
_LONGEST = 3  # leases: none ends later than this many from now
KILLED = f"Đã thử đọc {ATTEMPTS} lần, lần nào cũng bị dừng giữa chừng. Tệp gốc vẫn được lưu; có thể thử đọc lại."


def receive(  # noqa: PLR0913  the facts of a receipt, all named
    session: Session, *, name: str, sha256: str, size: int, purpose: Purpose, received_by: str, now: datetime, unit: str | None = None
) -> Receipt:
    """Write the receipt of bytes that are already synced, and the job to read them, which waits in the line of the unit, else the person.

    The receipt holds once the caller has committed. Bytes that were filed before for the same purpose need no reading: their job is done.
    """
    first = session.scalar(select(func.min(ReceiptRow.id)).where(ReceiptRow.sha256 == sha256))
    if session.get(OriginalRow, sha256) is None:
        session.add(OriginalRow(sha256=sha256, size=size, kept_at=now))
        session.flush()
    row = ReceiptRow(name=name, sha256=sha256, size=size, purpose=purpose, received_by=received_by, received_at=now, duplicate_of=first)
    session.add(row)
    session.flush()
    job = JobRow(receipt_id=row.id, state="waiting", bulk=purpose == "archive", sender=unit or received_by)
    session.add(job)
    session.flush()
    if not _take_over(session, job, row):
        ring(session, job.id)
    return Receipt(row.id, name, sha256, size, now, first)


def _take_over(session: Session, job: JobRow, receipt: ReceiptRow) -> bool:
    """Give a job the documents that the same bytes became before; a daily paper that comes as archive stays daily, not the other way."""
    other = aliased(JobRow)
    filed = session.scalars(
        select(JobDocumentRow.document_id)
        .join(other, other.id == JobDocumentRow.job_id)
        .join(ReceiptRow, ReceiptRow.id == other.receipt_id)
        .where(ReceiptRow.sha256 == receipt.sha256, ReceiptRow.purpose.in_((receipt.purpose, "daily")), other.state == "done")
        .distinct()
    ).all()
    if not filed:
        return False
    job.state, job.owner, job.lease_until, job.error = "done", None, None, None
    session.add_all(JobDocumentRow(job_id=job.id, document_id=document) for document in filed)
    session.flush()
    return True


def claim(session: Session, *, owner: str, now: datetime, lease_s: float) -> Job | None:
    """Take the next job that waits or whose lease ran out; None when there is none.

    One that was taken three times and never came back becomes dead. Bytes that another worker is reading are left to it.
    """
    free = _free(now, lease_s)
    while (found := next(_claimable(session, free, now), None)) is not None:
        row, receipt = found
        if _take_over(session, row, receipt):
            continue
        if row.attempts >= ATTEMPTS:
            row.state, row.owner, row.lease_until, row.error = "dead", None, None, row.error or KILLED
            session.flush()
            continue
        row.state, row.owner, row.attempts = "reading", owner, row.attempts + 1
        row.taken_at, row.lease_until = now, now + timedelta(seconds=lease_s)
        session.flush()
        return _one(session, row.id)
    return None


def _free(now: datetime, lease_s: float) -> ColumnElement[bool]:
    """Say which jobs may be taken; a lease that is longer than any can be was given before the clock was put back."""
    longest = now + timedelta(seconds=_LONGEST * lease_s)
    ran_out = or_(JobRow.lease_until < now, JobRow.lease_until > longest)
    return or_(JobRow.state == "waiting", and_(JobRow.state == "reading", ran_out))


def _claimable(session: Session, free: ColumnElement[bool], now: datetime) -> Iterator[tuple[JobRow, ReceiptRow]]:
    """Give the oldest job of each sender whose bytes nobody reads, the sender first whose turn is the longest ago."""
    other, same_bytes = aliased(JobRow), aliased(ReceiptRow)
    read_elsewhere = exists().where(
        other.receipt_id == same_bytes.id,
        same_bytes.sha256 == ReceiptRow.sha256,
        other.id != JobRow.id,
        other.state == "reading",
        other.lease_until >= now,
    )
    asked = select(JobRow, ReceiptRow).join(ReceiptRow, ReceiptRow.id == JobRow.receipt_id).where(free, ~read_elsewhere)
    for bulk, sender in session.execute(_turns(free)).all():
        of_sender = asked.where(JobRow.bulk == bulk, JobRow.sender == sender)
        found = session.execute(of_sender.order_by(JobRow.id).limit(1)).first()
        if found is not None:
            yield found[0], found[1]


def _turns(free: ColumnElement[bool]) -> Select[bool, str]:
    """Give who waits, in the order of their turns: the load last, and among equals whoever was served the longest ago, or never."""
    waiting, served = select(JobRow.bulk, JobRow.sender).where(free).distinct().subquery(), aliased(JobRow)
    last = select(func.max(served.taken_at)).where(served.sender == waiting.c.sender, served.bulk == waiting.c.bulk).scalar_subquery()
    return select(waiting.c.bulk, waiting.c.sender).order_by(waiting.c.bulk, last.is_not(None), last, waiting.c.sender)


def renew(session: Session, job_id: int, *, owner: str, attempt: int, now: datetime, lease_s: float) -> bool:
    """Hold a job longer; False when it was lost to another."""
    return _fenced(session, job_id, owner, attempt, {"lease_until": now + timedelta(seconds=lease_s)})


def progress(session: Session, job_id: int, *, pages_done: int, pages: int | None) -> None:
    """Say how many pages are done, for the people who wait."""
    session.execute(update(JobRow).where(JobRow.id == job_id).values(pages_done=pages_done, pages=pages))


def finish(session: Session, job_id: int, *, owner: str, attempt: int, document_ids: Iterable[int]) -> bool:
    """Mark a job done with its documents; False when it was lost: the caller then rolls back what it filed."""
    if not _fenced(session, job_id, owner, attempt, {"state": "done", "owner": None, "lease_until": None, "error": None}):
        return False
    session.add_all(JobDocumentRow(job_id=job_id, document_id=document) for document in dict.fromkeys(document_ids))
    session.flush()
    return True


def fail(session: Session, job_id: int, *, owner: str, attempt: int, error: str) -> bool:
    """Mark a job whose file cannot be read, with the sentence that says why; it is not tried again by itself."""
    return _fenced(session, job_id, owner, attempt, {"state": "failed", "owner": None, "lease_until": None, "error": error})


def _fenced(session: Session, job_id: int, owner: str, attempt: int, values: dict[str, object]) -> bool:
    held = and_(JobRow.id == job_id, JobRow.state == "reading", JobRow.owner == owner, JobRow.attempts == attempt)
    done = cast("CursorResult[object]", session.execute(update(JobRow).where(held).values(**values)))
    return done.rowcount == 1


def cancel(session: Session, job_id: int) -> bool:
    """Call off a job that still waits; False when a worker took it first, or it is at its end. The receipt and the bytes stay.

    One statement decides, so that a worker that takes the job at the same moment either finds it gone or has it.
    """
    waits = and_(JobRow.id == job_id, JobRow.state == "waiting")
    done = cast("CursorResult[object]", session.execute(update(JobRow).where(waits).values(state="cancelled", error=None)))
    if done.rowcount != 1:
        return False
    note(session, Act("cancel reading", "receipt", session.scalars(select(JobRow.receipt_id).where(JobRow.id == job_id)).one()))
    return True


def retry(session: Session, job_id: int) -> None:
    """Let a failed, dead or cancelled job be read again from the start of its count.

    Raises NotFound, and NotAllowed for a file that was set apart or deleted.
    """
    row = session.get(JobRow, job_id)
    if row is None:
        raise NotFound("Không tìm thấy biên nhận.")
    if row.state in ("failed", "dead", "cancelled"):
        gone = select(QuarantineRow.sha256).union(select(TombstoneRow.sha256))
        if session.scalar(select(ReceiptRow.id).where(ReceiptRow.id == row.receipt_id, ReceiptRow.sha256.in_(gone))):
            raise NotAllowed(row.error or KILLED)
        row.state, row.attempts, row.error = "waiting", 0, None
        session.flush()
        ring(session, row.id)


def jobs(
    session: Session, *, seen_by: Viewer, limit: int = 200, offset: int = 0, states: Collection[JobState] | None = None
) -> tuple[Job, ...]:
    """Give the newest jobs first; states: only those in one of these."""
    see_as(session, seen_by)
    asked = _with_receipt() if states is None else _with_receipt().where(JobRow.state.in_(states))
    rows = session.execute(asked.order_by(JobRow.id.desc()).offset(offset).limit(limit)).all()
    return _as_jobs(session, rows)


def job(session: Session, job_id: int, *, seen_by: Viewer) -> Job:
    """Give one job. Raises NotFound."""
    see_as(session, seen_by)
    return _one(session, job_id)


def waiting(session: Session) -> int:
    """Count the files that wait to be read, whoever handed them in: intake stops before they are too many."""
    return session.scalar(select(func.count()).where(JobRow.state == "waiting")) or 0


def counts(session: Session, *, seen_by: Viewer, since: datetime | None = None) -> dict[JobState, int]:
    """Count the jobs in each state; states without a job are 0. since: only files that were handed in from then on."""
    see_as(session, seen_by)
    found: dict[JobState, int] = dict.fromkeys(get_args(JobState), 0)
    asked = select(JobRow.state, func.count()).group_by(JobRow.state)
    if since is not None:
        asked = asked.join(ReceiptRow, ReceiptRow.id == JobRow.receipt_id).where(ReceiptRow.received_at >= since)
    for state, count in session.execute(asked):
        found[cast("JobState", state)] = count
    return found


def _with_receipt() -> Select[JobRow, ReceiptRow]:
    return select(JobRow, ReceiptRow).join(ReceiptRow, ReceiptRow.id == JobRow.receipt_id).execution_options(populate_existing=True)


def _one(session: Session, job_id: int) -> Job:
    rows = session.execute(_with_receipt().where(JobRow.id == job_id)).all()
    if not rows:
        raise NotFound("Không tìm thấy biên nhận.")
    return _as_jobs(session, rows)[0]


def _as_jobs(session: Session, rows: Iterable[Row[JobRow, ReceiptRow]]) -> tuple[Job, ...]:
    found = [(row, receipt) for row, receipt in rows]
    documents: dict[int, list[int]] = {}
    of_jobs = JobDocumentRow.job_id.in_([row.id for row, _ in found])
    in_order = select(JobDocumentRow).join(DocumentRow, DocumentRow.id == JobDocumentRow.document_id).where(of_jobs)
    for link in session.scalars(in_order.order_by(DocumentRow.first_page, DocumentRow.id)):
        documents.setdefault(link.job_id, []).append(link.document_id)
    before = [receipt.duplicate_of for _, receipt in found if receipt.duplicate_of]
    earlier = {row.id: _receipt(row) for row in session.scalars(select(ReceiptRow).where(ReceiptRow.id.in_(before)))}
    return tuple(
        Job(
            id=row.id,
            receipt_id=receipt.id,
            name=receipt.name,
            sha256=receipt.sha256,
            purpose=cast("Purpose", receipt.purpose),
            state=cast("JobState", row.state),
            attempts=row.attempts,
            pages_done=row.pages_done,
            pages=row.pages,
            error=row.error,
            document_ids=tuple(documents.get(row.id, ())),
            received_at=receipt.received_at,
            earlier=earlier.get(receipt.duplicate_of or 0),
        )
        for row, receipt in found
    )


def _receipt(row: ReceiptRow) -> Receipt:
    return Receipt(row.id, row.name, row.sha256, row.size, row.received_at, row.duplicate_of)
