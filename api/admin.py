"""Is everything well, what waits or failed, and how much room does it take?"""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api import page_cache
from api.described import MOST_ID
from api.desk import AtDesk, Desk, Id, OwnForm
from api.health import health
from nlp.rules import rules_mark
from store.answers import Job, JobState
from store.database import NEWEST, begin, look
from store.health import damage, kept, last_failure, understood_otherwise
from store.ledger import cancel, counts, job, jobs, retry

pages = APIRouter(include_in_schema=False, prefix="/quan-tri")
AT_ONCE = 64 << 20  # bytes of a database that is checked while the page is made: a tenth of a second
A_PAGE = 100
EVERY_FAILED = 10_000  # files that one press lets be read again
QUEUES: tuple[tuple[str, str, tuple[JobState, ...]], ...] = (
    ("loi", "Không đọc được", ("failed", "dead")),
    ("dang-doc", "Đang đọc", ("reading",)),
    ("cho-doc", "Chờ đọc", ("waiting",)),
)


@dataclass(frozen=True, slots=True)
class Queue:
    """One list of the work: its name in addresses, its heading, how many there are, the first of them."""

    name: str
    heading: str
    count: int
    lines: tuple[Job, ...]


@pages.get("")
def show_state(request: Request, desk: AtDesk, kiem_tra: Annotated[bool, Query(alias="kiem-tra")] = False) -> HTMLResponse:
    """Show whether all is well; a large database is looked through only when that is asked for."""
    with look(desk.workshop.engine) as session:
        held = kept(session, seen_by=desk.viewer)
        is_checked = kiem_tra or held.database_bytes <= AT_ONCE
        context: dict[str, Any] = {
            "damage": damage(session) if is_checked else None,
            "is_checked": is_checked,
            "held": held,
            "failure": last_failure(session, seen_by=desk.viewer),
            "older": understood_otherwise(session, rules_mark(), seen_by=desk.viewer),
        }
    return desk.page(request, "admin_state.html", health=health(desk.workshop), schema=NEWEST, **context)


Count = Annotated[int, Query(ge=0, le=MOST_ID)]


@pages.get("/cong-viec")
def show_work(request: Request, desk: AtDesk, xong: Count = 0, muon: Count = 0) -> HTMLResponse:
    """Show what failed, what is read and what waits; xong: so many were let be read again; muon: a job that could not be called off."""
    with look(desk.workshop.engine) as session:
        count = counts(session, seen_by=desk.viewer)
        queues = [
            Queue(name, heading, sum(count[state] for state in states), jobs(session, seen_by=desk.viewer, states=states, limit=A_PAGE))
            for name, heading, states in QUEUES
        ]
        late = job(session, muon, seen_by=desk.viewer) if muon else None
    return desk.page(request, "admin_work.html", queues=queues, again=xong, late=late)


@pages.post("/cong-viec/doc-lai", dependencies=[OwnForm])
def read_again(desk: AtDesk, tep: Annotated[int, Form(ge=0)] = 0) -> Response:
    """Let one file that came to nothing be read again, or all of them."""
    with begin(desk.workshop.engine, by=desk.viewer.name) as session:
        failed = () if tep else jobs(session, seen_by=desk.viewer, states=("failed", "dead"), limit=EVERY_FAILED)
        chosen = [job(session, tep, seen_by=desk.viewer)] if tep else failed
        for one in chosen:
            retry(session, one.id)
    desk.workshop.bell.set()
    return RedirectResponse(f"/quan-tri/cong-viec?xong={len(chosen)}", 303)


@pages.post("/cong-viec/{job_id}/huy", dependencies=[OwnForm])
def call_off(desk: AtDesk, job_id: Id) -> Response:
    """Call off a file that waits; one that a worker took first goes on, and the page says so."""
    with begin(desk.workshop.engine, by=desk.viewer.name) as session:
        job(session, job_id, seen_by=desk.viewer)
        cancelled = cancel(session, job_id)
    return RedirectResponse("/quan-tri/cong-viec" + ("" if cancelled else f"?muon={job_id}"), 303)


@pages.get("/du-lieu")
def show_data(request: Request, desk: AtDesk) -> HTMLResponse:
    """Show how much is kept and how much room it takes."""
    return desk.page(request, "admin_data.html", gone=None, **_data(desk))


@pages.post("/du-lieu/don-anh", dependencies=[OwnForm])
def prune_pictures(request: Request, desk: AtDesk) -> HTMLResponse:
    """Delete all drawn pages; each is drawn again when somebody looks at it."""
    gone = page_cache.prune(desk.workshop.settings.home, 0)
    return desk.page(request, "admin_data.html", gone=gone, **_data(desk))


def _data(desk: Desk) -> dict[str, Any]:
    settings = desk.workshop.settings
    with look(desk.workshop.engine) as session:
        held = kept(session, seen_by=desk.viewer)
    return {"held": held, "cache": page_cache.size(settings.home), "bound": settings.cache_mb << 20, "home": str(settings.home)}
