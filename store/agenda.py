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
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, Integer, Row, Select, and_, case, cast, func, or_, select, type_coerce
from sqlalchemy.orm import Session, aliased

from store.answers import DutyLine, DutyState, Viewer
from store.duties import earliest, is_live, limited_to
from store.duty import lines_of
from store.progress import CLOSED
from store.scope import see_as
from store.spelling import key
from store.standing import due_day
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


class _Entry(NamedTuple):
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
    entries: Iterator[_Entry] = merge(map(_plain_entry, rows), beside)
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
    rows = session.execute(_ordered(plain.where(*_dated(near.first, near.last))))
    found = merge(map(_plain_entry, rows), (one for one in beside if near.first <= one.day <= near.last))
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
_new_limit = type_coerce(func.coalesce(WorkRow.extended_to, _newest.c.due_on), Date)
_urged = select(WorkRow.follows_id).where(WorkRow.follows_id.is_not(None))
_followed = or_(DutyRow.is_group, func.coalesce(WorkRow.members, 0) > 0)


def _base(session: Session, wanted: Wanted) -> Select[*tuple[Any, ...]]:
    """Ask for the duties by all conditions but those on days and sides."""
    found = (
        select(DutyRow.id, DutyRow.document_id, DutyRow.due_on, DutyRow.due_at, _followed, IS_BEGUN)
        .join(DocumentRow, DocumentRow.id == DutyRow.document_id)
        .outerjoin(WorkRow, WorkRow.duty_id == DutyRow.id)
        .where(is_live(), WorkRow.follows_id.is_(None), _in_state(wanted.state), *limited_to(wanted.agency))
    )
    if wanted.unconfirmed:
        found = found.where(~IS_BEGUN)
    if wanted.unit is not None:
        name = session.scalar(select(UnitRow.name).where(UnitRow.id == wanted.unit))
        named = and_(WorkRow.unit_id.is_(None), DutyRow.bodies.contains(key(name or ""), autoescape=True))
        found = found.where(or_(WorkRow.unit_id == wanted.unit, named) if name else WorkRow.unit_id == wanted.unit)
    return found


def _in_state(state: DutyState | None) -> ColumnElement[bool]:
    """Say that a duty is in a state, or open; one that nobody touched has no row that says so."""
    if state is None:
        return func.coalesce(WorkRow.state, "Chưa thực hiện").not_in(CLOSED)
    return or_(WorkRow.state == state, WorkRow.duty_id.is_(None)) if state == "Chưa thực hiện" else WorkRow.state == state


def _days(wanted: Wanted) -> tuple[date, date] | None:
    """Give the first and the last day that is wanted; None where those without a day are wanted too."""
    if wanted.days:
        return wanted.days
    if wanted.overdue:
        return date.min, wanted.as_of - timedelta(1)
    if wanted.within is not None:
        return wanted.as_of, wanted.as_of + timedelta(wanted.within)
    return None if wanted.undated else (date.min, date.max)


def _fits(day: date | None, days: tuple[date, date] | None) -> bool:
    return days is None or (day is not None and days[0] <= day <= days[1])


def _plain(base: Select[*tuple[Any, ...]], wanted: Wanted) -> Select[*tuple[Any, ...]]:
    """Ask for those whose day is the one that their document names, and not today: the many, which an index has in order."""
    another_day = or_(DutyRow.due_on.is_(None), DutyRow.due_on != wanted.as_of)
    found = base.where(DutyRow.kind != "recurring", another_day, WorkRow.extended_to.is_(None), DutyRow.id.not_in(_urged))
    days = _days(wanted)
    return found.where(*_dated(*days)) if days else found


