"""Which part of many duties does a page show, and how many are there of each kind?

A list of all duties (store/duties.py) makes a line of each; a page needs a hundred lines and some figures. Here the database counts,
puts in order and cuts, and only the lines of the page are made. A recurring limit has no day in the database: those, and what is due
today (urgent documents first), are put in order beside it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from heapq import merge
from itertools import islice
from typing import Any

from sqlalchemy import Date, Integer, Row, Select, and_, case, cast, func, or_, select, type_coerce
from sqlalchemy.orm import Session, aliased

from store.answers import DutyLine, DutyState, Viewer
from store.duties import earliest, is_live, limited_to, may_fall
from store.duty import lines_of
from store.progress import CLOSED
from store.recurrence import next_day
from store.scope import see_as
from store.spelling import key
from store.tables import DocumentRow, DutyRow
from store.urgency import rush, urgency
from store.work_tables import UnitRow, WorkRow
from store.works import IS_BEGUN

OVERDUE, TODAY, THIS_WEEK, THIS_MONTH, LATER, UNDATED, ENDED = range(7)
"""The parts of a list; a week ends on Sunday."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which duties are asked for, as of a day.

    within: due on as_of or in so many days after it; days: due from a day to a day, overdue or not; overdue: only those whose day is
    past; undated: also those without a day (never with the three before); agency: whose bodies name it; unit: that were given to a
    unit, or name it and were given to nobody; state: only those (open ones where it is None); unconfirmed: only what nobody confirmed;
    followed: only duties of many units (True), only the others (False).
    """

    as_of: date
    within: int | None = None
    days: tuple[date, date] | None = None
    overdue: bool = False
    undated: bool = True
    agency: str | None = None
    unit: int | None = None
    state: DutyState | None = None
    unconfirmed: bool = False
    followed: bool | None = None


@dataclass(frozen=True, slots=True)
class Agenda:
    """One page of duties. counts: by whether many units do it, the part of the list, and whether somebody confirmed it."""

    lines: tuple[DutyLine, ...]
    counts: Mapping[tuple[bool, int, bool], int]
    by_day: Mapping[date, int]
    """Of a list of days how many fall on each; empty otherwise."""

    def count(self, *, followed: bool | None = None, part: int | None = None, stands: bool | None = None) -> int:
        """Add the figures up."""
        asked = (followed, part, stands)
        return sum(
            count for known, count in self.counts.items() if all(want in (None, have) for want, have in zip(asked, known, strict=True))
        )


@dataclass(frozen=True, slots=True, order=True)
class _Entry:
    """What a list goes by: day (the last one of all where none is known), urgency, hour, ids."""

    day: date
    rush: int
    at: time
    document: int
    duty: int


def agenda(session: Session, wanted: Wanted, *, seen_by: Viewer, offset: int = 0, limit: int = 100, a_day: int | None = None) -> Agenda:
    """Give the page from offset on, and the figures of the whole; a_day: at most so many lines of each day (a month's table)."""
    see_as(session, seen_by)
    base = _base(session, wanted)
    if wanted.state in CLOSED:
        return _ended(session, base, wanted, offset, limit)
    plain, beside, figures = _counted(session, base, wanted)
    side = plain if wanted.followed is None else plain.where(_followed == wanted.followed)
    rows = session.execute(_ordered(side)) if a_day is not None else _first(session, side, wanted, offset + limit)
    entries: Iterator[_Entry] = merge((_entry(row, 0) for row in rows), beside)
    by_day: Counter[date] = Counter()
    if a_day is not None:
        entries = _first_of_days(entries, a_day, by_day)
        offset, limit = 0, 10_000
    shown = [entry.duty for entry in islice(entries, offset, offset + limit)]
    return Agenda(lines_of(session, shown, wanted.as_of), figures, by_day)


@dataclass(frozen=True, slots=True)
class Near:
    """What a glance shows: from a day to a day at most a_day of each; the last few that are late, the first few of the others."""

    first: date
    last: date
    a_day: int
    late: int
    coming: int


def glance(session: Session, wanted: Wanted, near: Near, *, seen_by: Viewer) -> Agenda:
    """Give the duties around a day, and the figures of the whole."""
    see_as(session, seen_by)
    plain, beside, figures = _counted(session, _base(session, wanted), wanted)
    rows = session.execute(_ordered(plain.where(may_fall(near.first, near.last), _day.between(near.first, near.last))))
    found = merge((_entry(row, 0) for row in rows), (one for one in beside if near.first <= one.day <= near.last))
    entries = list(_first_of_days(found, near.a_day, Counter()))
    late = [one.duty for one in entries if one.day < wanted.as_of][-near.late :]
    coming = [one.duty for one in entries if one.day >= wanted.as_of][: near.coming]
    return Agenda(lines_of(session, [*late, *coming], wanted.as_of), figures, {})


_later = aliased(DutyRow)
_again = aliased(WorkRow)
_newest = (
    select(_again.follows_id.label("follows_id"), func.max(_later.due_on).label("due_on"))
    .join(_later, _later.id == _again.duty_id)
    .where(_again.follows_id.is_not(None), _later.due_on.is_not(None))
    .group_by(_again.follows_id)
    .subquery()
)
_day = type_coerce(func.coalesce(WorkRow.extended_to, _newest.c.due_on, DutyRow.due_on), Date)
_at = case((func.coalesce(WorkRow.extended_to, _newest.c.due_on).is_(None), DutyRow.due_at))
"""The hour of the limit that the document names; a later limit has none."""
_followed = or_(DutyRow.is_group, func.coalesce(WorkRow.members, 0) > 0)
_comes_again = and_(DutyRow.recurrence.is_not(None), DutyRow.kind == "recurring", _day.is_(None))


def _base(session: Session, wanted: Wanted) -> Select[*tuple[Any, ...]]:
    """Ask for the duties by all conditions but those on days and sides."""
    found = (
        select(DutyRow.id, DutyRow.document_id, _day, _at, DutyRow.recurrence, _followed, IS_BEGUN)
        .join(DocumentRow, DocumentRow.id == DutyRow.document_id)
        .outerjoin(WorkRow, WorkRow.duty_id == DutyRow.id)
        .outerjoin(_newest, _newest.c.follows_id == DutyRow.id)
        .where(is_live(), WorkRow.follows_id.is_(None), *limited_to(wanted.agency))
    )
    state = func.coalesce(WorkRow.state, "Chưa thực hiện")
    found = found.where(state.not_in(CLOSED) if wanted.state is None else state == wanted.state)
    if wanted.unconfirmed:
        found = found.where(~IS_BEGUN)
    if wanted.unit is not None:
        name = session.scalar(select(UnitRow.name).where(UnitRow.id == wanted.unit))
        named = and_(WorkRow.unit_id.is_(None), DutyRow.bodies.contains(key(name or ""), autoescape=True))
        found = found.where(or_(WorkRow.unit_id == wanted.unit, named) if name else WorkRow.unit_id == wanted.unit)
    return found


def _is_beside(wanted: Wanted) -> Any:  # noqa: ANN401  a condition of SQLAlchemy
    return or_(_comes_again, func.coalesce(_day == wanted.as_of, False))


def _in_days(wanted: Wanted) -> list[Any]:
    """Ask for the days that are wanted."""
    if wanted.days:
        return [may_fall(*wanted.days), _day.between(*wanted.days)]
    if wanted.overdue:
        return [may_fall(date.min, wanted.as_of), _day < wanted.as_of]
    if wanted.within is not None:
        last = wanted.as_of + timedelta(wanted.within)
        return [may_fall(wanted.as_of, last), _day.between(wanted.as_of, last)]
    return [] if wanted.undated else [may_fall(date.min, date.max), _day.is_not(None)]


def _fits(day: date | None, wanted: Wanted) -> bool:
    """Say of a day what _in_days asks of the database."""
    if wanted.days:
        return day is not None and wanted.days[0] <= day <= wanted.days[1]
    if wanted.overdue:
        return day is not None and day < wanted.as_of
    if wanted.within is not None:
        return day is not None and wanted.as_of <= day <= wanted.as_of + timedelta(wanted.within)
    return wanted.undated or day is not None


def _beside(session: Session, base: Select[*tuple[Any, ...]], wanted: Wanted) -> tuple[list[_Entry], Counter[tuple[bool, int, bool]]]:
    """Give, in order, what comes again and what is due today, with its figures."""
    may = or_(DutyRow.id.in_(select(DutyRow.id).where(DutyRow.kind == "recurring")), may_fall(wanted.as_of, wanted.as_of))
    rows = session.execute(base.where(may, _is_beside(wanted))).all()
    since = earliest(session, select(DutyRow.document_id).where(DutyRow.kind == "recurring"), after=wanted.as_of)
    days = {row[0]: row[2] or next_day(row[4], max(wanted.as_of, since.get(row[1], wanted.as_of))) for row in rows}
    rows = [row for row in rows if _fits(days[row[0]], wanted)]
    said = urgency(session, {row[1] for row in rows if days[row[0]] == wanted.as_of})
    figures: Counter[tuple[bool, int, bool]] = Counter()
    for (followed, day, stands), count in Counter((bool(row[5]), days[row[0]], bool(row[6])) for row in rows).items():
        figures[followed, part_of(day, wanted.as_of), stands] += count
    mine = [row for row in rows if wanted.followed in (None, bool(row[5]))]
    entries = [_entry(row, rush(said.get(row[1])) if days[row[0]] == wanted.as_of else 0, days[row[0]]) for row in mine]
    return sorted(entries), figures


def _entry(row: Row[*tuple[Any, ...]], hurry: int, day: date | None = None) -> _Entry:
    return _Entry(day or row[2] or date.max, hurry, row[3] or time.max, row[1], row[0])


def part_of(day: date | None, as_of: date) -> int:
    """Give the part of the list in which a day stands."""
    if day is None:
        return UNDATED
    week, month = _ends(as_of)
    return next(part for part, last in enumerate((as_of - timedelta(1), as_of, week, max(week, month), date.max)) if day <= last)


def _ends(as_of: date) -> tuple[date, date]:
    """Give the Sunday of a day's week and the last day of its month."""
    following = (as_of.replace(day=1) + timedelta(32)).replace(day=1)
    return as_of + timedelta(6 - as_of.weekday()), following - timedelta(1)


def _counted(
    session: Session, base: Select[*tuple[Any, ...]], wanted: Wanted
) -> tuple[Select[*tuple[Any, ...]], list[_Entry], Counter[tuple[bool, int, bool]]]:
    """Give the question for what the database puts in order, what stands beside it in order, and the figures of both."""
    beside, figures = _beside(session, base, wanted)
    plain = base.where(~_is_beside(wanted), *_in_days(wanted))
    return plain, beside, figures + _figures(session, plain, wanted)


def _ordered(asked: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return asked.order_by(_day.is_(None), _day, _at.is_(None), _at, DutyRow.document_id, DutyRow.id)


def _first(session: Session, side: Select[*tuple[Any, ...]], wanted: Wanted, count: int) -> Iterator[Row[*tuple[Any, ...]]]:
    """Yield the first rows of a list; those without a day, which are many and last, are asked for only where the others do not suffice."""
    if _fits(None, wanted):
        dated = session.execute(_ordered(side.where(may_fall(date.min, date.max), _day.is_not(None))).limit(count)).all()
        undated = side.where(_day.is_(None)).order_by(DutyRow.document_id, DutyRow.id).limit(count - len(dated))
        yield from dated
        yield from session.execute(undated) if len(dated) < count else ()
    else:
        yield from session.execute(_ordered(side).limit(count))


def _figures(session: Session, plain: Select[*tuple[Any, ...]], wanted: Wanted) -> Counter[tuple[bool, int, bool]]:
    week, month = _ends(wanted.as_of)
    part = case(
        (_day.is_(None), UNDATED),
        (_day < wanted.as_of, OVERDUE),
        (_day <= week, THIS_WEEK),
        (_day <= month, THIS_MONTH),
        else_=LATER,
    )
    followed, stands = cast(_followed, Integer), cast(IS_BEGUN, Integer)
    rows = session.execute(plain.with_only_columns(followed, part, stands, func.count()).group_by(followed, part, stands))
    return Counter({(bool(one), at, bool(two)): count for one, at, two, count in rows})


def _ended(session: Session, base: Select[*tuple[Any, ...]], wanted: Wanted, offset: int, limit: int) -> Agenda:
    """Give ended duties, the last one done first."""
    followed = cast(_followed, Integer)
    counted = session.execute(base.with_only_columns(followed, func.count()).group_by(followed))
    side = base if wanted.followed is None else base.where(_followed == wanted.followed)
    rows = session.execute(side.order_by(WorkRow.done_on.desc(), DutyRow.id.desc()).offset(offset).limit(limit))
    shown = [row[0] for row in rows]
    return Agenda(lines_of(session, shown, wanted.as_of), {(bool(one), ENDED, True): count for one, count in counted}, {})


def _first_of_days(entries: Iterable[_Entry], most: int, by_day: Counter[date]) -> Iterator[_Entry]:
    """Keep the first entries of each day, and count them all."""
    for entry in entries:
        by_day[entry.day] += 1
        if by_day[entry.day] <= most:
            yield entry
