"""What do the citations, the duties and the reading of a period come to, in figures, and which documents stand behind each?

Citations are counted by the day of the paper that cites, and once however often it does.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, String, and_, cast, exists, func, select
from sqlalchemy.orm import Session

from store.agenda import Wanted, agenda
from store.answers import DocumentLine, Viewer
from store.bonds import RESTS
from store.corrections import FIELDS, LISTS
from store.lines import lines_by_id
from store.scope import see_as
from store.tables import CorrectionRow, DocumentRow, DutyRow, EdgeRow, ValueRow
from store.work_tables import UnitRow, WorkRow

Days = tuple[date, date]
"""First and last."""
Moments = tuple[datetime, datetime]
"""From one on, until before the other."""
_MONTH = func.substr(cast(DocumentRow.issued_on, String), 1, 7)


@dataclass(frozen=True, slots=True)
class Count:
    """How often something is so: its name, an id where it has one."""

    name: str
    count: int
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Punctuality:
    """What a unit finished in a period, in time and late; unit_id is None where a document only names it."""

    unit: str
    unit_id: int | None
    in_time: int
    late: int

    @property
    def rate(self) -> float:
        """Give the part that was in time, from 0 to 1."""
        return self.in_time / (self.in_time + self.late)


@dataclass(frozen=True, slots=True)
class Quality:
    """Of documents that a person confirmed how a field was read: values that stood, that were put right, that had been missed."""

    field: str
    stood: int
    put_right: int
    missed: int

    @property
    def rate(self) -> float:
        """Give the part that was read rightly, from 0 to 1."""
        return self.stood / (self.stood + self.put_right + self.missed)


def citations_by_month(session: Session, days: Days, *, seen_by: Viewer) -> tuple[Count, ...]:
    """Count the citations of each month (`2026-03`) that has some, the earliest first."""
    see_as(session, seen_by)
    cited = _cited(days).add_columns(_MONTH.label("month")).subquery()
    rows = session.execute(select(cited.c.month, func.count()).group_by(cited.c.month).order_by(cited.c.month))
    return tuple(Count(month, count) for month, count in rows)


def citations_by_agency(session: Session, days: Days, *, seen_by: Viewer, limit: int = 15) -> tuple[Count, ...]:
    """Count the citations of each agency's papers, the most first; papers of no known agency are left out."""
    see_as(session, seen_by)
    cited = _cited(days).add_columns(DocumentRow.agency_id, DocumentRow.agency).where(DocumentRow.agency_id.is_not(None)).subquery()
    count = func.count()
    asked = select(func.min(cited.c.agency), count, cited.c.agency_id).group_by(cited.c.agency_id)
    rows = session.execute(asked.order_by(count.desc(), cited.c.agency_id).limit(limit))
    return tuple(Count(name or "", many, known) for name, many, known in rows)


def _cited(days: Days) -> Select[int, int]:
    """Ask for each pair once, of a paper of these days and what it cites."""
    return (
        select(EdgeRow.source_id, EdgeRow.target_id)
        .distinct()
        .join(DocumentRow, DocumentRow.id == EdgeRow.source_id)
        .where(DocumentRow.issued_on.between(*days))
    )


def papers_citing(  # noqa: PLR0913  what of, and which part of it, all named
    session: Session,
    days: Days,
    *,
    seen_by: Viewer,
    agency_id: int | None = None,
    resting_on: int | None = None,
    offset: int = 0,
    limit: int = 50,
) -> tuple[DocumentLine, ...]:
    """Give the papers of these days that cite something, the newest first; resting_on: those that have one document as a base."""
    see_as(session, seen_by)
    cites = exists().where(EdgeRow.source_id == DocumentRow.id)
    if resting_on is not None:
        cites = cites.where(EdgeRow.target_id == resting_on, EdgeRow.relation.in_(RESTS))
    asked = select(DocumentRow.id).where(DocumentRow.issued_on.between(*days), cites)
    if agency_id is not None:
        asked = asked.where(DocumentRow.agency_id == agency_id)
    return _lines(session, asked.order_by(DocumentRow.issued_on.desc(), DocumentRow.id.desc()), offset, limit)


