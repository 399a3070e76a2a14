"""How does a person split, join, order, turn and replace the pages of a document?"""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, File, Query, Request, UploadFile
from starlette.datastructures import QueryParams
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from api.described import MOST_ID
from api.desk import AtDesk, Desk, Id, OwnForm
from api.errors import NotRead
from api.intake import take_all
from api.mending import carry_out
from api.page_plan import AT_ONCE, TURNS, WITH_OTHER, Asked, Deed, Paper, consequences, places_of, plan
from api.wording import FIELDS, moment
from store import originals
from store.answers import Arrangement, Job
from store.arranging import Leaves
from store.corrections import standing
from store.database import look
from store.documents import by_number, documents
from store.errors import NotAllowed, NotFound
from store.ledger import job, jobs
from store.lines import document_lines
from store.mending import Change, undoing
from store.nodes import get_document
from store.page_history import arrangement
from store.paging import leaves
from store.registers import entries_of
from store.reviewed import confirmed

pages = APIRouter(include_in_schema=False)
DEEDS: tuple[Deed, ...] = get_args(Deed)
A_LIST = 12  # documents among which the other one is chosen before a number is typed
MOST = 2_000  # positions that one form names
STALE = "Các trang của văn bản vừa được sắp xếp lại ở nơi khác. Đề nghị xem lại rồi làm tiếp."
Files = Annotated[list[UploadFile], File()]


class Sent:
    """What an address or a form of the page says; what makes no sense in it is left out."""

    def __init__(self, told: QueryParams | Any) -> None:  # noqa: ANN401  the data of a form
        """Read it."""
        self.deed = next((deed for deed in DEEDS if deed == told.get("viec")), None)
        self.positions = _numbers(told.getlist("trang"))
        self.others = _numbers(told.getlist("trang-kia"))
        self.other = next(iter(_numbers([told.get("voi") or ""])), None)
        self.job = next(iter(_numbers([told.get("bien-nhan") or ""])), None)
        self.wanted = str(told.get("so") or "")[:200].strip()
        self.mark = str(told.get("dau") or "")
        self.is_sure = told.get("chac") == "1"

    def address(self, document_id: int, **more: object) -> str:
        """Give the address of the page with this selection, and what else is said."""
        said = {"trang": sorted(self.positions), "viec": self.deed, **more}
        asked = urlencode({name: value for name, value in said.items() if value}, doseq=True)
        return f"/van-ban/{document_id}/sap-xep{f'?{asked}' if asked else ''}"


def _numbers(values: Sequence[object]) -> frozenset[int]:
    texts = [value for value in values[:MOST] if isinstance(value, str)]
    return frozenset(int(text) for text in texts if text.isascii() and text.isdigit() and 0 < len(text) < 10)


async def _sent(request: Request) -> Sent:
    return Sent(await request.form() if request.method == "POST" else request.query_params)


Given = Annotated[Sent, Depends(_sent)]


@pages.get("/van-ban/{document_id}/sap-xep")
def show_pages(request: Request, desk: AtDesk, document_id: Id, sent: Given, xong: Annotated[int, Query(ge=0, le=MOST_ID)] = 0) -> Response:
    """Show the pages of a document, what may be done with those that are chosen, and what would come of it."""
    if sent.job and not sent.other:
        made = _made_by(desk, sent.job)
        if len(made.document_ids) == 1:
            return RedirectResponse(sent.address(document_id, voi=made.document_ids[0]), 303)
    return _page(request, desk, document_id, sent, done=bool(xong))


@pages.post("/van-ban/{document_id}/sap-xep", dependencies=[OwnForm])
def change_pages(request: Request, desk: AtDesk, document_id: Id, sent: Given) -> Response:
    """Do what the form says, and show the pages as they are then; what is more than a key's work is told first."""
    if sent.deed and sent.deed not in AT_ONCE and not sent.is_sure:
        return RedirectResponse(sent.address(document_id), 303)
    own = _paper(desk, document_id)
    try:
        change = _wanted(desk, own, sent)
        carry_out(desk.workshop, change, by=desk.viewer.name)
    except (NotAllowed, NotRead) as error:
        return _page(request, desk, document_id, sent, problem=str(error))
    chosen = [leaf for at, leaf in enumerate(own.pages, 1) if at in sent.positions]
    sent.positions = places_of(chosen, change.after[document_id] or ()) if sent.deed in AT_ONCE else frozenset()
    sent.deed = None
    return RedirectResponse(sent.address(document_id, xong=1), 303)


