"""How does a job come back to the ledger that its worker did not finish?

Three ways: the reading broke off (the attempt is spent and the reason kept), the worker was told to stop (the attempt is
given back), or the worker itself is gone (its lease is ended, so that nobody waits for it to run out).
"""

from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from store.tables import JobRow


def hand_back(session: Session, job_id: int, *, owner: str, attempt: int, error: str | None) -> bool:
    """Let a job wait again; False when it was lost to another. With an error the attempt stays spent, without one it is given back."""
    change = cast(
        "CursorResult[object]",
        session.execute(
            update(JobRow)
            .where(JobRow.id == job_id, JobRow.state == "reading", JobRow.owner == owner, JobRow.attempts == attempt)
            .values(state="waiting", owner=None, lease_until=None, attempts=attempt if error else attempt - 1, error=error)
        ),
    )
    return change.rowcount == 1


def owners(session: Session) -> frozenset[str]:
    """Give the workers that hold a job."""
    return frozenset(owner for owner in session.scalars(select(JobRow.owner).where(JobRow.state == "reading").distinct()) if owner)


def end_leases(session: Session, owner: str, *, now: datetime) -> None:
    """End the leases of a worker that is gone: its jobs can be claimed from now on."""
    held = update(JobRow).where(JobRow.state == "reading", JobRow.owner == owner)
    session.execute(held.values(lease_until=now - timedelta(seconds=1)))
