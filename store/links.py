"""Which document does each reference mean, and what follows for the graph?

A reference is resolved when exactly one known document fits, ambiguous when several do; when none does, a node is made for the
document that is only cited. When a document arrives, references that may mean it are looked at again.
"""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import delete, exists, insert, or_, select
from sqlalchemy.orm import Session

from store.agencies import agency_of, surroundings
from store.bodies import Around
from store.choosing import Known
from store.identity import Sought, cited_identity, is_national, title_key, type_key
from store.knowledge import agency_words
from store.numbers import number_key, period
from store.tables import AliasRow, CandidateRow, DocumentRow, EdgeRow, ReferenceRow


def link(session: Session, document_id: int, *, also: Collection[str] = ()) -> None:
    """Resolve a held document's references, look again at those that may mean it, and make the edges; also: keys it bore before."""
    document = session.get_one(DocumentRow, document_id)
    own = session.scalars(select(ReferenceRow).where(ReferenceRow.document_id == document_id).order_by(ReferenceRow.position)).all()
    known = Known(session)
    _name_by_title(session, document)
    new = _settle(known, own)
    names = session.scalars(select(AliasRow.key).where(AliasRow.document_id == document_id)).all()
    waiting = _waiting(session, document_id, {*also, *names, *([document.key] if document.key else ())}, new)
    new |= _settle(known, waiting)
    for citing in {document_id, *(reference.document_id for reference in waiting)}:
        _make_edges(known, citing)
    _prune(session, {*also, *known.by_key})


def _waiting(session: Session, document_id: int, borne: Collection[str], new: Collection[str]) -> list[ReferenceRow]:
    """Give other documents' references that may mean this document, or, if they are open, one that was made just now."""
    is_open = or_(ReferenceRow.issued_on.is_(None), ReferenceRow.status == "ambiguous")
    may_mean = or_(ReferenceRow.target_key.in_(borne), ReferenceRow.target_key.in_(new) & is_open)
    if not borne and not new:
        return []
    return list(session.scalars(select(ReferenceRow).where(ReferenceRow.document_id != document_id, may_mean)))


def _settle(known: Known, references: Iterable[ReferenceRow]) -> set[str]:
    """Resolve references, those with a date first; give the keys for which a node was made."""
    rows = sorted(references, key=lambda row: (row.issued_on is None, row.document_id, row.position))
    known.fetch({row.target_key for row in rows} - known.by_key.keys())
    where: dict[int, tuple[DocumentRow, Around]] = {}
    made: set[str] = set()
    for row in rows:
        if row.document_id not in where:
            citing = known.session.get_one(DocumentRow, row.document_id)
            where[row.document_id] = citing, surroundings(known.session, citing)
        sought = _sought(known.session, row, *where[row.document_id])
        found = known.choose(sought)
        if not found:
            found = [_cited_only(known, sought, row)]
            made.add(sought.key)
        _point(known.session, row, found)
        if len(found) == 1 and _enrich(known, found[0], sought, row):
            made.add(sought.key)
    known.session.flush()
    return made


def _sought(session: Session, row: ReferenceRow, citing: DocumentRow, where: Around) -> Sought:
    """Say what a reference looks for, in the surroundings of the document that it stands in."""
    number = number_key(row.number) if row.number else None
    number = number if number and number.is_whole else None
    agency = agency_of(session, row.agency, number, where)
    row.agency_id = agency.id if agency else None
    if number:
        when, mark = period(number, row.issued_on), where.mark
    else:
        when = row.issued_on.isoformat() if row.issued_on and type_key(row.type) not in agency_words().national_types else None
        own = row.relation == "attaches"
        mark = f"?document:{citing.sha256}" if own else "" if is_national(row.type, row.title or "") else where.mark
    return Sought(
        row.target_key,
        number,
        type_key(row.type),
        row.issued_on,
        when,
        agency,
        mark,
        before=citing.issued_on,
        province=where.places.get("province"),
    )


def _cited_only(known: Known, sought: Sought, row: ReferenceRow) -> DocumentRow:
    """Make the node of a document that is only cited."""
    node = DocumentRow(held=False, identity=sought.identity, key=sought.key, number=row.number, period=sought.period)
    known.session.add(node)
    known.session.flush()
    known.by_key[sought.key].append(node)
    return node


def _point(session: Session, row: ReferenceRow, found: list[DocumentRow]) -> None:
    """Write what a reference means: one document, or the candidates."""
    if row.status == "ambiguous":
        session.execute(delete(CandidateRow).where(CandidateRow.reference_id == row.id))
    row.target_id = found[0].id if len(found) == 1 else None
    row.status = "resolved" if len(found) == 1 else "ambiguous"
    if len(found) > 1:
        session.execute(insert(CandidateRow), [{"reference_id": row.id, "document_id": node.id} for node in found])


