"""What is there to say of one duty, and of those of a list?"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.answers import DocumentLine, DutyLine, DutyView, StepKind, Unit, Viewer
from store.duties import duty_lines, is_live
from store.errors import NotFound
from store.lines import DUTIES, lines_by_id
from store.progress import Progress, last_standing, may, progress_of
from store.scope import see_as
from store.tables import DocumentRow, DutyRow
from store.units import unit_of
from store.work import history, steps_of
from store.work_tables import UnitRow, WorkRow

_OF_MEMBERS = frozenset({"tick", "untick", "urge"})


def duty(session: Session, duty_id: int, *, as_of: date, seen_by: Viewer) -> DutyView:
    """Give everything about one duty of a document that is held, open or not. Raises NotFound."""
    see_as(session, seen_by)
    row = session.execute(DUTIES.where(DutyRow.id == duty_id, DocumentRow.held)).one_or_none()
    if row is None:
        raise NotFound
    (line,) = duty_lines(session, [row], as_of)
    steps = steps_of(session, duty_id)
    progress = progress_of(steps)
    work = session.get(WorkRow, duty_id)
    done, left = _members(session, progress)
    return DutyView(
        line=line,
        document=lines_by_id(session, [line.document_id])[line.document_id],
        read_limit=row.due_on,
        extended_to=progress.extended_to,
        unit_id=progress.unit,
        steps=history(session, duty_id, seen_by=seen_by),
        done=done,
        left=left,
        later=_documents(session, line.later),
        follows=work.follows_id if work else None,
        next_steps=_next(progress),
        undoes=last.kind if (last := last_standing(steps)) else None,
        binds=bool(session.scalar(select(DocumentRow.id).where(DocumentRow.id == line.document_id, is_live()))),
    )


def lines_of(session: Session, duties: Sequence[int], as_of: date) -> tuple[DutyLine, ...]:
    """Give the lines of these duties, in the order in which they are named."""
    rows = session.execute(DUTIES.where(DutyRow.id.in_(duties))).all()
    lines = {line.id: line for line in duty_lines(session, rows, as_of)}
    return tuple(lines[each] for each in duties if each in lines)


def _members(session: Session, progress: Progress) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
    rows = session.scalars(select(UnitRow).where(UnitRow.id.in_(progress.members)).order_by(UnitRow.position, UnitRow.id))
    known = [unit_of(row) for row in rows]
    return tuple(one for one in known if one.id in progress.ticked), tuple(one for one in known if one.id not in progress.ticked)


def _documents(session: Session, ids: Iterable[int]) -> tuple[DocumentLine, ...]:
    wanted = list(dict.fromkeys(ids))
    lines = lines_by_id(session, wanted)
    return tuple(lines[each] for each in wanted if each in lines)


def _next(progress: Progress) -> frozenset[StepKind]:
    """Say what may be done now; only a duty that was shared out has members to tick."""
    kinds: tuple[StepKind, ...] = get_args(StepKind)
    return frozenset(kind for kind in kinds if kind != "undo" and may(kind, progress) and (progress.members or kind not in _OF_MEMBERS))
