"""Which documents wait for a person, and how does the person say that what was read is right?"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.comparing import DutyRow, Row, cited_rows, duty_rows, reason, rows_of
from api.corrections import wanted
from api.desk import AtDesk, Desk, Id, OwnForm
from api.looking import at_once, looked_at, marks_of, place_page
from api.marks import boxes_on, has_image, stretches
from api.marks import marks_of as marks_on
from api.picking import place_of
from api.sent import Given, Queue, Sent
from api.wording import today
from store.answers import Deed, DocumentView
from store.corrections import correct
from store.database import begin, look
from store.documents import document
from store.errors import NotAllowed, NotFound
from store.nodes import get_document
from store.paging import numbered
from store.queues import Waits, duties_in_order, heads_in_order, lines_of_duties, lines_of_heads
from store.review import confirm, put_off, take_up
from store.rules import Clash, clashes
from store.taking_back import take_back, take_back_duties
from store.today import waiting
from store.work import decide_duty

pages = APIRouter(include_in_schema=False)
QUEUES: dict[str, str] = {"the-thuc": "Thể thức", "nhiem-vu": "Nhiệm vụ"}
ORDERS = {"the-thuc": heads_in_order, "nhiem-vu": duties_in_order}
LINES = {"the-thuc": lines_of_heads, "nhiem-vu": lines_of_duties}
A_PAGE = 100
DONE = {"xac-nhan": "Đã xác nhận", "de-sau": "Đã để lại sau"}


class Refused(Exception):  # noqa: N818  a plain word says it
    """What was sent cannot be confirmed: which field, a sentence, what the person is told by it and may confirm then."""

    def __init__(self, key: str, sentence: str, told: tuple[str, ...] = ()) -> None:
        """Keep all three."""
        super().__init__(sentence)
        self.key, self.sentence, self.told = key, sentence, told


@dataclass(frozen=True, slots=True)
class Decision:
    """What a form says of one duty: what is written otherwise, and what is done (None: it is left for later)."""

    row: DutyRow
    changes: dict[str, str | None]
    deed: Deed | None


Asked = Annotated[Queue, Query(description="Hàng đợi")]


@pages.get("/doi-chieu")
def show_queues(
    request: Request, desk: AtDesk, hang: Asked = "the-thuc", da: str = "", tu: Annotated[int, Query(ge=0, le=10_000)] = 0
) -> HTMLResponse:
    """Show the two queues, a part of the one that is asked for: what waits, why, who has it open, what was put off."""
    order = _order(desk, hang)
    first = _next(order, 0, desk.viewer.name)
    with look(desk.workshop.engine) as session:
        left = waiting(session, seen_by=desk.viewer)
        lines = LINES[hang](session, order[tu : tu + A_PAGE], seen_by=desk.viewer)
    return desk.page(
        request,
        "review.html",
        queues=QUEUES,
        counts={"the-thuc": left.heads, "nhiem-vu": left.duties},
        queue=hang,
        first=first,
        ahead=ahead_of(desk, first),
        before=f"/doi-chieu?hang={hang}&tu={max(0, tu - A_PAGE)}" if tu else None,
        after=f"/doi-chieu?hang={hang}&tu={tu + A_PAGE}" if tu + A_PAGE < len(order) else None,
        waiting=[line for line in lines if line.put_off is None],
        later=[line for line in lines if line.put_off is not None],
        viewer=desk.viewer.name,
        done=_done(desk, da),
    )


@pages.get("/doi-chieu/{document_id}")
def show_one(  # noqa: PLR0913  the questions of an address, all named
    request: Request, desk: AtDesk, document_id: Id, *, hang: Asked = "the-thuc", o: str = "", da: str = "", xem: str = ""
) -> HTMLResponse:
    """Show one document beside its pages, to be confirmed; it stays with the person who opened it for some minutes.

    xem: bring all places at once, for who has no script.
    """
    holder = hold(desk, document_id)
    context = screen(desk, document_id, hang, o)
    marks = at_once(desk, context["view"], xem)
    return desk.page(request, "review_one.html", **context | {"marks": marks, "holder": holder, "done": _done(desk, da)})


@pages.get("/doi-chieu/{document_id}/cho/{key}")
def show_place(request: Request, desk: AtDesk, document_id: Id, key: str) -> HTMLResponse:
    """Show one place, with the mark that its value was seen. Raises NotFound for a field that has none."""
    return place_page(request, desk, view_of(desk, document_id), key)


@pages.post("/doi-chieu/{document_id}", dependencies=[OwnForm])
def decide(request: Request, desk: AtDesk, document_id: Id, sent: Given) -> Response:
    """Confirm a document, or leave it for later; then open the next one of the queue."""
    following = _next(_order(desk, sent.queue), document_id, desk.viewer.name)
    done = "de-sau" if sent.text("viec") == "de-sau" else "xac-nhan"
    view = view_of(desk, document_id)
    sent = looked_at(desk, view, sent)
    try:
        wrote = _decide(desk, view, sent, done)
    except Refused as refused:
        context = screen(desk, document_id, sent.queue, refused.key) | typed_of(sent) | {"marks": marks_of(desk, view, sent.seen)}
        context |= {"problem": (refused.key, refused.sentence), "told": refused.told, "holder": None, "done": None}
        return desk.page(request, "review_one.html", status=422, **context)
    address = f"/doi-chieu/{following}" if following else "/doi-chieu"
    told = f"&da={done}-{document_id}" if wrote else ""
    return RedirectResponse(f"{address}?hang={sent.queue}{told}", 303)


@pages.post("/doi-chieu/{document_id}/hoan-tac", dependencies=[OwnForm])
def undo(desk: AtDesk, document_id: Id, sent: Given) -> Response:
    """Take back the last word on a document, all of it, and open it again."""
    back = take_back_duties if sent.queue == "nhiem-vu" and sent.text("da") != "de-sau" else take_back
    with begin(desk.workshop.engine) as session:
        get_document(session, document_id, seen_by=desk.viewer)
        back(session, document_id, by=desk.viewer.name, now=datetime.now(UTC))
    return RedirectResponse(f"/doi-chieu/{document_id}?hang={sent.queue}", 303)


@pages.post("/doi-chieu/{document_id}/giu", dependencies=[OwnForm])
def keep_open(desk: AtDesk, document_id: Id) -> dict[str, str | None]:
    """Keep a document with the person who has it open; say who else has it, if it is lost."""
    return {"holder": hold(desk, document_id)}


def hold(desk: Desk, document_id: int) -> str | None:
    """Keep a document with the person who asks; give who else has it open. Raises NotFound for one that is not to be seen."""
    with begin(desk.workshop.engine) as session:
        get_document(session, document_id, seen_by=desk.viewer)
        return take_up(session, document_id, by=desk.viewer.name, now=datetime.now(UTC))


def _decide(desk: Desk, view: DocumentView, sent: Sent, done: str) -> bool:
    """Write all that the form says, or nothing of it; say whether there was anything to write. Raises Refused."""
    now = datetime.now(UTC)
    with refusing("ly-do" if done == "de-sau" else ""):
        if done == "xac-nhan" and sent.queue == "nhiem-vu":
            return _decide_duties(desk, view, sent, now)
        _say(desk, view, sent, now, done)
    return True


def require_free(holder: str | None) -> None:
    """Nothing is written while another has the document open."""
    if holder is not None:
        raise Refused("", f"{holder} đang đối chiếu văn bản này; chưa ghi gì. Đề nghị mở văn bản khác.")


def changes_of(view: DocumentView, sent: Sent) -> dict[str, str | None]:
    """Give each value that the person wrote otherwise than it stands."""
    changes = {}
    for row in rows_of(view):
        typed = sent.text(f"f.{row.name}")
        if typed is None:
            continue
        with refusing(row.name):
            value = wanted(row.name, typed)
        if value != wanted(row.name, row.value):
            changes[row.name] = value
    return changes


def _say(desk: Desk, view: DocumentView, sent: Sent, now: datetime, done: str) -> None:
    """Write what the person put in place of what was read, and with it that all is right, or why it is left for later."""
    if done == "xac-nhan":
        require_seen(rows_of(view), sent)
    changes, number, by = changes_of(view, sent), view.line.id, desk.viewer.name
    places = {name: place_of(desk, number, sent.text(f"p.{name}")) for name in changes}
    with begin(desk.workshop.engine) as session:
        require_free(take_up(session, number, by=by, now=now))
        for name, value in changes.items():
            correct(session, number, name, value, by=by, now=now, place=places[name])
        if done == "de-sau":
            put_off(session, number, sent.text("ly-do") or "", by=by, now=now)
        else:
            require_told(clashes(session, number, as_of=today(), seen_by=desk.viewer), sent)
            confirm(session, number, by=by, now=now, seconds=sent.seconds)


def require_seen(rows: list[Row], sent: Sent) -> None:
    """Number and date are confirmed only after their places were on the screen."""
    for row in rows:
        if row.must_be_seen and row.name not in sent.seen:
            raise Refused(row.name, f"Chưa xem chỗ ghi {row.label.lower()} trên trang. Đề nghị xem ảnh cắt rồi xác nhận.")


def require_told(found: tuple[Clash, ...], sent: Sent) -> None:
    """What does not fit is told before it is confirmed; after that it is the person's word."""
    new = [clash for clash in found if clash.sentence not in sent.all("da-bao")]
    if new:
        sentences = tuple(clash.sentence for clash in new)
        raise Refused(new[0].fields[0], f"{' '.join(sentences)} Nếu vẫn đúng, đề nghị xác nhận lần nữa.", sentences)


