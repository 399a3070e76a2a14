"""What do people do about a duty, and how is it undone?

Each step is one row; where a duty stands after it is kept beside it for the lists. A duty with a step is touched: no later reading
changes it or takes it away.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.amending import let_reading_stand, put_over
from store.answers import Deed, StepKind, StepLine, Viewer
from store.errors import NotAllowed, NotFound
from store.products import products_of
from store.progress import Progress, Step, last_standing, may, progress_of, standing_steps
from store.scope import see_as
from store.tables import DocumentRow, DutyRow
from store.work_tables import MemberRow, StepRow, UnitRow, WorkRow

_NOT_NOW = "Nhiệm vụ đang ở trạng thái “{}”, không thể {}."
NAMES: dict[StepKind, str] = {
    "accept": "xác nhận nhiệm vụ",
    "start": "bắt đầu thực hiện",
    "assign": "giao đơn vị",
    "report": "báo cáo hoàn thành",
    "complete": "xác nhận hoàn thành",
    "send back": "trả lại",
    "extend": "gia hạn",
    "instruct": "giao hạn của lãnh đạo",
    "pause": "tạm dừng",
    "resume": "tiếp tục",
    "decline": "chuyển sang không thuộc trách nhiệm",
    "comment": "ghi ý kiến",
    "share": "giao cho nhiều đơn vị",
    "tick": "đánh dấu đơn vị đã nộp",
    "untick": "bỏ đánh dấu",
    "urge": "đôn đốc",
}
_NEED_A_DAY: tuple[StepKind, ...] = ("extend", "instruct")
_NEED_UNITS: tuple[StepKind, ...] = ("assign", "share", "tick", "untick", "urge")
_NEED_A_NOTE: tuple[StepKind, ...] = ("send back", "decline", "comment", "pause")


def take(session: Session, duty_id: int, deed: Deed, *, by: str, now: datetime) -> Progress:
    """Add a step and give where the duty stands then.

    Raises NotFound for an unknown duty or unit, NotAllowed where the step does not fit the state or lacks its day, note or units.
    """
    duty = _duty(session, duty_id)
    _check(session, deed, progress_of(steps_of(session, duty_id)))
    told = {"note": deed.note.strip(), "day": deed.day, "units": list(deed.units)}
    session.add(StepRow(duty_id=duty_id, kind=deed.kind, by=by, at=now, on=now.date(), **told))
    return _settle(session, duty, by)


def undo(session: Session, duty_id: int, *, by: str, now: datetime) -> Progress:
    """Take the last step back. Raises NotFound for an unknown duty, NotAllowed where there is nothing to take back."""
    duty = _duty(session, duty_id)
    last = last_standing(steps_of(session, duty_id))
    if last is None:
        raise NotAllowed("Không có việc nào để hoàn tác.")
    if last.kind == "comment":
        let_reading_stand(session, duty, session.get_one(StepRow, last.id).at, by=by, now=now)
    session.add(StepRow(duty_id=duty_id, kind="undo", by=by, at=now, on=now.date(), undoes=last.id))
    return _settle(session, duty, by)


def amend(session: Session, duty_id: int, changes: Mapping[str, str | None], *, by: str, now: datetime) -> Progress:
    """Put a person's values in place of what was read of a duty; what changed is said as a comment, and undoing that undoes it.

    Raises NotFound for an unknown duty, NotAllowed as put_over does.
    """
    return take(session, duty_id, Deed("comment", put_over(session, _duty(session, duty_id), changes, by=by, now=now)), by=by, now=now)


def decide_duty(session: Session, duty_id: int, changes: Mapping[str, str | None], deed: Deed | None, *, by: str, now: datetime) -> None:
    """Put a person's values in place of what was read, if there are any, and take the step, if there is one. Raises as amend and take."""
    if changes:
        amend(session, duty_id, changes, by=by, now=now)
    if deed is not None:
        take(session, duty_id, deed, by=by, now=now)


