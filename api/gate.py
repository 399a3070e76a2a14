"""Who is this request from, and may they ask that?

Stands before the application, after the guard. A browser shows the cookie of its log-in, a program a token; in the demonstration nobody
shows anything. Who may is handed on as a desk of their own, through which they see what is theirs to see; nobody else comes further.
"""

from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.desk import LOGIN, Desk
from api.errors import NotYours
from api.guard import SAFE, Refuse
from api.here import person
from api.roles import OPEN, OWN, roles
from store.accounts import ROLES, Account
from store.database import begin, look
from store.logins import is_stale, seen, who_is, whose_token
from store.scope import seen_as

DEMO = "Người dùng thử"
NOT_YOURS = str(NotYours())
LOG_IN = "Đề nghị đăng nhập, hoặc gửi kèm mã truy cập còn hiệu lực."
_BEARER = "bearer "


class Gate:
    """Lets a request through to the application (ASGI), with the desk of who asks; answers the others itself."""

    def __init__(self, app: ASGIApp, *, refuse: Refuse) -> None:
        """Keep the application, and how a refusal is shown."""
        self.app, self.refuse = app, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Find who asks; let them through, send them to the log-in, or refuse."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        right = roles().right_of(scope["method"], scope["path"])
        account = None if right == OPEN else await run_in_threadpool(asking, request)
        request.state.desk = desk_of(request, account)
        answer = None if right == OPEN else self._stop(request, right, account)
        await (answer or self.app)(scope, receive, send)

    def _stop(self, request: Request, right: str | None, account: Account | None) -> Response | None:
        """Give the answer to a request that may not pass."""
        if account is None:
            return self._log_in(request)
        if account.must_change and right != OWN:
            return RedirectResponse("/tai-khoan", 303) if request.method in SAFE else self.refuse(request, 403, NOT_YOURS)
        if right is None:
            return self._unknown(request)
        return None if roles().may(account.roles, right) else self.refuse(request, 403, NOT_YOURS)

    def _unknown(self, request: Request) -> Response:
        """Refuse what the table does not name, be there a route or not."""
        methods = roles().methods_of(request.url.path)
        answer = self.refuse(request, 405 if methods else 404)
        if methods:
            answer.headers["Allow"] = ", ".join(methods)
        return answer

    def _log_in(self, request: Request) -> Response:
        """Send a person to the log-in, from where they come back here; a program is told."""
        if request.url.path.startswith("/api/") or request.method not in SAFE:
            return self.refuse(request, 401, LOG_IN)
        back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse("/dang-nhap" if back == "/" else f"/dang-nhap?tiep={quote(back, safe='')}", 303)


def asking(request: Request) -> Account | None:
    """Give the account of who asks, None where nobody is known; a token counts only where programs ask, and for what it is made."""
    desk: Desk = request.app.state.desk
    if desk.workshop.settings.demo:
        return demonstrator()
    now = datetime.now(UTC)
    shown = request.headers.get("authorization", "")
    if shown:
        return _by_token(desk, request, shown, now)
    cookie = request.cookies.get(LOGIN, "")
    with look(desk.workshop.engine) as session:
        account, stale = who_is(session, cookie, now=now), is_stale(session, cookie, now=now)
    if account and stale:
        with begin(desk.workshop.engine) as session:
            seen(session, cookie, now=now)
    return account


def _by_token(desk: Desk, request: Request, shown: str, now: datetime) -> Account | None:
    if not shown.lower().startswith(_BEARER) or not request.url.path.startswith("/api/"):
        return None
    with look(desk.workshop.engine) as session:
        found = whose_token(session, shown[len(_BEARER) :].strip(), now=now)
    needed = "read" if request.method in SAFE else "hand in"
    return found[0] if found and needed in found[1] else None


def demonstrator() -> Account:
    """Give the account of the demonstration: whoever sits at this machine, in every role."""
    return Account(0, person(), DEMO, ROLES, None, None, must_change=False, locked=False, made_at=datetime.now(UTC))


def desk_of(request: Request, account: Account | None) -> Desk:
    """Give the desk of who asks: its engine hands out only what they may see. Nobody's is for the log-in, and for whether all is well."""
    desk: Desk = request.app.state.desk
    if account is None:
        return desk
    viewer = account.viewer
    engine = desk.workshop.engine if viewer.sees_all else seen_as(desk.workshop.engine, viewer)
    return replace(desk, account=account, viewer=viewer, workshop=replace(desk.workshop, engine=engine))
