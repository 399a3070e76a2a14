"""Which documents are there, and what is known of one?"""

from datetime import date
from pathlib import Path
from typing import cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ingest.transcript import Page, Transcript
from store.answers import DocumentLine, DocumentView, DutyLine, Evidence, FieldLine, PageView, Viewer
from store.corrections import FIELDS, LISTS, standing
from store.duties import duty_lines
from store.errors import NotFound
from store.evidence import Read, evidence_at, evidence_of
from store.graph import citations
from store.hand_acts import hand_lines
from store.lines import DUTIES, EVENTS, document_lines, event_line
from store.nodes import bearers, get_document, is_open
from store.paging import arranged, numbered, outline_of
from store.reviewed import confirmed
from store.scope import see_as
from store.spelling import key
from store.tables import (
    AttachmentRow,
    CorrectionRow,
    DocumentRow,
    DutyRow,
    EventRow,
    PageTextRow,
    ReceiptRow,
    RecipientRow,
    ValueRow,
)
from store.witnesses import witnesses
from store.work_tables import ReviewRow


def documents(session: Session, *, seen_by: Viewer, held: bool = True, offset: int = 0, limit: int = 100) -> tuple[DocumentLine, ...]:
    """Give the documents that are held, the newest filed first; held=False: those that are only cited, by number."""
    see_as(session, seen_by)
    order = (DocumentRow.filed_at.desc(), DocumentRow.id.desc()) if held else (DocumentRow.key, DocumentRow.id)
    rows = session.scalars(
        select(DocumentRow).where(DocumentRow.held == held, is_open()).order_by(*order).offset(offset).limit(limit)
    ).all()
    return tuple(document_lines(session, rows).values())


def counts(session: Session, *, seen_by: Viewer) -> dict[str, int]:
    """Count the documents: `held`, `cited` (not held), `to_check` (held and not yet believed)."""
    see_as(session, seen_by)
    of = dict(session.execute(select(DocumentRow.held, func.count()).where(is_open()).group_by(DocumentRow.held)).all())
    to_check = session.scalar(select(func.count()).where(DocumentRow.held, DocumentRow.state == "Cần đối chiếu"))
    return {"held": of.get(True, 0), "cited": of.get(False, 0), "to_check": to_check or 0}


def by_number(session: Session, number: str, *, seen_by: Viewer) -> tuple[DocumentLine, ...]:
    """Give the documents that bear a number, in any spelling, held ones first; a misprint that was met finds the right one."""
    see_as(session, seen_by)
    return tuple(document_lines(session, bearers(session, number)).values())


def document(session: Session, document_id: int, *, home: Path, as_of: date, seen_by: Viewer) -> DocumentView:
    """Give everything about one document, its duties as they stand on a day. Raises NotFound."""
    row = get_document(session, document_id, seen_by=seen_by)
    cited = citations(session, document_id, seen_by=seen_by)
    corrected = standing(session, document_id)
    events = session.execute(EVENTS.where(EventRow.document_id == document_id).order_by(EventRow.position))
    attached = select(AttachmentRow.title).where(AttachmentRow.document_id == document_id).order_by(AttachmentRow.position)
    return DocumentView(
        line=cited.document,
        family=row.family,
        fields=_fields(session, row, corrected),
        addressees=_bodies(session, row, "addressees", corrected),
        recipients=_bodies(session, row, "recipients", corrected),
        duties=_duties(session, row, as_of),
        events=tuple(event_line(event) for event in events),
        cites=cited.cites,
        cited_by=cited.cited_by,
        attachments=tuple(session.scalars(attached)),
        pages=_pages(session, row, home),
        names=_names(session, row),
        sha256=row.sha256,
        media_type=row.media_type,
        notes=tuple(row.notes or ()),
        file_pages=(row.first_page, row.last_page or row.first_page) if row.held and arranged(session, row.id) is None else None,
        same_file=_same_file(session, row),
        witnesses=witnesses(session, row) if "number" in row.to_verify and "number" not in corrected else (),
        by_hand=hand_lines(session, document_id),
    )


def _fields(session: Session, row: DocumentRow, corrected: dict[str, CorrectionRow]) -> tuple[FieldLine, ...]:
    """Give each field of the head: the value that stands, what was read and where, or why it is missing."""
    if not row.held:
        return ()
    read = {value.name: value for value in session.scalars(select(ValueRow).where(ValueRow.document_id == row.id))}
    said = confirmed(session, row.id)
    return tuple(_field(row, name, read.get(name), corrected.get(name), said) for name in FIELDS if name not in LISTS)


