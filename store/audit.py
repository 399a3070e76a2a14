"""How does every act reach the log, in the transaction that does it?

The session itself is asked what it wrote, when it flushes, and writes the log when it commits: no function can forget it, whoever adds one,
and a transaction of several flushes says each act once. What a statement changes past the session is told with note(). The last thing
before the commit is to take the log's head, so that writers wait for one another only there: SQLite has one writer anyhow, on PostgreSQL
the locked row of the head makes one chain of two.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import Table, event, insert, inspect, select
from sqlalchemy.orm import InstanceState, LoaderCallableStatus, Session

from store.acts import Act, Change, How, act_of, is_told
from store.audit_tables import AuditHeadRow, AuditRow
from store.chain import digest
from store.tables import DutyRow

MACHINE = "vanthu"
"""Who did what no person did."""
_LOG, _HEAD = cast("Table", AuditRow.__table__), cast("Table", AuditHeadRow.__table__)
_ACTS, _WHO = "acts", "who"


class Recorded(Session):
    """A session that writes into the log what is done through it; `by` does what a row itself does not say who did."""

    def __init__(self, bind: Any, *, by: str | None = None) -> None:  # noqa: ANN401  an engine or a connection, as SQLAlchemy takes it
        """Open it. What was loaded stays loaded after the commit."""
        super().__init__(bind, expire_on_commit=False)
        self.info[_ACTS], self.info[_WHO] = {}, by


def note(session: Session, act: Act) -> None:
    """Tell the log of an act that no row of the session shows; the same act on the same thing is one, with the fields of both."""
    acts: dict[tuple[str, str, int], Act] = session.info.setdefault(_ACTS, {})
    known = acts.get((act.name, act.kind, act.of))
    if known is not None:
        fields = sorted({*known.more.get("fields", ()), *act.more.get("fields", ())})
        act = replace(known, more={**known.more, **act.more} | ({"fields": fields} if fields else {}))
    acts[act.name, act.kind, act.of] = act


@event.listens_for(Recorded, "after_flush")
def _see(session: Session, _: object) -> None:
    """Take down what was written; the rows still know here what they were before."""
    for how, rows in (("new", session.new), ("changed", session.dirty), ("gone", session.deleted)):
        for row in rows:
            if is_told(type(row)) and (act := act_of(Change(row, cast("How", how), _before(row) if how == "changed" else {}))):
                note(session, act)


def _before(row: object) -> dict[str, Any]:
    """Give the former values of the columns that really changed; one that was never loaded is None."""
    state = cast("InstanceState[Any]", inspect(row))
    columns = state.mapper.column_attrs
    known = {name: None if isinstance(old, LoaderCallableStatus) else old for name, old in state.committed_state.items() if name in columns}
    return {name: old for name, old in known.items() if old != state.dict.get(name)}


@event.listens_for(Recorded, "after_soft_rollback")
def _forget(session: Session, _: object) -> None:
    """What was taken back did not happen."""
    session.info[_ACTS] = {}


@event.listens_for(Recorded, "before_commit")
def _write(session: Session) -> None:
    """Put the acts of this transaction at the end of the chain."""
    session.flush()
    acts = session.info.get(_ACTS)
    if not acts:
        return
    session.info[_ACTS] = {}
    documents = _documents(session, {act.of for act in acts.values() if act.kind == "duty"})
    count, last = session.execute(select(_HEAD.c.count, _HEAD.c.hash).with_for_update()).one()
    now, rows = datetime.now(UTC), []
    for number, act in enumerate(acts.values(), count + 1):
        row = {
            "id": number,
            "at": now,
            "who": act.who or session.info.get(_WHO) or MACHINE,
            "act": act.name,
            "kind": act.kind,
            "of_id": act.of,
            "document_id": documents.get(act.of) if act.kind == "duty" else act.document,
            "said": dict(act.more),
            "previous": last,
        }
        row["hash"] = last = digest(row)
        rows.append(row)
    session.execute(insert(_LOG), rows)


def _documents(session: Session, duties: set[int]) -> dict[int, int]:
    """Give the document of each duty."""
    if not duties:
        return {}
    return dict(session.execute(select(DutyRow.id, DutyRow.document_id).where(DutyRow.id.in_(duties))).all())
