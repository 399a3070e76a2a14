"""What waits for a person today?"""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from api.desk import AtDesk
from api.duties import grouped
from api.wording import today
from store.database import look
from store.documents import counts, documents
from store.duties import due, events
from store.ledger import counts as job_counts
from store.ledger import jobs

pages = APIRouter(include_in_schema=False)
DAYS_AHEAD = 14
A_GLANCE = 8
A_FEW = 4  # of what is late, the newest: old arrears must not hide what is due today
LOOKED_THROUGH = 200  # newest documents among which those that need eyes are shown


@pages.get("/")
def show_overview(request: Request, desk: AtDesk) -> HTMLResponse:
    """Show what is due, what needs eyes and what is being read."""
    day = today()
    with look(desk.workshop.engine) as session:
        dated = due(session, as_of=day, seen_by=desk.viewer, undated=False)
        meetings = [line for line in events(session, as_of=day, seen_by=desk.viewer) if line.on and line.on >= day]
        newest = documents(session, seen_by=desk.viewer, limit=LOOKED_THROUGH)
        count = counts(session, seen_by=desk.viewer)
        ledger = job_counts(session, seen_by=desk.viewer)
        reading = [line for line in jobs(session, seen_by=desk.viewer) if line.state in {"reading", "failed", "dead"}]
    late = [line for line in dated if line.days_left is not None and line.days_left < 0]
    soon = [line for line in dated if line.days_left is not None and 0 <= line.days_left <= DAYS_AHEAD]
    return desk.page(
        request,
        "overview.html",
        day=day,
        days=DAYS_AHEAD,
        groups=grouped([*soon[:A_GLANCE], *reversed(late[-A_FEW:])]),
        due_count=len(soon),
        late_count=len(late),
        meetings=meetings[:A_GLANCE],
        doubtful=[line for line in newest if line.state == "Cần đối chiếu"][:A_GLANCE],
        newest=newest[:5],
        count=count,
        ledger=ledger,
        reading=reading[:A_GLANCE],
    )
