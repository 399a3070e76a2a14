"""Which meetings do documents call, and when?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from api.described import IsoDay
from api.desk import AtDesk
from api.wording import parse_day, today
from store.answers import EventLine
from store.database import look
from store.duties import events

pages = APIRouter(include_in_schema=False)
api = APIRouter(prefix="/api", tags=["Lịch họp"])
MOST = 200  # meetings on the page
WEEKDAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")


@dataclass(frozen=True, slots=True)
class Day:
    """The meetings of one day, by the hour; on is None for those whose day is not known."""

    heading: str
    on: date | None
    is_today: bool
    lines: tuple[EventLine, ...]


@pages.get("/lich-hop")
def show_events(request: Request, desk: AtDesk, ngay: Annotated[str, Query(max_length=40)] = "") -> HTMLResponse:
    """Show the meetings from a day on, those of today on top."""
    since = parse_day(ngay)
    with look(desk.workshop.engine) as session:
        lines = events(session, as_of=since or today(), seen_by=desk.viewer)
    misread = ngay if ngay and since is None else None
    days = by_day(lines[:MOST], today())
    return desk.page(request, "events.html", days=days, later=len(lines[MOST:]), since=since or today(), asked=ngay, misread=misread)


def by_day(lines: Iterable[EventLine], day: date) -> list[Day]:
    """Put meetings under their days: today first, then as they come, then those without a day."""
    found: dict[date | None, list[EventLine]] = {}
    for line in lines:
        found.setdefault(line.on, []).append(line)
    order = sorted(found, key=lambda on: (on != day, on or date.max))
    return [Day(_heading(on, day), on, on == day, tuple(found[on])) for on in order]


def _heading(on: date | None, day: date) -> str:
    """Name a day: `Hôm nay, thứ hai 05/01/2026`."""
    if on is None:
        return "Chưa rõ ngày"
    named = f"{WEEKDAYS[on.weekday()]}, {on:%d/%m/%Y}"
    near = {0: "Hôm nay, ", 1: "Ngày mai, "}.get((on - day).days, "")
    return near + named if near else named[0].upper() + named[1:]


@api.get("/events", summary="Các cuộc họp mà văn bản triệu tập")
def list_events(desk: AtDesk, as_of: IsoDay | None = None) -> tuple[EventLine, ...]:
    """Give meetings, each with the words it came from."""
    with look(desk.workshop.engine) as session:
        return events(session, as_of=as_of or today(), seen_by=desk.viewer)