def _decide_duties(desk: Desk, view: DocumentView, sent: Sent, now: datetime) -> bool:
    """Confirm or decline each open duty as the form says, with what the person wrote otherwise; say whether any was."""
    by, decided = desk.viewer.name, False
    with begin(desk.workshop.engine) as session:
        require_free(take_up(session, view.line.id, by=by, now=now))
        for one in decisions(view, sent):
            with refusing(one.row.key):
                decide_duty(session, one.row.duty.id, one.changes, one.deed, by=by, now=now)
            decided = decided or one.deed is not None
    return decided


def decisions(view: DocumentView, sent: Sent) -> Iterator[Decision]:
    """Yield what the form says of each open duty; one that is left for later may still be written otherwise. Raises Refused."""
    for row in duty_rows(view):
        number = row.duty.id
        choice = sent.text(f"d.{number}")
        if not row.is_open or choice is None:
            continue
        with refusing(row.key):
            changes = _duty_changes(row, sent)
        _require_fitting(row, choice, changes, sent)
        reason = sent.text(f"l.{number}") or ""
        yield Decision(row, changes, {"nhan": Deed("accept"), "khong": Deed("decline", reason)}.get(choice))


@contextmanager
def refusing(key: str) -> Iterator[None]:
    """Say at a field of the form what the store does not allow there."""
    try:
        yield
    except NotAllowed as error:
        raise Refused(key, str(error)) from error