def share_with_group(session: Session, duty_id: int, group_id: int, *, by: str, now: datetime) -> Progress:
    """Share a duty out to the members of a group, as they are today."""
    joined = select(MemberRow.unit_id).join(UnitRow, UnitRow.id == MemberRow.unit_id)
    members = session.scalars(joined.where(MemberRow.group_id == group_id, UnitRow.closed_on.is_(None)).order_by(UnitRow.position)).all()
    return take(session, duty_id, Deed("share", units=tuple(members)), by=by, now=now)


def history(session: Session, duty_id: int, *, seen_by: Viewer) -> tuple[StepLine, ...]:
    """Give what was done about a duty, the first step first; what was taken back is marked. Raises NotFound."""
    see_as(session, seen_by)
    _duty(session, duty_id)
    rows = _rows(session, duty_id)
    steps = [as_step(row) for row in rows]
    stands, handed = {step.id for step in standing_steps(steps)}, products_of(session, [step.id for step in steps])
    return tuple(
        StepLine(step.id, step.kind, step.by, row.at, step.note, step.day, step.units, step.id in stands, handed.get(step.id, ()))
        for row, step in zip(rows, steps, strict=True)
        if step.kind != "undo"
    )


def _duty(session: Session, duty_id: int) -> DutyRow:
    found = session.execute(
        select(DutyRow).join(DocumentRow, DocumentRow.id == DutyRow.document_id).where(DutyRow.id == duty_id, DocumentRow.held)
    )
    row = found.scalar_one_or_none()
    if row is None:
        raise NotFound
    return row


def steps_of(session: Session, duty_id: int) -> list[Step]:
    """Give all steps of a duty, also those that were taken back, in order."""
    return [as_step(row) for row in _rows(session, duty_id)]


def _rows(session: Session, duty_id: int) -> Sequence[StepRow]:
    return session.scalars(select(StepRow).where(StepRow.duty_id == duty_id).order_by(StepRow.id)).all()


def as_step(row: StepRow) -> Step:
    """Give a row as the step that it keeps."""
    return Step(row.id, row.kind, row.by, row.on, row.note, row.day, tuple(row.units), row.undoes)  # type: ignore[arg-type]  # the table keeps only these kinds


def _check(session: Session, deed: Deed, before: Progress) -> None:
    if not may(deed.kind, before):
        raise NotAllowed(_NOT_NOW.format(before.state, NAMES[deed.kind]))
    if deed.kind in _NEED_A_DAY and deed.day is None:
        raise NotAllowed(f"Để {NAMES[deed.kind]}, đề nghị ghi ngày theo dạng 31/12/2025.")
    if deed.kind in _NEED_A_NOTE and not deed.note.strip():
        raise NotAllowed(f"Để {NAMES[deed.kind]}, đề nghị ghi lý do hoặc nội dung.")
    if deed.kind in _NEED_UNITS:
        _check_units(session, deed, before)


def _check_units(session: Session, deed: Deed, before: Progress) -> None:
    if not deed.units or (deed.kind == "assign" and len(deed.units) > 1):
        raise NotAllowed(f"Để {NAMES[deed.kind]}, đề nghị chọn đơn vị.")
    if deed.kind in ("assign", "share"):
        known = set(session.scalars(select(UnitRow.id).where(UnitRow.id.in_(deed.units))))
        if known != set(deed.units):
            raise NotFound
    elif not set(deed.units) <= set(before.members):
        raise NotAllowed("Có đơn vị không thuộc nhóm được giao nhiệm vụ này.")


def _settle(session: Session, duty: DutyRow, by: str) -> Progress:
    """Keep where a duty stands; one whose steps were all taken back is as it was read, or as the person said who added it."""
    session.flush()
    steps = steps_of(session, duty.id)
    progress = progress_of(steps)
    duty.touched_by = by if standing_steps(steps) else duty.added_by
    work = session.get(WorkRow, duty.id) or WorkRow(duty_id=duty.id)
    work.state, work.accepted_by, work.unit_id = progress.state, progress.accepted_by, progress.unit
    work.extended_to, work.leader_limit, work.done_on = progress.extended_to, progress.leader_limit, progress.done_on
    work.members, work.ticked = len(progress.members), len(progress.ticked)
    session.add(work)
    session.flush()
    return progress
