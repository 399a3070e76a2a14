"""What did a person say instead of what was read?"""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.desk import AtDesk, Desk, Id, OwnForm
from api.documents import document_page
from api.wording import FIELDS, typed_day
from store.corrections import DAYS, correct, undo
from store.database import begin
from store.errors import NotAllowed

pages = APIRouter(include_in_schema=False, dependencies=[OwnForm])
Field = Annotated[str, Form(max_length=40)]


@pages.post("/van-ban/{document_id}/sua")
def save(request: Request, desk: AtDesk, document_id: Id, field: Field, value: Annotated[str, Form(max_length=20_000)] = "") -> Response:
    """Lay a person's value over what was read; an empty one says that the document does not have it."""
    try:
        kept = wanted(field, value)
        with begin(desk.workshop.engine) as session:
            correct(session, document_id, field, kept, by=desk.viewer.name, now=datetime.now(UTC))
    except NotAllowed as error:
        return _again(request, desk, document_id, field, (value, str(error)))
    return _back(document_id, field)


@pages.post("/van-ban/{document_id}/hoan-tac")
def take_back(desk: AtDesk, document_id: Id, field: Field) -> Response:
    """Let what was read stand again; the correction stays in the history."""
    with begin(desk.workshop.engine) as session:
        undo(session, document_id, field, by=desk.viewer.name, now=datetime.now(UTC))
    return _back(document_id, field)


def wanted(field: str, value: str) -> str | None:
    """Give the value as the store keeps it: lines trimmed, a day as ISO; raise NotAllowed for what cannot be one."""
    if field not in FIELDS:
        raise NotAllowed("Không có trường này trong văn bản.")
    lines = [" ".join(line.split()) for line in value.splitlines()]
    text = ("\n" if field in {"addressees", "recipients"} else " ").join(line for line in lines if line)
    if field not in DAYS or not text:
        return text or None
    day = typed_day(text)
    return day.isoformat() if day else None


def _back(document_id: int, field: str) -> RedirectResponse:
    """Go back to the document, at the field."""
    return RedirectResponse(f"/van-ban/{document_id}?o={field}#f-{field}", 303)


def _again(request: Request, desk: Desk, document_id: int, field: str, refused: tuple[str, str]) -> HTMLResponse:
    """Show the document again with the sentence that says why, and what was typed still in the form."""
    context = document_page(desk, document_id, field)
    context |= {"problem": (field, refused[1]), "typed": refused[0]}
    return desk.page(request, "document.html", status=422, **context)
