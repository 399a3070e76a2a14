"""How do the duties of a list stand after what people did about them?"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from store.answers import DutyState
from store.tables import DutyRow
from store.work_tables import UnitRow, WorkRow


@dataclass(frozen=True, slots=True)
class Later:
    """A later duty that urges an earlier one or dates it anew: its document and its limit."""

    document_id: int
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Work:
    """What people and later documents made of a duty, as a list shows it."""

    state: DutyState = "Chưa thực hiện"
    accepted_by: str | None = None
    unit: str | None = None
    extended_to: date | None = None
    leader_limit: date | None = None
    done_on: date | None = None
    members: int = 0
    ticked: int = 0
    later: tuple[Later, ...] = ()
    proposal: dict[str, Any] | None = None

    @property
    def new_limit(self) -> date | None:
        """Give the limit that holds in place of the document's: an extension, else the newest that a later document set."""
        dated = [later.due_on for later in self.later if later.due_on]
        return self.extended_to or (dated[-1] if dated else None)


AS_READ = Work()
_AT_ONCE = 5_000  # duties; no database is asked for more things by name than it takes
IS_BEGUN = or_(WorkRow.accepted_by.is_not(None), func.coalesce(WorkRow.state, "Chưa thực hiện") != "Chưa thực hiện")
"""Somebody confirmed a duty, or began with it; of duties joined with their work, which those that nobody touched do not have."""


def works_of(session: Session, duties: Collection[int]) -> dict[int, Work]:
    """Give the work on each of these duties; those that nobody touched and no later document names have none."""
    known = list(duties)
    found: dict[int, Work] = {}
    for at in range(0, len(known), _AT_ONCE):
        found |= _works_of(session, known[at : at + _AT_ONCE])
    return found


def _works_of(session: Session, duties: Collection[int]) -> dict[int, Work]:
    rows = session.execute(
        select(WorkRow, UnitRow.name).outerjoin(UnitRow, UnitRow.id == WorkRow.unit_id).where(WorkRow.duty_id.in_(duties))
    )
    later = _later(session, duties)
    found = {row.duty_id: _work(row, unit, later.get(row.duty_id, ())) for row, unit in rows}
    return found | {duty: Work(later=tuple(others)) for duty, others in later.items() if duty not in found}


def _later(session: Session, duties: Collection[int]) -> dict[int, list[Later]]:
    follower = aliased(DutyRow)
    rows = session.execute(
        select(WorkRow.follows_id, follower.document_id, follower.due_on)
        .join(follower, follower.id == WorkRow.duty_id)
        .where(WorkRow.follows_id.in_(duties))
        .order_by(follower.due_on, follower.id)
    )
    found: dict[int, list[Later]] = {}
    for followed, document, due_on in rows:
        if followed is not None:
            found.setdefault(followed, []).append(Later(document, due_on))
    return found


def _work(row: WorkRow, unit: str | None, later: Iterable[Later]) -> Work:
    return Work(
        state=cast("DutyState", row.state),
        accepted_by=row.accepted_by,
        unit=unit,
        extended_to=row.extended_to,
        leader_limit=row.leader_limit,
        done_on=row.done_on,
        members=row.members,
        ticked=row.ticked,
        later=tuple(later),
        proposal=row.proposal,
    )