def _duty_changes(row: DutyRow, sent: Sent) -> dict[str, str | None]:
    """Give what the person wrote of a duty otherwise than it stands: task, unit, limit."""
    stands = {"task": ("t", row.duty.task), "assignee": ("c", row.duty.assignee or ""), "due_on": ("h", row.stated)}
    changes = {}
    for name, (mark, before) in stands.items():
        typed = sent.text(f"{mark}.{row.duty.id}")
        if typed is not None and " ".join(typed.split()) != " ".join(before.split()):
            changes[name] = wanted("issued_on", typed) if name == "due_on" else typed
    return changes


def _require_fitting(row: DutyRow, choice: str, changes: dict[str, str | None], sent: Sent) -> None:
    """A limit is confirmed only after its place was on the screen; who corrects a duty confirms it."""
    if choice == "nhan" and row.must_be_seen and row.key not in sent.seen:
        raise Refused(row.key, "Chưa xem chỗ ghi hạn này trên trang. Đề nghị xem ảnh cắt rồi xác nhận.")
    if changes and choice != "nhan":
        raise Refused(row.key, "Nhiệm vụ này đã được sửa. Đề nghị chọn “Xác nhận nhiệm vụ”, hoặc bỏ phần sửa.")


def typed_of(sent: Sent) -> dict[str, Any]:
    """Give back what was typed and chosen, so that nothing is lost when the page is shown again."""
    values = {name: value for name, value in sent.form.multi_items() if isinstance(value, str)}
    return {"typed": values, "seen": sent.seen}