@pages.post("/van-ban/{document_id}/sap-xep/hoan-tac", dependencies=[OwnForm])
def undo(request: Request, desk: AtDesk, document_id: Id, sent: Given) -> Response:
    """Take the last step back."""
    try:
        with look(desk.workshop.engine) as session:
            get_document(session, document_id, seen_by=desk.viewer)
            change = undoing(session, document_id)
        carry_out(desk.workshop, change, by=desk.viewer.name)
    except (NotAllowed, NotRead) as error:
        return _page(request, desk, document_id, sent, problem=str(error))
    return RedirectResponse(f"/van-ban/{document_id}/sap-xep", 303)


@pages.post("/van-ban/{document_id}/sap-xep/tep", dependencies=[OwnForm])
def bring_file(request: Request, desk: AtDesk, document_id: Id, sent: Given, tep: Files = []) -> Response:  # noqa: B006  FastAPI copies it
    """Take in a file that is to be joined, or whose page is to take another's place; it is read like any other first."""
    with look(desk.workshop.engine) as session:
        purpose = get_document(session, document_id, seen_by=desk.viewer).purpose
    taken = list(take_all(desk, tep[:1], "archive" if purpose == "archive" else "daily"))
    receipt = taken[0].receipt if taken else None
    if receipt is None:
        problem = (taken[0].refused if taken else None) or "Chưa có tệp nào được chọn. Đề nghị chọn tệp rồi bấm Nạp tệp này."
        return _page(request, desk, document_id, sent, problem=problem)
    return RedirectResponse(sent.address(document_id, **{"bien-nhan": _job_of(desk, receipt.id)}), 303)


@pages.get("/van-ban/{document_id}/sap-xep/tep/{position}")
def send_file(desk: AtDesk, document_id: Id, position: Id) -> FileResponse:
    """Hand out the file that a page is from, as it came in: saved, never opened in the browser."""
    one = next((one for one in _view(desk, document_id).leaves if one.position == position), None)
    if one is None:
        raise NotFound
    path = originals.path_of(desk.workshop.settings.home, one.leaf.sha256)
    return FileResponse(path, media_type="application/octet-stream", filename=one.file, content_disposition_type="attachment")


def _wanted(desk: Desk, own: Paper, sent: Sent) -> Change:
    """Give the change that a form asks for. Raises NotAllowed for one that was made for other pages, or for none."""
    if sent.mark and sent.mark != mark_of(own.pages):
        raise NotAllowed(STALE)
    if sent.deed is None:
        raise NotAllowed("Chưa chọn việc cần làm.")
    if sent.deed in TURNS and not all(one.width for one in _view(desk, own.id).leaves if one.position in sent.positions):
        raise NotAllowed("Trang này là chữ, không có ảnh để xoay.")
    return plan(Asked(sent.deed, sent.positions, sent.others), own, _paper(desk, sent.other) if sent.other else None)


def mark_of(own: Leaves) -> str:
    """Name an arrangement, so that a form is refused that was made for another one."""
    return hashlib.sha256(repr([tuple(asdict(leaf).values()) for leaf in own]).encode()).hexdigest()[:16]


def _paper(desk: Desk, document_id: int) -> Paper:
    """Give a document that is held with its pages. Raises NotFound."""
    with look(desk.workshop.engine) as session:
        row = get_document(session, document_id, seen_by=desk.viewer)
        if not row.held:
            raise NotFound
        return Paper(row.id, f"văn bản {row.number}" if row.number else f"văn bản không số (mã {row.id})", leaves(session, row))


