"""Who did what, and is the log of it whole?"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import HTMLResponse

from api import trail as words
from api.desk import AtDesk, Desk, OwnForm
from api.wording import VIETNAM, parse_day
from store.chain import Verdict
from store.database import look
from store.documents import by_number
from store.trail import Sought, people, trail

pages = APIRouter(include_in_schema=False, prefix="/quan-tri")
A_PAGE = 100
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters as they stand in the address: who, which act, which document (its number, or its id), from and to which day."""

    ai: Annotated[str, Query(max_length=_LONGEST)] = ""
    viec: Annotated[str, Query(max_length=_LONGEST)] = ""
    van_ban: Annotated[str, Query(alias="van-ban", max_length=_LONGEST)] = ""
    tu_ngay: Annotated[str, Query(alias="tu-ngay", max_length=20)] = ""
    den_ngay: Annotated[str, Query(alias="den-ngay", max_length=20)] = ""

    @property
    def address(self) -> str:
        """Give the filters as an address asks them; nothing for none."""
        named = {"ai": self.ai, "viec": self.viec, "van-ban": self.van_ban, "tu-ngay": self.tu_ngay, "den-ngay": self.den_ngay}
        return urlencode({name: value for name, value in named.items() if value})

    @property
    def unread(self) -> tuple[str, ...]:
        """Name the days that are none, as they were typed."""
        return tuple(typed for typed in (self.tu_ngay, self.den_ngay) if typed.strip() and parse_day(typed) is None)


AsAsked = Annotated[Asked, Depends(Asked)]
Before = Annotated[int | None, Query(ge=1, le=(1 << 63) - 1)]


@pages.get("/nhat-ky")
def show_log(request: Request, desk: AtDesk, asked: AsAsked, truoc: Before = None) -> HTMLResponse:
    """Show the log, the newest first; truoc: only the lines before this one."""
    return _log(request, desk, asked, truoc)


@pages.post("/nhat-ky", dependencies=[OwnForm])
def check_log(request: Request, desk: AtDesk) -> HTMLResponse:
    """Go through the whole log and say whether it is as it was written."""
    return _log(request, desk, Asked("", "", "", "", ""), None, words.check(desk.workshop))


def _log(request: Request, desk: Desk, asked: Asked, before: int | None, verdict: Verdict | None = None) -> HTMLResponse:
    with look(desk.workshop.engine) as session:
        typed = asked.van_ban.strip()
        is_id = not typed or (typed.isascii() and typed.isdecimal())
        documents = _numbered(typed) if is_id else [one.id for one in by_number(session, typed, seen_by=desk.viewer)]
        lines = trail(session, _sought(asked, documents), seen_by=desk.viewer, before=before, limit=A_PAGE + 1)
        who = people(session, seen_by=desk.viewer)
    context: dict[str, Any] = {
        "lines": lines[:A_PAGE],
        "next": lines[A_PAGE - 1].id if len(lines) > A_PAGE else None,
        "before": before,
        "people": who,
        "words": words,
        "verdict": verdict,
    }
    return desk.page(request, "admin_log.html", asked=asked, **context)


def _numbered(typed: str) -> list[int] | None:
    """Give the document of an id as it stands in addresses; None where none was typed."""
    return [int(typed[:18])] if typed else None


def _sought(asked: Asked, documents: list[int] | None) -> Sought:
    """Give the filters as the store takes them; days are Vietnam's, the last one whole."""
    since, until = parse_day(asked.tu_ngay), parse_day(asked.den_ngay)
    return Sought(asked.ai or None, asked.viec or None, documents, _morning(since), _morning(until and until + timedelta(1)))


def _morning(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), VIETNAM) if day else None