def _order(desk: Desk, queue: Queue) -> tuple[Waits, ...]:
    with look(desk.workshop.engine) as session:
        return ORDERS[queue](session, now=datetime.now(UTC), seen_by=desk.viewer)


def _next(order: tuple[Waits, ...], document_id: int, viewer: str) -> int | None:
    """Give the document to open after this one: neither put off nor open elsewhere; at the end of the queue its beginning."""
    ids = [one.document_id for one in order]
    at = ids.index(document_id) + 1 if document_id in ids else 0
    free = (one.document_id for one in (*order[at:], *order[:at]) if not one.put_off and one.locked_by in (None, viewer))
    return next((one for one in free if one != document_id), None)


def view_of(desk: Desk, document_id: int) -> DocumentView:
    """Give all that is known of a document. Raises NotFound."""
    with look(desk.workshop.engine) as session:
        return document(session, document_id, home=desk.workshop.settings.home, as_of=today(), seen_by=desk.viewer)


def _done(desk: Desk, told: str) -> dict[str, Any] | None:
    """Say what was done just now (`xac-nhan-12`), so that it can be undone; nothing for what names no document."""
    what, _, number = told.rpartition("-")
    if what not in DONE or not number.isascii() or not number.isdigit() or len(number) > 18:
        return None
    try:
        with look(desk.workshop.engine) as session:
            row = get_document(session, int(number), seen_by=desk.viewer)
    except NotFound:
        return None
    return {"id": row.id, "name": row.number or row.subject or "văn bản không số", "what": DONE[what], "da": what}


def screen(desk: Desk, document_id: int, queue: Queue, chosen: str) -> dict[str, Any]:
    """Gather what the screen shows of one document, and where it stands in its queue."""
    order = _order(desk, queue)
    following = _next(order, document_id, desk.viewer.name)
    place = next((at for at, one in enumerate(order, 1) if one.document_id == document_id), None)
    with look(desk.workshop.engine) as session:
        own = LINES[queue](session, order[place - 1 : place], seen_by=desk.viewer) if place else ()
    return screen_of(desk, document_id, chosen) | {
        "queue": queue,
        "queues": QUEUES,
        "place": place,
        "total": len(order),
        "waits": next(iter(own), None),
        "following": following,
        "ahead": ahead_of(desk, following),
    }


def screen_of(desk: Desk, document_id: int, chosen: str) -> dict[str, Any]:
    """Gather what is compared of one document.

    cuts is where a place is asked for that must be on the screen before its value is confirmed; both: head and duties on one screen;
    stops are fields at which the cursor stops though nobody doubts them. Raises NotFound for one that is not held.
    """
    view = view_of(desk, document_id)
    if not view.line.held:
        raise NotFound
    with look(desk.workshop.engine) as session:
        found = clashes(session, document_id, as_of=today(), seen_by=desk.viewer)
    return {
        "view": view,
        "rows": rows_of(view, found),
        "duty_rows": duty_rows(view, found),
        "cited_rows": cited_rows(view),
        "clashes": found,
        "sheets": sheets_of(view),
        "chosen": chosen,
        "reason": reason,
        "problem": None,
        "told": (),
        "typed": {},
        "seen": set(),
        "cuts": f"/doi-chieu/{document_id}/cho/",
        "both": False,
        "stops": (),
        "marks": {},
    }


def sheets_of(view: DocumentView) -> list[dict[str, Any]]:
    """Give each page with what is drawn over it."""
    marks = marks_on(view)
    return [
        {"page": page, "boxes": boxes_on(page.number, marks), "stretches": stretches(page, marks), "image": has_image(view, page)}
        for page in view.pages
    ]


def ahead_of(desk: Desk, following: int | None) -> str | None:
    """Give the address of the next document's first page, which the browser fetches while this one is looked at."""
    if following is None:
        return None
    with look(desk.workshop.engine) as session:
        row = get_document(session, following, seen_by=desk.viewer)
        pages = numbered(session, row)
    if not pages or not (row.media_type == "application/pdf" or (row.media_type or "").startswith("image/")):
        return None
    first = next(iter(pages))
    return f"/van-ban/{following}/trang/{first}.png?w=1400&v={pages[first].mark}"
