"""By which words is a document found that is only cited?

No page of it is held, but those that cite it tell its number, type, agency and title: they are its page 0.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.spelling import fold
from store.tables import DocumentRow, PageTextRow, ReferenceRow


def index_cited(session: Session, citing: int) -> None:
    """Let the documents that one document cites and that are not held be found by what is known of them now."""
    targets = select(ReferenceRow.target_id).where(ReferenceRow.document_id == citing)
    rows = session.scalars(select(DocumentRow).where(~DocumentRow.held, DocumentRow.id.in_(targets))).all()
    ids = [row.id for row in rows]
    known = {page.document_id: page for page in session.scalars(select(PageTextRow).where(PageTextRow.document_id.in_(ids)))}
    for row in rows:
        said = "\n".join(part for part in (row.number, row.type, row.agency, row.subject) if part)
        page = known.get(row.id)
        if page is None:
            session.add(PageTextRow(document_id=row.id, page=0, text=said, folded=fold(said)))
        elif page.text != said:
            page.text, page.folded = said, fold(said)
    session.flush()
