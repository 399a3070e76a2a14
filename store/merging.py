"""How does a person say that two documents, or two agencies, are one, and part them again?

Nothing is thrown away: the row that is another one stays, and everything that means it is led to that other. So parting them again
gives the graph that there was.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from store.answers import DocumentLine, Viewer
from store.errors import NotAllowed, NotFound
from store.identity import identify
from store.lines import lines_by_id
from store.links import let_go, link, look_again
from store.nodes import get_document
from store.same_tables import SameAgencyRow, SameDocumentRow
from store.tables import AgencyRow, DocumentRow, ReferenceRow


def merge(session: Session, document_id: int, same_as_id: int, *, by: str, now: datetime) -> None:
    """Let a document be another one: what cites it, and what it states, counts as that one's.

    Raises NotFound, and NotAllowed where one of the two is another document already, or stands for others.
    """
    _both(session, DocumentRow, document_id, same_as_id)
    _refuse_chains(session, SameDocumentRow, "document_id", document_id, same_as_id)
    session.add(SameDocumentRow(document_id=document_id, same_as_id=same_as_id, by=by, at=now))
    session.flush()
    look_again(session, {document_id, same_as_id})


def split(session: Session, document_id: int, *, by: str, now: datetime) -> None:
    """Let a document be itself again. Raises NotFound where nobody said that it is another one."""
    standing = select(SameDocumentRow).where(SameDocumentRow.document_id == document_id, SameDocumentRow.split_at.is_(None))
    row = session.scalar(standing)
    if row is None:
        raise NotFound
    row.split_by, row.split_at = by, now
    session.flush()
    look_again(session, {document_id, row.same_as_id})


def merged_with(session: Session, document_id: int, *, seen_by: Viewer) -> tuple[tuple[DocumentLine, ...], DocumentLine | None]:
    """Give the documents that are this one, and the one that this is, if it is another. Raises NotFound."""
    get_document(session, document_id, seen_by=seen_by)
    stands = SameDocumentRow.split_at.is_(None)
    into = session.scalar(select(SameDocumentRow.same_as_id).where(SameDocumentRow.document_id == document_id, stands))
    held_by = select(SameDocumentRow.document_id).where(SameDocumentRow.same_as_id == document_id, stands)
    ids = session.scalars(held_by.order_by(SameDocumentRow.document_id)).all()
    lines = lines_by_id(session, {*ids, *([into] if into else [])})
    return tuple(lines[known] for known in ids), lines[into] if into else None


def merge_agencies(session: Session, agency_id: int, same_as_id: int, *, by: str, now: datetime) -> None:
    """Let an agency be another one, another name of it: its documents are that one's. Raises as merge does."""
    _both(session, AgencyRow, agency_id, same_as_id)
    _refuse_chains(session, SameAgencyRow, "agency_id", agency_id, same_as_id)
    session.add(SameAgencyRow(agency_id=agency_id, same_as_id=same_as_id, by=by, at=now))
    session.flush()
    _identify_again(session, (agency_id, same_as_id))


def split_agencies(session: Session, agency_id: int, *, by: str, now: datetime) -> None:
    """Let an agency be itself again. Raises NotFound where nobody said that it is another one."""
    row = session.scalar(select(SameAgencyRow).where(SameAgencyRow.agency_id == agency_id, SameAgencyRow.split_at.is_(None)))
    if row is None:
        raise NotFound
    row.split_by, row.split_at = by, now
    session.flush()
    _identify_again(session, (agency_id, row.same_as_id))


def _both(session: Session, table: type[DocumentRow] | type[AgencyRow], *ids: int) -> None:
    """See that the rows are there. Raises NotFound."""
    if any(session.get(table, known) is None for known in ids):
        raise NotFound


def _refuse_chains(session: Session, table: type[SameDocumentRow] | type[SameAgencyRow], own: str, one: int, other: int) -> None:
    """Refuse what would make a chain: a person parts what stands first."""
    if one == other:
        raise NotAllowed("Đây là một, không phải hai. Đề nghị chọn văn bản hoặc cơ quan khác.")
    is_own, is_other = getattr(table, own), table.same_as_id
    taken = or_(is_own.in_((one, other)), is_other == one)
    if session.scalar(select(table.id).where(table.split_at.is_(None), taken).limit(1)):
        raise NotAllowed("Một trong hai đã được gộp với văn bản hoặc cơ quan khác. Đề nghị tách trước rồi gộp lại.")


def _identify_again(session: Session, agencies: Collection[int]) -> None:
    """Work out anew whose the documents are that were one of these agencies', and what means them.

    Documents that are only cited are made again by those that cite them, for their identity tells the agency.
    """
    named = select(ReferenceRow.target_id).where(ReferenceRow.agency_id.in_(agencies))
    of = or_(DocumentRow.agency_id.in_(agencies), DocumentRow.id.in_(named))
    documents = session.scalars(select(DocumentRow).where(of).order_by(DocumentRow.id)).all()
    held = {row.id for row in documents if row.held}
    citing = let_go(session, [row.id for row in documents])
    for row in documents:
        if row.id in held:
            identify(session, row)
    session.flush()
    for known in sorted(citing | held):
        link(session, known)
