"""Which case files does the office keep, what lies in each, and what may be put in?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.described import MOST_ID
from api.desk import AtDesk, Desk, Id, OwnForm
from api.wording import today, typed_day
from store.answers import DocumentLine, Narrowing
from store.database import begin, look
from store.dossiers import (
    TERMS,
    Cover,
    amend,
    close_dossier,
    contents,
    dossiers,
    get_dossier,
    line_of,
    open_dossier,
    put_in,
    related,
    remark,
    reopen_dossier,
    take_out,
    years_of_dossiers,
)
from store.errors import NotAllowed
from store.finding import search
from store.office import get_office

pages = APIRouter(include_in_schema=False)
FOUND = 12  # documents that a search beside a case file shows
Text = Annotated[str, Form(max_length=2_000)]
Words = Annotated[str, Query(max_length=300)]
Act = Callable[..., object]  # with the session that it writes through


@dataclass(slots=True)
class Typed:
    """A cover as somebody typed it."""

    year: Text = ""
    mark: Text = ""
    title: Text = ""
    keeper: Text = ""
    years: Text = ""
    note: Text = ""

    def cover(self) -> Cover:
        """Give the cover; what is no number is none that the store takes."""
        year = int(self.year) if self.year.strip().isdecimal() else 0
        years = int(self.years) if self.years.isdecimal() else None if self.years == "vinh-vien" else -1
        return Cover(year, self.mark, self.title, self.keeper, years, self.note)


InForm = Annotated[Typed, Depends(Typed)]


@pages.get("/ho-so")
def show_dossiers(
    request: Request,
    desk: AtDesk,
    nam: Annotated[int | None, Query(ge=1, le=9999)] = None,
    van_ban: Annotated[int | None, Query(alias="van-ban", ge=1, le=MOST_ID)] = None,
) -> HTMLResponse:
    """Show the case files of a year; with a document, those that it may be put in."""
    return _list(request, desk, nam, van_ban)


def _list(request: Request, desk: Desk, year: int | None, document: int | None, **more: Any) -> HTMLResponse:  # noqa: ANN401  what a template shows
    with look(desk.workshop.engine) as session:
        years = years_of_dossiers(session, seen_by=desk.viewer)
        shown = year or (today().year if today().year in years else next(iter(years), today().year))
        lines = dossiers(session, seen_by=desk.viewer, year=shown)
        office = get_office(session)
        given = line_of(session, document, seen_by=desk.viewer) if document else None
    typed = Typed(year=str(shown), keeper=desk.viewer.name, years="20", title=given.subject or "" if given else "")
    context = {"problem": None, "typed": typed} | more
    told = {"lines": lines, "years": years, "year": shown, "given": given, "office": office, "terms": TERMS}
    return desk.page(request, "dossiers.html", status=422 if context["problem"] else 200, **told, **context)


@pages.post("/ho-so", dependencies=[OwnForm])
def open_one(request: Request, desk: AtDesk, typed: InForm, document: Annotated[int | None, Form(ge=1)] = None) -> Response:
    """Open a case file, with the document that asked for it, and show it."""
    now, by = datetime.now(UTC), desk.viewer.name
    try:
        with begin(desk.workshop.engine, by=by) as session:
            made = open_dossier(session, typed.cover(), by=by, now=now)
            if document is not None:
                put_in(session, made, document, by=by, now=now)
    except NotAllowed as error:
        return _list(request, desk, typed.cover().year or None, document, problem=str(error), typed=typed)
    return RedirectResponse(f"/ho-so/{made}", 303)


@pages.get("/ho-so/{dossier_id}")
def show_dossier(
    request: Request, desk: AtDesk, dossier_id: Id, tim: Words = "", bo: Annotated[int | None, Query(ge=1, le=MOST_ID)] = None
) -> HTMLResponse:
    """Show what lies in a case file; tim asks for documents to put in, bo names the one that was just taken out."""
    return _dossier(request, desk, dossier_id, words=tim, gone=bo)


def _dossier(  # noqa: PLR0913  what the address asks, and what was refused
    request: Request,
    desk: Desk,
    dossier_id: int,
    *,
    words: str = "",
    gone: int | None = None,
    problem: str | None = None,
    typed: Typed | None = None,
) -> HTMLResponse:
    viewer = desk.viewer
    with look(desk.workshop.engine) as session:
        dossier = get_dossier(session, dossier_id, seen_by=viewer)
        items = contents(session, dossier_id, seen_by=viewer)
        inside = {item.document.id for item in items}
        hits = search(session, words, seen_by=viewer, limit=FOUND, narrow=Narrowing(held=("1",))) if words.strip() else ()
        near = related(session, dossier_id, seen_by=viewer) if not dossier.closed_on else ()
        office = get_office(session)
        out = line_of(session, gone, seen_by=viewer) if gone and gone not in inside else None
    found: list[DocumentLine] = [hit.document for hit in hits]
    written = typed or Typed(
        str(dossier.year), dossier.mark, dossier.title, dossier.keeper, str(dossier.years or "vinh-vien"), dossier.note
    )
    context = {
        "dossier": dossier,
        "items": items,
        "inside": inside,
        "words": words,
        "found": found,
        "near": near,
        "office": office,
        "out": out,
    }
    told = {"problem": problem, "typed": written, "amending": typed is not None, "day": today(), "terms": TERMS}
    return desk.page(request, "dossier.html", status=422 if problem else 200, **context, **told)


def _do(request: Request, desk: Desk, dossier_id: int, act: Act, *, back: str = "", **more: Any) -> Response:  # noqa: ANN401  as _dossier takes it
    """Write, and go back to the case file; or show why it could not be."""
    try:
        with begin(desk.workshop.engine, by=desk.viewer.name) as session:
            act(session)
    except NotAllowed as error:
        return _dossier(request, desk, dossier_id, problem=str(error), **more)
    return RedirectResponse(f"/ho-so/{dossier_id}{back}", 303)


@pages.post("/ho-so/{dossier_id}/them", dependencies=[OwnForm])
def put_one_in(request: Request, desk: AtDesk, dossier_id: Id, document: Annotated[int, Form(ge=1)]) -> Response:
    """Put a document in."""
    by, now = desk.viewer.name, datetime.now(UTC)
    act = partial(put_in, dossier_id=dossier_id, document_id=document, by=by, now=now)
    return _do(request, desk, dossier_id, act, back=f"#vb-{document}")


@pages.post("/ho-so/{dossier_id}/bo", dependencies=[OwnForm])
def take_one_out(request: Request, desk: AtDesk, dossier_id: Id, document: Annotated[int, Form(ge=1)]) -> Response:
    """Take a document out; the page offers to put it back."""
    act = partial(take_out, dossier_id=dossier_id, document_id=document)
    return _do(request, desk, dossier_id, act, back=f"?bo={document}")


@pages.post("/ho-so/{dossier_id}/ghi-chu", dependencies=[OwnForm])
def remark_one(request: Request, desk: AtDesk, dossier_id: Id, document: Annotated[int, Form(ge=1)], note: Text = "") -> Response:
    """Remark something of a document in the table of contents."""
    act = partial(remark, dossier_id=dossier_id, document_id=document, note=note)
    return _do(request, desk, dossier_id, act, back=f"#vb-{document}")


@pages.post("/ho-so/{dossier_id}/sua", dependencies=[OwnForm])
def amend_one(request: Request, desk: AtDesk, dossier_id: Id, typed: InForm) -> Response:
    """Write another cover."""
    return _do(request, desk, dossier_id, partial(amend, dossier_id=dossier_id, cover=typed.cover()), typed=typed)


@pages.post("/ho-so/{dossier_id}/ket-thuc", dependencies=[OwnForm])
def close_one(request: Request, desk: AtDesk, dossier_id: Id, on: Text = "") -> Response:
    """Say when the work of a case file ended: today where no day is typed."""
    return _do(request, desk, dossier_id, lambda session: close_dossier(session, dossier_id, on=typed_day(on) or today()))


@pages.post("/ho-so/{dossier_id}/mo-lai", dependencies=[OwnForm])
def reopen_one(request: Request, desk: AtDesk, dossier_id: Id) -> Response:
    """Take a closing back."""
    return _do(request, desk, dossier_id, partial(reopen_dossier, dossier_id=dossier_id))