def _made_by(desk: Desk, job_id: int) -> Job:
    with look(desk.workshop.engine) as session:
        return job(session, job_id, seen_by=desk.viewer)


def _job_of(desk: Desk, receipt_id: int) -> int:
    with look(desk.workshop.engine) as session:
        return next(one.id for one in jobs(session, seen_by=desk.viewer) if one.receipt_id == receipt_id)


def _page(request: Request, desk: Desk, document_id: int, sent: Sent, *, done: bool = False, problem: str | None = None) -> HTMLResponse:
    view = _view(desk, document_id)
    own = tuple(one.leaf for one in view.leaves)
    sent.positions &= frozenset(range(1, len(own) + 1))
    told, why_not = _planned(desk, view, sent) if not problem else (None, None)
    other = _view(desk, sent.other) if told and sent.other and sent.deed == "thay" else None
    return desk.page(
        request,
        "paging.html",
        status=422 if problem else 200,
        view=view,
        kinds={kind: [one for one in view.leaves if one.leaf.kind == kind] for kind in ("page", "annex", "set aside")},
        sent=sent,
        others=WITH_OTHER,
        plan=told,
        other=other,
        chosen_there=sent.others or frozenset({1}),
        chooser=_chooser(desk, view, sent) if sent.deed in WITH_OTHER and told is None and not problem else None,
        problem=problem or why_not,
        done=view.steps[0] if done and view.steps else None,
        mark=mark_of(own),
        files={one.leaf.sha256: one for one in reversed(view.leaves)},
        kept=_kept(desk, document_id) if view.into else [],
    )


def _view(desk: Desk, document_id: int) -> Arrangement:
    with look(desk.workshop.engine) as session:
        return arrangement(session, document_id, home=desk.workshop.settings.home, seen_by=desk.viewer)


def _kept(desk: Desk, document_id: int) -> list[tuple[str, str, str | None]]:
    """Tell what people said of a document that was closed, and its numbers in registers: name, value, by whom."""
    with look(desk.workshop.engine) as session:
        corrected, said = standing(session, document_id), confirmed(session, document_id)
        entries = entries_of(session, document_id)
    told: list[tuple[str, str, str | None]] = [("Sổ đăng ký", f"số {entry.serial}", entry.by) for entry in entries]
    told += [(FIELDS[name], step.value or "–", step.by) for name, step in corrected.items()]
    return [*told, ("Đã xác nhận", moment(said.at), said.by)] if said else told


def _planned(desk: Desk, view: Arrangement, sent: Sent) -> tuple[tuple[str, ...] | None, str | None]:
    """Tell what would come of what is asked for, the deed first; or why it cannot be."""
    if sent.deed is None or (sent.deed in WITH_OTHER and sent.other is None) or view.into is not None:
        return None, None
    try:
        own, other = _paper(desk, view.document.id), _paper(desk, sent.other) if sent.other else None
        change = plan(Asked(sent.deed, sent.positions, sent.others), own, other)
    except (NotAllowed, NotFound) as error:
        sent.other = None
        return None, str(error)
    return (change.told, *consequences(change, own, other)), None


def _chooser(desk: Desk, view: Arrangement, sent: Sent) -> dict[str, Any]:
    """Give the documents among which the other one is chosen: by number, or those filed last; and how far a file is that was brought."""
    with look(desk.workshop.engine) as session:
        found = by_number(session, sent.wanted, seen_by=desk.viewer) if sent.wanted else ()
        newest = documents(session, seen_by=desk.viewer, limit=A_LIST + 1)
        brought = job(session, sent.job, seen_by=desk.viewer) if sent.job else None
        rows = [get_document(session, one, seen_by=desk.viewer) for one in brought.document_ids] if brought else []
        made = list(document_lines(session, rows).values())
    offered = made or [line for line in found if line.held] or ([] if sent.wanted else list(newest))
    return {"lines": [line for line in offered if line.id != view.document.id][:A_LIST], "job": brought, "wanted": sent.wanted}
