"""What is due, for whom, and which meetings are called?"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from api.desk import AtDesk, Desk
from api.wording import parse_day, today, tone
from store.answers import DutyLine, EventLine
from store.database import look
from store.duties import due, events

pages = APIRouter(include_in_schema=False)
api = APIRouter(prefix="/api", tags=["Nhiệm vụ"])
Shown = Literal["tat-ca", "co-han", "qua-han"]
GROUPS = {"late": "Quá hạn", "today": "Đến hạn hôm nay", "soon": "Sắp đến hạn", "calm": "Trong hạn"}
A_PAGE = 200


@pages.get("/nhiem-vu")
def show_duties(  # noqa: PLR0913  one for each field of the form
    request: Request,
    desk: AtDesk,
    *,
    ngay: str = "",
    trong: str = "",
    don_vi: Annotated[str, Query(alias="don-vi", max_length=200)] = "",
    hien: Shown = "tat-ca",
    tu: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> HTMLResponse:
    """Show what is due as of a day, grouped by how urgent it is."""
    as_of, within = parse_day(ngay), int(trong) if trong.isascii() and trong.isdigit() and len(trong) < 5 else None
    lines = _due(desk, as_of or today(), within=within, agency=don_vi.strip() or None, shown=hien)
    asked = {"ngay": ngay, "trong": trong, "don-vi": don_vi, "hien": hien}
    return desk.page(
        request,
        "duties.html",
        as_of=as_of or today(),
        misread=ngay if ngay and as_of is None else None,
        asked=asked,
        groups=grouped(lines[tu : tu + A_PAGE]),
        total=len(lines),
        first=tu,
        step=A_PAGE,
    )


def _due(desk: Desk, as_of: date, *, within: int | None, agency: str | None, shown: Shown) -> tuple[DutyLine, ...]:
    with look(desk.workshop.engine) as session:
        return due(
            session,
            as_of=as_of,
            seen_by=desk.viewer,
            within=within,
            agency=agency,
            overdue=shown == "qua-han",
            undated=shown == "tat-ca" and within is None,
        )


def grouped(lines: Iterable[DutyLine]) -> list[tuple[str, str, list[DutyLine]]]:
    """Put lines under headings, in the order in which they come: (heading, tone, lines)."""
    groups: dict[str, tuple[str, list[DutyLine]]] = {}
    for line in lines:
        loudness = tone(line)
        groups.setdefault(GROUPS.get(loudness, line.standing), (loudness, []))[1].append(line)
    return [(heading, loudness, members) for heading, (loudness, members) in groups.items()]


@pages.get("/lich-hop")
def show_events(request: Request, desk: AtDesk) -> HTMLResponse:
    """Show the meetings that documents call: those to come first, then those past."""
    day = today()
    with look(desk.workshop.engine) as session:
        lines = events(session, as_of=day, seen_by=desk.viewer)
    past = [line for line in lines if line.on and line.on < day]
    coming = [line for line in lines if line not in past]
    return desk.page(request, "events.html", coming=coming[:A_PAGE], later=len(coming[A_PAGE:]), past=past[:A_PAGE])


@api.get("/due", summary="Nhiệm vụ phải làm, tính đến một ngày")
def list_due(
    desk: AtDesk,
    *,
    as_of: Annotated[date | None, Query(description="Tính đến ngày (YYYY-MM-DD); mặc định là hôm nay")] = None,
    within: Annotated[int | None, Query(ge=0, le=36_500, description="Đến hạn trong bấy nhiêu ngày")] = None,
    agency: Annotated[str | None, Query(max_length=200, description="Đơn vị chủ trì")] = None,
    overdue: Annotated[bool, Query(description="Chỉ nhiệm vụ quá hạn")] = False,
    undated: Annotated[bool, Query(description="Cả nhiệm vụ không nêu hạn")] = True,
) -> tuple[DutyLine, ...]:
    """Give duties ordered by their limit, each with the words it came from."""
    with look(desk.workshop.engine) as session:
        return due(session, as_of=as_of or today(), seen_by=desk.viewer, within=within, agency=agency, overdue=overdue, undated=undated)


@api.get("/events", summary="Các cuộc họp mà văn bản triệu tập")
def list_events(desk: AtDesk, as_of: date | None = None) -> tuple[EventLine, ...]:
    """Give meetings, each with the words it came from."""
    with look(desk.workshop.engine) as session:
        return events(session, as_of=as_of or today(), seen_by=desk.viewer)
