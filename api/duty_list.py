"""Which duties does a list show, in which sections, and how is the question kept in its address?"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, time, timedelta
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import Query

from api.desk import Desk
from api.wording import parse_day, today
from store.answers import DutyLine, DutyState, Unit
from store.database import look
from store.duties import due
from store.duty import ended, urgency
from store.progress import CLOSED
from store.spelling import key
from store.units import units

Shown = Literal["tat-ca", "co-han", "qua-han"]
Side = Literal["", "duoc-giao", "theo-doi"]
STATES: dict[str, tuple[DutyState, str]] = {
    "chua": ("Chưa thực hiện", "Chưa thực hiện"),
    "dang": ("Đang thực hiện", "Đang thực hiện"),
    "cho": ("Chờ xác nhận", "Chờ xác nhận"),
    "tra-lai": ("Trả lại", "Trả lại"),
    "tam-dung": ("Tạm dừng", "Tạm dừng"),
    "xong": ("Đã hoàn thành", "Đã hoàn thành"),
    "khong": ("Không thuộc trách nhiệm", "Không thuộc trách nhiệm"),
}
UNCONFIRMED = "chua-xac-nhan"
SIDES: dict[Side, str] = {"": "Tất cả", "duoc-giao": "Được giao", "theo-doi": "Theo dõi, đôn đốc"}
_URGENCIES = ("hỏa tốc", "hoả tốc", "thượng khẩn", "khẩn")


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
    xem: Annotated[Literal["", "thang"], Query()] = ""
    thang: Annotated[str, Query(max_length=10)] = ""
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
        blank = {one.name: one.default for one in fields(self)}
        wanted = asdict(self) | {"mo": 0} | changes
        query = urlencode({name.replace("_", "-"): value for name, value in wanted.items() if value != blank[name]})
        return f"/nhiem-vu?{query}" if query else "/nhiem-vu"

    def sheet(self) -> str:
        """Give the address of the same list as a table file."""
        return self.to(xem="", thang="", tu=0).replace("/nhiem-vu", "/nhiem-vu/bang.xlsx", 1)


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under one heading; stands is how many of them count: the others nobody confirmed yet."""

    heading: str
    tone: str
    lines: tuple[DutyLine, ...]
    stands: int
    waits: int


def ask(desk: Desk, asked: Asked) -> dict[Side, tuple[DutyLine, ...]]:
    """Give the lines of each side, in the order in which they are shown."""
    state = STATES.get(asked.trang_thai, (None, ""))[0]
    with look(desk.workshop.engine) as session:
        known = units(session, seen_by=desk.viewer, closed=True) if asked.cua else ()
        agency = asked.don_vi.strip() or None
        if state in CLOSED:
            lines = list(ended(session, as_of=asked.as_of, seen_by=desk.viewer, agency=agency))
        else:
            undated, overdue = asked.hien == "tat-ca" and asked.within is None, asked.hien == "qua-han"
            narrow = {"within": asked.within, "overdue": overdue, "undated": undated}
            found = due(session, as_of=asked.as_of, seen_by=desk.viewer, agency=agency, **narrow)  # type: ignore[arg-type]  # a flag each
            lines = _in_order(found, urgency(session, {line.document_id for line in found if line.days_left == 0}))
    lines = [line for line in lines if state is None or line.state == state]
    if asked.trang_thai == UNCONFIRMED:
        lines = [line for line in lines if not stands(line)]
    if asked.cua:
        lines = _of_unit(lines, next((unit for unit in known if str(unit.id) == asked.cua), None))
    return {
        "": tuple(lines),
        "duoc-giao": tuple(line for line in lines if not is_followed(line)),
        "theo-doi": tuple(line for line in lines if is_followed(line)),
    }


def is_followed(line: DutyLine) -> bool:
    """Say whether a duty is one of many units, which the office follows up."""
    return line.is_group or line.members > 0


def stands(line: DutyLine) -> bool:
    """Say whether a duty counts in figures: somebody confirmed it, or began with it. What only the machine read does not."""
    return line.accepted_by is not None or line.state != "Chưa thực hiện"


def _of_unit(lines: Iterable[DutyLine], unit: Unit | None) -> list[DutyLine]:
    """Keep what was given to a unit, and what a document gives to it by name and nobody gave to another."""
    if unit is None:
        return []
    name = f" {key(unit.name)} "
    return [line for line in lines if line.unit == unit.name or (line.unit is None and name in f" {key(line.assignee or '')} ")]


def _in_order(lines: Iterable[DutyLine], rush: Mapping[int, str]) -> list[DutyLine]:
    """Order by section, then day and hour; of today the urgent ones come first. rush is the urgency of documents."""

    def rank(line: DutyLine) -> tuple[int, date, int, time]:
        urgent = rush.get(line.document_id, "").lower()
        at = next((at for at, word in enumerate(_URGENCIES) if urgent.startswith(word)), len(_URGENCIES))
        return _section(line)[0], line.due_on or date.max, at if line.days_left == 0 else 0, line.due_at or time.max

    return sorted(lines, key=rank)


def _section(line: DutyLine) -> tuple[int, str, str]:
    """Give the place, the heading and the tone of a line's section."""
    if line.state in CLOSED:
        return 6, line.state, "open"
    if line.due_on is None or line.days_left is None:
        return 5, "Không nêu hạn, chưa định ngày", "open"
    as_of = line.due_on - timedelta(line.days_left)
    ahead = (
        (line.days_left < 0, "Quá hạn", "late"),
        (line.days_left == 0, "Hôm nay", "today"),
        (line.days_left <= 6 - as_of.weekday(), "Tuần này", "soon"),
        ((line.due_on.year, line.due_on.month) == (as_of.year, as_of.month), "Tháng này", "calm"),
        (True, "Sau đó", "calm"),
    )
    return next((at, heading, tone) for at, (fits, heading, tone) in enumerate(ahead) if fits)


def sections(shown: Iterable[DutyLine], everything: Iterable[DutyLine]) -> list[Section]:
    """Put the lines of one page under their headings; the figures are those of the whole list."""
    counted: dict[str, list[int]] = {}
    for line in everything:
        counted.setdefault(_section(line)[1], [0, 0])[0 if stands(line) else 1] += 1
    found: dict[str, tuple[str, list[DutyLine]]] = {}
    for line in shown:
        _, heading, tone = _section(line)
        found.setdefault(heading, (tone, []))[1].append(line)
    return [Section(heading, tone, tuple(lines), *counted[heading]) for heading, (tone, lines) in found.items()]


def grouped(lines: Iterable[DutyLine]) -> list[tuple[str, str, list[DutyLine]]]:
    """Put lines under headings, in the order in which they come: (heading, tone, lines)."""
    groups: dict[str, tuple[str, list[DutyLine]]] = {}
    for line in lines:
        _, heading, tone = _section(line)
        groups.setdefault(heading, (tone, []))[1].append(line)
    return [(heading, tone, members) for heading, (tone, members) in groups.items()]
