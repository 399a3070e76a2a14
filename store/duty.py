"""What is there to say of one duty, and which duties are at their end?"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.answers import DocumentLine, DutyLine, DutyView, StepKind, Unit, Viewer
from store.duties import earliest, is_live, limited_to
from store.errors import NotFound
from store.lines import document_lines, duty_line, with_document
from store.progress import CLOSED, Progress, last_standing, may
from store.tables import CorrectionRow, DocumentRow, DutyRow, ValueRow
from store.units import unit_of
from store.work import history, progress_now, steps_of
from store.work_tables import UnitRow, WorkRow
from store.works import works_of

MOST = 1_000  # ended duties that are listed, the newest first
_OF_MEMBERS = frozenset({"tick", "untick", "urge"})


def duty(session: Session, duty_id: int, *, as_of: date, seen_by: Viewer) -> DutyView:
    """Give everything about one duty of a document that is held, open or not. Raises NotFound."""
    row = session.execute(with_document(DutyRow).where(DutyRow.id == duty_id, DocumentRow.held)).one_or_none()
    if row is None or not seen_by.sees_all:
        raise NotFound
    (line,) = _lines(session, [(row[0], row[1])], as_of)
    steps = steps_of(session, duty_id)
    progress = progress_now(session, duty_id)
    work = session.get(WorkRow, duty_id)
    done, left = _members(session, progress)
    return DutyView(
        line=line,
        document=document_lines(session, [row[1]])[row[1].id],
        read_limit=row[0].due_on,
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


def ended(session: Session, *, as_of: date, seen_by: Viewer, agency: str | None = None) -> tuple[DutyLine, ...]:
    """Give the duties that are done, or that somebody said are not the office's; the last one done first."""
    if not seen_by.sees_all:
        return ()
    asked = with_document(DutyRow).join(WorkRow, WorkRow.duty_id == DutyRow.id)
    asked = asked.where(is_live(), WorkRow.state.in_(CLOSED), WorkRow.follows_id.is_(None), *limited_to(agency))
    rows = session.execute(asked.order_by(WorkRow.done_on.desc(), DutyRow.id.desc()).limit(MOST)).all()
    return _lines(session, [(duty, document) for duty, document in rows], as_of)


def _lines(session: Session, rows: Collection[tuple[DutyRow, DocumentRow]], as_of: date) -> tuple[DutyLine, ...]:
    since = earliest(session, {document.id for _, document in rows})
    works = works_of(session, [duty.id for duty, _ in rows])
    return tuple(duty_line(duty, document, works.get(duty.id), as_of=as_of, not_before=since.get(document.id)) for duty, document in rows)


def lines_of(session: Session, duties: Sequence[int], as_of: date) -> tuple[DutyLine, ...]:
    """Give the lines of these duties, in the order in which they are named."""
    rows = session.execute(with_document(DutyRow).where(DutyRow.id.in_(duties))).all()
    lines = {line.id: line for line in _lines(session, [(duty, document) for duty, document in rows], as_of)}
    return tuple(lines[each] for each in duties if each in lines)


def _members(session: Session, progress: Progress) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
    rows = session.scalars(select(UnitRow).where(UnitRow.id.in_(progress.members)).order_by(UnitRow.position, UnitRow.id))
    known = [unit_of(row) for row in rows]
    return tuple(one for one in known if one.id in progress.ticked), tuple(one for one in known if one.id not in progress.ticked)


def _documents(session: Session, ids: Iterable[int]) -> tuple[DocumentLine, ...]:
    wanted = list(dict.fromkeys(ids))
    rows = session.scalars(select(DocumentRow).where(DocumentRow.id.in_(wanted))).all()
    lines = document_lines(session, rows)
    return tuple(lines[each] for each in wanted if each in lines)


def _next(progress: Progress) -> frozenset[StepKind]:
    """Say what may be done now; only a duty that was shared out has members to tick."""
    kinds: tuple[StepKind, ...] = get_args(StepKind)
    return frozenset(kind for kind in kinds if kind != "undo" and may(kind, progress) and (progress.members or kind not in _OF_MEMBERS))


def urgency(session: Session, documents: Collection[int]) -> dict[int, str]:
    """Give the urgency of those documents that have one, as it stands."""
    read = select(ValueRow.document_id, ValueRow.value).where(ValueRow.name == "urgency", ValueRow.document_id.in_(documents))
    said = select(CorrectionRow).where(CorrectionRow.name == "urgency", CorrectionRow.document_id.in_(documents))
    values: dict[int, str | None] = dict(session.execute(read).all())
    as_read = dict(values)
    for step in session.scalars(said.order_by(CorrectionRow.id)):
        values[step.document_id] = as_read.get(step.document_id) if step.undo else step.value
    return {document: value for document, value in values.items() if value}
