"""What does a person say of a later reading's proposal for a duty that was already worked on?"""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy.orm import Session

from store.answers import Deed
from store.duty_rows import PROPOSED, TOLD
from store.errors import NotAllowed, NotFound
from store.spelling import key
from store.tables import DutyRow
from store.work import take
from store.work_tables import WorkRow

_READ = {"due_on": date.fromisoformat, "due_at": time.fromisoformat}


def accept_proposal(session: Session, duty_id: int, *, by: str, now: datetime) -> None:
    """Let a duty say what the later reading says; what it said before stays in its history. Raises NotFound, NotAllowed without one."""
    duty, work = _proposed(session, duty_id)
    proposal: dict[str, Any] = work.proposal or {}
    before = [f"“{_said(getattr(duty, name))}”" for name in TOLD if name in proposal and getattr(duty, name) is not None]
    for name in PROPOSED:
        if name in proposal:
            value = proposal[name]
            setattr(duty, name, _READ[name](value) if value is not None and name in _READ else value)
    duty.bodies = key(" ".join((duty.assignee or "", *duty.co_ordinators)))
    work.proposal = None
    was = f" Trước đó: {', '.join(before)}." if before else ""
    take(session, duty_id, Deed("comment", note=f"Nhận theo lần đọc sau.{was}"), by=by, now=now)


def drop_proposal(session: Session, duty_id: int, *, by: str, now: datetime) -> None:
    """Keep the duty as it is. Raises NotFound, NotAllowed without a proposal."""
    _, work = _proposed(session, duty_id)
    work.proposal = None
    take(session, duty_id, Deed("comment", note="Giữ như cũ, không theo lần đọc sau."), by=by, now=now)


def _proposed(session: Session, duty_id: int) -> tuple[DutyRow, WorkRow]:
    duty, work = session.get(DutyRow, duty_id), session.get(WorkRow, duty_id)
    if duty is None:
        raise NotFound
    if work is None or not work.proposal:
        raise NotAllowed("Nhiệm vụ này không có đề xuất nào của lần đọc sau.")
    return duty, work


def _said(value: object) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
