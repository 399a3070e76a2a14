"""What did people say of a document, one thing after another: who, when, from what to what? And in which files did it come?"""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.answers import AttachedLine, ChangeLine, DocumentLine, ScanLine, Viewer
from store.corrections import FIELDS, LISTS
from store.evidence import evidence_of
from store.hand_acts import says
from store.lines import lines_by_id
from store.nodes import get_document, is_open
from store.tables import AttachmentRow, CorrectionRow, DocumentRow, ReceiptRow, RecipientRow, ValueRow
from store.work_tables import HandRow, ReviewRow

_MOST = 200  # of the newest changes


def changes(session: Session, document_id: int, *, seen_by: Viewer) -> tuple[ChangeLine, ...]:
    """Give what was said of a document, the newest first. Raises NotFound."""
    get_document(session, document_id, seen_by=seen_by)
    found = [*_of_values(session, document_id), *_of_reviews(session, document_id), *_of_rows(session, document_id)]
    return tuple(sorted(found, key=lambda line: line.at)[: -_MOST - 1 : -1])


def attached(session: Session, document_id: int, *, seen_by: Viewer) -> tuple[AttachedLine, ...]:
    """Give what comes with a document, and where it says so. Raises NotFound."""
    get_document(session, document_id, seen_by=seen_by)
    rows = session.scalars(select(AttachmentRow).where(AttachmentRow.document_id == document_id).order_by(AttachmentRow.position))
    return tuple(AttachedLine(row.title, row.kind, evidence_of(row)) for row in rows)


def scans(session: Session, document_id: int, *, seen_by: Viewer) -> tuple[ScanLine, ...]:
    """Give each time that a document's file was handed in, the first first. Raises NotFound."""
    document = get_document(session, document_id, seen_by=seen_by)
    rows = session.scalars(select(ReceiptRow).where(ReceiptRow.sha256 == document.sha256).order_by(ReceiptRow.id))
    return tuple(ScanLine(row.name, row.received_by, row.received_at) for row in rows)


def twins(session: Session, document_id: int, *, seen_by: Viewer) -> tuple[DocumentLine, ...]:
    """Give the other documents that are held of the same body, kind, number and period: other scans of one paper. Raises NotFound."""
    document = get_document(session, document_id, seen_by=seen_by)
    if document.key is None:
        return ()
    same = (DocumentRow.held, is_open(), DocumentRow.identity == document.identity, DocumentRow.id != document.id)
    ids = session.scalars(select(DocumentRow.id).where(DocumentRow.key == document.key, *same).order_by(DocumentRow.id)).all()
    return tuple(lines_by_id(session, ids).values())


def _of_values(session: Session, document_id: int) -> Iterator[ChangeLine]:
    """Tell each correction of a field, and each that was taken back, with what stood before."""
    read = _read(session, document_id)
    stands: dict[str, str | None] = {}
    for step in session.scalars(select(CorrectionRow).where(CorrectionRow.document_id == document_id).order_by(CorrectionRow.id)):
        path, is_new = step.name, step.name not in stands
        field = path if path in FIELDS else f"duty.{path.rpartition('.')[2]}"
        before = stands.get(path, read.get(path))
        after = read.get(path) if step.undo and path in FIELDS else step.value
        stands[path] = after
        is_reading = is_new and step.undo  # of a duty's value the first step keeps what was read
        if not is_reading and field != "duty.kind":
            yield ChangeLine(step.at, step.by, "undo" if step.undo else "correct", field, before, after)


def _read(session: Session, document_id: int) -> dict[str, str | None]:
    """Give what the machine read for each field, a list one a line."""
    read: dict[str, str | None] = {
        row.name: row.value for row in session.scalars(select(ValueRow).where(ValueRow.document_id == document_id))
    }
    for role in LISTS:
        own = select(RecipientRow.name).where(RecipientRow.document_id == document_id, RecipientRow.role == role)
        read[role] = "\n".join(session.scalars(own.order_by(RecipientRow.position))) or None
    return read


def _of_reviews(session: Session, document_id: int) -> Iterator[ChangeLine]:
    for said in session.scalars(select(ReviewRow).where(ReviewRow.document_id == document_id).order_by(ReviewRow.id)):
        yield ChangeLine(said.at, said.by, said.kind, after=said.note or None)  # type: ignore[arg-type]  # the table keeps only these


def _of_rows(session: Session, document_id: int) -> Iterator[ChangeLine]:
    for act in session.scalars(select(HandRow).where(HandRow.document_id == document_id).order_by(HandRow.id)):
        added = act.verb == "add"
        yield ChangeLine(act.at, act.by, "add" if added else "remove", act.kind, None if added else says(act), says(act) if added else None)
        if act.undone_at and act.undone_by:
            back = (says(act), None) if added else (None, says(act))
            yield ChangeLine(act.undone_at, act.undone_by, "undo", act.kind, *back)
