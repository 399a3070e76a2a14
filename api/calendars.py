"""Which limits and meetings does a calendar program show?

Duties that nobody confirmed stay out of it, as they stay out of figures; only those that may be due within days are in, and say so.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.desk import AtDesk
from api.duty_list import Asked, wanted
from api.ics import TYPE, Entry, calendar
from api.wording import limit, today
from store.agenda import agenda
from store.answers import DutyLine, EventLine
from store.database import look
from store.duties import events

pages = APIRouter(include_in_schema=False)
BEFORE, AHEAD = timedelta(60), timedelta(400)  # around the day that is asked for
NEAR = 3  # days in which an unconfirmed limit is told all the same
MOST = 2_000  # entries of one calendar


@pages.get("/nhiem-vu.ics")
def send_duties(request: Request, desk: AtDesk, asked: Annotated[Asked, Depends(Asked)]) -> Response:
    """Hand out the limits of a list of duties."""
    question = replace(wanted(asked), days=(asked.as_of - BEFORE, asked.as_of + AHEAD))
    with look(desk.workshop.engine) as session:
        lines = agenda(session, question, seen_by=desk.viewer, limit=MOST).lines
    return _answer("nhiem-vu", calendar("Nhiệm vụ, Văn thư", _limits(lines, str(request.base_url)), now=datetime.now(UTC)))


@pages.get("/lich-hop.ics")
def send_meetings(request: Request, desk: AtDesk, ngay: Annotated[date | None, Query()] = None) -> Response:
    """Hand out the meetings from some weeks back, or from a day on."""
    with look(desk.workshop.engine) as session:
        lines = events(session, as_of=ngay or today() - BEFORE, seen_by=desk.viewer)[:MOST]
    return _answer("lich-hop", calendar("Lịch họp, Văn thư", _meetings(lines, str(request.base_url)), now=datetime.now(UTC)))


def _answer(name: str, content: bytes) -> Response:
    return Response(content, media_type=TYPE, headers={"content-disposition": f'attachment; filename="{name}.ics"'})


def _limits(lines: tuple[DutyLine, ...], base: str) -> Iterator[Entry]:
    """Yield what is due, with who, for whom and by which document."""
    for line in lines:
        if line.due_on is None or not (line.stands or 0 <= (line.days_left or 0) <= NEAR):
            continue
        told = (
            f"Hạn: {limit(line)}",
            "" if line.stands else "Máy đọc, chưa xác nhận.",
            f"Đơn vị chủ trì: {line.assignee}" if line.assignee else "",
            f"Gửi đến: {line.to_whom}{f' (qua {line.through})' if line.through else ''}" if line.to_whom else "",
            f"Sản phẩm: {line.product}" if line.product else "",
            f"Theo {line.number or 'văn bản không số'}{f' ngày {line.issued_on:%d/%m/%Y}' if line.issued_on else ''}",
        )
        yield Entry(
            f"nhiem-vu-{line.id}@vanthu",
            datetime.combine(line.due_on, line.due_at) if line.due_at else line.due_on,
            ("" if line.stands else "Chưa xác nhận: ") + f"{line.task[:1].upper()}{line.task[1:]}",
            "\n".join(filter(None, told)),
            url=f"{base}nhiem-vu/{line.id}",
        )


def _meetings(lines: tuple[EventLine, ...], base: str) -> Iterator[Entry]:
    """Yield the meetings whose day is known."""
    for line in lines:
        if line.on:
            told = (f"Thành phần: {'; '.join(line.attendees)}" if line.attendees else "", f"Theo {line.number or 'văn bản không số'}")
            yield Entry(
                f"hop-{line.id}@vanthu",
                datetime.combine(line.on, line.at) if line.at else line.on,
                line.title,
                "\n".join(filter(None, told)),
                line.venue or "",
                f"{base}van-ban/{line.document_id}?o=event-{line.id}",
                busy=line.at is not None,
            )
