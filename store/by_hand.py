"""What does a person add to what was read of a document's body, or take out of it, and how is it undone?

An addition is the person's own: no later reading changes it or takes it away; what was taken out does not come back. Each act is one
row that stands until it is undone (store/hand_acts.py).
"""

from datetime import datetime
from typing import Any, TypeVar, cast

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from nlp.directive import Duty, Reference
from store.answers import Deed
from store.duty_rows import duty_row
from store.errors import NotAllowed, NotFound
from store.evidence import Read
from store.hand_acts import TABLES, Kind, dump, revive, standing_acts
from store.links import link
from store.nodes import held_document
from store.progress import standing_steps
from store.redating import follow
from store.reference_rows import reference_row
from store.tables import CorrectionRow, DutyRow, ReferenceRow
from store.work import steps_of, take
from store.work_tables import HandRow

RowT = TypeVar("RowT", ReferenceRow, DutyRow)
TYPED = Read(page=None, boxes=[], words="", start=None, end=None, rule="người đối chiếu ghi", confidence=1.0)
"""Where a value stands that a person typed: nowhere on the page."""
_WORKED = "Nhiệm vụ đã có người xử lý nên không bỏ được. Đề nghị hoàn tác các bước đó, hoặc chọn “Không thuộc trách nhiệm”."


def add_reference(session: Session, document_id: int, reference: Reference, where: Read | None, *, by: str, now: datetime) -> int:
    """Say that a document names another one; give the reference's id.

    where: the words that say so, if they were chosen. Raises NotFound, NotAllowed without a number or a title, or for one that is there.
    """
    row = reference_row(reference)
    if row is None:
        raise NotAllowed("Đề nghị ghi số, ký hiệu hoặc tên của văn bản được viện dẫn.")
    return _add(session, document_id, "reference", {**row, **(where or TYPED)}, by=by, now=now)


def add_duty(session: Session, document_id: int, duty: Duty, where: Read | None, *, by: str, now: datetime) -> int:
    """Say that a document gives a duty; it counts as confirmed. Give its id. Raises as add_reference does."""
    if not duty.task.strip():
        raise NotAllowed("Đề nghị ghi nội dung nhiệm vụ.")
    made = _add(session, document_id, "duty", {**duty_row(duty), **(where or TYPED)}, by=by, now=now)
    if not steps_of(session, made):
        take(session, made, Deed("accept"), by=by, now=now)
    return made


def remove_reference(session: Session, reference_id: int, *, by: str, now: datetime) -> None:
    """Say that a document does not name another one, though it was read so. Raises NotFound."""
    _remove(session, "reference", _held(session, session.get(ReferenceRow, reference_id)), by=by, now=now)


def remove_duty(session: Session, duty_id: int, *, by: str, now: datetime) -> None:
    """Say that what was read is no duty. Raises NotFound, NotAllowed for one that somebody works on."""
    duty = _held(session, session.get(DutyRow, duty_id))
    if duty.added_by is None and standing_steps(steps_of(session, duty_id)):
        raise NotAllowed(_WORKED)
    _remove(session, "duty", duty, by=by, now=now)


def undo_act(session: Session, document_id: int, act_id: int, *, by: str, now: datetime) -> None:
    """Take an act back: what the last reading says in its place stands again.

    Raises NotFound for an act that is not of the document or was undone, NotAllowed for the addition of a duty that somebody works on.
    """
    act = session.get(HandRow, act_id)
    if act is None or act.document_id != document_id or act.undone_at is not None:
        raise NotFound("Không có việc này để hoàn tác.")
    _undo(session, act, by=by, now=now)


def _undo(session: Session, act: HandRow, *, by: str, now: datetime) -> None:
    kind = cast("Kind", act.kind)
    row = _row_of(session, kind, act.document_id, act.key)
    if act.verb == "add" and row is not None:
        _take_away(session, row)
    act.undone_by, act.undone_at = by, now
    if act.read and _row_of(session, kind, act.document_id, act.read["key"]) is None:
        session.add(TABLES[kind](document_id=act.document_id, **revive(kind, act.read)))
    _settle(session, act.document_id, act.said)


def _add(session: Session, document_id: int, kind: Kind, row: dict[str, Any], *, by: str, now: datetime) -> int:
    held_document(session, document_id)
    table, stable = TABLES[kind], row["key"]
    for act in standing_acts(session, document_id, kind):
        if (act.verb, act.key) == ("remove", stable):
            _undo(session, act, by=by, now=now)
            break
    else:
        if _row_of(session, kind, document_id, stable) is not None:
            raise NotAllowed("Văn bản đã có mục này.")
    there = _row_of(session, kind, document_id, stable)
    if there is not None:
        return there.id
    last = session.scalar(select(func.max(table.position)).where(table.document_id == document_id))
    made = table(document_id=document_id, added_by=by, **{**row, "position": 0 if last is None else last + 1})
    session.add(made)
    session.add(HandRow(document_id=document_id, kind=kind, verb="add", key=stable, said=dump(made), read=None, by=by, at=now))
    _settle(session, document_id, row)
    return made.id


def _remove(session: Session, kind: Kind, row: ReferenceRow | DutyRow, *, by: str, now: datetime) -> None:
    """Take a row out; of one that a person added, the addition is undone."""
    if row.added_by is not None:
        act = next(one for one in standing_acts(session, row.document_id, kind) if (one.verb, one.key) == ("add", row.key))
        return _undo(session, act, by=by, now=now)
    said, document_id = dump(row), row.document_id
    _take_away(session, row)
    session.add(HandRow(document_id=document_id, kind=kind, verb="remove", key=said["key"], said=said, read=said, by=by, at=now))
    return _settle(session, document_id, said)


def _take_away(session: Session, row: ReferenceRow | DutyRow) -> None:
    """Delete a row; of a duty with what was said of its values, whose id another may bear later."""
    if isinstance(row, DutyRow):
        if any(step.kind != "accept" for step in standing_steps(steps_of(session, row.id))):
            raise NotAllowed(_WORKED)
        session.execute(delete(CorrectionRow).where(CorrectionRow.name.startswith(f"duty.{row.id}.", autoescape=True)))
    session.delete(row)
    session.flush()


def _settle(session: Session, document_id: int, said: dict[str, Any]) -> None:
    """Link the document anew, and tie its duties to those that it urges."""
    session.flush()
    link(session, document_id, named_before=[said["target_key"]] if "target_key" in said else ())
    follow(session, document_id)


def _held(session: Session, row: RowT | None) -> RowT:
    """Give a row that is there, of a document that is held. Raises NotFound."""
    if row is None:
        raise NotFound
    held_document(session, row.document_id)
    return row


def _row_of(session: Session, kind: Kind, document_id: int, stable: str) -> ReferenceRow | DutyRow | None:
    table = TABLES[kind]
    own = select(table).where(table.document_id == document_id, table.key == stable)
    return cast("ReferenceRow | DutyRow | None", session.scalar(own))
