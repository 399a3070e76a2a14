"""What did a person put in place of what was read of a duty, and how does the reading come back?

As with heads, each value is a correction with who and when; the first one keeps what was read beside it. The duty's row holds what stands.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.errors import NotAllowed
from store.spelling import key
from store.tables import CorrectionRow, DutyRow

AMENDABLE = {"task": "nội dung", "assignee": "đơn vị chủ trì", "due_on": "hạn"}


def put_over(session: Session, duty: DutyRow, changes: Mapping[str, str | None], *, by: str, now: datetime) -> str:
    """Put values in place of what was read (a day as ISO; None: the document does not say it) and tell in a sentence what changed.

    Raises NotAllowed for a field that cannot be changed, a duty without a task, a text that is no day, or where nothing changes.
    """
    new = {name: _fitting(name, value) for name, value in changes.items()}
    told = []
    for name, value in new.items():
        before = _plain(getattr(duty, name))
        if value != before:
            told.append(f"{AMENDABLE[name]}: {_shown(before)} → {_shown(value)}")
            _keep(session, duty, name, before, value, by, now)
            if name == "due_on":
                _keep(session, duty, "kind", duty.kind, "date" if value else "none", by, now)
    if not told:
        raise NotAllowed("Không có gì thay đổi.")
    session.flush()
    return f"Sửa {'; '.join(told)}."


def let_reading_stand(session: Session, duty: DutyRow, at: datetime, *, by: str, now: datetime) -> None:
    """Take back what was put over a duty at a moment, if anything was: what stood before stands again."""
    for name, steps in _steps(session, duty).items():
        made = [place for place, step in enumerate(steps) if step.at == at]
        if not made:
            continue
        before = steps[made[-1] - 1]
        session.add(CorrectionRow(document_id=duty.document_id, name=name, value=before.value, undo=before.undo, by=by, at=now))
        _set(duty, name.rpartition(".")[2], before.value)
    session.flush()


def _fitting(name: str, value: str | None) -> str | None:
    if name not in AMENDABLE:
        raise NotAllowed(f"Không có mục “{name}” để sửa.")
    text = " ".join((value or "").split()) or None
    if name == "task" and text is None:
        raise NotAllowed("Nhiệm vụ phải có nội dung. Nếu không phải nhiệm vụ, đề nghị chọn “Không thuộc trách nhiệm”.")
    if name == "due_on" and text:
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise NotAllowed(f"“{text}” không phải là ngày. Đề nghị ghi theo mẫu 05/01/2026.") from None
    return text


def _keep(  # noqa: PLR0913, PLR0917  one row of a history
    session: Session, duty: DutyRow, name: str, before: str | None, value: str | None, by: str, now: datetime
) -> None:
    """Keep a step of a field's history, the first with what was read, and let the value stand."""
    if value == before:
        return
    path = f"duty.{duty.id}.{name}"
    with session.no_autoflush:
        if path not in _steps(session, duty):
            session.add(CorrectionRow(document_id=duty.document_id, name=path, value=before, undo=True, by=by, at=now))
        session.add(CorrectionRow(document_id=duty.document_id, name=path, value=value, by=by, at=now))
        _set(duty, name, value)


def _set(duty: DutyRow, name: str, value: str | None) -> None:
    setattr(duty, name, date.fromisoformat(value) if name == "due_on" and value else value)
    if name == "assignee":
        duty.bodies = key(" ".join((value or "", *duty.co_ordinators)))


def _steps(session: Session, duty: DutyRow) -> dict[str, list[CorrectionRow]]:
    """Give the history of each field of a duty that was ever changed."""
    own = CorrectionRow.name.startswith(f"duty.{duty.id}.", autoescape=True)
    found: dict[str, list[CorrectionRow]] = {}
    asked = select(CorrectionRow).where(CorrectionRow.document_id == duty.document_id, own).order_by(CorrectionRow.id)
    for step in session.scalars(asked):
        found.setdefault(step.name, []).append(step)
    return found


def _plain(value: Any) -> str | None:  # noqa: ANN401  a text or a day
    return value.isoformat() if isinstance(value, date) else value


def _shown(value: str | None) -> str:
    """Write a value as people read it."""
    if value and len(value) == 10 and value[4] == value[7] == "-":
        return f"{value[8:]}/{value[5:7]}/{value[:4]}"
    return f"“{value}”" if value else "không nêu"
