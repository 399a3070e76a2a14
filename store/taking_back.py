"""How is what a person said of a document in one go taken back, all of it?

What is said at one moment belongs together: a confirmation with the corrections made with it, or the duties confirmed or declined at once.
"""

from datetime import datetime
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.corrections import FIELDS, correct
from store.corrections import undo as let_reading_stand
from store.errors import NotAllowed
from store.evidence import Read
from store.progress import standing_steps
from store.review import reopen
from store.reviewed import confirmed, last_reviews
from store.tables import CorrectionRow, DutyRow
from store.work import as_step
from store.work import undo as undo_step
from store.work_tables import ReviewRow, StepRow

_NOTHING = "Không có việc nào để hoàn tác."


def take_back(session: Session, document_id: int, *, by: str, now: datetime) -> None:
    """Take back the last word on a document and the corrections that came with it.

    Raises NotFound, and NotAllowed where nobody has said anything that stands.
    """
    last = last_reviews(session, [document_id]).get(document_id)
    if last is None or last.kind == "reopen":
        raise NotAllowed(_NOTHING)
    if last.kind == "confirm":
        reopen(session, document_id, by=by, now=now)
    else:
        _take_up_again(session, last, now)
    for step in _with(session, last):
        _undo_correction(session, step, by=by, now=now)


def _take_up_again(session: Session, put_off: ReviewRow, now: datetime) -> None:
    """Let what was said before a document was put off be the last word again."""
    said = confirmed(session, put_off.document_id)
    kind, by, values = ("confirm", said.by, said.values) if said else ("reopen", put_off.by, {})
    session.add(ReviewRow(document_id=put_off.document_id, kind=kind, by=by, at=now, values=values))
    session.flush()


def _with(session: Session, review: ReviewRow) -> list[CorrectionRow]:
    """Give the corrections of the head that were made with a review, the last first."""
    same = (
        CorrectionRow.name.in_(FIELDS),
        CorrectionRow.document_id == review.document_id,
        CorrectionRow.at == review.at,
        CorrectionRow.by == review.by,
    )
    return list(session.scalars(select(CorrectionRow).where(*same).order_by(CorrectionRow.id.desc())))


def _undo_correction(session: Session, step: CorrectionRow, *, by: str, now: datetime) -> None:
    """Put back the correction that stood before, else let what was read stand."""
    earlier = (
        select(CorrectionRow)
        .where(CorrectionRow.document_id == step.document_id, CorrectionRow.name == step.name, CorrectionRow.id < step.id)
        .order_by(CorrectionRow.id.desc())
        .limit(1)
    )
    before = session.scalar(earlier)
    if before is None or before.undo:
        let_reading_stand(session, step.document_id, step.name, by=by, now=now)
    else:
        correct(session, step.document_id, step.name, before.value, by=by, now=now, place=cast("Read | None", before.place))


def take_back_duties(session: Session, document_id: int, *, by: str, now: datetime) -> int:
    """Take back the duties of a document that were confirmed or declined at once, the last time; give how many.

    Raises NotAllowed where there are none, or where one of them has gone on since.
    """
    decided = [step for step in _standing(session, document_id) if step.kind in ("accept", "decline")]
    if not decided:
        raise NotAllowed(_NOTHING)
    return undo_duties_at(session, document_id, decided[-1].at, by=by, now=now)


def undo_duties_at(session: Session, document_id: int, moment: datetime, *, by: str, now: datetime) -> int:
    """Take back all that was done about the duties of a document at one moment; give of how many.

    Raises NotAllowed where one of them has gone on since.
    """
    stands = _standing(session, document_id)
    together = {step.duty_id for step in stands if step.at == moment}
    if any(step.duty_id in together and step.at > moment for step in stands):
        raise NotAllowed("Nhiệm vụ đã được thực hiện tiếp, không hoàn tác được nữa.")
    for step in stands:
        if step.at == moment:
            undo_step(session, step.duty_id, by=by, now=now)
    return len(together)


def _standing(session: Session, document_id: int) -> list[StepRow]:
    """Give the steps of a document's duties that were not taken back, in order."""
    own = select(StepRow).join(DutyRow, DutyRow.id == StepRow.duty_id).where(DutyRow.document_id == document_id)
    steps = session.scalars(own.order_by(StepRow.id)).all()
    left = {step.id for step in standing_steps(map(as_step, steps))}
    return [step for step in steps if step.id in left]