def punctuality(session: Session, days: Days, *, seen_by: Viewer, limit: int = 15) -> tuple[Punctuality, ...]:
    """Give for each unit what it finished in these days, the busiest first; what had no day is done in time."""
    see_as(session, seen_by)
    day = func.coalesce(WorkRow.extended_to, DutyRow.due_on)
    is_late = func.coalesce(WorkRow.done_on > day, False)
    asked = (
        select(UnitRow.name, DutyRow.assignee, WorkRow.unit_id, is_late, func.count())
        .join(DutyRow, DutyRow.id == WorkRow.duty_id)
        .outerjoin(UnitRow, UnitRow.id == WorkRow.unit_id)
        .where(WorkRow.state == "Đã hoàn thành", WorkRow.done_on.between(*days))
        .group_by(UnitRow.name, DutyRow.assignee, WorkRow.unit_id, is_late)
    )
    counts: defaultdict[tuple[str, int | None], Counter[bool]] = defaultdict(Counter)
    for unit, assignee, unit_id, late, count in session.execute(asked):
        counts[unit or assignee or "", unit_id][bool(late)] += count
    order = sorted(counts.items(), key=lambda one: (-one[1].total(), one[0][0]))[:limit]
    return tuple(Punctuality(unit, unit_id, done[False], done[True]) for (unit, unit_id), done in order)


def deadlines_ahead(session: Session, as_of: date, weeks: int, *, seen_by: Viewer) -> tuple[tuple[date, int], ...]:
    """Count the open duties of each week from the one of as_of on, by its Monday; of the first what is due from as_of on."""
    monday = as_of - timedelta(as_of.weekday())
    asked = Wanted(as_of, days=(as_of, monday + timedelta(7 * weeks - 1)))
    found = agenda(session, asked, seen_by=seen_by, a_day=0).by_day
    counts = Counter((day - monday).days // 7 for day, count in found.items() for _ in range(count))
    return tuple((monday + timedelta(7 * week), counts[week]) for week in range(weeks))


def reading_quality(session: Session, came: Moments, *, seen_by: Viewer) -> tuple[Quality, ...]:
    """Say of each field how it was read in the documents that came in a period and that a person confirmed since."""
    see_as(session, seen_by)
    fields = [field for field in FIELDS if field not in LISTS]
    values = select(ValueRow.name, func.count()).join(DocumentRow, DocumentRow.id == ValueRow.document_id)
    read = dict(session.execute(values.where(_checked(came), ValueRow.name.in_(fields)).group_by(ValueRow.name)).all())
    changed: Counter[tuple[str, bool]] = Counter()
    rows = session.execute(_put_right(came).add_columns(CorrectionRow.name, ValueRow.id.label("value_id")))
    changed.update((row.name, row.value_id is not None) for row in rows)
    found = (Quality(field, read.get(field, 0) - changed[field, True], changed[field, True], changed[field, False]) for field in fields)
    return tuple(one for one in found if one.stood or one.put_right or one.missed)


def papers_put_right(
    session: Session, came: Moments, field: str, *, seen_by: Viewer, offset: int = 0, limit: int = 50
) -> tuple[DocumentLine, ...]:
    """Give the confirmed documents that came in a period in which a person put one field right, the newest first."""
    see_as(session, seen_by)
    asked = _put_right(came).where(CorrectionRow.name == field)
    return _lines(session, asked.order_by(DocumentRow.filed_at.desc(), DocumentRow.id.desc()), offset, limit)


def _put_right(came: Moments) -> Select[int]:
    """Ask for confirmed documents with each correction that stands and differs from what was read, and what was read, if anything."""
    last = select(func.max(CorrectionRow.id)).group_by(CorrectionRow.document_id, CorrectionRow.name)
    was_read = and_(ValueRow.document_id == DocumentRow.id, ValueRow.name == CorrectionRow.name)
    joined = select(DocumentRow.id).join(CorrectionRow, CorrectionRow.document_id == DocumentRow.id).outerjoin(ValueRow, was_read)
    is_other = func.coalesce(CorrectionRow.value, "") != func.coalesce(ValueRow.value, "")
    return joined.where(_checked(came), CorrectionRow.id.in_(last), ~CorrectionRow.undo, is_other)


def _checked(came: Moments) -> ColumnElement[bool]:
    """Say which documents came in a period and were confirmed."""
    return and_(DocumentRow.state == "Đã đối chiếu", DocumentRow.filed_at >= came[0], DocumentRow.filed_at < came[1])


def _lines(session: Session, asked: Select[int], offset: int, limit: int) -> tuple[DocumentLine, ...]:
    order = session.scalars(asked.offset(offset).limit(limit)).all()
    lines = lines_by_id(session, order)
    return tuple(lines[known] for known in order)
