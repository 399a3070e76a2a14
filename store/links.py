"""Which document does each reference mean, and what follows for the graph?

A reference is resolved when exactly one known document fits, ambiguous when several do; when none does, a node is made for the
document that is only cited. When a document arrives, references that may mean it are looked at again.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, Literal

from sqlalchemy import delete, exists, insert, or_, select
from sqlalchemy.orm import Session

from store.agencies import agency_of, own_mark, surroundings
from store.choosing import Known
from store.cited_words import index_cited
from store.identity import Sought, cited_identity, is_national, title_key, type_key
from store.knowledge import agency_words
from store.numbers import NumberKey, number_key, period
from store.same_tables import SameDocumentRow
from store.tables import AgencyRow, AliasRow, CandidateRow, DocumentRow, EdgeRow, ReferenceRow

_ROUNDS = 4


class _Where:
    """A citing document and what bare names mean in it; an agency is looked up once for all references that name it."""

    def __init__(self, session: Session, document_id: int) -> None:
        self.session = session
        self.document = session.get_one(DocumentRow, document_id)
        self.around = surroundings(session, self.document)
        self._agencies: dict[tuple[str | None, str | None], AgencyRow | None] = {}

    def agency(self, name: str | None, number: NumberKey | None) -> AgencyRow | None:
        """Give the agency that a name, or a number's letters, mean here."""
        asked = name, number.organ if number else None
        if asked not in self._agencies:
            self._agencies[asked] = agency_of(self.session, name, number, self.around)
        return self._agencies[asked]


def link(session: Session, document_id: int, *, key_before: str | None = None, named_before: Collection[str] = ()) -> None:
    """Resolve a held document's references and all that may mean it, and make the edges.

    key_before: the key that the document bore until now; named_before: the keys that it named when it was filed before.
    """
    document = session.get_one(DocumentRow, document_id)
    known = Known(session)
    _name_by_title(session, document)
    own = session.scalars(select(ReferenceRow).where(ReferenceRow.document_id == document_id)).all()
    news, _ = _settle(known, own)
    _make_edges(known, document_id)
    names = session.scalars(select(AliasRow.key).where(AliasRow.document_id == document_id))
    borne = {key for key in (document.key, key_before, *names) if key}
    moved = _settle_others(known, document_id, news | borne | _prune(known, named_before))
    for citing in moved:
        _make_edges(known, citing)
    _prune(known, known.by_key.keys())
    for citing in (document_id, *moved):
        index_cited(session, citing)


def look_again(session: Session, documents: Collection[int]) -> None:
    """Resolve anew all that means these documents or may mean them, and make anew the edges that they state or stand in."""
    known = Known(session)
    keys, stating = _touching(session, documents)
    rows = session.scalars(select(ReferenceRow).where(ReferenceRow.target_key.in_(keys))).all()
    news, moved = _settle(known, rows)
    for citing in sorted(moved | stating):
        _make_edges(known, citing)
        index_cited(session, citing)
    _prune(known, news | keys)


def let_go(session: Session, documents: Collection[int]) -> set[int]:
    """Let nothing mean these documents, so that those of them that are only cited go; give the documents that meant them."""
    keys, stating = _touching(session, documents)
    rows = session.scalars(select(ReferenceRow).where(ReferenceRow.target_key.in_(keys))).all()
    for row in rows:
        row.target_id, row.status = None, "unmatched"
    session.flush()
    session.execute(delete(CandidateRow).where(CandidateRow.reference_id.in_([row.id for row in rows])))
    stating |= {row.document_id for row in rows}
    session.execute(delete(EdgeRow).where(EdgeRow.stated_by.in_(stating)))
    _prune(Known(session), keys)
    return stating


def _touching(session: Session, documents: Collection[int]) -> tuple[set[str], set[int]]:
    """Give the keys by which these documents are looked for, and the documents that state edges of them, themselves if held."""
    borne = select(DocumentRow.key).where(DocumentRow.id.in_(documents))
    names = select(AliasRow.key).where(AliasRow.document_id.in_(documents))
    sought = select(ReferenceRow.target_key).where(ReferenceRow.target_id.in_(documents))
    stating = select(EdgeRow.stated_by).where(or_(EdgeRow.source_id.in_(documents), EdgeRow.target_id.in_(documents)))
    held = select(DocumentRow.id).where(DocumentRow.id.in_(documents), DocumentRow.held)
    keys = {key for asked in (borne, names, sought) for key in session.scalars(asked) if key}
    return keys, {*session.scalars(stating), *session.scalars(held)}


