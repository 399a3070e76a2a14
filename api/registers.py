"""Which registers does the office keep, what stands in them, and which number comes next?"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.desk import AtDesk, Desk, Id, OwnForm
from api.wording import parse_day, today
from store.answers import Entry
from store.database import begin, look
from store.errors import NotAllowed
from store.registers import (
    cancel,
    close,
    enter,
    entries,
    forward,
    get_register,
    hold,
    open_register,
    put_between,
    registers,
    waiting,
)

pages = APIRouter(include_in_schema=False)
A_PAGE = 100
Text = Annotated[str, Form(max_length=2_000)]
Act = Callable[..., Entry | None]  # with the session that it writes through


@pages.get("/so")
def show_registers(request: Request, desk: AtDesk) -> HTMLResponse:
    """Show the registers and the form that opens one."""
    return _shelf(request, desk)


@pages.post("/so", dependencies=[OwnForm])
def open_one(  # noqa: PLR0913  one for each field of the form
    request: Request,
    desk: AtDesk,
    *,
    way: Annotated[Literal["in", "out"], Form()] = "in",
    name: Text = "",
    period: Text = "",
    kind: Text = "",
    first: Annotated[str, Form(max_length=12)] = "1",
) -> Response:
    """Open a register and show it."""
    number = int(first) if first.isascii() and first.isdigit() else 0
    try:
        with begin(desk.workshop.engine, by=desk.viewer.name) as session:
            made = open_register(session, way, name, period, kind=kind.strip() or None, first=number)
    except NotAllowed as error:
        return _shelf(request, desk, problem=str(error), typed={"way": way, "name": name, "period": period, "kind": kind, "first": first})
    return RedirectResponse(f"/so/{made}", 303)


def _shelf(request: Request, desk: Desk, **more: Any) -> HTMLResponse:  # noqa: ANN401  what a template shows
    with look(desk.workshop.engine) as session:
        lines = registers(session, seen_by=desk.viewer)
    fresh = {"way": "in", "name": "" if lines else "Sổ đăng ký văn bản đến", "period": str(today().year), "kind": "", "first": "1"}
    context = {"problem": None, "typed": fresh} | more
    return desk.page(request, "registers.html", status=422 if context["problem"] else 200, lines=lines, **context)


@pages.get("/so/{register_id}")
def show_register(request: Request, desk: AtDesk, register_id: Id, tu: Annotated[int, Query(ge=0, le=10_000_000)] = 0) -> HTMLResponse:
    """Show a register as it is printed, and what waits to be entered."""
    return _register(request, desk, register_id, first=tu)


def _register(request: Request, desk: Desk, register_id: int, *, first: int | None = None, problem: str | None = None) -> HTMLResponse:
    with look(desk.workshop.engine) as session:
        register = get_register(session, register_id, seen_by=desk.viewer)
        at = max(0, register.count - 1) // A_PAGE * A_PAGE if first is None else first
        lines = entries(session, register_id, seen_by=desk.viewer, offset=at, limit=A_PAGE)
        waits = () if register.closed_on else waiting(session, register_id, seen_by=desk.viewer)
    context = {"register": register, "lines": lines, "waits": waits, "first": at, "step": A_PAGE, "day": today(), "problem": problem}
    return desk.page(request, "register.html", status=422 if problem else 200, **context)


def _do(request: Request, desk: Desk, register_id: int, act: Act) -> Response:
    """Write into a register and go back to the line that was written, or show why it could not be."""
    try:
        with begin(desk.workshop.engine, by=desk.viewer.name) as session:
            entry = act(session)
    except NotAllowed as error:
        return _register(request, desk, register_id, problem=str(error))
    with look(desk.workshop.engine) as session:
        count = get_register(session, register_id, seen_by=desk.viewer).count
    at = max(0, count - 1) // A_PAGE * A_PAGE
    return RedirectResponse(f"/so/{register_id}?tu={at}" + (f"#dong-{entry.id}" if entry else ""), 303)


@pages.post("/so/{register_id}/vao-so", dependencies=[OwnForm])
def enter_one(  # noqa: PLR0913  one for each field of the form
    request: Request,
    desk: AtDesk,
    register_id: Id,
    *,
    document: Annotated[int | None, Form(ge=1)] = None,
    after: Annotated[int | None, Form(ge=1)] = None,
    author: Text = "",
    number: Text = "",
    subject: Text = "",
    note: Text = "",
) -> Response:
    """Give the next number to a document, or to a paper that is only described; after: put it in between, behind that entry."""
    told = {name: text for name, text in (("author", author), ("number", number), ("subject", subject), ("note", note)) if text.strip()}
    now = datetime.now(UTC)

    said: dict[str, Any] = {"on": today(), "by": desk.viewer.name, "now": now, **told}
    act = partial(enter, register_id=register_id, document_id=document, **said)
    return _do(request, desk, register_id, act if after is None else partial(put_between, entry_id=after, document_id=document, **said))


@pages.post("/so/{register_id}/giu-so", dependencies=[OwnForm])
def hold_one(request: Request, desk: AtDesk, register_id: Id, note: Text = "") -> Response:
    """Hold the next number back."""
    by, now = desk.viewer.name, datetime.now(UTC)
    return _do(request, desk, register_id, partial(hold, register_id=register_id, on=today(), by=by, now=now, note=note))


@pages.post("/so/{register_id}/{entry_id}/huy", dependencies=[OwnForm])
def cancel_one(request: Request, desk: AtDesk, register_id: Id, entry_id: Id, note: Text = "") -> Response:
    """Cancel a number, with the reason."""
    return _do(request, desk, register_id, partial(cancel, entry_id=entry_id, reason=note))


@pages.post("/so/{register_id}/{entry_id}/chuyen", dependencies=[OwnForm])
def forward_one(request: Request, desk: AtDesk, register_id: Id, entry_id: Id, to: Text = "", on: Text = "") -> Response:
    """Write down who got the paper, and when."""
    return _do(request, desk, register_id, partial(forward, entry_id=entry_id, to=to, on=parse_day(on) or today()))


@pages.post("/so/{register_id}/khoa", dependencies=[OwnForm])
def close_one(request: Request, desk: AtDesk, register_id: Id) -> Response:
    """Close a register."""
    return _do(request, desk, register_id, partial(close, register_id=register_id, on=today()))
