"""What happened to a document, day by day: issued, arrived, changed by others, its duties due?"""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.answers import Moment, Viewer
from store.nodes import get_document
from store.tables import DutyRow
from store.validity import lifetime


def timeline(session: Session, document_id: int, *, as_of: date, seen_by: Viewer) -> tuple[Moment, ...]:
    """Give what is known of one document's days, the earliest first; what has no day is left out. Raises NotFound."""
    row = get_document(session, document_id, seen_by=seen_by)
    moments = [Moment(row.issued_on, "issued")] if row.issued_on else []
    moments += [Moment(row.arrived_on, "arrived", row.arrived_as or "")] if row.arrived_on else []
    history = lifetime(session, document_id, as_of=as_of, seen_by=seen_by).history
    moments += [Moment(change.on, "changed", change=change) for change in history if change.on and not change.is_odd]
    due = (
        select(DutyRow.due_on, DutyRow.task)
        .where(DutyRow.document_id == document_id, DutyRow.due_on.is_not(None))
        .order_by(DutyRow.position)
    )
    moments += [Moment(day, "due", task) for day, task in session.execute(due) if day]
    return tuple(sorted(moments, key=lambda moment: moment.on))
