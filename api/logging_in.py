"""How does a person come in and go out, choose a password, and let a program ask in their name?"""

from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import unquote

from fastapi import APIRouter, Form, HTTPException, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.desk import COOKIE, LOGIN, AtDesk, Desk, Id, OwnForm
from store.accounts import account, change_password
from store.database import begin, look
from store.errors import NotAllowed
from store.logins import TOKEN_DAYS, Scope, add_token, log_in, log_out, revoke, tokens

pages = APIRouter(include_in_schema=False)
WRONG = "Tên đăng nhập hoặc mật khẩu không đúng, hoặc tài khoản đã khóa."
SCOPES: dict[Scope, str] = {"read": "Đọc: văn bản, nhiệm vụ, tra cứu", "hand in": "Nạp văn bản"}
_LONG = Form(max_length=200)


@pages.get("/dang-nhap")
def show_log_in(request: Request, desk: AtDesk, tiep: Annotated[str, Query(max_length=2000)] = "/") -> HTMLResponse:
    """Show the form; who comes from a page is sent back there."""
    return desk.page(request, "login.html", typed="", back=_own(tiep), problem=None)


@pages.post("/dang-nhap", dependencies=[OwnForm])
def come_in(
    request: Request,
    desk: AtDesk,
    ten: Annotated[str, _LONG] = "",
    mat_khau: Annotated[str, _LONG] = "",
    tiep: Annotated[str, Form()] = "/",
) -> Response:
    """Let a person in, with a cookie that was never seen before and a new token for forms; otherwise say that it does not fit."""
    now, address = datetime.now(UTC), request.client.host if request.client else ""
    try:
        with begin(desk.workshop.engine) as session:
            entered = log_in(session, ten, mat_khau, address=address, now=now, old=request.cookies.get(LOGIN, ""))
    except NotAllowed as error:
        return desk.page(request, "login.html", status=429, typed=ten, back=_own(tiep), problem=str(error))
    if entered is None:
        return desk.page(request, "login.html", status=401, typed=ten, back=_own(tiep), problem=WRONG)
    answer = RedirectResponse("/tai-khoan" if entered.account.must_change else _own(tiep), 303)
    answer.set_cookie(LOGIN, entered.cookie, httponly=True, samesite="lax", secure=request.url.scheme == "https")
    answer.delete_cookie(COOKIE)
    return answer


@pages.post("/dang-xuat", dependencies=[OwnForm])
def go_out(request: Request, desk: AtDesk) -> RedirectResponse:
    """End the log-in of this browser."""
    with begin(desk.workshop.engine) as session:
        log_out(session, request.cookies.get(LOGIN, ""))
    answer = RedirectResponse("/dang-nhap", 303)
    for cookie in (LOGIN, COOKIE):
        answer.delete_cookie(cookie)
    return answer


@pages.get("/tai-khoan")
def show_own(request: Request, desk: AtDesk) -> HTMLResponse:
    """Show a person their own account: roles, password, tokens."""
    return _own_page(request, desk)


@pages.post("/tai-khoan/mat-khau", dependencies=[OwnForm])
def choose_password(
    request: Request, desk: AtDesk, cu: Annotated[str, _LONG] = "", moi: Annotated[str, _LONG] = "", lai: Annotated[str, _LONG] = ""
) -> Response:
    """Change the password; every browser, this one too, logs in anew."""
    if moi != lai:
        return _own_page(request, desk, status=422, problem="Hai lần gõ mật khẩu mới không giống nhau.")
    try:
        with begin(desk.workshop.engine, by=desk.viewer.name) as session:
            change_password(session, _id(desk), cu, moi)
    except NotAllowed as error:
        return _own_page(request, desk, status=422, problem=str(error))
    return RedirectResponse("/dang-nhap", 303)


@pages.post("/tai-khoan/ma", dependencies=[OwnForm])
def make_token(
    request: Request,
    desk: AtDesk,
    ten: Annotated[str, _LONG] = "",
    pham_vi: Annotated[list[str] | None, Form()] = None,
    so_ngay: Annotated[int, Form(ge=0, le=10_000)] = 90,
) -> Response:
    """Make a token and show it, this once."""
    try:
        with begin(desk.workshop.engine, by=desk.viewer.name) as session:
            scopes = [scope for scope in SCOPES if scope in (pham_vi or [])]
            made = add_token(session, _id(desk), ten, scopes, days=so_ngay, now=datetime.now(UTC))
    except NotAllowed as error:
        return _own_page(request, desk, status=422, token_problem=str(error))
    return _own_page(request, desk, made=made)


@pages.post("/tai-khoan/ma/{token_id}/thu-hoi", dependencies=[OwnForm])
def take_token_back(desk: AtDesk, token_id: Id) -> RedirectResponse:
    """Make one of the person's tokens worthless."""
    with begin(desk.workshop.engine, by=desk.viewer.name) as session:
        revoke(session, token_id, account_id=_id(desk), now=datetime.now(UTC))
    return RedirectResponse("/tai-khoan#ma", 303)


def _own_page(
    request: Request,
    desk: Desk,
    *,
    status: int = 200,
    problem: str | None = None,
    token_problem: str | None = None,
    made: str | None = None,
) -> HTMLResponse:
    with look(desk.workshop.engine) as session:
        known = tokens(session, desk.account.id) if desk.account else ()
        own = account(session, desk.account.id) if desk.account and desk.account.id else desk.account
    context = {"own": own, "tokens": known, "scopes": SCOPES, "now": datetime.now(UTC), "days": TOKEN_DAYS}
    return desk.page(request, "account.html", status=status, problem=problem, token_problem=token_problem, made=made, **context)


def _id(desk: Desk) -> int:
    """Give the account of who asks; the demonstration has none."""
    if desk.account is None or not desk.account.id:
        raise HTTPException(403, "Chế độ dùng thử không có tài khoản.")
    return desk.account.id


def _own(address: str) -> str:
    """Give an address of this site to go to, never another's."""
    plain = unquote(address)
    inside = plain.startswith("/") and not plain.startswith(("//", "/\\", "/dang-")) and plain.isprintable() and "\\" not in plain
    return address if inside and address.startswith("/") else "/"
