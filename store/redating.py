"""Which duty of an earlier document does a letter urge or date anew?

A letter that urges, extends or follows up an order repeats its task; both are one duty with two limits (users.md 2.10), listed
once, as the first.
"""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from store.spelling import key
from store.tables import DocumentRow, DutyRow, EdgeRow
from store.work_tables import WorkRow

_RELATIONS = ("urges", "extends")
_ALIKE = 0.5  # share of the shorter task's words that the other has too
_FILLERS = frozenset(
    {"cac", "va", "cua", "cho", "theo", "ve", "den", "tai", "voi", "de", "la", "duoc", "nhung", "tren", "trong", "khi", "truoc", "ngay"}
)


def follow(session: Session, document_id: int) -> None:
    """Tie the duties of a document to those of the documents that it urges, and of those that urge it; the newest reading decides."""
    edges = select(EdgeRow).where(EdgeRow.relation.in_(_RELATIONS), or_(EdgeRow.source_id == document_id, EdgeRow.target_id == document_id))
    for edge in session.scalars(edges):
        _tie(session, later=edge.source_id, earlier=edge.target_id)


def _tie(session: Session, *, later: int, earlier: int) -> None:
    first, second = (session.get_one(DocumentRow, each).issued_on for each in (earlier, later))
    if first and second and first > second:
        return
    orders, urged = _duties(session, earlier), _duties(session, later)
    for duty in urged:
        order = _same(duty, orders, urged)
        if order is not None:
            work = session.get(WorkRow, duty.id) or WorkRow(duty_id=duty.id)
            work.follows_id = order.id
            session.add(work)
    session.flush()


def _duties(session: Session, document_id: int) -> Sequence[DutyRow]:
    return session.scalars(select(DutyRow).where(DutyRow.document_id == document_id).order_by(DutyRow.position)).all()


def _same(duty: DutyRow, orders: Sequence[DutyRow], urged: Sequence[DutyRow]) -> DutyRow | None:
    """Find the order that a duty repeats: the one most alike; where each document has but one with a day, that."""
    alike = max(orders, key=lambda order: _likeness(duty.task, order.task), default=None)
    if alike is not None and _likeness(duty.task, alike.task) >= _ALIKE:
        return alike
    dated, again = [order for order in orders if order.due_on], [each for each in urged if each.due_on]
    return dated[0] if len(dated) == 1 and again == [duty] else None


def _likeness(task: str, other: str) -> float:
    one, two = _words(task), _words(other)
    return len(one & two) / min(len(one), len(two)) if one and two else 0.0


def _words(task: str) -> frozenset[str]:
    return frozenset(key(task).split()) - _FILLERS
