"""What rests on what? The citations of a document, in both directions."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from nlp.directive import Relation, Status
from store.answers import Citation, Citations, DocumentLine, Viewer
from store.evidence import evidence_of
from store.lines import lines_by_id
from store.nodes import bearers, get_document
from store.scope import see_as
from store.tables import CandidateRow, DocumentRow, EdgeRow, ReferenceRow

MOST = 200
"""Edges to a document that are listed, of the newest that cite it; its line tells how many cite it (store/citing.py pages through all)."""


def cites(session: Session, number: str, *, seen_by: Viewer) -> tuple[Citations, ...]:
    """Give the citations of each document that bears a number, in any spelling; empty when none does."""
    see_as(session, seen_by)
    return tuple(_citations(session, row, seen_by) for row in bearers(session, number))


def citations(session: Session, document_id: int, *, seen_by: Viewer) -> Citations:
    """Give what one document cites and what cites it. Raises NotFound."""
    return _citations(session, get_document(session, document_id, seen_by=seen_by), seen_by)


def most_cited(session: Session, *, seen_by: Viewer, limit: int, held: bool | None = None) -> tuple[DocumentLine, ...]:
    """Give the documents that most others cite, the most cited first; held: only those that are, or (False) what an archive lacks."""
    see_as(session, seen_by)
    found: list[tuple[int, int]] = []
    for part in (True, False) if held is None else (held,):
        top = select(DocumentRow.cited_by, DocumentRow.id).where(DocumentRow.held == part, DocumentRow.cited_by > 0)
        found += [
            (count, known) for count, known in session.execute(top.order_by(DocumentRow.cited_by.desc(), DocumentRow.id).limit(limit))
        ]
    order = [known for _, known in sorted(found, key=lambda one: (-one[0], one[1]))[:limit]]
    lines = lines_by_id(session, order)
    return tuple(lines[known] for known in order)


def _citations(session: Session, document: DocumentRow, seen_by: Viewer) -> Citations:
    asked = select(EdgeRow, ReferenceRow).join(ReferenceRow, ReferenceRow.id == EdgeRow.reference_id)
    newest = asked.where(EdgeRow.target_id == document.id).order_by(EdgeRow.source_id.desc()).limit(MOST)
    edges = [*session.execute(asked.where(EdgeRow.source_id == document.id)), *session.execute(newest)]
    edges.sort(key=lambda edge: (edge[1].document_id, edge[1].position))
    open_ones = _ambiguous(session, document.id)
    candidates = _candidates(session, [row.id for row in open_ones])
    ids = {document.id, *(i for edge, _ in edges for i in (edge.source_id, edge.target_id))}
    ids |= {i for row in open_ones for i in (row.document_id, *candidates[row.id])}
    lines = lines_by_id(session, ids)
    found = [(edge.source_id, edge.target_id, _resolved(edge, row, lines)) for edge, row in edges]
    found += [_open(row, document.id, candidates[row.id], lines) for row in open_ones if candidates[row.id]]
    said: dict[tuple[int, int, str, str | None], tuple[int, int, Citation]] = {}
    for source, target, citation in found:
        said.setdefault((source, target, citation.relation, citation.scope), (source, target, citation))
    cited = [citation for source, _, citation in said.values() if source == document.id]
    return Citations(
        document=lines[document.id],
        cites=(*cited, *(() if seen_by.sees_all else _unseen(session, lines[document.id]))),
        cited_by=tuple(citation for source, _, citation in said.values() if source != document.id),
    )


def _resolved(edge: EdgeRow, row: ReferenceRow, lines: dict[int, DocumentLine]) -> Citation:
    """Give an edge as a citation: resolved when the target is held, unmatched while it is only cited."""
    target, relation = lines[edge.target_id], cast("Relation", edge.relation)
    status: Status = "resolved" if target.held else "unmatched"
    own = row.id if row.document_id == edge.source_id else None
    what = (lines[edge.source_id], target, relation, edge.scope or None, status, (), row.mentions, evidence_of(row))
    return Citation(*what, reference_id=own, added_by=row.added_by)


def _unseen(session: Session, citing: DocumentLine) -> Iterator[Citation]:
    """Yield what a document cites and the viewer may not see: in the words of the document itself, which lead nowhere."""
    there = select(DocumentRow.id).where(DocumentRow.id == ReferenceRow.target_id).exists()
    asked = select(ReferenceRow).where(ReferenceRow.document_id == citing.id, ReferenceRow.target_id.is_not(None), ~there)
    for row in session.scalars(asked.order_by(ReferenceRow.position)):
        said = DocumentLine(
            0, row.number, row.type, row.issued_on, row.agency, row.title, held=False, state=None, filed_at=None, cited_by=0
        )
        yield Citation(citing, said, cast("Relation", row.relation), row.scope, "unmatched", (), row.mentions, evidence_of(row), row.id)


def _ambiguous(session: Session, document_id: int) -> Sequence[ReferenceRow]:
    """Give the references that stand open: those of the document, and those that may mean it."""
    may_mean = select(CandidateRow.reference_id).where(CandidateRow.document_id == document_id)
    is_ours = (ReferenceRow.document_id == document_id) & (ReferenceRow.status == "ambiguous")
    return session.scalars(select(ReferenceRow).where(is_ours | ReferenceRow.id.in_(may_mean)).order_by(ReferenceRow.id)).all()


def _candidates(session: Session, references: Collection[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {reference: [] for reference in references}
    of = CandidateRow.reference_id.in_(references)
    for row in session.scalars(select(CandidateRow).where(of).order_by(CandidateRow.document_id)):
        found[row.reference_id].append(row.document_id)
    return found


def _open(row: ReferenceRow, looked_at: int, candidates: Iterable[int], lines: dict[int, DocumentLine]) -> tuple[int, int, Citation]:
    """Give an open reference as a citation of the document looked at, if it is a candidate, else of the first one."""
    ids = list(candidates)
    target = looked_at if looked_at in ids else ids[0]
    others = tuple(lines[i] for i in ids)
    relation = cast("Relation", row.relation)
    where = row.mentions, evidence_of(row), row.id, row.added_by
    what = Citation(lines[row.document_id], lines[target], relation, row.scope, "ambiguous", others, *where)
    return row.document_id, target, what