def _enrich(known: Known, node: DocumentRow, sought: Sought, row: ReferenceRow) -> bool:
    """Add what a reference tells of a document that is only cited, misprints as other names; say whether its period is news."""
    for misprint in row.misprints:
        wrong = number_key(misprint)
        if wrong and wrong.text != node.key:
            _name(known.session, node.id, wrong.text, misprint, "misprint")
    if sought.number and row.title and sought.type_key in agency_words().national_types:
        _name(known.session, node.id, title_key(row.title, row.type, row.issued_on), row.title, "title")
    if node.held:
        return False
    is_news = node.period is None and sought.period is not None
    node.type, node.type_key = node.type or row.type, node.type_key or sought.type_key
    node.issued_on, node.period = node.issued_on or row.issued_on, node.period or sought.period
    node.agency, node.agency_id = node.agency or row.agency, node.agency_id or row.agency_id
    node.subject = node.subject or row.title
    identity = cited_identity(sought, node.type_key, node.period, node.agency_id)
    if all(other.identity != identity for other in known.by_key[sought.key] if not other.held):
        node.identity = identity
    return is_news


def _name(session: Session, document_id: int, key: str, text: str, kind: str) -> None:
    same = exists().where(AliasRow.document_id == document_id, AliasRow.key == key)
    if not session.scalar(select(same)):
        session.add(AliasRow(document_id=document_id, key=key, text=text, kind=kind))
        session.flush()


def _name_by_title(session: Session, document: DocumentRow) -> None:
    """Let a law that is held be found by its title with its year."""
    if document.subject and document.type and document.type_key in agency_words().national_types:
        title = title_key(document.subject, document.type, document.issued_on)
        _name(session, document.id, title, f"{document.type} {document.subject}", "title")


def stub_for(session: Session, sought: Sought) -> DocumentRow | None:
    """Give the node that waited for a document that arrives; None when there is none, or several."""
    known = Known(session)
    known.fetch([sought.key])
    known.by_key[sought.key] = [row for row in known.by_key[sought.key] if not row.held]
    found = known.choose(sought)
    return found[0] if len(found) == 1 else None


def _make_edges(known: Known, citing: int) -> None:
    """Make the edges that a document states: from itself, and between documents that it tells of."""
    session = known.session
    session.execute(delete(EdgeRow).where(EdgeRow.stated_by == citing))
    rows = session.scalars(select(ReferenceRow).where(ReferenceRow.document_id == citing).order_by(ReferenceRow.position)).all()
    targets = {row.target_key: row.target_id for row in rows if row.target_id}
    edges: dict[tuple[int, int, str, str], dict[str, Any]] = {}
    for row in rows:
        source = _source(known, row, targets) if row.source else citing
        if row.target_id and source and source != row.target_id:
            edge = {"source_id": source, "target_id": row.target_id, "relation": row.relation, "scope": row.scope or ""}
            edges.setdefault(tuple(edge.values()), {**edge, "stated_by": citing, "reference_id": row.id})  # type: ignore[arg-type]
    if edges:
        session.execute(insert(EdgeRow), list(edges.values()))


def _source(known: Known, row: ReferenceRow, targets: dict[str, int]) -> int | None:
    """Give the third document that stands in a relation: one that the same text names, else one that is known, else a new node."""
    number = number_key(row.source or "")
    key = number.text if number and number.is_whole and "." in number.text else title_key(row.source or "")
    if key in targets:
        return targets[key]
    if key not in known.by_key:
        known.fetch([key])
    citing = known.session.get_one(DocumentRow, row.document_id)
    number = number if number and number.text == key else None
    third = ReferenceRow(document_id=citing.id, target_key=key, number=row.source if number else None, title=None if number else row.source)
    third.relation, third.misprints = "mentions", []
    sought = _sought(known.session, third, citing, surroundings(known.session, citing))
    found = known.choose(sought) or [_cited_only(known, sought, third)]
    if len(found) == 1:
        _enrich(known, found[0], sought, third)
    return found[0].id if len(found) == 1 else None


def _prune(session: Session, keys: Collection[str]) -> None:
    """Take away nodes that nothing cites any more."""
    cited = or_(
        exists().where(ReferenceRow.target_id == DocumentRow.id),
        exists().where(CandidateRow.document_id == DocumentRow.id),
        exists().where(EdgeRow.source_id == DocumentRow.id),
    )
    lonely = session.scalars(select(DocumentRow.id).where(~DocumentRow.held, DocumentRow.key.in_(keys), ~cited)).all()
    if lonely:
        session.execute(delete(DocumentRow).where(DocumentRow.id.in_(lonely)))
