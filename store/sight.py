"""Who may see a document besides those who see all? Worked out anew in the transaction that changes what it follows from.

The rule itself stands in store/scope.py. The session is asked what it wrote, so that no function that files, forwards or assigns can
forget it; of many documents it is worked out by the thousand.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from typing import Any, cast

from sqlalchemy import Select, Table, delete, event, insert, select
from sqlalchemy.orm import Session

from store.account_tables import SightRow
from store.audit import Recorded
from store.bonds import is_binding
from store.errors import NotFound
from store.numbers import number_key
from store.register_tables import HandlingRow
from store.spelling import key
from store.tables import DocumentRow, DutyRow, OfficeRow, ReceiptRow, RecipientRow, ReferenceRow
from store.work_tables import GroupRow, MemberRow, StepRow, UnitRow

_AT_ONCE = 1_000  # documents
_TOUCHED, _RENAMED = "sight of documents", "sight of units"
_SIGHT = cast("Table", SightRow.__table__)
_BETWEEN = re.compile(r"[,;()]| và | - ")
_ALL: dict[str, Any] = {"for_all": True}
"""What is worked out here looks at every document, whoever the session belongs to."""


class Names:
    """Which units does a body's name mean? Only whole names count: `Văn phòng Tỉnh ủy` is not our `Văn phòng`."""

    def __init__(self, session: Session) -> None:
        """Learn the names of units and groups, alone and with the office's."""
        self._units: defaultdict[str, set[int]] = defaultdict(set)
        office = session.scalar(select(OfficeRow.name), execution_options=_ALL)
        for unit, folded in session.execute(select(UnitRow.id, UnitRow.folded), execution_options=_ALL):
            self._learn(folded, office, {unit})
        members: defaultdict[int, set[int]] = defaultdict(set)
        for group, unit in session.execute(select(MemberRow.group_id, MemberRow.unit_id), execution_options=_ALL):
            members[group].add(unit)
        for row in session.scalars(select(GroupRow), execution_options=_ALL):
            for name in (row.name, *row.aliases):
                self._learn(key(name), office, members[row.id])

    def _learn(self, folded: str, office: str | None, units: set[int]) -> None:
        for name in (folded, f"{folded} {key(office)}" if office else folded):
            self._units[name] |= units

    def units(self, *said: str | None) -> set[int]:
        """Give the units that are named, alone or in a row of names."""
        parts = chain.from_iterable([text, *_BETWEEN.split(text)] for text in said if text)
        return set().union(*(self._units.get(key(part), set()) for part in parts))


def mark(session: Session, documents: Collection[int]) -> None:
    """Work out who may see these documents, and those that they cite and that are not held."""
    session.flush()
    names = Names(session)
    ids = sorted(documents)
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        held = dict(
            session.execute(
                select(DocumentRow.id, DocumentRow.sha256).where(DocumentRow.id.in_(some), DocumentRow.held), execution_options=_ALL
            ).all()
        )
        who: defaultdict[int, set[str]] = defaultdict(set)
        for document, one in chain(_public(session, held), _handed_in(session, held), _of_units(session, held, names)):
            who[document].add(one)
        session.execute(delete(_SIGHT).where(_SIGHT.c.document_id.in_(held)))
        _keep(session, ((one, document) for document in held for one in who[document]))
        _keep(session, _cited(session, held, who))


def mark_all(session: Session) -> None:
    """Work it out for every document: of a store that was filled before there were accounts."""
    mark(session, session.scalars(select(DocumentRow.id).where(DocumentRow.held), execution_options=_ALL).all())


@event.listens_for(Recorded, "before_commit")
def mark_touched(session: Session) -> None:
    """Work it out for the documents of which this transaction changed something that it follows from."""
    session.flush()
    if renamed := session.info.pop(_RENAMED, None):
        session.info.setdefault(_TOUCHED, set()).update(_naming(session, renamed))
    if touched := session.info.pop(_TOUCHED, None):
        mark(session, touched)


def units_of_duty(session: Session, duty_id: int) -> set[int]:
    """Give the units whose duty it is: those that it names, and those that people gave it to. Raises NotFound."""
    row = session.scalar(select(DutyRow).where(DutyRow.id == duty_id))
    if row is None:
        raise NotFound("Không tìm thấy nhiệm vụ.")
    given = _steps().where(DutyRow.id == duty_id)
    return Names(session).units(row.assignee, *row.co_ordinators).union(*(units for _, units in session.execute(given)))


def _public(session: Session, held: Collection[int]) -> Iterator[tuple[int, str]]:
    """Yield the legal documents of the State: their number holds its year, and their kind binds."""
    asked = select(DocumentRow.id, DocumentRow.number, DocumentRow.type_key, DocumentRow.family).where(DocumentRow.id.in_(held))
    for document, number, type_key, family in session.execute(asked, execution_options=_ALL):
        known = number_key(number) if number and family in ("state", None) and type_key else None
        if known and known.year and known.is_whole and not known.is_party and is_binding(type_key):
            yield document, "all"


def _handed_in(session: Session, held: dict[int, str | None]) -> Iterator[tuple[int, str]]:
    asked = select(ReceiptRow.sha256, ReceiptRow.received_by).where(ReceiptRow.sha256.in_(set(held.values()))).distinct()
    by: defaultdict[str, set[str]] = defaultdict(set)
    for sha256, person in session.execute(asked, execution_options=_ALL):
        by[sha256].add(person)
    return ((document, f"by {person}") for document, sha256 in held.items() for person in by[sha256 or ""])