def _dated(first: date, last: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return DutyRow.kind == "date", DutyRow.due_on.between(first, last)


def _beside(session: Session, base: Select[*tuple[Any, ...]], wanted: Wanted) -> tuple[list[_Entry], Counter[tuple[bool, int, bool]]]:
    """Give, in order, the others with their figures: what comes again, was put off or dated anew, or is due today."""
    again = select(DutyRow.id).where(DutyRow.kind == "recurring")
    today = select(DutyRow.id).where(*_dated(wanted.as_of, wanted.as_of))
    put_off = select(WorkRow.duty_id).where(WorkRow.extended_to.is_not(None))
    joined = base.outerjoin(_newest, _newest.c.follows_id == DutyRow.id)
    more = joined.add_columns(_new_limit.label("new_limit"), DutyRow.kind, DutyRow.recurrence, DocumentRow.issued_on)
    rows = session.execute(more.where(DutyRow.id.in_(again.union_all(today, put_off, _urged)))).all()
    days = _days_now(session, rows, wanted.as_of)
    found = [(row, day) for row, day in zip(rows, days, strict=True) if _fits(day, _days(wanted))]
    said = urgency(session, {row.document_id for row, day in found if day == wanted.as_of})
    figures: Counter[tuple[bool, int, bool]] = Counter()
    for (followed, day, stands), count in Counter((row[4], day, row[5]) for row, day in found).items():
        figures[bool(followed), part_of(day, wanted.as_of), bool(stands)] += count
    mine = (_entry(row, day, said, wanted.as_of) for row, day in found if wanted.followed in (None, bool(row[4])))
    return sorted(mine), figures


def _days_now(session: Session, rows: Iterable[Row[*tuple[Any, ...]]], as_of: date) -> list[date | None]:
    """Give the day of each duty as it is now; one that comes again does not fall before its document was written."""
    unwritten = {row.document_id for row in rows if row.kind == "recurring" and (row.issued_on is None or row.issued_on > as_of)}
    since = earliest(session, unwritten, after=as_of)
    return [
        row.new_limit or due_day(row.kind, row.due_on, row.recurrence, as_of=as_of, not_before=since.get(row.document_id)) for row in rows
    ]


def _entry(row: Row[*tuple[Any, ...]], day: date | None, said: Mapping[int, str], as_of: date) -> _Entry:
    hurry = rush(said.get(row.document_id)) if day == as_of else 0
    at = None if row.new_limit else row.due_at
    return _Entry(day or date.max, hurry, at or time.max, row.document_id, row.id)


def _plain_entry(row: Row[*tuple[Any, ...]]) -> _Entry:
    return _Entry(row.due_on or date.max, 0, row.due_at or time.max, row.document_id, row.id)


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
    plain = _plain(base, wanted)
    return plain, beside, figures + _figures(session, plain, wanted)


def _figures(session: Session, plain: Select[*tuple[Any, ...]], wanted: Wanted) -> Counter[tuple[bool, int, bool]]:
    week, month = _ends(wanted.as_of)
    part = case(
        (DutyRow.due_on.is_(None), UNDATED),
        (DutyRow.due_on < wanted.as_of, OVERDUE),
        (DutyRow.due_on <= week, THIS_WEEK),
        (DutyRow.due_on <= month, THIS_MONTH),
        else_=LATER,
    )
    followed, stands = cast(_followed, Integer), cast(IS_BEGUN, Integer)
    rows = session.execute(plain.with_only_columns(followed, part, stands, func.count()).group_by(followed, part, stands))
    return Counter({(bool(one), at, bool(two)): count for one, at, two, count in rows})


def _ordered(asked: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Put duties that have a day in order."""
    return asked.order_by(DutyRow.due_on, DutyRow.due_at.is_(None), DutyRow.due_at, DutyRow.document_id, DutyRow.id)


def _first(session: Session, side: Select[*tuple[Any, ...]], wanted: Wanted, count: int) -> Iterator[Row[*tuple[Any, ...]]]:
    """Yield the first rows of a list; those without a day, which are many and last, are asked for only where the others do not suffice."""
    days = _days(wanted)
    dated = side if days else side.where(*_dated(date.min, date.max))
    rows = session.execute(_ordered(dated).limit(count)).all()
    yield from rows
    if days is None and len(rows) < count:
        undated = side.where(DutyRow.due_on.is_(None)).order_by(DutyRow.document_id, DutyRow.id)
        yield from session.execute(undated.limit(count - len(rows)))


def _ended(session: Session, base: Select[*tuple[Any, ...]], wanted: Wanted, offset: int, limit: int) -> Agenda:
    """Give ended duties, the last one done first."""
    followed = cast(_followed, Integer)
    counted = session.execute(base.with_only_columns(followed, func.count()).group_by(followed))
    side = base if wanted.followed is None else base.where(_followed == wanted.followed)
    rows = session.execute(side.order_by(WorkRow.done_on.desc(), WorkRow.duty_id.desc()).offset(offset).limit(limit))
    shown = [row[0] for row in rows]
    return Agenda(lines_of(session, shown, wanted.as_of), {(bool(one), ENDED, True): count for one, count in counted}, {})


def _first_of_days(entries: Iterable[_Entry], most: int, by_day: Counter[date]) -> Iterator[_Entry]:
    """Keep the first entries of each day, and count them all."""
    for entry in entries:
        by_day[entry.day] += 1
        if by_day[entry.day] <= most:
            yield entry
