"""Which documents answer these words?"""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from api.desk import AtDesk
from api.marks import parts
from store.answers import Hit
from store.database import look
from store.finding import search

pages = APIRouter(include_in_schema=False)
api = APIRouter(prefix="/api", tags=["Tra cứu"])


@pages.get("/tra-cuu")
def show_search(request: Request, desk: AtDesk, tu: Annotated[str, Query(max_length=300)] = "") -> HTMLResponse:
    """Show the documents in which the words stand, with or without diacritics, the words marked."""
    words = " ".join(tu.split())
    hits: tuple[Hit, ...] = ()
    if words:
        with look(desk.workshop.engine) as session:
            hits = search(session, words, seen_by=desk.viewer)
    return desk.page(request, "search.html", words=words, hits=[(hit, parts(hit.snippet, hit.marks)) for hit in hits])


@api.get("/search", summary="Tìm văn bản theo từ ngữ hoặc số, ký hiệu; có dấu hay không dấu đều được")
def list_hits(
    desk: AtDesk,
    words: Annotated[str, Query(min_length=1, max_length=300, description="Từ ngữ, hoặc số, ký hiệu")],
    limit: Annotated[int, Query(ge=1, le=500, description="Số kết quả")] = 50,
) -> tuple[Hit, ...]:
    """Give documents, best first, with a snippet and the places that matched."""
    with look(desk.workshop.engine) as session:
        return search(session, words, seen_by=desk.viewer, limit=limit)
