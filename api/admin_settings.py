"""How is this installation set up, and where does each setting come from?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from api.desk import AtDesk
from api.pipeline import Workshop
from api.wording import size

pages = APIRouter(include_in_schema=False, prefix="/quan-tri")
_PREFIX = "VANTHU_"


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
    "secret": ("Văn bản có dấu độ mật", lambda value: {"quarantine": "cách ly", "keep": "giữ trong kho"}.get(value, str(value))),
    "quarantine": ("Thư mục cách ly", _plain),
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


@pages.get("/thiet-lap")
def show_settings(request: Request, desk: AtDesk) -> HTMLResponse:
    """Show what the office has set here, and what was set when the program was installed."""
    return desk.page(request, "admin_settings.html", lines=lines(desk.workshop))
