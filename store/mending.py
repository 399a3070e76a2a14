"""How is what a person decides about pages written down, with what is read of them then, and how is it undone?

The row of a document keeps its identity, and with it what people said of it, the numbers it got and the duties begun; only what the
machine read is read anew. A document all of whose pages went to another is closed: it stays, leads there, and an undo opens it again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from ingest.transcript import Transcript
from nlp.directive import Directive
from store.answers import Leaf, PageStepKind
from store.arranging import Leaves
from store.carrying import Carrying, Ground, carry_over, put_back
from store.errors import NotAllowed
from store.filing import put_in
from store.links import link
from store.nodes import held_document
from store.page_tables import ClosedRow, LeafRow, PageStepRow
from store.paging import Numbered, arrange, arranged, as_kept, leaves, numbered, of_file, outline_of, shown
from store.tables import (
    AliasRow,
    AttachmentRow,
    DocumentRow,
    DutyRow,
    EventRow,
    JobDocumentRow,
    PageTextRow,
    RecipientRow,
    ReferenceRow,
    ValueRow,
)
from store.work_tables import LockRow

NEW = 0
"""Names the document that a change makes."""
READ = (ValueRow, RecipientRow, AttachmentRow, EventRow, ReferenceRow, PageTextRow, AliasRow)
_BEYOND = 1_000_000  # a first page that no file has: the name of a document whose own page is another's name already
_MEANWHILE = "Các trang của văn bản vừa được sắp xếp lại ở nơi khác. Đề nghị xem lại rồi làm tiếp."


@dataclass(frozen=True, slots=True)
class Change:
    """What a person wants: the pages that each document has then (None: those of its file again), and has until now.

    told is a sentence for the history; undoes names the step that it takes back. The document that the person looks at comes first.
    """

    kind: PageStepKind
    told: str
    before: Mapping[int, Leaves]
    after: Mapping[int, Leaves | None]
    undoes: int | None = None

    @property
    def closed(self) -> dict[int, int]:
        """Name the documents that have no page then, each with the document to which they go."""
        gone = [document for document, own in self.after.items() if own == ()]
        stays = next(document for document, own in self.after.items() if own != ())
        return dict.fromkeys(gone, stays)


Readings = Mapping[int, tuple[Transcript, Directive]]
"""What is read of each document of a change, by the numbers of pages_then."""


def pages_then(session: Session, change: Change) -> dict[int, Numbered]:
    """Give the pages to be read of each document of a change that has any, by the numbers that they are called by then."""
    pages = {document: _then(session, document, own) for document, own in change.after.items()}
    return {document: own for document, own in pages.items() if own}


def _then(session: Session, document_id: int, own: Leaves | None) -> Numbered:
    if own is not None:
        return shown(own)
    document, closed = session.get_one(DocumentRow, document_id), session.get(ClosedRow, document_id)
    return of_file(document, closed.sha256 if closed else document.sha256)


def mend(  # noqa: PLR0913  what, with what is read then, by whom, when, all named
    session: Session, home: Path, change: Change, readings: Readings, *, rules: str, by: str, now: datetime
) -> dict[int, int]:
    """Write a change down with what is read of each document then; give the ids of its documents. The caller commits.

    Raises NotFound, NotAllowed where pages were arranged otherwise meanwhile, or a document is open with somebody else.
    """
    _require_free(session, change, by, now)
    was = {document: pages_kept(session, document) for document in change.before}
    pages = pages_then(session, change)
    before = {document: _ground(session, home, document) for document in change.before}
    ids = {document: _new(session, change) if document == NEW else document for document in change.after}
    after = {ids[document]: Ground(own, readings[document][0]) for document, own in pages.items()}
    closed = {ids[document]: ids[into] for document, into in change.closed.items()}
    left = {document: _close(session, document, into) for document, into in closed.items()}
    for document, own in change.after.items():
        _open(session, ids[document], own)
    places = carry_over(session, Carrying(before, after, closed), list(ids.values()))
    if change.undoes is not None:
        put_back(session, session.get_one(PageStepRow, change.undoes).places)
    for document, (transcript, directive) in readings.items():
        row = session.get_one(DocumentRow, ids[document])
        put_in(session, row, replace(transcript, id=row.transcript_id or transcript.id), directive, rules=rules)
    for document, key_before in left.items():
        _empty(session, document, key_before)
    history = {str(ids[document]): _as_told(was.get(document, ())) for document in change.after}
    first, *others = ids.values()
    step = PageStepRow(document_id=first, other_id=others[0] if others else None, kind=change.kind, told=change.told, by=by, at=now)
    step.before, step.places, step.undoes = history, places, change.undoes
    session.add(step)
    session.flush()
    return ids


def file_arranged(session: Session, document_id: int, transcript: Transcript, directive: Directive, *, reading: str, rules: str) -> None:
    """File what another reading of its own file makes of a document whose pages a person arranged: they stay as they are."""
    row = held_document(session, document_id)
    own = (LeafRow.document_id == document_id, LeafRow.sha256 == row.sha256)
    session.execute(update(LeafRow).where(*own).values(reading=reading))
    put_in(session, row, replace(transcript, id=reading), directive, rules=rules)


def pages_kept(session: Session, document_id: int) -> Leaves | None:
    """Give the pages that are kept for a document: None for those of its file, none for one that is closed."""
    return () if session.get(ClosedRow, document_id) else arranged(session, document_id)


def _require_free(session: Session, change: Change, by: str, now: datetime) -> None:
    for document, own in change.before.items():
        row = session.get(DocumentRow, document)
        if row is None or leaves(session, row) != own:
            raise NotAllowed(_MEANWHILE)
        lock = session.get(LockRow, document)
        if lock is not None and lock.by != by and lock.until > now:
            raise NotAllowed(f"{lock.by} đang đối chiếu văn bản này. Đề nghị chờ người đó xong rồi sắp xếp trang.")


def _ground(session: Session, home: Path, document_id: int) -> Ground:
    document = session.get_one(DocumentRow, document_id)
    if not document.held:
        return Ground({}, Transcript("", "", "", ()))
    return Ground(numbered(session, document), outline_of(session, home, document))


def _new(session: Session, change: Change) -> int:
    """Make the row of a document that was part of another: it came with it, for the same purpose."""
    parent = session.get_one(DocumentRow, next(iter(change.before)))
    first = (change.after[NEW] or ())[0]
    taken = session.scalar(select(DocumentRow.id).where(DocumentRow.sha256 == first.sha256, DocumentRow.first_page == first.page))
    page = first.page if taken is None else _BEYOND + (session.scalar(select(func.max(DocumentRow.id))) or 0)
    row = DocumentRow(held=True, sha256=first.sha256, first_page=page, identity="", transcript_id=first.reading)
    row.purpose, row.filed_at = parent.purpose, parent.filed_at
    session.add(row)
    session.flush()
    jobs = session.scalars(select(JobDocumentRow.job_id).where(JobDocumentRow.document_id == parent.id)).all()
    session.add_all(JobDocumentRow(job_id=job, document_id=row.id) for job in jobs)
    return row.id


def _close(session: Session, document_id: int, into: int) -> str | None:
    """Let a document be found as held no more; give the key that it bore."""
    row = held_document(session, document_id)
    session.add(ClosedRow(document_id=document_id, into_id=into, sha256=row.sha256 or ""))
    key_before, row.key = row.key, None
    row.held, row.sha256, row.identity = False, None, f"closed|{row.id}"
    session.flush()
    return key_before


def _open(session: Session, document_id: int, own: Leaves | None) -> None:
    """Keep the pages of a document; one that was closed is held again if it has any."""
    arrange(session, document_id, own or ())
    closed = session.get(ClosedRow, document_id)
    if closed is None or own == ():
        return
    row = session.get_one(DocumentRow, document_id)
    row.held, row.sha256 = True, closed.sha256
    session.delete(closed)
    session.flush()


def _empty(session: Session, document_id: int, key_before: str | None) -> None:
    """Take away what the machine read in a document that was closed; whoever cites it means another one now."""
    named = session.scalars(select(ReferenceRow.target_key).where(ReferenceRow.document_id == document_id)).all()
    for table in READ:
        session.execute(delete(table).where(table.document_id == document_id))
    session.execute(delete(DutyRow).where(DutyRow.document_id == document_id, DutyRow.touched_by.is_(None), DutyRow.added_by.is_(None)))
    link(session, document_id, key_before=key_before, named_before=named)


def undoing(session: Session, document_id: int) -> Change:
    """Give the change that takes the last step on a document's pages back.

    Raises NotAllowed where there is none, or where another of its documents was changed again since.
    """
    step = last_step(session, document_id)
    if step is None:
        raise NotAllowed("Không có việc sắp xếp trang nào để hoàn tác.")
    documents = [one for one in (step.document_id, step.other_id) if one is not None]
    later = next((one for one in documents if last_step(session, one) is not step), None)
    if later is not None:
        raise NotAllowed("Trang của văn bản kia đã được sắp xếp tiếp. Đề nghị hoàn tác ở văn bản đó trước.")
    return Change(
        kind="undo",
        told=f"Hoàn tác: {step.told}",
        before={one: leaves(session, session.get_one(DocumentRow, one)) for one in documents},
        after={one: _as_kept(step.before[str(one)]) for one in documents},
        undoes=step.id,
    )


def last_step(session: Session, document_id: int) -> PageStepRow | None:
    """Give the last step on a document's pages that stands."""
    undone = select(PageStepRow.undoes).where(PageStepRow.undoes.is_not(None))
    own = or_(PageStepRow.document_id == document_id, PageStepRow.other_id == document_id)
    standing = select(PageStepRow).where(own, PageStepRow.kind != "undo", PageStepRow.id.not_in(undone))
    return session.scalar(standing.order_by(PageStepRow.id.desc()).limit(1))


def _as_told(own: Leaves | None) -> list[dict[str, Any]] | None:
    return None if own is None else [as_kept(leaf) for leaf in own]


def _as_kept(told: list[dict[str, Any]] | None) -> Leaves | None:
    return None if told is None else tuple(Leaf(**one) for one in told)
