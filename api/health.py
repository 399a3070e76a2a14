"""Is all well: the database, the disk, the reading of what was handed in?"""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

from fastapi import APIRouter
from starlette.responses import Response

from api.desk import AtDesk
from api.pipeline import PIPELINE, Workshop
from store.database import look
from store.health import Queue, last_reader, queue, reached

api = APIRouter(prefix="/api", tags=["Tình trạng"])
LONGEST_WAIT = 60  # seconds that a file may wait while nobody reads, before that is a trouble
_NO_DATABASE = "Không mở được cơ sở dữ liệu. Đề nghị kiểm tra ổ đĩa và quyền truy cập, rồi khởi động lại chương trình."


@dataclass(frozen=True, slots=True)
class Health:
    """How the program is: what is wrong, in sentences (none: all is well), the queue, free bytes, whether somebody reads, versions."""

    problems: tuple[str, ...]
    queue: Queue | None
    free: int
    reads: bool
    version: str
    reader: str | None


def health(workshop: Workshop) -> Health:
    """Look at everything that can be looked at in a few milliseconds."""
    free = shutil.disk_usage(workshop.settings.home).free
    pulse, now = workshop.pulse, datetime.now(UTC)
    if not reached(workshop.engine):
        return Health((_NO_DATABASE,), None, free, pulse.beats, version("vanthu"), None)
    with look(workshop.engine) as session:
        found, reader = queue(session, now=now, seen_by=PIPELINE), last_reader(session, seen_by=PIPELINE)
    reads = pulse.beats or bool(found.held)
    troubles = (pulse.fault, _unread(found, now, reads=reads), _full(free, workshop.settings.free_mb << 20))
    return Health(tuple(filter(None, troubles)), found, free, reads, version("vanthu"), reader)


def _unread(found: Queue, now: datetime, *, reads: bool) -> str | None:
    if reads or found.oldest is None or (now - found.oldest).total_seconds() < LONGEST_WAIT:
        return None
    return f"{found.waiting} tệp đang chờ mà không có chương trình đọc nào chạy. Đề nghị khởi động lại: vanthu serve."


def _full(free: int, least: int) -> str | None:
    return "Máy chủ sắp hết dung lượng, tạm dừng tiếp nhận. Đề nghị giải phóng ổ đĩa." if free < least else None


@api.get("/health", summary="Tình trạng: 200 là tốt, 503 là có việc cần xử lý", responses={503: {"model": Health}})
def ask_health(desk: AtDesk, response: Response) -> Health:
    """Give the state for a machine that watches."""
    found = health(desk.workshop)
    response.status_code = 503 if found.problems else 200
    return found