def _of_units(session: Session, held: Collection[int], names: Names) -> Iterator[tuple[int, str]]:
    """Yield the units that a document names as those who get it or must do something, or that people gave it to."""
    said: Iterable[tuple[int, Iterable[int]]] = chain(_named(session, held, names), _given(session, held))
    return ((document, f"unit {unit}") for document, units in said for unit in units)


def _named(session: Session, held: Collection[int], names: Names) -> Iterator[tuple[int, Iterable[int]]]:
    bodies = select(RecipientRow.document_id, RecipientRow.name).where(RecipientRow.document_id.in_(held))
    for document, name in session.execute(bodies, execution_options=_ALL):
        yield document, names.units(name)
    duties = select(DutyRow.document_id, DutyRow.assignee, DutyRow.co_ordinators).where(DutyRow.document_id.in_(held))
    for document, assignee, others in session.execute(duties, execution_options=_ALL):
        yield document, names.units(assignee, *others)


def _given(session: Session, held: Collection[int]) -> Iterator[tuple[int, Iterable[int]]]:
    """Yield what people forwarded, assigned and shared out, but what was taken back."""
    gone = select(HandlingRow.undoes).where(HandlingRow.undoes.is_not(None))
    papers = select(HandlingRow.document_id, HandlingRow.units).where(HandlingRow.document_id.in_(held), HandlingRow.id.not_in(gone))
    for document, units in session.execute(papers, execution_options=_ALL):
        yield document, filter(None, (units.get("lead"), *units.get("helping", ()), *units.get("informed", ())))
    for document, units in session.execute(_steps().where(DutyRow.document_id.in_(held)), execution_options=_ALL):
        yield document, units


def _steps() -> Select[int, list[Any]]:
    """Ask for the units that duties were given to, with the documents of these, but for what was taken back."""
    undone = select(StepRow.undoes).where(StepRow.undoes.is_not(None))
    steps = select(DutyRow.document_id, StepRow.units).join(DutyRow, DutyRow.id == StepRow.duty_id)
    return steps.where(StepRow.kind.in_(("assign", "share")), StepRow.id.not_in(undone))


def _cited(session: Session, held: Collection[int], who: dict[int, set[str]]) -> Iterator[tuple[str, int]]:
    """Yield for each document that is only cited those who may see a document that cites it."""
    stubs = select(ReferenceRow.document_id, ReferenceRow.target_id).join(DocumentRow, DocumentRow.id == ReferenceRow.target_id)
    for document, stub in session.execute(stubs.where(ReferenceRow.document_id.in_(held), ~DocumentRow.held), execution_options=_ALL):
        yield from ((one, stub) for one in who[document] if stub)


def _keep(session: Session, rows: Iterable[tuple[str, int]]) -> None:
    """Add rows that are not there yet."""
    wanted = set(rows)
    kept = select(_SIGHT.c.who, _SIGHT.c.document_id).where(_SIGHT.c.document_id.in_({document for _, document in wanted}))
    new = wanted - {(who, document) for who, document in session.execute(kept)} if wanted else ()
    if new:
        session.execute(insert(_SIGHT), [{"who": who, "document_id": document} for who, document in sorted(new)])


def _naming(session: Session, folded: set[str]) -> set[int]:
    """Give the documents that may name a unit or a group, and those that its members see already."""
    found: set[int] = set()
    for name in folded:
        words = "%".join(name.split())
        bodies = select(RecipientRow.document_id).where(RecipientRow.folded.like(f"%{words}%"))
        duties = select(DutyRow.document_id).where(DutyRow.bodies.like(f"%{words}%"))
        found.update(session.scalars(bodies, execution_options=_ALL), session.scalars(duties, execution_options=_ALL))
    return found


@event.listens_for(Recorded, "after_soft_rollback")
def _forget(session: Session, _: object) -> None:
    """What was taken back changed nothing."""
    session.info.pop(_TOUCHED, None)
    session.info.pop(_RENAMED, None)


@event.listens_for(Recorded, "after_flush")
def _see(session: Session, _: object) -> None:
    """Take down the documents, and the names of units, that a flush changed."""
    touched = session.info.setdefault(_TOUCHED, set())
    renamed = session.info.setdefault(_RENAMED, set())
    duties = set()
    for row in chain(session.new, session.dirty, session.deleted):
        if isinstance(row, DocumentRow):
            touched.update([row.id] if row.held and row not in session.deleted else ())
        elif isinstance(row, (HandlingRow, RecipientRow, DutyRow)):
            touched.add(row.document_id)
        elif isinstance(row, StepRow):
            duties.add(row.duty_id)
        elif isinstance(row, (UnitRow, GroupRow)):
            renamed.update([row.folded, *map(key, getattr(row, "aliases", ()))])
        elif isinstance(row, MemberRow):
            renamed.add(_group(session, row.group_id))
        elif isinstance(row, OfficeRow):
            renamed.add("")
    if duties:
        asked = select(DutyRow.document_id).where(DutyRow.id.in_(duties))
        touched.update(session.connection().scalars(asked))


def _group(session: Session, group_id: int) -> str:
    return session.connection().scalar(select(GroupRow.folded).where(GroupRow.id == group_id)) or ""