def _field(row: DocumentRow, name: str, read: ValueRow | None, step: CorrectionRow | None, said: ReviewRow | None) -> FieldLine:
    return FieldLine(
        name=name,
        value=_value(name, read, step, said),
        read=read.value if read else None,
        reason=None if read else row.missing.get(name),
        evidence=evidence_at(cast("Read", step.place)) if step and step.place else evidence_of(read) if read else None,
        corrected_by=step.by if step else None,
        corrected_at=step.at if step else None,
        to_verify=name in row.to_verify and step is None and said is None,
        candidates=tuple(read.candidates) if read else (),
        confirmed_by=said.by if said else None,
    )


def _value(name: str, read: ValueRow | None, step: CorrectionRow | None, said: ReviewRow | None) -> str | None:
    """Give the value that stands: a correction, else what was confirmed, else what was read."""
    if step is not None:
        return step.value
    if said is not None and name in said.values:
        confirmed_value: str | None = said.values[name]
        return confirmed_value
    return read.value if read else None


def _bodies(session: Session, row: DocumentRow, role: str, corrected: dict[str, CorrectionRow]) -> tuple[FieldLine, ...]:
    """Give the addressees or recipients, one line each; a correction stands for the whole list, and so does a confirmation."""
    own = (RecipientRow.document_id == row.id) & (RecipientRow.role == role)
    read = session.scalars(select(RecipientRow).where(own).order_by(RecipientRow.position)).all()
    where = {body.name: evidence_of(body) for body in read}
    if step := corrected.get(role):
        chosen = evidence_at(cast("Read", step.place)) if step.place else None
        return tuple(_of_list(role, line, step, where.get(line), chosen) for line in (step.value or "").splitlines())
    said = confirmed(session, row.id)
    if said is not None and role in said.values:
        names = (said.values[role] or "").splitlines()
        return tuple(FieldLine(role, n, n, None, where.get(n), None, None, to_verify=False, confirmed_by=said.by) for n in names)
    verify = set(row.to_verify)
    return tuple(
        FieldLine(role, body.name, body.name, None, evidence_of(body), None, None, to_verify=bool(verify & {role, f"{role}[{at}]"}))
        for at, body in enumerate(read)
    )


def _of_list(role: str, name: str, step: CorrectionRow, read: Evidence | None, chosen: Evidence | None) -> FieldLine:
    """Give one body of a list that a person wrote: where it was read, else where the person took it from."""
    place = read or (chosen if chosen and key(name) in key(chosen.words) else None)
    return FieldLine(role, name, name if read else None, None, place, step.by, step.at, to_verify=False)


def _duties(session: Session, row: DocumentRow, as_of: date) -> tuple[DutyLine, ...]:
    own = DUTIES.where(DutyRow.document_id == row.id).order_by(DutyRow.position, DutyRow.id)
    return tuple(duty_lines(session, session.execute(own).all(), as_of))


def _pages(session: Session, row: DocumentRow, home: Path) -> tuple[PageView, ...]:
    """Give the pages as read; without the transcript on the disk, their texts as they are kept for search."""
    if row.transcript_id is None or not row.held:
        return ()
    try:
        read = outline_of(session, home, row)
    except NotFound:
        texts = select(PageTextRow).where(PageTextRow.document_id == row.id, PageTextRow.page > 0).order_by(PageTextRow.page)
        read = Transcript("", "", "", tuple(Page(text.page, 0, 0, text.text) for text in session.scalars(texts)))
    marks = {number: leaf.mark for number, leaf in numbered(session, row).items()}
    return tuple(
        PageView(page.number, page.width, page.height, page.text, start, page.notes, page.regions, marks.get(page.number, ""))
        for page, start in zip(read.pages, read.starts, strict=True)
    )


def _same_file(session: Session, row: DocumentRow) -> tuple[int, ...]:
    """Give the ids of all documents of the same file, in the order of its pages; none for a document that has its file alone.

    None either for one whose pages a person arranged: they are no longer counted as in the file.
    """
    if row.sha256 is None or arranged(session, row.id) is not None:
        return ()
    found = session.scalars(select(DocumentRow.id).where(DocumentRow.sha256 == row.sha256).order_by(DocumentRow.first_page)).all()
    return tuple(found) if len(found) > 1 else ()


def _names(session: Session, row: DocumentRow) -> tuple[str, ...]:
    """Give the names of the files in which a document came, each once, the file of its own first."""
    files = dict.fromkeys([row.sha256, *(leaf.sha256 for leaf in arranged(session, row.id) or ())])
    named = select(ReceiptRow.sha256, ReceiptRow.name).where(ReceiptRow.sha256.in_(files)).order_by(ReceiptRow.id)
    names = session.execute(named).all()
    return tuple(dict.fromkeys(name for file in files for sha256, name in names if sha256 == file))
