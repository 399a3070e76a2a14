"""How is this installation set up, and where does each setting come from?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.desk import AtDesk, Desk, OwnForm
from api.pipeline import Workshop
from api.wording import PURPOSES, day, parse_day, size
from store.database import begin, look
from store.errors import NotAllowed
from store.settings import OfficeSettings, OwnDay, office_settings, set_office_settings

pages = APIRouter(include_in_schema=False, prefix="/quan-tri")
_PREFIX = "VANTHU_"
_LONGEST = 200  # letters of a note
_NO_DAY = "“{}” không phải là ngày. Đề nghị ghi như 05/01/2026."


@dataclass(frozen=True, slots=True)
class Line:
    """One setting as people read it: what it sets, its value, the name in the environment, whether it was set there."""

    what: str
    value: str
    name: str
    is_set: bool


def _plain(value: Any) -> str:  # noqa: ANN401  what a setting holds
    return str(value)


def _megabytes(value: int) -> str:
    return size(value << 20)


def _seconds(value: float) -> str:
    return f"{value:g} giây"


WORDS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "home": ("Thư mục của kho", _plain),
    "database": ("Cơ sở dữ liệu", _plain),
    "processes": ("Số tệp hoặc trang đọc cùng lúc", _plain),
    "page_seconds": ("Một lần đọc không có tín hiệu thì dừng sau", _seconds),
    "memory_mb": ("Bộ nhớ của một chương trình đọc", _megabytes),
    "max_pages": ("Số trang nhiều nhất của một tệp", _plain),
    "max_bytes": ("Dung lượng lớn nhất của một tệp", size),
    "demo": ("Chế độ dùng thử, không cần đăng nhập", lambda value: "bật" if value else "tắt"),
    "hosts": ("Tên mà máy khác dùng để gọi máy chủ", lambda value: str(value) or "chỉ phục vụ máy này"),
    "secrecy": ("Văn bản có dấu độ mật", lambda value: {"quarantine": "cách ly", "keep": "giữ trong kho"}.get(value, str(value))),
    "quarantine": ("Thư mục cách ly", _plain),
    "tombstones": ("Tệp ghi những gì đã tiêu hủy", _plain),
    "max_waiting": ("Số tệp được chờ đọc, quá thì tạm dừng tiếp nhận", _plain),
    "free_mb": ("Dung lượng ổ đĩa phải để trống", _megabytes),
    "cache_mb": ("Dung lượng dành cho ảnh trang đã dựng", _megabytes),
    "lease_seconds": ("Một việc đang đọc dở được giữ trong", _seconds),
    "recycle_after": ("Số tệp đọc xong thì thay chương trình đọc", _plain),
}


def lines(workshop: Workshop) -> list[Line]:
    """Give the settings of the environment; the password in a database's address is not shown."""
    settings = workshop.settings
    shown = {name: getattr(settings, name) for name in type(settings).model_fields} | {"database": workshop.engine.url}
    told = [(name, *WORDS.get(name, (name, _plain)), value) for name, value in shown.items()]
    return [Line(what, write(value), _PREFIX + name.upper(), name in settings.model_fields_set) for name, what, write, value in told]


@dataclass(slots=True)
class Typed:
    """The office's settings as they were typed: a day and, if one likes, why, on each line of the two lists."""

    muc_dich: Annotated[str, Form(max_length=20)] = "daily"
    theo_doi: Annotated[str, Form(max_length=20)] = ""
    nghi: Annotated[str, Form(max_length=100_000)] = ""
    lam: Annotated[str, Form(max_length=100_000)] = ""


@pages.get("/thiet-lap")
def show_settings(request: Request, desk: AtDesk, luu: str = "") -> HTMLResponse:
    """Show what the office has set here, and what was set when the program was installed."""
    with look(desk.workshop.engine) as session:
        typed = _as_typed(office_settings(session))
    return _page(request, desk, typed, saved=luu == "1")


@pages.post("/thiet-lap", dependencies=[OwnForm])
def save_settings(request: Request, desk: AtDesk, typed: Annotated[Typed, Depends(Typed)]) -> Response:
    """Keep the office's settings, all or nothing; what is no date is said above the form."""
    try:
        said = _read(typed)
        with begin(desk.workshop.engine, by=desk.viewer.name) as session:
            set_office_settings(session, said)
    except NotAllowed as error:
        return _page(request, desk, typed, problem=str(error))
    return RedirectResponse("/quan-tri/thiet-lap?luu=1", 303)


def _page(request: Request, desk: Desk, typed: Typed, *, saved: bool = False, problem: str | None = None) -> HTMLResponse:
    context = {"typed": typed, "saved": saved, "problem": problem, "lines": lines(desk.workshop)}
    return desk.page(request, "admin_settings.html", status=422 if problem else 200, **context)


def _read(typed: Typed) -> OfficeSettings:
    """Read what was typed. Raises NotAllowed, naming what is no date or no purpose."""
    if typed.muc_dich not in PURPOSES:
        raise NotAllowed("Đề nghị chọn mục đích nạp.")
    since = parse_day(typed.theo_doi)
    if since is None and typed.theo_doi.strip():
        raise NotAllowed(_NO_DAY.format(typed.theo_doi.strip()))
    return OfficeSettings(typed.muc_dich, since, (*_days(typed.nghi, works=False), *_days(typed.lam, works=True)))


def _days(text: str, *, works: bool) -> Iterator[OwnDay]:
    for line in filter(None, map(str.strip, text.splitlines())):
        named, _, note = line.partition(" ")
        found = parse_day(named)
        if found is None:
            raise NotAllowed(_NO_DAY.format(line[:60]))
        yield OwnDay(found, works, note.strip()[:_LONGEST])


def _as_typed(kept: OfficeSettings) -> Typed:
    off, worked = ("\n".join(f"{day(one.day)} {one.note}".strip() for one in kept.days if one.works == works) for works in (False, True))
    return Typed(kept.purpose, day(kept.tracked_since), off, worked)
