"""Which agencies do documents name, and which of them are one?"""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.described import MOST_ID
from api.desk import AtDesk, Desk, Id, OwnForm
from store.agency_list import agencies, alike, get_agency
from store.database import begin, look
from store.errors import NotAllowed
from store.merging import merge_agencies, split_agencies

pages = APIRouter(include_in_schema=False, prefix="/quan-tri/co-quan-ban-hanh")
A_PAGE = 100
Chosen = Annotated[int | None, Query(ge=1, le=MOST_ID)]


@pages.get("")
def show_agencies(
    request: Request, desk: AtDesk, tim: Annotated[str, Query(max_length=300)] = "", gop: Chosen = None, xong: Chosen = None
) -> HTMLResponse:
    """Show the agencies; gop is the one for which the other that it is is being chosen, xong one with which another was just merged."""
    return _list(request, desk, words=tim, chosen=gop, done=xong)


def _list(
    request: Request, desk: Desk, *, words: str = "", chosen: int | None = None, done: int | None = None, problem: str | None = None
) -> HTMLResponse:
    viewer = desk.viewer
    with look(desk.workshop.engine) as session:
        found = agencies(session, words=words, seen_by=viewer)
        one = get_agency(session, chosen, seen_by=viewer) if chosen else None
        kept = get_agency(session, done, seen_by=viewer) if done else None
        pairs = alike(session, seen_by=viewer) if not words and one is None else ()
    context: dict[str, Any] = {"words": words, "one": one, "kept": kept, "pairs": pairs, "problem": problem}
    return desk.page(request, "agency_list.html", status=422 if problem else 200, lines=found[:A_PAGE], more=len(found) - A_PAGE, **context)


@pages.post("/{agency_id}/gop", dependencies=[OwnForm])
def merge_one(request: Request, desk: AtDesk, agency_id: Id, into: Annotated[int, Form(ge=1)]) -> Response:
    """Let an agency be another one."""
    by = desk.viewer.name
    try:
        with begin(desk.workshop.engine, by=by) as session:
            merge_agencies(session, agency_id, into, by=by, now=datetime.now(UTC))
    except NotAllowed as error:
        return _list(request, desk, problem=str(error))
    return RedirectResponse(f"/quan-tri/co-quan-ban-hanh?xong={into}", 303)


@pages.post("/{agency_id}/tach", dependencies=[OwnForm])
def split_one(desk: AtDesk, agency_id: Id) -> Response:
    """Let an agency be itself again."""
    by = desk.viewer.name
    with begin(desk.workshop.engine, by=by) as session:
        split_agencies(session, agency_id, by=by, now=datetime.now(UTC))
    return RedirectResponse("/quan-tri/co-quan-ban-hanh", 303)
