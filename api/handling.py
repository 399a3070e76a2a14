"""What is done with a paper after it has its number: submitted, instructed, forwarded, and taken back?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.desk import AtDesk, Desk, Id, OwnForm
from api.marks import has_image
from api.wording import today, typed_day
from store.database import begin, look
from store.documents import document
from store.errors import NotAllowed, NotFound
from store.forwarding import Receivers, likely_units, units_named
from store.handling import NAMES, HandlingLine, handling, instruct, pass_on, submit, undo
from store.papers import leaders, paper
from store.units import units

pages = APIRouter(include_in_schema=False)
Act = Callable[..., object]  # with the session that it writes through
_DONE = {"enter": "Vào sổ số {}", "submit": "trình {}", "instruct": "ghi ý kiến chỉ đạo", "forward": "chuyển {}"}


@dataclass(slots=True)
class Typed:
    """What a form carries; nothing in it is believed yet."""

    to: Annotated[str, Form(max_length=300)] = ""
    words: Annotated[str, Form(max_length=4000)] = ""
    lead: Annotated[str, Form(max_length=300)] = ""
    helping: Annotated[str, Form(max_length=20_000)] = ""
    informed: Annotated[str, Form(max_length=20_000)] = ""
    day: Annotated[str, Form(max_length=40)] = ""


InForm = Annotated[Typed, Depends(Typed)]


def receivers(desk: Desk, lead: str, helping: str, informed: str = "") -> Receivers:
    """Give the units that somebody typed. Raises NotAllowed for a name that is none, and for several that lead."""
    with look(desk.workshop.engine) as session:
        known = units(session, seen_by=desk.viewer)
    first = units_named(known, lead)
    if len(first) > 1:
        raise NotAllowed("Một văn bản có một đơn vị chủ trì; các đơn vị khác ghi ở mục Phối hợp.")
    return Receivers(first[0] if first else None, units_named(known, helping), units_named(known, informed))


def show_handled(request: Request, desk: Desk, document_id: int, *, done: dict[str, Any] | None = None, **more: Any) -> HTMLResponse:  # noqa: ANN401  what a template shows
    """Show a paper that has its number: what was done with it, and what may be done now."""
    with look(desk.workshop.engine) as session:
        line = paper(session, document_id, seen_by=desk.viewer)
        view = document(session, document_id, home=desk.workshop.settings.home, as_of=today(), seen_by=desk.viewer)
        history = handling(session, document_id, seen_by=desk.viewer)
        known = likely_units(session, document_id, seen_by=desk.viewer)
        names = {unit.id: unit.name for unit in units(session, seen_by=desk.viewer, closed=True)}
        named = leaders(session, seen_by=desk.viewer)
    said = next((one for one in reversed(history) if one.kind == "instruct" and one.stands), None)
    problem = more.get("problem")
    context = {
        "line": line,
        "view": view,
        "sheets": [(page, has_image(view, page)) for page in view.pages],
        "history": history,
        "names": names,
        "steps": NAMES,
        "units": known,
        "leaders": named,
        "said": said,
        "open_duties": [duty for duty in view.duties if not duty.stands],
        "done": done,
        "problem": None,
        "typed": Typed(),
    }
    return desk.page(request, "handling.html", status=422 if problem else 200, **context | more)


def _do(request: Request, desk: Desk, document_id: int, typed: Typed, what: str, act: Callable[[], Act]) -> Response:
    """Write and show the paper again, or show why it could not be, with what was typed."""
    try:
        write = act()
        with begin(desk.workshop.engine, by=desk.viewer.name) as session:
            write(session, document_id, by=desk.viewer.name, now=datetime.now(UTC))
    except NotAllowed as error:
        return show_handled(request, desk, document_id, problem=(what, str(error)), typed=typed)
    return RedirectResponse(f"/den/{document_id}", 303)


@pages.post("/den/{document_id}/trinh", dependencies=[OwnForm])
def submit_one(request: Request, desk: AtDesk, document_id: Id, typed: InForm) -> Response:
    """Submit a paper to a leader."""
    return _do(request, desk, document_id, typed, "trinh", lambda: partial(submit, to=typed.to, note=typed.words))


@pages.post("/den/{document_id}/y-kien", dependencies=[OwnForm])
def instruct_one(request: Request, desk: AtDesk, document_id: Id, typed: InForm) -> Response:
    """Keep what a leader says."""

    def act() -> Act:
        told = receivers(desk, typed.lead, typed.helping)
        return partial(instruct, words=typed.words, receivers=told, leader=typed.to, day=typed_day(typed.day))

    return _do(request, desk, document_id, typed, "y-kien", act)


@pages.post("/den/{document_id}/chuyen", dependencies=[OwnForm])
def forward_one(request: Request, desk: AtDesk, document_id: Id, typed: InForm) -> Response:
    """Forward a paper to units."""

    def act() -> Act:
        told = receivers(desk, typed.lead, typed.helping, typed.informed)
        return partial(pass_on, receivers=told, note=typed.words, day=typed_day(typed.day), on=today())

    return _do(request, desk, document_id, typed, "chuyen", act)


@pages.post("/den/{document_id}/hoan-tac", dependencies=[OwnForm])
def undo_one(request: Request, desk: AtDesk, document_id: Id) -> Response:
    """Take back what was done last with a paper."""
    return _do(request, desk, document_id, Typed(), "hoan-tac", lambda: undo)


def done_just_now(desk: Desk, told: str) -> dict[str, Any] | None:
    """Say what was done last with a paper (its id), so that it can be undone; nothing for what names none."""
    if not told.isascii() or not told.isdigit() or len(told) > 18:
        return None
    try:
        with look(desk.workshop.engine) as session:
            line = paper(session, int(told), seen_by=desk.viewer)
            history = [one for one in handling(session, int(told), seen_by=desk.viewer) if one.stands]
    except NotFound:
        return None
    last = [one for one in history if one.at == history[-1].at]
    return {"id": line.document.id, "name": line.document.number or line.document.subject or "văn bản không số", "what": _told(last)}


def _told(steps: list[HandlingLine]) -> str:
    said = ", ".join(_DONE[step.kind].format(step.to) for step in steps)
    return f"{said[:1].upper()}{said[1:]}"
