"""What is due, for whom?"""

from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import HTMLResponse, Response

from api.described import IsoDay
from api.desk import AtDesk, Desk
from api.documents import one as document_of
from api.duty import ACTIONS, Action, Words, words_of
from api.duty_list import FOLLOWED, MOST, SIDES, STATES, UNCONFIRMED, Asked, all_lines, sections, wanted
from api.duty_month import SHOWN as DAY_SHOWN
from api.duty_month import days_of as days_of_month
from api.duty_month import month, month_of
from api.duty_timeline import SHOWN as LINE_SHOWN
from api.duty_timeline import days_of as days_of_weeks
from api.duty_timeline import first_week, timeline
from api.sheet import TYPE, workbook
from api.wording import limit, parse_day, today
from store.agenda import Agenda, Wanted, agenda
from store.answers import DutyLine
from store.database import look
from store.progress import Progress, may
from store.settings import own_days
from store.units import units

pages = APIRouter(include_in_schema=False)
api = APIRouter(prefix="/api", tags=["Nhiệm vụ"])
A_PAGE = 100
AsAsked = Annotated[Asked, Depends(Asked)]
COLUMNS = (
    ("Số thứ tự", 6), ("Số, ký hiệu", 18), ("Ngày văn bản", 12), ("Nội dung nhiệm vụ", 60), ("Người giao", 24), ("Đơn vị chủ trì", 30),
    ("Giao đơn vị", 22), ("Phối hợp", 26), ("Sản phẩm", 24), ("Gửi đến", 22), ("Qua", 20), ("Hạn theo văn bản", 26), ("Hạn ban đầu", 12),
    ("Hạn hiện nay", 20),
    ("Ngày hạn", 12), ("Hạn lãnh đạo giao", 12), ("Thời hạn", 18), ("Trạng thái", 18), ("Đã thực hiện", 12), ("Ngày hoàn thành", 12),
)  # fmt: skip


@pages.get("/nhiem-vu")
def show_duties(request: Request, desk: AtDesk, asked: AsAsked) -> HTMLResponse:
    """Show what is due as of a day: as a list by how urgent it is, as a month, or as weeks side by side."""
    question, drawn = wanted(asked), _drawn(asked)
    with look(desk.workshop.engine) as session:
        known, own = units(session, seen_by=desk.viewer), own_days(session)
        if drawn is None:
            found = agenda(session, question, seen_by=desk.viewer, offset=asked.tu, limit=A_PAGE)
        else:
            a_day = DAY_SHOWN if asked.xem == "thang" else None
            found = agenda(session, replace(question, days=drawn), seen_by=desk.viewer, limit=LINE_SHOWN, a_day=a_day)
    side = FOLLOWED[asked.danh_sach]
    return desk.page(
        request,
        "duties.html",
        as_of=asked.as_of,
        misread=asked.ngay if asked.ngay and parse_day(asked.ngay) is None else None,
        asked=asked,
        sections=sections(found, asked),
        month=month(month_of(asked.thang, asked.as_of), found.lines, found.by_day, own) if asked.xem == "thang" else None,
        timeline=timeline(drawn[0], found.lines, asked.as_of) if drawn and asked.xem == "dong-thoi-gian" else None,
        most_drawn=LINE_SHOWN,
        counts={name: found.count(followed=followed) for name, followed in FOLLOWED.items()},
        sides=SIDES,
        states=[*STATES.items(), (UNCONFIRMED, "Chưa xác nhận")],
        units=known,
        total=found.count(followed=side),
        standing=found.count(followed=side, stands=True),
        step=A_PAGE,
        quick=_quick,
        words=_words_of(desk, found, asked.mo),
    )


def _drawn(asked: Asked) -> tuple[date, date] | None:
    """Give the days that a month or a timeline draws; None for a list."""
    if asked.xem == "thang":
        return days_of_month(month_of(asked.thang, asked.as_of))
    return days_of_weeks(first_week(parse_day(asked.tuan), asked.as_of)) if asked.xem else None


def _words_of(desk: Desk, found: Agenda, opened: int) -> Words | None:
    """Give the words of the line whose forms are open: what is confirmed there has been seen."""
    line = next((line for line in found.lines if line.id == opened), None)
    return words_of(document_of(desk, line.document_id), line.evidence) if line else None


@pages.get("/nhiem-vu/bang.xlsx")
def send_table(desk: AtDesk, asked: AsAsked) -> Response:
    """Hand out the list as a table for Excel, all of it."""
    lines = all_lines(desk, asked)
    table = workbook("Nhiệm vụ", COLUMNS, (_cells(at, line) for at, line in enumerate(lines, 1)))
    name = f"nhiem-vu-{asked.as_of:%Y-%m-%d}.xlsx"
    return Response(table, media_type=TYPE, headers={"content-disposition": f'attachment; filename="{name}"'})


def _cells(at: int, line: DutyLine) -> tuple[str | int | date | None, ...]:
    """Give one duty as the cells of COLUMNS."""
    return (
        at, line.number, line.issued_on, line.task, line.giver, line.assignee, line.unit, "; ".join(line.co_ordinators), line.product,
        line.to_whom, line.through, line.limit_text, line.first_limit or line.due_on, limit(line), line.due_on,
        line.leader_limit, line.standing,
        line.state, f"{line.ticked}/{line.members}" if line.members else None, line.done_on,
    )  # fmt: skip


def _quick(line: DutyLine) -> list[Action]:
    """Give what is done about a duty without leaving the list."""
    now = Progress(state=line.state)
    return [
        action
        for action in ACTIONS
        if action.kind in {"accept", "complete", "report", "extend"} and may(action.kind, now) and _fits(action, line)
    ]


def _fits(action: Action, line: DutyLine) -> bool:
    """Accepting is offered for what nobody confirmed, confirming for what was reported."""
    return {"accept": not line.stands, "complete": line.state == "Chờ xác nhận"}.get(action.kind, True)


@api.get("/due", summary="Nhiệm vụ phải làm, tính đến một ngày")
def list_due(  # noqa: PLR0913  the questions of an address, all named
    desk: AtDesk,
    response: Response,
    *,
    as_of: Annotated[IsoDay | None, Query(description="Tính đến ngày (YYYY-MM-DD); mặc định là hôm nay")] = None,
    within: Annotated[int | None, Query(ge=0, le=36_500, description="Đến hạn trong bấy nhiêu ngày")] = None,
    agency: Annotated[str | None, Query(max_length=200, description="Đơn vị chủ trì")] = None,
    overdue: Annotated[bool, Query(description="Chỉ nhiệm vụ quá hạn")] = False,
    undated: Annotated[bool, Query(description="Cả nhiệm vụ không nêu hạn")] = True,
    offset: Annotated[int, Query(ge=0, le=10_000_000, description="Bỏ qua bấy nhiêu nhiệm vụ đầu")] = 0,
    limit: Annotated[
        int, Query(ge=1, le=MOST, description="Nhiều nhất bấy nhiêu nhiệm vụ; X-Total-Count cho biết có tất cả bao nhiêu")
    ] = A_PAGE,
) -> tuple[DutyLine, ...]:
    """Give a part of the open duties ordered by their day, each with the words it came from and how far it is."""
    dated = overdue or within is not None or not undated
    question = Wanted(as_of or today(), within=None if overdue else within, overdue=overdue, undated=not dated, agency=agency)
    with look(desk.workshop.engine) as session:
        found = agenda(session, question, seen_by=desk.viewer, offset=offset, limit=limit)
    response.headers["X-Total-Count"] = str(found.count())
    return found.lines
