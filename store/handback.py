"""How does a job come back to the ledger that its worker did not finish?

Three ways: the reading broke off (the attempt is spent and the reason kept), the worker was told to stop (the attempt is
given back), or the worker itself is gone: killed from outside, most likely, for a file is read where it cannot kill its
worker. So many times that is nobody's fault; a job that goes on being there when workers die pays with its attempts.
"""

import re
from typing import cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from store.tables import JobRow
from store.waking import ring

FORGIVEN = 10  # workers that may go before the job they held is held to be the cause
GONE = "Chương trình bị tắt khi đang đọc tệp này, lần thứ {count}."
_COUNT = re.compile(re.escape(GONE).replace(r"\{count\}", r"(\d+)"))


def hand_back(session: Session, job_id: int, *, owner: str, attempt: int, error: str | None) -> bool:
    """Let a job wait again; False when it was lost to another. With an error the attempt stays spent, without one it is given back."""
    change = cast(
        "CursorResult[object]",
        session.execute(
            update(JobRow)
            .where(JobRow.id == job_id, JobRow.state == "reading", JobRow.owner == owner, JobRow.attempts == attempt)
            .values(state="waiting", owner=None, lease_until=None, attempts=attempt if error else attempt - 1, error=error or JobRow.error)
        ),
    )
    if change.rowcount == 1:
        ring(session, job_id)
    return change.rowcount == 1


def owners(session: Session) -> frozenset[str]:
    """Give the workers that hold a job."""
    return frozenset(owner for owner in session.scalars(select(JobRow.owner).where(JobRow.state == "reading").distinct()) if owner)


def take_back(session: Session, owner: str) -> None:
    """Let the jobs of a worker that is gone wait again, and say so; the attempt is given back the first ten times."""
    for row in session.scalars(select(JobRow).where(JobRow.state == "reading", JobRow.owner == owner)):
        before = _COUNT.fullmatch(row.error or "")
        count = int(before[1]) + 1 if before else 1
        row.state, row.owner, row.lease_until = "waiting", None, None
        row.attempts -= count <= FORGIVEN
        row.error = GONE.format(count=count)
        ring(session, row.id)
    session.flush()
