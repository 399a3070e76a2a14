"""How does a duty become a row, and stay the same row when its document is read again?"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, time
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from ingest.transcript import Transcript
from nlp.directive import Deadline, Duty, LimitKind
from store.evidence import read_at
from store.hand_acts import hold_back
from store.spelling import key
from store.tables import DutyRow
from store.work_tables import WorkRow

TOLD = ("task", "assignee", "giver", "product", "to_whom", "through", "limit_text", "due_on", "due_at", "recurrence")
"""What of a duty a later reading may propose to change, as people are told it."""
PROPOSED = (*TOLD, "kind", "bound")
"""The same with what the limit is, which goes with it."""


def replace_duties(session: Session, document_id: int, transcript: Transcript, duties: Iterable[Duty]) -> None:
    """Put what was read now in place of what was read before. Duties that a person touched are neither changed nor taken away."""
    known = dict(session.execute(select(DutyRow.key, DutyRow).where(DutyRow.document_id == document_id)).all())
    read = hold_back(session, document_id, "duty", _keyed(transcript, duties), known)
    gone = [row.id for row in known.values() if row.key not in read and row.touched_by is None]
    if gone:
        session.execute(delete(DutyRow).where(DutyRow.id.in_(gone)))
    again = [{"id": known[stable].id, **row} for stable, row in read.items() if stable in known and known[stable].touched_by is None]
    if again:
        session.execute(update(DutyRow), again)
    unknown = {stable: row for stable, row in read.items() if stable not in known}
    for row in known.values():
        if row.touched_by is not None and row.added_by is None:
            _propose(session, row, None if row.key in read else _other_reading(row, unknown))
    if new := [{"document_id": document_id, **row} for row in unknown.values()]:
        session.execute(insert(DutyRow).execution_options(render_nulls=True), new)


def _other_reading(touched: DutyRow, unknown: dict[str, dict[str, Any]]) -> dict[str, Any] | None:
    """Take out of what was read now what is the same duty read otherwise: the same task, or another limit at the same words."""
    for stable, row in unknown.items():
        same_place = (row["page"], row["words"]) == (touched.page, touched.words) and bool(touched.words)
        if key(row["task"]) == key(touched.task) or same_place:
            return unknown.pop(stable)
    return None


def _propose(session: Session, touched: DutyRow, row: dict[str, Any] | None) -> None:
    """Keep what a later reading would have made of a duty that a person touched; none where it reads as before."""
    work = session.get(WorkRow, touched.id)
    if work is None:
        return
    changes = {name: _plain(row[name]) for name in PROPOSED if row[name] != getattr(touched, name)} if row else {}
    work.proposal = changes if any(name in changes for name in TOLD) else None


def _plain(value: Any) -> Any:  # noqa: ANN401  what a column holds
    return value.isoformat() if isinstance(value, date | time) else value


def _keyed(transcript: Transcript, duties: Iterable[Duty]) -> dict[str, dict[str, Any]]:
    """Give the rows by their stable keys: limit, folded task and assignee; a second one of the same key is counted."""
    count: Counter[str] = Counter()
    rows: dict[str, dict[str, Any]] = {}
    for position, duty in enumerate(duties):
        row = duty_row(duty)
        stable = row["key"]
        count[stable] += 1
        stable = stable if count[stable] == 1 else f"{stable}|{count[stable]}"
        where = read_at(transcript, duty.place, duty.rule, duty.confidence)
        rows[stable] = {**row, "key": stable, "position": position, **where}
    return rows


def _limit_key(duty: Duty) -> str:
    limit = duty.deadline
    if limit is None:
        return "none"
    return str(limit.date or limit.recurrence or f"{limit.kind} {key(limit.text)}")


def _kind(limit: Deadline | None) -> LimitKind:
    """A relative limit whose day is known (it counts from the document's own date) falls due like any other."""
    if limit is None:
        return "none"
    return "date" if limit.kind == "relative" and limit.date else limit.kind


def duty_row(duty: Duty) -> dict[str, Any]:
    """Give the columns that say what is to be done, by whom, by when."""
    limit = duty.deadline
    same = {name: getattr(duty, name) for name in ("task", "assignee", "is_group", "giver", "product", "to_whom", "through")}
    return {
        "key": "|".join((_limit_key(duty), key(duty.task), key(duty.assignee or ""))),
        **same,
        "co_ordinators": list(duty.co_ordinators),
        "bodies": key(" ".join((duty.assignee or "", *duty.co_ordinators))),
        "kind": _kind(limit),
        "bound": limit.bound if limit else "none",
        "limit_text": limit.text if limit else None,
        "due_on": limit.date if limit and _kind(limit) == "date" else None,
        "due_at": limit.at if limit else None,
        "recurrence": limit.recurrence if limit else None,
        "anchor": limit.anchor if limit else None,
        "assumptions": list(limit.assumptions) if limit else [],
        "inferred": list(duty.inferred),
    }
