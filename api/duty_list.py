"""Which duties does a list show, in which sections, and how is the question kept in its address?"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import Query

from api.desk import Desk
from api.wording import parse_day, today
from store.agenda import ENDED, LATER, OVERDUE, THIS_MONTH, THIS_WEEK, TODAY, UNDATED, Agenda, Wanted, agenda, part_of
from store.answers import DutyLine, DutyState
from store.database import look
from store.progress import CLOSED

Shown = Literal["tat-ca", "co-han", "qua-han"]
Side = Literal["", "duoc-giao", "theo-doi"]
STATES: dict[str, DutyState] = {
    "chua": "Chưa thực hiện",
    "dang": "Đang thực hiện",
    "cho": "Chờ xác nhận",
    "tra-lai": "Trả lại",
    "tam-dung": "Tạm dừng",
    "xong": "Đã hoàn thành",
    "khong": "Không thuộc trách nhiệm",
}
UNCONFIRMED = "chua-xac-nhan"
SIDES: dict[Side, str] = {"": "Tất cả", "duoc-giao": "Được giao", "theo-doi": "Theo dõi, đôn đốc"}
FOLLOWED: dict[Side, bool | None] = {"": None, "duoc-giao": False, "theo-doi": True}
HEADINGS = {
    OVERDUE: ("Quá hạn", "late"),
    TODAY: ("Hôm nay", "today"),
    THIS_WEEK: ("Tuần này", "soon"),
    THIS_MONTH: ("Tháng này", "calm"),
    LATER: ("Sau đó", "calm"),
    UNDATED: ("Không nêu hạn, chưa định ngày", "open"),
}
MOST, A_CHUNK = 20_000, 2_000  # duties of a file, and those asked for at once


@dataclass(slots=True)
class Asked:
    """What the address of a list asks for; nothing in it is believed yet."""

    ngay: Annotated[str, Query(max_length=40)] = ""
    trong: Annotated[str, Query(max_length=10)] = ""
    don_vi: Annotated[str, Query(alias="don-vi", max_length=200)] = ""
    cua: Annotated[str, Query(max_length=20)] = ""
    trang_thai: Annotated[str, Query(alias="trang-thai", max_length=20)] = ""
    danh_sach: Annotated[Side, Query(alias="danh-sach")] = ""
    hien: Shown = "tat-ca"
    xem: Annotated[Literal["", "thang", "dong-thoi-gian"], Query()] = ""
    thang: Annotated[str, Query(max_length=10)] = ""
    tuan: Annotated[str, Query(max_length=10)] = ""
    tu: Annotated[int, Query(ge=0, le=10_000_000)] = 0
    mo: Annotated[int, Query(ge=0, le=(1 << 62))] = 0

    @property
    def as_of(self) -> date:
        """Give the day for which the list is asked; today where none is named."""
        return parse_day(self.ngay) or today()

    @property
    def within(self) -> int | None:
        """Give the days ahead, None for all time."""
        return int(self.trong) if self.trong.isascii() and self.trong.isdigit() and len(self.trong) < 5 else None

    @property
    def narrows(self) -> bool:
        """Say whether the list leaves something out."""
        return any((self.trong, self.don_vi, self.cua, self.trang_thai, self.danh_sach, self.hien != "tat-ca"))

    def to(self, **changes: object) -> str:
        """Give the address of this list with other conditions; what is as it is by itself is left out."""
        wanted = {name: getattr(self, name) for name in _BLANK} | {"mo": 0} | changes
        query = urlencode({name.replace("_", "-"): value for name, value in wanted.items() if value != _BLANK[name]})
        return f"/nhiem-vu?{query}" if query else "/nhiem-vu"

    def sheet(self) -> str:
        """Give the address of the same list as a table file."""
        return self.to(xem="", thang="", tuan="", tu=0).replace("/nhiem-vu", "/nhiem-vu/bang.xlsx", 1)

    def calendar(self) -> str:
        """Give the address of the same list for a calendar program."""
        return self.to(xem="", thang="", tuan="", tu=0, ngay="", trong="", hien="tat-ca").replace("/nhiem-vu", "/nhiem-vu.ics", 1)


_BLANK = {one.name: one.default for one in fields(Asked)}


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under one heading; stands is how many of the whole list count, waits how many nobody confirmed yet."""

    heading: str
    tone: str
    lines: tuple[DutyLine, ...]
    stands: int
    waits: int


def wanted(asked: Asked) -> Wanted:
    """Give the question that an address asks of the store."""
    return Wanted(
        asked.as_of,
        within=asked.within,
        overdue=asked.hien == "qua-han",
        undated=asked.hien == "tat-ca" and asked.within is None,
        agency=asked.don_vi.strip() or None,
        unit=_number(asked.cua),
        state=STATES.get(asked.trang_thai),
        unconfirmed=asked.trang_thai == UNCONFIRMED,
        followed=FOLLOWED[asked.danh_sach],
    )


def _number(text: str) -> int | None:
    """Read a unit; one that cannot be is one that has nothing."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def all_lines(desk: Desk, asked: Asked) -> list[DutyLine]:
    """Give the whole list, for a file."""
    found: list[DutyLine] = []
    with look(desk.workshop.engine) as session:
        while len(found) < MOST:
            part = agenda(session, wanted(asked), seen_by=desk.viewer, offset=len(found), limit=A_CHUNK).lines
            found += part
            if len(part) < A_CHUNK:
                break
    return found


def sections(found: Agenda, asked: Asked) -> list[Section]:
    """Put the lines of one page under their headings; the figures are those of the whole list."""
    followed = FOLLOWED[asked.danh_sach]
    return [
        Section(
            heading,
            tone,
            tuple(lines),
            found.count(followed=followed, part=part, stands=True),
            found.count(followed=followed, part=part, stands=False),
        )
        for part, heading, tone, lines in _parted(found.lines)
    ]


def grouped(lines: Iterable[DutyLine]) -> list[tuple[str, str, list[DutyLine]]]:
    """Put lines under headings, in the order in which they come: (heading, tone, lines)."""
    return [(heading, tone, members) for _, heading, tone, members in _parted(lines)]


def _parted(lines: Iterable[DutyLine]) -> list[tuple[int, str, str, list[DutyLine]]]:
    found: dict[int, list[DutyLine]] = {}
    for line in lines:
        found.setdefault(_part(line), []).append(line)
    return [(part, *(HEADINGS[part] if part != ENDED else (members[0].state, "open")), members) for part, members in found.items()]


def _part(line: DutyLine) -> int:
    """Give the part of the list in which a line stands on the day for which it was made."""
    if line.state in CLOSED:
        return ENDED
    if line.due_on is None or line.days_left is None:
        return UNDATED
    return part_of(line.due_on, line.due_on - timedelta(line.days_left))
