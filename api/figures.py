"""What do the office's papers come to, in figures, and which documents stand behind each?"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from starlette.responses import HTMLResponse

from api.charts import HIGH, WIDE, columns
from api.desk import AtDesk, Desk
from api.wording import FIELDS, VIETNAM, parse_day, today
from store.answers import DocumentLine, Outdated
from store.citing import citing_what_ended, most_relied_on, orphans, who_directs_whom
from store.database import look
from store.figures import (
    Count,
    Days,
    Moments,
    citations_by_agency,
    citations_by_month,
    deadlines_ahead,
    papers_citing,
    papers_put_right,
    punctuality,
    reading_quality,
)
from store.graph import most_cited
from store.lines import lines_by_id

pages = APIRouter(include_in_schema=False)
A_LIST, A_PAGE, WEEKS, AT_MOST = 10, 50, 8, 1_000
LISTS = {
    "vien-dan": "Văn bản có viện dẫn",
    "can-cu": "Văn bản dựa vào",
    "chua-co": "Được viện dẫn, chưa có trong kho",
    "dung-rieng": "Văn bản đứng riêng, không viện dẫn và không được viện dẫn",
    "da-sua": "Văn bản đã đối chiếu có sửa mục",
    "het-hieu-luc": "Dựa vào văn bản nay đã hết hiệu lực",
    "het-khi-dan": "Dựa vào văn bản đã hết hiệu lực khi viện dẫn",
}
OUTDATED = ("het-hieu-luc", "het-khi-dan")


@dataclass(frozen=True, slots=True)
class Period:
    """The days that the address asks for; the last twelve months where it names none."""

    tu: Annotated[str, Query(max_length=40)] = ""
    den: Annotated[str, Query(max_length=40)] = ""

    @property
    def days(self) -> Days:
        """Give the first and the last day."""
        last = _day(self.den) or today()
        first = _day(self.tu) or _months_before(last, 11)
        return min(first, last), max(first, last)

    @property
    def moments(self) -> Moments:
        """Give the same as moments of this country's clock."""
        first, last = self.days
        return datetime.combine(first, time(), VIETNAM), datetime.combine(last + timedelta(1), time(), VIETNAM)

    @property
    def misread(self) -> str:
        """Give what was typed and is no day."""
        return next((text for text in (self.tu, self.den) if text and _day(text) is None), "")

    def to(self, path: str = "/thong-ke", *, days: Days | None = None, **more: object) -> str:
        """Give the address of a page about these days, or others."""
        first, last = days or self.days
        return f"{path}?{urlencode({**more, 'tu': f'{first:%d/%m/%Y}', 'den': f'{last:%d/%m/%Y}'})}"

    def listed(self, what: str, *, days: Days | None = None, **more: object) -> str:
        """Give the address of the documents behind a figure."""
        return self.to("/thong-ke/danh-sach", days=days, muc=what, **more)


@dataclass(frozen=True, slots=True)
class Behind:
    """Which documents are listed: of an agency, resting on one, in which a field was put right; from which line on."""

    muc: Annotated[str, Query(max_length=20)] = ""
    co_quan: Annotated[int | None, Query(ge=1, lt=1 << 63)] = None
    van_ban: Annotated[int | None, Query(ge=1, lt=1 << 63)] = None
    truong: Annotated[str, Query(max_length=40)] = ""
    tu_dong: Annotated[int, Query(ge=0, le=1_000_000)] = 0


InPeriod = Annotated[Period, Depends()]


@pages.get("/thong-ke")
def show_figures(request: Request, desk: AtDesk, period: InPeriod) -> HTMLResponse:
    """Show the figures of a period, each with the way to its documents."""
    year = today().year
    quick = [
        ("12 tháng qua", "/thong-ke", Period().days),
        *((name, period.to(days=days), days) for name, days in (("Năm nay", _year(year)), ("Năm trước", _year(year - 1)))),
    ]
    return desk.page(
        request,
        "figures.html",
        period=period,
        quick=quick,
        wide=WIDE,
        high=HIGH,
        at_most=AT_MOST,
        **_of_citations(desk, period),
        **_of_work(desk, period),
    )


def _of_citations(desk: Desk, period: Period) -> dict[str, Any]:
    """Gather what is cited, by whom, and what of it has ended or is not held."""
    days, viewer = period.days, desk.viewer
    with look(desk.workshop.engine) as session:
        ended = {
            what: len(citing_what_ended(session, as_of=today(), days=days, only_then=what == OUTDATED[1], seen_by=viewer, limit=AT_MOST))
            for what in OUTDATED
        }
        months = citations_by_month(session, days, seen_by=viewer)
        return {
            "months": columns(
                (f"{month:%m/%Y}", count, period.listed("vien-dan", days=_within(month, days))) for month, count in _all_months(months)
            ),
            "agencies": citations_by_agency(session, days, seen_by=viewer, limit=A_LIST),
            "relied": most_relied_on(session, seen_by=viewer, days=days, limit=A_LIST),
            "missing": most_cited(session, seen_by=viewer, limit=A_LIST, held=False),
            "ended": ended,
            "alone": bool(orphans(session, seen_by=viewer, limit=1)),
        }


