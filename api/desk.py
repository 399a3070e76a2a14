"""What does every route work with: the workshop, who asks, and a page to answer with?"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from secrets import compare_digest, token_urlsafe
from typing import Annotated, Any

from fastapi import Depends, Form, HTTPException, Request
from fastapi import Path as InPath
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from api import english, wording
from api.errors import NotYours
from api.pipeline import Workshop
from api.roles import roles
from store.accounts import Account
from store.answers import Viewer

PAGES = Path(__file__).parent / "pages"
STATIC = PAGES / "static"
COOKIE = "vanthu-token"
LOGIN = "vanthu-phien"
"""The cookie that says who is logged in."""
TONGUE = "vanthu-tongue"
"""The cookie that says in which language pages speak to this browser: en, or anything else for Vietnamese."""
SCRIPTS = {
    "script": "vanthu.js",
    "review_script": "review.js",
    "picking_script": "picking.js",
    "search_script": "search.js",
    "intake_script": "intake.js",
    "paging_script": "paging.js",
    "drawing_script": "drawing.js",
}
"""The scripts of pages, by the name that templates call them."""
NAVIGATION = (
    ("/", "Tổng quan"),
    ("/tiep-nhan", "Tiếp nhận"),
    ("/doi-chieu", "Đối chiếu"),
    ("/den", "Văn bản đến"),
    ("/di", "Văn bản đi"),
    ("/van-ban", "Văn bản"),
    ("/nhiem-vu", "Nhiệm vụ"),
    ("/lich-hop", "Lịch họp"),
    ("/so", "Sổ đăng ký"),
    ("/ho-so", "Hồ sơ"),
    ("/vien-dan", "Viện dẫn"),
    ("/luoc-do", "Lược đồ"),
    ("/tra-cuu", "Tra cứu"),
    ("/thong-ke", "Thống kê"),
    ("/bao-cao", "Báo cáo"),
    ("/quan-tri", "Quản trị"),
)
PART_OF = {"/co-quan": "/quan-tri"}
"""Pages that have an address of their own and no place in the navigation, with the place that they are part of."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The workshop behind the pages, and the person who asks: account is None where nobody is logged in."""

    workshop: Workshop
    viewer: Viewer
    shelf: Environment
    english: Environment
    account: Account | None = None

    def may(self, right: str) -> bool:
        """Say whether the person has a right (roles.toml)."""
        return self.account is not None and roles().may(self.account.roles, right)

    def check_deed(self, kind: str) -> None:
        """Raise NotYours for a deed about a duty that is not for the person to do; what is no deed is refused elsewhere."""
        if kind in roles().deeds and not self.may(roles().deeds[kind]):
            raise NotYours

    def places(self) -> list[tuple[str, str]]:
        """Give the navigation: the pages that the person may ask for."""
        return [(address, name) for address, name in NAVIGATION if self.may(roles().routes[f"GET {address}"])]

    def page(self, request: Request, name: str, /, *, status: int = 200, **context: Any) -> HTMLResponse:  # noqa: ANN401  what a template shows
        """Answer with a template; the form token goes with it, in the page and in a cookie that only this site reads."""
        token = request.cookies.get(COOKIE) or token_urlsafe(24)
        top = "/" + request.url.path.split("/")[1]
        here = PART_OF.get(top, top)
        shelf = self.english if request.cookies.get(TONGUE) == "en" else self.shelf
        said = {"token": token, "here": here, "path": request.url.path, "address": _address(request)}
        person = {"navigation": self.places(), "me": self.account, "demo": self.workshop.settings.demo, "may": self.may}
        html = shelf.get_template(name).render(**context, **said, **person)
        response = HTMLResponse(html, status)
        if COOKIE not in request.cookies:
            response.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=request.url.scheme == "https")
        return response


def set_desk(workshop: Workshop) -> Desk:
    """Make the desk, with its templates in two languages."""
    return Desk(workshop, Viewer("", sees_all=False), _shelf("vi"), _shelf("en", extensions=[english.InEnglish], finalize=english.value))


def _shelf(tongue: str, **more: Any) -> Environment:  # noqa: ANN401  settings of Jinja
    """Load templates that escape everything, and in which a name that is missing is an error, not an empty place."""
    loader = FileSystemLoader(PAGES)
    shelf = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, **more)
    shelf.globals.update(
        wording=wording,
        tongue=tongue,
        style=f"/static/style.css?v={_mark((STATIC / 'style.css').read_text('utf-8'))}",
        **{name: f"/scripts/{tongue}/{file}?v={_mark(spoken(file, tongue))}" for name, file in SCRIPTS.items()},
    )
    for written in (wording.day, wording.moment, wording.clock, wording.size, wording.limit, wording.tone):
        shelf.filters[written.__name__] = written
    return shelf


def spoken(name: str, tongue: str) -> str:
    """Give a script of the pages with its words in a language."""
    source = (STATIC / name).read_text("utf-8")
    return english.english().script(source) if tongue == "en" else source


def _mark(content: str) -> str:
    """Name a file's content, so that a browser never shows a new page with an old style."""
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def _address(request: Request) -> str:
    """Give the address of a page that can be asked for again: where a change of language comes back to."""
    if request.method != "GET":
        return "/"
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path


def at_desk(request: Request) -> Desk:
    """Hand a route the desk of who asks (api/gate.py puts it there)."""
    desk: Desk = request.state.desk
    return desk


def own_form(request: Request, token: Annotated[str, Form()] = "") -> None:
    """Refuse a form that was not given out by a page of this server to this browser."""
    if not compare_digest(token.encode(), request.cookies.get(COOKIE, "").encode()) or not token:
        raise HTTPException(403)


AtDesk = Annotated[Desk, Depends(at_desk)]
OwnForm = Depends(own_form)
Id = Annotated[int, InPath(ge=1, le=(1 << 63) - 1)]