def _settle_others(known: Known, document_id: int, keys: Collection[str]) -> set[int]:
    """Look again at all references to what is new, until nothing moves; give the documents whose references mean another one now."""
    moved: set[int] = set()
    for _ in range(_ROUNDS):
        rows = _naming(known.session, keys, document_id)
        if not rows:
            break
        made, others = _settle(known, rows)
        moved |= others
        keys = made | _prune(known, {row.target_key for row in rows})
    return moved


def _naming(session: Session, keys: Collection[str], document_id: int) -> list[ReferenceRow]:
    """Give the references to these keys; those of the document alone were resolved just now, and are left out."""
    rows = session.scalars(select(ReferenceRow).where(ReferenceRow.target_key.in_(keys))).all() if keys else []
    shared = {row.target_key for row in rows if row.document_id != document_id}
    return [row for row in rows if row.target_key in shared]


def _settle(known: Known, references: Iterable[ReferenceRow]) -> tuple[set[str], set[int]]:
    """Resolve references, those with a date first.

    Give the keys for which a node was made or became dated, and the documents some of whose references mean another one now.
    """
    rows = sorted(references, key=lambda row: (row.issued_on is None, row.document_id, row.position))
    known.fetch({row.target_key for row in rows} - known.by_key.keys())
    where = {citing: _Where(known.session, citing) for citing in {row.document_id for row in rows}}
    news: set[str] = set()
    chosen: list[tuple[ReferenceRow, list[DocumentRow]]] = []
    with known.session.no_autoflush:
        for row in rows:
            found, is_news = _look_for(known, row, where[row.document_id])
            news |= {row.target_key} if is_news else set()
            chosen.append((row, found))
    known.session.flush()
    moved = {row.document_id for row, found in chosen if _point(known.session, row, known.meant(found))}
    named: set[str] = set()
    for row, found in chosen:
        if len(found) == 1:
            named |= _name_also(known, row, found[0])
    _date_anew(known.session, {found[0].id: found[0] for _, found in chosen if len(found) == 1 and not found[0].held})
    known.session.flush()
    again = [row for row, _ in chosen if row.target_key in named]
    if again:
        more, also = _settle(known, again)
        return news | named | more, moved | also
    return news | named, moved


def _date_anew(session: Session, nodes: dict[int, DocumentRow]) -> None:
    """Give documents that are only cited the day that most references tell, of as many the earliest: any order makes the same graph."""
    told: defaultdict[int, Counter[date]] = defaultdict(Counter)
    asked = select(ReferenceRow.target_id, ReferenceRow.issued_on).where(
        ReferenceRow.target_id.in_(nodes), ReferenceRow.issued_on.is_not(None)
    )
    for known, day in session.execute(asked) if nodes else ():
        if known and day:
            told[known][day] += 1
    for known, days in told.items():
        nodes[known].issued_on = min(days, key=lambda day: (-days[day], day))


def _look_for(known: Known, row: ReferenceRow, where: _Where) -> tuple[list[DocumentRow], bool]:
    """Give the documents that a reference may mean, one made for it if there is none; and whether that, or its period, is news."""
    sought = _sought(row, where)
    found = known.choose(sought)
    is_new = not found
    if is_new:
        found = [DocumentRow(held=False, identity=sought.identity, key=sought.key, number=row.number, period=sought.period)]
        known.session.add(found[0])
        known.by_key[sought.key].append(found[0])
    is_dated = len(found) == 1 and not found[0].held and _fill(known, found[0], sought, row)
    return found, is_new or is_dated


def _sought(row: ReferenceRow, where: _Where) -> Sought:
    """Say what a reference looks for, in the surroundings of the document that it stands in."""
    number = number_key(row.number) if row.number else None
    number = number if number and number.is_whole else None
    agency = where.agency(row.agency, number)
    row.agency_id = agency.id if agency else None
    kind, citing, around = type_key(row.type), where.document, where.around
    if number:
        when, mark = period(number, row.issued_on), around.mark
    else:
        when = row.issued_on.isoformat() if row.issued_on and kind not in agency_words().national_types else None
        mark = "" if is_national(row.type, row.title or "") else around.mark
        mark = own_mark(citing) if row.relation == "attaches" else mark
    near = around.places.get("province")
    return Sought(row.target_key, number, kind, row.issued_on, when, agency, mark, before=citing.issued_on, province=near)


