"""Who may come in, and how does an administrator let somebody in, change what they are, or shut them out?"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.desk import AtDesk, Desk, Id, OwnForm
from store.accounts import ROLES, Role, Wanted, account, accounts, add_account, change_account, lock, reset_password, unlock
from store.database import begin, look
from store.errors import NotAllowed, NotFound
from store.units import units

pages = APIRouter(include_in_schema=False, prefix="/quan-tri/nguoi-dung")
NAMES: dict[Role, tuple[str, str]] = {
    "clerk": ("Văn thư, lưu trữ", "Tiếp nhận, đối chiếu, vào sổ, chuyển giao, lập hồ sơ. Xem mọi văn bản."),
    "officer": ("Chuyên viên", "Thực hiện, báo cáo nhiệm vụ của đơn vị. Xem văn bản gửi, giao cho đơn vị, văn bản tự nạp, pháp luật."),
    "leader": ("Lãnh đạo", "Cho ý kiến, giao nhiệm vụ và thời hạn, xác nhận hoàn thành. Xem mọi văn bản."),
    "admin": ("Quản trị", "Cơ quan, đơn vị, tài khoản, thiết lập, nhật ký, dữ liệu. Xem mọi văn bản."),
}


@dataclass(slots=True)
class Typed:
    """What the form of an account carries; nothing in it is believed yet."""

    ten: Annotated[str, Form(max_length=100)] = ""
    ho_ten: Annotated[str, Form(max_length=200)] = ""
    vai_tro: Annotated[list[str] | None, Form()] = None
    don_vi: Annotated[str, Form(max_length=20)] = ""

    @property
    def wanted(self) -> Wanted:
        """Give what the account shall be. Raises NotFound for a unit that is no number."""
        if self.don_vi and not (self.don_vi.isascii() and self.don_vi.isdigit() and len(self.don_vi) < 18):
            raise NotFound("Không tìm thấy đơn vị.")
        chosen: tuple[Role, ...] = tuple(role for role in ROLES if role in (self.vai_tro or []))
        return Wanted(self.ho_ten, chosen, int(self.don_vi) if self.don_vi else None)


InForm = Annotated[Typed, Depends(Typed)]


@pages.get("")
def show_people(request: Request, desk: AtDesk) -> HTMLResponse:
    """Show everybody who may come in."""
    return _page(request, desk)


@pages.post("", dependencies=[OwnForm])
def add(request: Request, desk: AtDesk, typed: InForm) -> HTMLResponse:
    """Make an account and show its first password, this once."""
    try:
        with begin(desk.workshop.engine, by=desk.viewer.name) as session:
            made, password = add_account(session, typed.ten, typed.wanted, now=datetime.now(UTC))
            name = account(session, made).name
    except NotAllowed as error:
        return _page(request, desk, status=422, problem=(0, str(error)), typed=typed)
    return _page(request, desk, given=(name, password))


@pages.post("/{account_id}", dependencies=[OwnForm])
def change(request: Request, desk: AtDesk, account_id: Id, typed: InForm) -> Response:
    """Change the name, the roles or the unit of an account."""
    try:
        with begin(desk.workshop.engine, by=desk.viewer.name) as session:
            change_account(session, account_id, typed.wanted)
    except NotAllowed as error:
        return _page(request, desk, status=422, problem=(account_id, str(error)))
    return RedirectResponse(f"/quan-tri/nguoi-dung#tk-{account_id}", 303)


@pages.post("/{account_id}/khoa", dependencies=[OwnForm])
def shut(request: Request, desk: AtDesk, account_id: Id) -> Response:
    """Lock an account: whoever is in with it is out."""
    try:
        with begin(desk.workshop.engine, by=desk.viewer.name) as session:
            lock(session, account_id, now=datetime.now(UTC))
    except NotAllowed as error:
        return _page(request, desk, status=422, problem=(account_id, str(error)))
    return RedirectResponse(f"/quan-tri/nguoi-dung#tk-{account_id}", 303)


@pages.post("/{account_id}/mo", dependencies=[OwnForm])
def open_again(desk: AtDesk, account_id: Id) -> Response:
    """Unlock an account."""
    with begin(desk.workshop.engine, by=desk.viewer.name) as session:
        unlock(session, account_id)
    return RedirectResponse(f"/quan-tri/nguoi-dung#tk-{account_id}", 303)


@pages.post("/{account_id}/mat-khau", dependencies=[OwnForm])
def give_password(request: Request, desk: AtDesk, account_id: Id) -> HTMLResponse:
    """Give an account a new password for one log-in, and show it, this once."""
    with begin(desk.workshop.engine, by=desk.viewer.name) as session:
        password = reset_password(session, account_id)
        name = account(session, account_id).name
    return _page(request, desk, given=(name, password))


def _page(
    request: Request,
    desk: Desk,
    *,
    status: int = 200,
    problem: tuple[int, str] | None = None,
    typed: Typed | None = None,
    given: tuple[str, str] | None = None,
) -> HTMLResponse:
    with look(desk.workshop.engine) as session:
        known, offered = accounts(session), units(session, seen_by=desk.viewer)
    context = {"accounts": known, "units": offered, "names": NAMES, "problem": problem, "typed": typed or Typed(), "given": given}
    return desk.page(request, "admin_people.html", status=status, **context)
