"""Which documents are held, and what does one of them say?"""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from api.desk import AtDesk, Desk, Id
from api.marks import boxes_on, citation_key, has_image, marks_of, stretches
from api.wording import today
from store import originals
from store.answers import DocumentLine, DocumentView, FieldLine
from store.changes import attached, changes, scans, twins
from store.corrections import ARRIVAL, standing
from store.database import look
from store.documents import document, documents
from store.dossiers import dossiers_of
from store.errors import NotFound
from store.nodes import is_closed
from store.validity import lifetime

pages = APIRouter(include_in_schema=False)
api = APIRouter(prefix="/api", tags=["Văn bản"])
A_PAGE = 100
TEXT_PAGES = 40  # a longer scan is shown by its images alone: the page stays light
TOLD: dict[str, Callable[..., object]] = {"history": changes, "attached": attached, "scans": scans, "twins": twins, "dossiers": dossiers_of}
"""What the page of one document tells beside what was read of it."""
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="Bỏ qua bấy nhiêu văn bản đầu")]


@pages.get("/van-ban")
def show_documents(request: Request, desk: AtDesk, kho: str = "co", tu: Offset = 0) -> HTMLResponse:
    """Show the list of documents, held or only cited, a hundred at a time."""
    held = kho != "chua"
    with look(desk.workshop.engine) as session:
        lines = documents(session, seen_by=desk.viewer, held=held, offset=tu, limit=A_PAGE + 1)
    return desk.page(request, "documents.html", lines=lines[:A_PAGE], held=held, offset=tu, more=len(lines) > A_PAGE, step=A_PAGE)


@pages.get("/van-ban/{document_id}")
def show_document(request: Request, desk: AtDesk, document_id: Id, o: str = "") -> Response:
    """Show one document beside what was read in it; o names the field whose place is lit. One whose pages went to another leads there."""
    with look(desk.workshop.engine) as session:
        if is_closed(session, document_id):
            return RedirectResponse(f"/van-ban/{document_id}/sap-xep", 303)
    return desk.page(request, "document.html", **document_page(desk, document_id, o))


def document_page(desk: Desk, document_id: int, chosen: str) -> dict[str, Any]:
    """Gather what the page of one document shows."""
    view = one(desk, document_id)
    with look(desk.workshop.engine) as session:
        corrected = standing(session, document_id)
        told = {name: ask(session, document_id, seen_by=desk.viewer) for name, ask in TOLD.items()}
        life = lifetime(session, document_id, as_of=today(), seen_by=desk.viewer)
    marks = marks_of(view)
    by_key = {mark.key: mark for mark in marks}
    arrival = [line for line in view.fields if line.name in ARRIVAL]
    cuttings = [(page, region) for page in view.pages if has_image(view, page) for region in page.regions]
    return {
        "view": view,
        "marks": by_key,
        "chosen": chosen if chosen in by_key else "",
        "sheets": [
            {"page": page, "boxes": boxes_on(page.number, marks), "stretches": stretches(page, marks), "image": has_image(view, page)}
            for page in view.pages
        ],
        "arrival": arrival,
        "came": any(line.value or line.corrected_at or line.name == chosen for line in arrival),
        "arrived": [cutting for cutting in cuttings if cutting[1].kind == "arrival stamp"],
        "cuttings": [cutting for cutting in cuttings if cutting[1].kind != "arrival stamp"],
        "with_text": len(view.pages) <= TEXT_PAGES,
        "citation_key": citation_key,
        "listed": {"addressees": _as_lines(view.addressees), "recipients": _as_lines(view.recipients)},
        "corrected": corrected,
        "lifetime": life,
        "problem": None,
        "typed": None,
        **told,
    }


def _as_lines(members: tuple[FieldLine, ...]) -> str:
    """Write a list as it is edited: one a line."""
    return "\n".join(line.value or "" for line in members)


def one(desk: Desk, document_id: int) -> DocumentView:
    """Give one document as it stands today; raise NotFound for one that is not there or not to be seen."""
    with look(desk.workshop.engine) as session:
        return document(session, document_id, home=desk.workshop.settings.home, as_of=today(), seen_by=desk.viewer)


@pages.get("/van-ban/{document_id}/tep")
def send_original(desk: AtDesk, document_id: Id) -> FileResponse:
    """Hand out the file as it came in: saved, never opened in the browser."""
    view = one(desk, document_id)
    if view.sha256 is None:
        raise NotFound
    path = originals.path_of(desk.workshop.settings.home, view.sha256)
    name = view.names[0] if view.names else f"{document_id}"
    return FileResponse(path, media_type="application/octet-stream", filename=name, content_disposition_type="attachment")


@api.get("/documents", summary="Danh sách văn bản trong kho, hoặc chỉ được viện dẫn")
def list_documents(
    desk: AtDesk,
    held: Annotated[bool, Query(description="true: đã có trong kho; false: được viện dẫn, chưa có")] = True,
    offset: Offset = 0,
    limit: Annotated[int, Query(ge=1, le=1000, description="Số văn bản mỗi lần")] = A_PAGE,
) -> tuple[DocumentLine, ...]:
    """Give documents, newest first."""
    with look(desk.workshop.engine) as session:
        return documents(session, seen_by=desk.viewer, held=held, offset=offset, limit=limit)


@api.get("/documents/{document_id}", summary="Một văn bản: các trường, căn cứ để tin, nhiệm vụ, viện dẫn")
def get_document(desk: AtDesk, document_id: Id) -> DocumentView:
    """Give everything about one document, each value with its place."""
    return one(desk, document_id)