def _of_work(desk: Desk, period: Period) -> dict[str, Any]:
    """Gather who directs whom, what was done in time and falls due, and how well was read."""
    with look(desk.workshop.engine) as session:
        ahead = deadlines_ahead(session, today(), WEEKS, seen_by=desk.viewer)
        return {
            "directing": who_directs_whom(session, seen_by=desk.viewer, limit=A_LIST),
            "units": punctuality(session, period.days, seen_by=desk.viewer, limit=A_LIST),
            "weeks": columns((f"{monday:%d/%m}", count, _week(monday)) for monday, count in ahead),
            "quality": reading_quality(session, period.moments, seen_by=desk.viewer),
        }


def _week(monday: date) -> str:
    """Give the address of the duties of the weeks from one on."""
    return f"/nhiem-vu?{urlencode({'xem': 'dong-thoi-gian', 'tuan': f'{monday:%d/%m/%Y}'})}"


@pages.get("/thong-ke/danh-sach")
def show_behind(request: Request, desk: AtDesk, period: InPeriod, behind: Annotated[Behind, Depends()]) -> HTMLResponse:
    """List the documents behind a figure, page by page."""
    if behind.muc not in LISTS or (behind.muc == "da-sua" and behind.truong not in FIELDS):
        raise HTTPException(404)
    with look(desk.workshop.engine) as session:
        of = lines_by_id(session, [behind.van_ban]).get(behind.van_ban) if behind.van_ban else None
    found = _outdated(desk, period, behind) if behind.muc in OUTDATED else _behind(desk, period, behind)
    more = {name: value for name in ("co_quan", "van_ban", "truong") if (value := getattr(behind, name))}
    turn = {
        name: period.listed(behind.muc, **more, tu_dong=at) if is_there else None
        for name, at, is_there in (
            ("before", max(0, behind.tu_dong - A_PAGE), behind.tu_dong > 0),
            ("after", behind.tu_dong + A_PAGE, len(found) > A_PAGE),
        )
    }
    return desk.page(
        request,
        "figures_list.html",
        period=period,
        heading=LISTS[behind.muc],
        is_dated=behind.muc not in ("chua-co", "dung-rieng"),
        is_pairs=behind.muc in OUTDATED,
        found=found[:A_PAGE],
        first=behind.tu_dong + 1,
        turn=turn,
        of=of,
        field=FIELDS.get(behind.truong, "") if behind.muc == "da-sua" else "",
    )


def _behind(desk: Desk, period: Period, behind: Behind) -> tuple[DocumentLine, ...]:
    """Give one document more than a page shows, where there are more."""
    part: dict[str, Any] = {"seen_by": desk.viewer, "offset": behind.tu_dong, "limit": A_PAGE + 1}
    with look(desk.workshop.engine) as session:
        if behind.muc == "chua-co":
            last = behind.tu_dong + A_PAGE + 1
            return most_cited(session, seen_by=desk.viewer, limit=last, held=False)[behind.tu_dong :]
        if behind.muc == "dung-rieng":
            return orphans(session, **part)
        if behind.muc == "da-sua":
            return papers_put_right(session, period.moments, behind.truong, **part)
        return papers_citing(session, period.days, agency_id=behind.co_quan, resting_on=behind.van_ban, **part)


def _outdated(desk: Desk, period: Period, behind: Behind) -> tuple[Outdated, ...]:
    part: dict[str, Any] = {"seen_by": desk.viewer, "offset": behind.tu_dong, "limit": A_PAGE + 1}
    with look(desk.workshop.engine) as session:
        return citing_what_ended(session, as_of=today(), days=period.days, only_then=behind.muc == OUTDATED[1], **part)


def _all_months(counts: tuple[Count, ...]) -> Iterator[tuple[date, int]]:
    """Yield each month from the first that has something to the last, also those between that have nothing."""
    known = {date.fromisoformat(f"{one.name}-01"): one.count for one in counts}
    month, last = min(known, default=date.max), max(known, default=date.min)
    while month <= last:
        yield month, known.get(month, 0)
        month = (month + timedelta(31)).replace(day=1)


def _within(month: date, days: Days) -> Days:
    """Give the days of a month that are among these."""
    return max(month, days[0]), min(month.replace(day=monthrange(month.year, month.month)[1]), days[1])


def _months_before(day: date, count: int) -> date:
    """Give the first day of the month that is so many before a day's."""
    months = day.year * 12 + day.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)


def _day(text: str) -> date | None:
    """Read a day that papers can bear."""
    day = parse_day(text)
    return day if day and date(1900, 1, 1) < day < date(2200, 1, 1) else None


def _year(year: int) -> Days:
    return date(year, 1, 1), date(year, 12, 31)
