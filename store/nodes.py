"""Which rows does a number, or an id, name?"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from store.answers import Viewer
from store.errors import NotFound
from store.numbers import number_key
from store.page_tables import ClosedRow
from store.scope import see_as
from store.tables import AliasRow, DocumentRow


def bearers(session: Session, number: str) -> Sequence[DocumentRow]:
    """Give the rows that bear a number, as their own or as another name; none for a text that holds no number."""
    wanted = number_key(number)
    if wanted is None or not wanted.is_whole:
        return ()
    named = select(AliasRow.document_id).where(AliasRow.key == wanted.text)
    found = select(DocumentRow).where(or_(DocumentRow.key == wanted.text, DocumentRow.id.in_(named)))
    return session.scalars(found.order_by(DocumentRow.held.desc(), DocumentRow.issued_on, DocumentRow.id)).all()


def get_document(session: Session, document_id: int, *, seen_by: Viewer) -> DocumentRow:
    """Give a document's row. Raises NotFound when there is none that the viewer may see."""
    see_as(session, seen_by)
    row = session.scalar(select(DocumentRow).where(DocumentRow.id == document_id))
    if row is None:
        raise NotFound
    return row


def is_open() -> ColumnElement[bool]:
    """Say which documents are there: held or cited, but not those whose pages all went to another."""
    return DocumentRow.id.not_in(select(ClosedRow.document_id))


def is_closed(session: Session, document_id: int) -> bool:
    """Say whether all pages of a document went to another."""
    return session.get(ClosedRow, document_id) is not None


def held_document(session: Session, document_id: int) -> DocumentRow:
    """Give the row of a document that is held, to write about it. Raises NotFound for any other."""
    row = session.get(DocumentRow, document_id)
    if row is None or not row.held:
        raise NotFound
    return row
