"""How much work is it to confirm what was read: seconds for a document, corrections for each field?

Measured in use: the browser times who confirms a document, and what is corrected is kept anyway.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from store.answers import Viewer
from store.corrections import ARRIVAL, FIELDS
from store.scope import see_as
from store.tables import CorrectionRow, ValueRow
from store.work_tables import ReviewRow


@dataclass(frozen=True, slots=True)
class Effort:
    """What confirming took: documents confirmed, seconds from opening to done (half took less, nine in ten took less), corrected fields.

    corrected: each field of the head with how many of these documents a person corrected in it, the most corrected first; number and
    day of arrival are given by the office, and count only where a stamp was read otherwise.
    """

    documents: int
    seconds: int | None
    most_seconds: int | None
    corrected: tuple[tuple[str, int], ...]


def effort(session: Session, since: datetime, until: datetime, *, seen_by: Viewer) -> Effort:
    """Give what confirming took of the documents whose last confirmation, not taken back, lies from since to before until."""
    see_as(session, seen_by)
    later = aliased(ReviewRow)
    said_since = exists().where(later.document_id == ReviewRow.document_id, later.id > ReviewRow.id, later.kind != "put off")
    said = (ReviewRow.kind == "confirm", ReviewRow.at >= since, ReviewRow.at < until, ~said_since)
    confirmed = dict(session.execute(select(ReviewRow.document_id, ReviewRow.seconds).where(*said)).all())
    timed = sorted(seconds for seconds in confirmed.values() if seconds is not None)
    last_of = (CorrectionRow.document_id, CorrectionRow.name)
    newest = select(func.max(CorrectionRow.id)).where(CorrectionRow.name.in_(FIELDS)).group_by(*last_of)
    stamped = exists().where(ValueRow.document_id == CorrectionRow.document_id, ValueRow.name == CorrectionRow.name)
    misread = or_(CorrectionRow.name.not_in(ARRIVAL), stamped)
    steps = select(*last_of).where(CorrectionRow.id.in_(newest), ~CorrectionRow.undo, misread)
    fields = Counter(name for document, name in session.execute(steps) if document in confirmed)
    return Effort(
        documents=len(confirmed),
        seconds=round(median(timed)) if timed else None,
        most_seconds=timed[len(timed) * 9 // 10] if timed else None,
        corrected=tuple(fields.most_common()),
    )
