"""What cites what, and what is cited but not held?"""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from api.desk import AtDesk, Id
from store.answers import Citations
from store.database import look
from store.documents import documents
from store.errors import NotFound
from store.graph import citations, cites, most_cited

pages = APIRouter(include_in_schema=False)
api = APIRouter(prefix="/api", tags=["Viện dẫn"])
A_LIST = 50
Number = Annotated[str, Query(max_length=100)]


@pages.get("/vien-dan")
def show_citations(request: Request, desk: AtDesk, so: Number = "") -> HTMLResponse:
    """Show what is cited most and what is cited but not held; so looks a number up, in any spelling."""
    number = " ".join(so.split())
    with look(desk.workshop.engine) as session:
        found = cites(session, number, seen_by=desk.viewer) if number else ()
        most = most_cited(session, seen_by=desk.viewer, limit=A_LIST) if not found else ()
        missing = documents(session, seen_by=desk.viewer, held=False, limit=A_LIST) if not found else ()
    return desk.page(request, "citations.html", number=number, found=found, most=most, missing=missing)


@pages.get("/vien-dan/{document_id}")
def show_citations_of(request: Request, desk: AtDesk, document_id: Id) -> HTMLResponse:
    """Show both directions for one document."""
    with look(desk.workshop.engine) as session:
        found = citations(session, document_id, seen_by=desk.viewer)
    return desk.page(request, "citations.html", number=found.document.number or "", found=(found,), most=(), missing=())


@api.get("/cites", summary="Văn bản mang số này viện dẫn gì, được văn bản nào viện dẫn")
def list_citations(
    desk: AtDesk, number: Annotated[str, Query(max_length=100, description="Số, ký hiệu, viết cách nào cũng được")]
) -> tuple[Citations, ...]:
    """Give both directions for each document that bears the number; 404 when none does."""
    with look(desk.workshop.engine) as session:
        found = cites(session, number, seen_by=desk.viewer)
    if not found:
        raise NotFound
    return found