def _point(session: Session, row: ReferenceRow, found: list[DocumentRow]) -> bool:
    """Write what a reference means: one document, or the candidates; say whether it means another than before."""
    before = row.target_id
    if row.status == "ambiguous":
        session.execute(delete(CandidateRow).where(CandidateRow.reference_id == row.id))
    row.target_id = found[0].id if len(found) == 1 else None
    row.status = "resolved" if len(found) == 1 else "ambiguous"
    if len(found) > 1:
        session.execute(insert(CandidateRow), [{"reference_id": row.id, "document_id": node.id} for node in found])
    return row.target_id != before


def _fill(known: Known, node: DocumentRow, sought: Sought, row: ReferenceRow) -> bool:
    """Add what a reference tells of a document that is only cited; say whether its period is news.

    Where references differ, the fuller words stand, whichever was filed first: any order makes the same graph.
    """
    is_news = node.period is None and sought.period is not None
    if _is_fuller(row.type, node.type):
        node.type, node.type_key = row.type, sought.type_key or node.type_key
    node.issued_on, node.period = node.issued_on or row.issued_on, node.period or sought.period
    if _may_issue(sought):
        if _is_fuller(row.agency, node.agency):
            node.agency, node.agency_id = row.agency, row.agency_id
        node.agency_id = node.agency_id or row.agency_id
    if _is_fuller(row.title, node.subject):
        node.subject = row.title
    identity = cited_identity(sought, node.type_key, node.period, node.agency_id)
    if all(other.identity != identity for other in known.by_key[sought.key] if not other.held):
        node.identity = identity
    return is_news


def _is_fuller(told: str | None, kept: str | None) -> bool:
    """Say whether words tell more than those that are kept: they are longer, or of equals the first in the alphabet."""
    return bool(told) and (not kept or (-len(told or ""), told or "") < (-len(kept), kept))


def _may_issue(sought: Sought) -> bool:
    """Say whether the agency that a reference names can be the document's: a number of the centre is not a province's."""
    return not sought.names_its_body or sought.agency is None or sought.agency.level == "central"


def _name_also(known: Known, row: ReferenceRow, node: DocumentRow) -> set[str]:
    """Keep the misprints of a document's number, and a law's title, as other names of it; give those that are news.

    A law is called by its title alone, or by title and year: its number holds the year where the reference tells no day.
    """
    names: dict[str, tuple[str, Literal["misprint", "title"]]] = {}
    for misprint in row.misprints:
        wrong = number_key(misprint)
        if wrong and wrong.text != node.key:
            names[wrong.text] = misprint, "misprint"
    if row.number and row.title and type_key(row.type) in agency_words().national_types:
        number = number_key(row.number)
        days = (row.issued_on, date(number.year, 1, 1) if number and number.year else None)
        names |= {title_key(row.title, row.type, day): (row.title, "title") for day in days if day or not row.issued_on}
    return {key for key, (text, kind) in names.items() if _name(known.session, node.id, key, text, kind) and known.bear(key, kind, node)}


def _name(session: Session, document_id: int, key: str, text: str, kind: str) -> bool:
    """Give a document another name; say whether it is news."""
    same = exists().where(AliasRow.document_id == document_id, AliasRow.key == key)
    if session.scalar(select(same)):
        return False
    session.add(AliasRow(document_id=document_id, key=key, text=text, kind=kind))
    session.flush()
    return True


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
        if row.relation == "attaches" and row.source:  # a regulation that came with a cited decision is part of it, no node of its own
            continue
        source = _source(known, row, targets) if row.source else known.meant_id(citing)
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
    title = None if number and number.text == key else row.source
    third = ReferenceRow(
        document_id=row.document_id, target_key=key, number=None if title else row.source, title=title, relation="mentions"
    )
    found, _ = _look_for(known, third, _Where(known.session, row.document_id))
    known.session.flush()
    found = known.meant(found)
    return found[0].id if len(found) == 1 else None


def _prune(known: Known, keys: Collection[str]) -> set[str]:
    """Take away nodes that are only cited and that nothing means any more; give their keys."""
    same = exists().where(or_(SameDocumentRow.document_id == DocumentRow.id, SameDocumentRow.same_as_id == DocumentRow.id))
    meant = or_(exists().where(ReferenceRow.target_id == DocumentRow.id), exists().where(EdgeRow.source_id == DocumentRow.id), same)
    lonely = select(DocumentRow).where(~DocumentRow.held, DocumentRow.key.in_(keys), ~meant)
    rows = known.session.scalars(lonely).all() if keys else []
    for row in rows:
        known.session.delete(row)
        if row.key in known.by_key:  # else it is fetched when it is asked for
            known.by_key[row.key] = [other for other in known.by_key[row.key] if other is not row]
    if rows:
        known.session.flush()
    return {row.key for row in rows if row.key}
