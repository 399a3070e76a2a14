"""What waits for a person today?"""

from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from api.desk import AtDesk, Desk
from api.duty_list import grouped
from api.meetings import WEEKDAYS
from api.wording import today
from store.agenda import OVERDUE, THIS_WEEK, TODAY, Agenda, Near, Wanted, glance
from store.database import look
from store.documents import counts, documents
from store.duties import events
from store.graph import most_cited
from store.ledger import counts as job_counts
from store.ledger import jobs
from store.office import get_office
from store.today import urgent, waiting
from store.urgency import NOT_URGENT, rush, urgency

pages = APIRouter(include_in_schema=False)
A_GLANCE = 8
A_FEW = 4  # of what is late, the newest: old arrears must not hide what is due today
A_DAY = 6
A_HANDFUL = 5
LATELY, AHEAD = 14, 7  # days


@pages.get("/")
def show_overview(request: Request, desk: AtDesk) -> HTMLResponse:
    """Show what is due, who meets, what needs eyes, what is being read and what is missing."""
    day = today()
    context = _due(desk, day) | _meetings(desk, day) | _papers(desk)
    return desk.page(request, "overview.html", day=day, weekday=WEEKDAYS[day.weekday()], **context)


def _due(desk: Desk, day: date) -> dict[str, Any]:
    """Gather what is due today and in the next days, the urgent first, and what lately became late; a week ends on Sunday."""
    near = Near(day - timedelta(LATELY), day + timedelta(AHEAD), A_DAY, late=A_FEW, coming=A_GLANCE)
    with look(desk.workshop.engine) as session:
        found = glance(session, Wanted(day, undated=False), near, seen_by=desk.viewer)
        week = [line for line in found.lines if line.days_left is not None and line.days_left >= 0]
        late = [line for line in found.lines if line.days_left is not None and line.days_left < 0]
        said = urgency(session, {line.document_id for line in week})
    return {
        "week_days": 6 - day.weekday(),
        "ahead": AHEAD,
        "figures": {
            name: _figure(found, *parts) for name, parts in (("late", (OVERDUE,)), ("today", (TODAY,)), ("week", (TODAY, THIS_WEEK)))
        },
        "due_today": [line for line in week if line.days_left == 0],
        "groups": grouped([*(line for line in week if line.days_left), *reversed(late)]),
        "urgency": {document: words for document, words in said.items() if rush(words) < NOT_URGENT},
    }


def _figure(found: Agenda, *parts: int) -> tuple[int, int]:
    """Give how many duties of some parts of the list count, and how many nobody confirmed yet."""
    return sum(found.count(part=part, stands=True) for part in parts), sum(found.count(part=part, stands=False) for part in parts)


def _meetings(desk: Desk, day: date) -> dict[str, Any]:
    with look(desk.workshop.engine) as session:
        coming = [line for line in events(session, as_of=day, seen_by=desk.viewer) if line.on]
    return {"meetings": [line for line in coming if line.on == day], "coming": [line for line in coming if line.on != day][:A_FEW]}


def _papers(desk: Desk) -> dict[str, Any]:
    """Gather what came in, what waits for review, and what is cited and not held."""
    viewer = desk.viewer
    with look(desk.workshop.engine) as session:
        return {
            "has_office": get_office(session) is not None,
            "count": counts(session, seen_by=viewer),
            "waiting": waiting(session, seen_by=viewer),
            "urgent": urgent(session, seen_by=viewer),
            "newest": documents(session, seen_by=viewer, limit=A_HANDFUL),
            "missing": most_cited(session, seen_by=viewer, limit=A_HANDFUL, held=False),
            "ledger": job_counts(session, seen_by=viewer),
            "reading": jobs(session, seen_by=viewer, states=("reading", "failed", "dead"), limit=A_HANDFUL),
        }
