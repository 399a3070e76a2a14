"""How does a person add a reference, a duty or a recipient that was not read, or take one out?"""

from collections.abc import Callable
from datetime import UTC, datetime

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from api.desk import AtDesk, Desk, Id, OwnForm
from api.documents import document_page, one
from api.phrases import Cited, Ordered, duty_of, reference_of
from api.picking import place_of
from api.review import Refused, require_free, screen, typed_of
from api.sent import Given, Sent
from store.answers import DocumentView
from store.by_hand import add_duty, add_reference, remove_duty, remove_reference, undo_act
from store.corrections import LISTS, correct
from store.database import begin
from store.errors import NotAllowed
from store.review import take_up

pages = APIRouter(include_in_schema=False, dependencies=[OwnForm])
Write = Callable[..., object]
"""Writes one thing in a session: by whom and when (by, now) are told to it."""


@pages.post("/van-ban/{document_id}/them-vien-dan")
def cite(request: Request, desk: AtDesk, document_id: Id, sent: Given) -> Response:
    """Say that the document names another one."""
    said = Cited(*(sent.text(name) or "" for name in ("van-ban", "quan-he", "ngay", "co-quan", "phan")))
    where, view = place_of(desk, document_id, sent.text("cho")), one(desk, document_id)

    return _Answer(request, desk, view, sent).write(
        lambda session, **who: add_reference(session, document_id, reference_of(said, view.family), where, **who), "them-vien-dan"
    )


@pages.post("/van-ban/{document_id}/them-nhiem-vu")
def order(request: Request, desk: AtDesk, document_id: Id, sent: Given) -> Response:
    """Say that the document gives a duty."""
    names = ("noi-dung", "han", "chu-tri", "phoi-hop", "san-pham", "gui-den", "qua")
    said = Ordered(*(sent.text(name) or "" for name in names))
    where, view = place_of(desk, document_id, sent.text("cho")), one(desk, document_id)

    return _Answer(request, desk, view, sent).write(
        lambda session, **who: add_duty(session, document_id, duty_of(said, view.line.issued_on), where, **who), "them-nhiem-vu"
    )


@pages.post("/van-ban/{document_id}/bo-vien-dan")
def cite_no_more(request: Request, desk: AtDesk, document_id: Id, sent: Given) -> Response:
    """Say that the document does not name another one."""
    view, wanted = one(desk, document_id), _number(sent)
    _require(wanted in {citation.reference_id for citation in view.cites})

    return _Answer(request, desk, view, sent).write(lambda session, **who: remove_reference(session, wanted, **who), "bo-sung")


@pages.post("/van-ban/{document_id}/bo-nhiem-vu")
def order_no_more(request: Request, desk: AtDesk, document_id: Id, sent: Given) -> Response:
    """Say that what was read is no duty."""
    view, wanted = one(desk, document_id), _number(sent)
    _require(wanted in {duty.id for duty in view.duties})

    return _Answer(request, desk, view, sent).write(lambda session, **who: remove_duty(session, wanted, **who), "bo-sung")


@pages.post("/van-ban/{document_id}/them-noi")
def send_to(request: Request, desk: AtDesk, document_id: Id, sent: Given) -> Response:
    """Add a body to which the document goes."""
    view = one(desk, document_id)
    role, names = _names(view, sent)
    name = " ".join((sent.text("ten") or "").split())
    answer = _Answer(request, desk, view, sent)
    if not name or name in names:
        return answer.again((f"them-{role}", "Danh sách đã có nơi này." if name else "Đề nghị ghi tên nơi nhận."))
    return answer.write(lambda session, **who: correct(session, document_id, role, "\n".join([*names, name]), **who), f"them-{role}")


@pages.post("/van-ban/{document_id}/bo-noi")
def send_no_more(request: Request, desk: AtDesk, document_id: Id, sent: Given) -> Response:
    """Take out a body to which the document does not go."""
    view, gone = one(desk, document_id), sent.text("ten")
    role, names = _names(view, sent)
    _require(gone in names)
    left = "\n".join(name for name in names if name != gone)
    return _Answer(request, desk, view, sent).write(lambda session, **who: correct(session, document_id, role, left, **who), f"f-{role}")


@pages.post("/van-ban/{document_id}/hoan-tac-muc")
def take_back(request: Request, desk: AtDesk, document_id: Id, sent: Given) -> Response:
    """Let what was read stand again in place of what a person added or took out."""
    view, act = one(desk, document_id), _number(sent)

    return _Answer(request, desk, view, sent).write(lambda session, **who: undo_act(session, document_id, act, **who), "bo-sung")


class _Answer:
    """Writes what a form says, and goes back to the page on which the form was."""

    def __init__(self, request: Request, desk: Desk, view: DocumentView, sent: Sent) -> None:
        self.request, self.desk, self.view, self.sent = request, desk, view, sent
        self.in_review = sent.text("ve") == "doi-chieu"

    def write(self, write: Write, at: str) -> Response:
        """Write, all or nothing; what is refused is shown at its form (at) with all that was typed."""
        by, now, number = self.desk.viewer.name, datetime.now(UTC), self.view.line.id
        try:
            with begin(self.desk.workshop.engine) as session:
                if self.in_review:
                    require_free(take_up(session, number, by=by, now=now))
                write(session, by=by, now=now)
        except (NotAllowed, Refused) as error:
            return self.again((at, str(error)))
        return RedirectResponse(f"/doi-chieu/{number}?hang=nhiem-vu#{at}" if self.in_review else f"/van-ban/{number}#{at}", 303)

    def again(self, refused: tuple[str, str]) -> Response:
        """Show the page again, with what is refused at its form: which form, the sentence."""
        number, kept = self.view.line.id, typed_of(self.sent)["typed"]
        if self.in_review:
            context = screen(self.desk, number, "nhiem-vu", "") | {"holder": None, "done": None}
            return self.desk.page(self.request, "review_one.html", status=422, **context, refused=refused, kept=kept)
        context = document_page(self.desk, number, "")
        return self.desk.page(self.request, "document.html", status=422, **context, refused=refused, kept=kept)


def _number(sent: Sent) -> int:
    """Give the row or the act that a form names."""
    text = sent.text("muc") or ""
    _require(text.isascii() and text.isdigit() and len(text) < 19)
    return int(text)


def _names(view: DocumentView, sent: Sent) -> tuple[str, list[str]]:
    """Give the list that a form names, and who stands in it."""
    role = sent.text("vai") or ""
    _require(role in LISTS)
    return role, [line.value or "" for line in (view.addressees if role == "addressees" else view.recipients)]


def _require(is_there: bool) -> None:
    if not is_there:
        raise HTTPException(404)
