"""Which pages does a document have, where are they from, and what did people do to them?"""

from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ingest.transcript import Page
from store.answers import Arrangement, Leaf, LeafView, PageStep, PageStepKind, Viewer
from store.errors import NotFound
from store.lines import document_lines
from store.mending import last_step
from store.nodes import get_document
from store.page_tables import ClosedRow, PageStepRow
from store.paging import arranged, file_names, leaves
from store.tables import DocumentRow
from store.transcripts import bare_page

_BEGINS = 120  # characters of a page that are told


def arrangement(session: Session, document_id: int, *, home: Path, seen_by: Viewer) -> Arrangement:
    """Give the pages of a document that is held, or was until all of them went to another. Raises NotFound."""
    row = get_document(session, document_id, seen_by=seen_by)
    closed = session.get(ClosedRow, document_id)
    if not row.held and closed is None:
        raise NotFound
    into = session.get_one(DocumentRow, closed.into_id) if closed else None
    lines = document_lines(session, [row, into] if into else [row])
    own, by_hand = leaves(session, row), arranged(session, document_id) is not None
    files = file_names(session, {leaf.sha256 for leaf in own})
    steps, last = _steps(session, document_id), last_step(session, document_id)
    return Arrangement(
        document=lines[row.id],
        leaves=tuple(_view(home, at, at if by_hand else leaf.page, leaf, files.get(leaf.sha256, "")) for at, leaf in enumerate(own, 1)),
        is_arranged=by_hand,
        steps=steps,
        undoes=next((step for step in steps if last and step.id == last.id), None),
        into=lines[into.id] if into else None,
    )


def _view(home: Path, at: int, number: int, leaf: Leaf, file: str) -> LeafView:
    try:
        page = bare_page(home, leaf.read_as, leaf.page)
    except NotFound:
        page = Page(leaf.page, 0, 0, "")
    return LeafView(at, number, leaf, file, page.width, page.height, " ".join(page.text.split())[:_BEGINS])


def _steps(session: Session, document_id: int) -> tuple[PageStep, ...]:
    own = or_(PageStepRow.document_id == document_id, PageStepRow.other_id == document_id)
    rows = session.scalars(select(PageStepRow).where(own).order_by(PageStepRow.id.desc())).all()
    undone = {row.undoes for row in rows if row.undoes}
    return tuple(_step(row, stands=row.kind != "undo" and row.id not in undone) for row in rows)


def _step(row: PageStepRow, *, stands: bool) -> PageStep:
    kind: PageStepKind = row.kind  # type: ignore[assignment]  # only such are written
    documents = (row.document_id,) if row.other_id is None else (row.document_id, row.other_id)
    return PageStep(row.id, kind, row.told, row.by, row.at, documents, stands)
