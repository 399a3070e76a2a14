"""What does the office report of its duties for a week or a month?"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import HTMLResponse, Response

from api.desk import AtDesk
from api.report_docx import TYPE, written
from api.wording import parse_day, today
from store.database import look
from store.office import get_office
from store.reporting import is_done_late, report

pages = APIRouter(include_in_schema=False)
SHOWN = 100  # duties of one part on the page; the Word file has all


@dataclass(slots=True)
class Asked:
    """What the address asks for: a week or a month, by a day in it; nothing in it is believed yet."""

    ky: Annotated[Literal["tuan", "thang"], Query()] = "tuan"
    ngay: Annotated[str, Query(max_length=40)] = ""

    @property
    def day(self) -> date:
        """Give the day by which the period is named; today where none is."""
        day = parse_day(self.ngay) or today()
        return day if date(1900, 1, 31) < day < date(2200, 1, 1) else today()

    @property
    def days(self) -> tuple[date, date]:
        """Give the first and the last day: Monday to Sunday, or a whole month."""
        if self.ky == "tuan":
            monday = self.day - timedelta(self.day.weekday())
            return monday, monday + timedelta(6)
        first = self.day.replace(day=1)
        return first, (first + timedelta(31)).replace(day=1) - timedelta(1)

    @property
    def title(self) -> str:
        """Name the period as a report does."""
        first, last = self.days
        return f"tuần từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}" if self.ky == "tuan" else f"tháng {first.month} năm {first.year}"

    def to(self, path: str = "/bao-cao", *, ky: str = "", on: date | None = None) -> str:
        """Give the address of another period, or of another form of this one."""
        return f"{path}?ky={ky or self.ky}&ngay={on or self.day:%d/%m/%Y}"


AsAsked = Annotated[Asked, Depends(Asked)]


@pages.get("/bao-cao")
def show_report(request: Request, desk: AtDesk, asked: AsAsked) -> HTMLResponse:
    """Show the figures of a period, who gave what to whom, and the duties behind them."""
    first, last = asked.days
    with look(desk.workshop.engine) as session:
        found = report(session, first, last, as_of=today(), seen_by=desk.viewer)
    return desk.page(
        request,
        "report.html",
        asked=asked,
        found=found,
        before=first - timedelta(1),
        after=last + timedelta(1),
        is_done_late=is_done_late,
        shown=SHOWN,
        misread=asked.ngay if asked.ngay and parse_day(asked.ngay) is None else None,
    )


@pages.get("/bao-cao/word.docx")
def send_report(desk: AtDesk, asked: AsAsked) -> Response:
    """Hand out the report as a Word file in the form of an office's letter."""
    first, last = asked.days
    with look(desk.workshop.engine) as session:
        found = report(session, first, last, as_of=today(), seen_by=desk.viewer)
        office = get_office(session)
    content = written(found, asked.title, office, today())
    return Response(content, media_type=TYPE, headers={"content-disposition": f'attachment; filename="bao-cao-{first}-{last}.docx"'})
