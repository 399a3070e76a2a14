"""Which papers came in or go out, how far is each, and who has it?"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import HTMLResponse

from api.desk import AtDesk, Desk
from api.handling import done_just_now
from api.review import ahead_of
from api.wording import FIELDS, VIETNAM, parse_day, today
from store.database import look
from store.effort import effort
from store.papers import STAGES, PaperLine, Stage, Wanted, Way, papers, stages
from store.registers import registers
from store.review import open_elsewhere

pages = APIRouter(include_in_schema=False)
A_PAGE = 100
NEXT = 20  # papers that are looked at for the next one: more clerks do not sit at one register
MEASURED = 30  # days that the table of seconds and corrections looks back
ADDRESSES: dict[Way, str] = {"in": "/den", "out": "/di"}
SLUGS: dict[str, Stage] = {
    "cho-vao-so": "Chờ vào sổ",
    "cho-trinh": "Chờ trình",
    "cho-y-kien": "Chờ ý kiến",
    "cho-chuyen": "Chờ chuyển",
    "da-chuyen": "Đã chuyển",
    "da-vao-so": "Đã vào sổ",
}


@dataclass(slots=True)
class Asked:
    """How a list is narrowed, as its address says; what cannot be meant lets all pass."""

    trang_thai: Annotated[str, Query(alias="trang-thai", max_length=20)] = ""
    tim: Annotated[str, Query(max_length=300)] = ""
    noi: Annotated[str, Query(max_length=300)] = ""
    tu_ngay: Annotated[str, Query(alias="tu-ngay", max_length=10)] = ""
    den_ngay: Annotated[str, Query(alias="den-ngay", max_length=10)] = ""
    khan: Annotated[str, Query(max_length=1)] = ""
    tu: Annotated[int, Query(ge=0, le=10_000_000)] = 0

    @property
    def wanted(self) -> Wanted:
        """Give what the store is asked for."""
        days = parse_day(self.tu_ngay), parse_day(self.den_ngay)
        return Wanted(SLUGS.get(self.trang_thai), *days, self.noi, self.tim, urgent=self.khan == "1")

    def address(self, way: Way, **other: str | int) -> str:
        """Give the address of the same list, otherwise narrowed."""
        said: dict[str, str | int] = {
            "trang-thai": self.trang_thai,
            "tim": self.tim,
            "noi": self.noi,
            "tu-ngay": self.tu_ngay,
            "den-ngay": self.den_ngay,
            "khan": self.khan,
        }
        query = urlencode({name: value for name, value in (said | other).items() if value})
        return f"{ADDRESSES[way]}?{query}" if query else ADDRESSES[way]


InAddress = Annotated[Asked, Depends(Asked)]


@pages.get("/den")
def show_incoming(request: Request, desk: AtDesk, asked: InAddress, da: str = "") -> HTMLResponse:
    """Show the papers that came in: those that wait for a number, then the others by day."""
    context = _list(desk, "in", asked)
    now = datetime.now(VIETNAM)
    with look(desk.workshop.engine) as session:
        measured = effort(session, now - timedelta(days=MEASURED), now + timedelta(minutes=1), seen_by=desk.viewer)
    corrected = [(FIELDS.get(name, name), count) for name, count in measured.corrected]
    told: dict[str, Any] = {"effort": measured, "corrected": corrected, "measured": MEASURED, "done": done_just_now(desk, da)}
    return desk.page(request, "incoming.html", **context, **told)


@pages.get("/di")
def show_outgoing(request: Request, desk: AtDesk, asked: InAddress) -> HTMLResponse:
    """Show the office's own papers: those that wait for a number, then the others by day."""
    return desk.page(request, "incoming.html", **_list(desk, "out", asked), effort=None, done=None)


def _list(desk: Desk, way: Way, asked: Asked) -> dict[str, Any]:
    with look(desk.workshop.engine) as session:
        lines = papers(session, way, asked.wanted, seen_by=desk.viewer, offset=asked.tu, limit=A_PAGE + 1)
        counts = stages(session, way, asked.wanted, seen_by=desk.viewer)
        books = [book for book in registers(session, seen_by=desk.viewer) if book.way == way and book.closed_on is None]
    first = next_waiting(desk) if way == "in" and books else None
    names = {stage: slug for slug, stage in SLUGS.items()}
    tabs = [("Tất cả", asked.address(way, **{"trang-thai": ""}), sum(counts.values()), not asked.trang_thai)]
    for stage in STAGES[way]:
        address = asked.address(way, **{"trang-thai": names[stage]})
        tabs.append((stage, address, counts.get(stage, 0), asked.trang_thai == names[stage]))
    shown = lines[:A_PAGE]
    return {
        "way": way,
        "asked": asked,
        "tabs": tabs,
        "days": [(day, list(those)) for day, those in groupby(shown, key=_day)],
        "first": first,
        "ahead": ahead_of(desk, first),
        "count": len(shown),
        "before": asked.address(way, tu=max(0, asked.tu - A_PAGE)) if asked.tu else None,
        "after": asked.address(way, tu=asked.tu + A_PAGE) if len(lines) > A_PAGE else None,
        "books": books,
        "today": today(),
        "is_narrowed": any((asked.tim, asked.noi, asked.tu_ngay, asked.den_ngay, asked.khan)),
        "address_of": ADDRESSES[way],
    }


def next_waiting(desk: Desk, but: int | None = None) -> int | None:
    """Give the paper to enter next: the first that waits for a number and that nobody else has open."""
    with look(desk.workshop.engine) as session:
        waiting = [line.document.id for line in papers(session, "in", Wanted(stage="Chờ vào sổ"), seen_by=desk.viewer, limit=NEXT)]
        taken = open_elsewhere(session, waiting, by=desk.viewer.name, now=datetime.now(UTC))
    return next((one for one in waiting if one != but and one not in taken), None)


def _day(line: PaperLine) -> str:
    """Give the heading under which a paper stands: papers without a number together, the others by day."""
    return f"Ngày {line.on:%d/%m/%Y}" if line.on else "Chờ vào sổ"
