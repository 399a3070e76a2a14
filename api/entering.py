"""Is what was read of a paper that came in right, which number does it get, and to whom does it go?

One form: the fields beside their places, the number of arrival beside the stamp, the leader or the units that get it. One press writes
all of it, or nothing.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.comparing import Candidate, Row, rows_of
from api.desk import AtDesk, Desk, Id, OwnForm
from api.handling import Act, done_just_now, receivers, show_handled
from api.incoming import next_waiting
from api.looking import at_once, looked_at, marks_of, place_page
from api.review import (
    Refused,
    ahead_of,
    changes_of,
    decisions,
    hold,
    refusing,
    require_free,
    require_seen,
    require_told,
    screen_of,
    typed_of,
    view_of,
)
from api.sent import Given, Sent
from api.wording import day, parse_day, today, typed_day
from store.answers import DocumentView, Register, Unit
from store.corrections import correct
from store.database import begin, look
from store.errors import NotAllowed
from store.forwarding import Receivers, likely_units, units_named
from store.handling import enter_paper, instruct, pass_on, submit
from store.identity import type_key
from store.papers import leaders, paper
from store.registers import MOST_LEAPT, registers
from store.review import confirm, take_up
from store.rules import clashes
from store.work import decide_duty

pages = APIRouter(include_in_schema=False)
STOPS = ("arrived_as", "arrived_on", "number", "issued_on")
"""Fields at which the cursor stops: each is confirmed by a key of its own."""
MOST_NAMED = 9  # units and leaders that one key chooses


@pages.get("/den/{document_id}")
def show_one(request: Request, desk: AtDesk, document_id: Id, da: str = "", xem: str = "") -> HTMLResponse:
    """Show a paper to be entered, or what is done with one that has its number; xem: bring all places at once, for who has no script."""
    with look(desk.workshop.engine) as session:
        entered = paper(session, document_id, seen_by=desk.viewer).entry is not None
    if entered:
        return show_handled(request, desk, document_id, done=done_just_now(desk, da))
    holder = hold(desk, document_id)
    context = _screen(desk, document_id)
    marks = at_once(desk, context["view"], xem)
    return desk.page(request, "entering.html", **context | {"marks": marks, "holder": holder, "just": done_just_now(desk, da)})


@pages.get("/den/{document_id}/cho/{key}")
def show_place(request: Request, desk: AtDesk, document_id: Id, key: str) -> HTMLResponse:
    """Show one place, with the mark that its value was seen. Raises NotFound for a field that has none."""
    return place_page(request, desk, view_of(desk, document_id), key)


@pages.post("/den/{document_id}", dependencies=[OwnForm])
def enter_one(request: Request, desk: AtDesk, document_id: Id, sent: Given) -> Response:
    """Write all that the form says, or nothing; then open the next paper that waits for a number."""
    context = _screen(desk, document_id)
    view: DocumentView = context["view"]
    now = datetime.now(UTC)
    sent = looked_at(desk, view, sent)
    try:
        _write(desk, view, sent, now)
    except Refused as refused:
        again: dict[str, Any] = {"problem": (refused.key, refused.sentence), "told": refused.told, "chosen": refused.key}
        again |= {"marks": marks_of(desk, view, sent.seen), "holder": None, "just": None}
        return desk.page(request, "entering.html", status=422, **context | typed_of(sent) | again)
    following: int | None = context["following"]
    return RedirectResponse(f"/den/{following}?da={document_id}" if following else f"/den?da={document_id}", 303)


def _write(desk: Desk, view: DocumentView, sent: Sent, now: datetime) -> None:
    """Confirm the head and the duties, give the number, and send the paper on. Raises Refused."""
    number, by = view.line.id, desk.viewer.name
    require_seen(rows_of(view), sent)
    changes = changes_of(view, sent)
    serial, on, onward = _serial(sent), _arrived(sent), _onward(desk, sent)
    with begin(desk.workshop.engine, by=by) as session:
        require_free(take_up(session, number, by=by, now=now))
        for name, value in changes.items():
            with refusing(name):
                correct(session, number, name, value, by=by, now=now)
        require_told(clashes(session, number, as_of=today(), seen_by=desk.viewer), sent)
        confirm(session, number, by=by, now=now, seconds=sent.seconds)
        for one in decisions(view, sent):
            with refusing(one.row.key):
                decide_duty(session, one.row.duty.id, one.changes, one.deed, by=by, now=now)
        with refusing("arrived_as"):
            enter_paper(session, number, _register(sent), on=on, by=by, now=now, serial=serial)
        for key, act in onward:
            with refusing(key):
                act(session, number, by=by, now=now)


def _onward(desk: Desk, sent: Sent) -> list[tuple[str, Act]]:
    """Give what is done with a paper once it has its number, each with the field that asks for it. Raises Refused."""
    leader, words = (sent.text("trinh") or "").strip(), (sent.text("y-kien") or "").strip()
    with refusing("chu-tri"):
        told = receivers(desk, sent.text("chu-tri") or "", sent.text("phoi-hop") or "")
    with refusing("han"):
        limit = typed_day(sent.text("han") or "")
    acts: list[tuple[str, Act]] = []
    if leader:
        acts.append(("trinh", partial(submit, to=leader)))
    if words or limit:
        acts.append(("y-kien", partial(instruct, words=words, receivers=told, leader=leader, day=limit)))
    if told != Receivers():
        acts.append(("chu-tri", partial(pass_on, receivers=told, note=words, day=limit, on=today())))
    return acts


def _serial(sent: Sent) -> int:
    text = (sent.text("f.arrived_as") or "").strip()
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise Refused("arrived_as", "Số đến là một số. Đề nghị ghi theo dấu đến, hoặc số tiếp theo của sổ.")
    return int(text)


def _arrived(sent: Sent) -> date:
    found = parse_day(sent.text("f.arrived_on") or "")
    if found is None or found > today():
        raise Refused("arrived_on", "Đề nghị ghi ngày đến theo mẫu 05/01/2026, không sau ngày hôm nay.")
    return found


def _register(sent: Sent) -> int:
    text = sent.text("so") or ""
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise NotAllowed("Chưa có sổ văn bản đến đang mở. Đề nghị mở sổ tại mục Sổ đăng ký.")
    return int(text)


def _screen(desk: Desk, document_id: int) -> dict[str, Any]:
    """Gather what the screen shows of one paper."""
    context = screen_of(desk, document_id, "")
    view: DocumentView = context["view"]
    with look(desk.workshop.engine) as session:
        books = [book for book in registers(session, seen_by=desk.viewer) if book.way == "in" and book.closed_on is None]
        likely, named = likely_units(session, document_id, seen_by=desk.viewer), leaders(session, seen_by=desk.viewer, most=MOST_NAMED)
    following = next_waiting(desk, but=document_id)
    book = _book(books, view)
    return context | {
        "rows": _proposed(context["rows"], book),
        "queue": "the-thuc",
        "queues": {},
        "place": None,
        "total": 0,
        "waits": None,
        "following": following,
        "ahead": ahead_of(desk, following),
        "done": None,
        "cuts": f"/den/{document_id}/cho/",
        "both": True,
        "stops": STOPS,
        "books": books,
        "book": book,
        "units": likely,
        "likely": likely[:MOST_NAMED],
        "leaders": named,
        "lead": _said(likely, view),
        "cuttings": _cuttings(view),
    }


def _book(books: list[Register], view: DocumentView) -> Register | None:
    """Give the register that fits: that of its kind of document, else one for all kinds, the newest period first."""
    own = type_key(view.line.type)
    return next((book for book in books if book.type_key and book.type_key == own), None) or next(
        (book for book in books if book.type_key is None), books[0] if books else None
    )


def _proposed(rows: list[Row], book: Register | None) -> list[Row]:
    """Put first what is confirmed one by one; of the arrival what the stamp says, else the next number of the register and today."""
    named = {row.name: row for row in rows}
    named["arrived_as"], named["arrived_on"] = _with_number(named["arrived_as"], book), _with_day(named["arrived_on"])
    return [*(named.pop(name) for name in STOPS), *named.values()]


def _with_number(row: Row, book: Register | None) -> Row:
    coming = str(book.next) if book else ""
    if not row.value:
        return _suggest(row, coming, "Số tiếp theo của sổ")
    near = book is not None and row.value.isascii() and row.value.isdigit() and -MOST_LEAPT <= int(row.value) - book.next <= MOST_LEAPT
    if row.value == coming or not coming:
        return row
    both = (Candidate(row.value, ()), Candidate(coming, ()))
    return replace(row, candidates=both) if near else replace(_suggest(row, coming, f"Dấu đến: {row.value}"), candidates=both[::-1])


def _with_day(row: Row) -> Row:
    return row if row.value else _suggest(row, day(today()), "Hôm nay")


def _suggest(row: Row, value: str, why: str) -> Row:
    return replace(row, value=value, lines=tuple(replace(line, reason=why, value=None) for line in row.lines))


def _said(known: tuple[Unit, ...], view: DocumentView) -> str:
    """Give the unit to which the stamp says that the paper goes, if it is one of the office."""
    told = next((line.value for line in view.fields if line.name == "forwarded_to" and line.value), "")
    try:
        found = units_named(known, told)
    except NotAllowed:
        return ""
    return next((unit.name for unit in known if found and unit.id == found[0]), "")


def _cuttings(view: DocumentView) -> list[Any]:
    """Give the stamps of arrival and what was written by hand, each with its page."""
    kinds = ("arrival stamp", "handwriting")
    return [(page, region) for kind in kinds for page in view.pages for region in page.regions if region.kind == kind]
