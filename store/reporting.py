"""What became of the office's duties in a week or a month: what is new, done, going on, late, and who gave it?

Only duties that somebody confirmed are told of. What is open is told as it stands now, of a period that is over as it stood against its
last day; what nobody confirmed is counted apart.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from store.answers import DutyLine, Viewer
from store.duties import is_live
from store.duty import lines_of
from store.progress import CLOSED, TAKES_IT_ON
from store.scope import see_as
from store.tables import DocumentRow, DutyRow
from store.work_tables import StepRow, WorkRow
from store.works import IS_BEGUN

MOST = 5_000  # duties of each part of a report
_GIVES_REASONS = ("comment", "extend", "pause", "send back", "urge")


@dataclass(frozen=True, slots=True)
class Share:
    """How the duties of one giver, or of one unit, stand."""

    name: str
    new: int
    in_time: int
    done_late: int
    going: int
    late: int


@dataclass(frozen=True, slots=True)
class Report:
    """Duties of a period by what became of them. reasons: why a late one is late, by duty, as it was last written."""

    first: date
    last: date
    new: tuple[DutyLine, ...]
    done: tuple[DutyLine, ...]
    going: tuple[DutyLine, ...]
    late: tuple[DutyLine, ...]
    reasons: Mapping[int, str]
    unconfirmed: int

    @property
    def done_late(self) -> int:
        """Count what was done after its day; what had no day is done in time."""
        return sum(map(is_done_late, self.done))

    def shares(self, by: str) -> tuple[Share, ...]:
        """Part the figures by giver or by unit (the one it was given to, else the one that is named), the busiest first."""
        counts = {name: Counter(_name(line, by) for line in lines) for name, lines in self._parts()}
        names = sorted(
            {name for count in counts.values() for name in count}, key=lambda name: (-sum(c[name] for c in counts.values()), name)
        )
        return tuple(Share(name, **{part: count[name] for part, count in counts.items()}) for name in names)

    def _parts(self) -> Iterator[tuple[str, Iterable[DutyLine]]]:
        yield "new", self.new
        yield "in_time", [line for line in self.done if not is_done_late(line)]
        yield "done_late", [line for line in self.done if is_done_late(line)]
        yield "going", self.going
        yield "late", self.late


def is_done_late(line: DutyLine) -> bool:
    """Say whether a duty was done after its day."""
    return line.done_on is not None and line.due_on is not None and line.done_on > line.due_on


def _name(line: DutyLine, by: str) -> str:
    return (line.giver if by == "giver" else line.unit or line.assignee) or "Chưa rõ"


def report(session: Session, first: date, last: date, *, as_of: date, seen_by: Viewer) -> Report:
    """Report on the days from first to last; of a period that goes on, as of a day in it."""
    see_as(session, seen_by)
    until = min(last, as_of)
    done = select(WorkRow.duty_id).where(WorkRow.state == "Đã hoàn thành", WorkRow.done_on.between(first, last)).order_by(WorkRow.done_on)
    is_open = lines_of(session, _live(session, select(WorkRow.duty_id).where(IS_BEGUN, WorkRow.state.not_in(CLOSED))), until)
    late = [line for line in is_open if line.days_left is not None and line.days_left < 0]
    return Report(
        first,
        last,
        new=lines_of(session, _live(session, _begun(first, last)), until),
        done=lines_of(session, _live(session, done), until),
        going=tuple(sorted((line for line in is_open if line.days_left is None or line.days_left >= 0), key=_by_day)),
        late=tuple(sorted(late, key=_by_day)),
        reasons=_reasons(session, [line.id for line in late]),
        unconfirmed=_unconfirmed(session),
    )


def _by_day(line: DutyLine) -> tuple[date, int]:
    return line.due_on or date.max, line.id


def _begun(first: date, last: date) -> Select[int]:
    """Ask for the duties that were first confirmed in these days, by a step that stands."""
    gone = select(StepRow.undoes).where(StepRow.undoes.is_not(None))
    began = func.min(StepRow.on)
    taken = select(StepRow.duty_id).where(StepRow.kind.in_(TAKES_IT_ON), StepRow.id.not_in(gone)).group_by(StepRow.duty_id)
    return taken.having(began.between(first, last)).order_by(began)


def _live(session: Session, asked: Select[int]) -> list[int]:
    """Give those of the duties that bind and are listed as their own."""
    found = session.scalars(asked.limit(MOST)).all()
    own = select(DutyRow.id).join(DocumentRow, DocumentRow.id == DutyRow.document_id).outerjoin(WorkRow, WorkRow.duty_id == DutyRow.id)
    binding = set(session.scalars(own.where(DutyRow.id.in_(found), is_live(), WorkRow.follows_id.is_(None))))
    return [duty for duty in found if duty in binding]


def _reasons(session: Session, duties: Collection[int]) -> dict[int, str]:
    """Give what was last written about each duty, by a step that stands."""
    gone = select(StepRow.undoes).where(StepRow.undoes.is_not(None))
    said = select(StepRow.duty_id, StepRow.note).where(
        StepRow.duty_id.in_(duties), StepRow.kind.in_(_GIVES_REASONS), StepRow.note != "", StepRow.id.not_in(gone)
    )
    return dict(session.execute(said.order_by(StepRow.id)).all())


def _unconfirmed(session: Session) -> int:
    """Count the open duties that nobody confirmed."""
    touched = select(WorkRow.duty_id).where(IS_BEGUN | WorkRow.follows_id.is_not(None))
    open_ones = select(func.count()).select_from(DutyRow).join(DocumentRow, DocumentRow.id == DutyRow.document_id)
    return session.scalar(open_ones.where(is_live(), DutyRow.id.not_in(touched))) or 0
