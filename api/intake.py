"""What is handed in through the browser, and how far is its reading?"""

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, File, Form, HTTPException, Query, Request, UploadFile
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.described import MOST_ID
from api.desk import AtDesk, Desk, Id, OwnForm
from api.errors import NoRoom, Refusal, TooManyWait, status
from api.handed import Trouble, files_handed
from api.pipeline import plain_name, take_in
from api.wording import VIETNAM, today
from ingest.errors import Unreadable
from store.answers import Job, JobState, Purpose, Receipt
from store.database import begin, look
from store.ledger import cancel, counts, job, jobs, retry
from store.registers import entries_of
from store.settings import office_settings

pages = APIRouter(include_in_schema=False)
api = APIRouter(prefix="/api", tags=["Tiếp nhận"])
Files = Annotated[list[UploadFile], File(description="Một hoặc nhiều tệp", min_length=1)]
Offset = Annotated[int, Query(ge=0, le=10_000_000)]
Seen = Literal["tat-ca", "dang-doc", "loi", "da-huy"]
SEEN: dict[Seen, tuple[str, tuple[JobState, ...] | None]] = {
    "tat-ca": ("Tất cả", None),
    "dang-doc": ("Đang đọc, chờ đọc", ("reading", "waiting")),
    "loi": ("Không đọc được", ("failed", "dead")),
    "da-huy": ("Đã hủy", ("cancelled",)),
}
A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of one file: its receipt, or the sentence that says why there is none."""

    name: str
    receipt: Receipt | None
    refused: str | None


@pages.get("/tiep-nhan")
def show_intake(
    request: Request,
    desk: AtDesk,
    xem: Seen = "tat-ca",
    tu: Offset = 0,
    da_doc: Annotated[int, Query(alias="da-doc", ge=0, le=MOST_ID)] = 0,
) -> HTMLResponse:
    """Show the form for many files and the list of what was handed in; da-doc names a job that could not be called off any more."""
    late = None
    if da_doc:
        with look(desk.workshop.engine) as session:
            late = job(session, da_doc, seen_by=desk.viewer)
    return _intake_page(request, desk, (), seen=xem, offset=tu, late=late)


@pages.post("/tiep-nhan", dependencies=[OwnForm])
def take_form(
    request: Request,
    desk: AtDesk,
    files: Annotated[list[UploadFile], File()] = [],  # noqa: B006  FastAPI copies it
    purpose: Annotated[Purpose, Form()] = "daily",
) -> HTMLResponse:
    """Take the files of the form and show a receipt for each; sent twice, nothing is added."""
    try:
        taken = tuple(take_all(desk, files, purpose))
    except (NoRoom, TooManyWait) as why:
        refused = tuple(Intake(plain_name(file.filename), None, str(why)) for file in files if file.filename)
        return _intake_page(request, desk, refused, status=status(why))
    return _intake_page(request, desk, taken, nothing=not taken)


def _intake_page(request: Request, desk: Desk, taken: tuple[Intake, ...], **more: Any) -> HTMLResponse:  # noqa: ANN401  what the page shows
    seen, offset = more.pop("seen", "tat-ca"), more.pop("offset", 0)
    shown = {"late": None, "nothing": False} | more
    most = desk.workshop.settings.max_bytes
    with look(desk.workshop.engine) as session:
        usual = office_settings(session).purpose
    return desk.page(request, "intake.html", taken=taken, max_bytes=most, usual=usual, **shown, **_ledger(desk, seen, offset))


@pages.get("/tiep-nhan/danh-sach")
def show_jobs(request: Request, desk: AtDesk, xem: Seen = "tat-ca", tu: Offset = 0) -> HTMLResponse:
    """Show the list alone: the page asks for it again while something is being read."""
    return desk.page(request, "jobs.html", **_ledger(desk, xem, tu))


def _ledger(desk: Desk, seen: Seen, offset: int) -> dict[str, Any]:
    morning = datetime.combine(today(), time(), VIETNAM)
    with look(desk.workshop.engine) as session:
        lines = jobs(session, seen_by=desk.viewer, states=SEEN[seen][1], offset=offset, limit=A_PAGE + 1)
        count = counts(session, seen_by=desk.viewer)
        since = counts(session, seen_by=desk.viewer, since=morning)
        again = {document for one in lines if one.earlier for document in one.document_ids}
        entered = {document: entries_of(session, document) for document in again}
    return {
        "entered": entered,
        "jobs": lines[:A_PAGE],
        "more": len(lines) > A_PAGE,
        "offset": offset,
        "step": A_PAGE,
        "seen": seen,
        "tabs": [(name, words, sum(count[state] for state in states or count)) for name, (words, states) in SEEN.items()],
        "told": tally(since),
        "active": bool(count["waiting"] or count["reading"]),
    }


def tally(count: dict[JobState, int]) -> str:
    """Say in one line how far the files of a day are: `12 tệp: 9 đã đọc, 2 đang đọc, 1 lỗi`; nothing for none."""
    parts = (
        (count["done"], "đã đọc"),
        (count["reading"], "đang đọc"),
        (count["waiting"], "chờ đọc"),
        (count["failed"] + count["dead"], "lỗi"),
        (count["cancelled"], "đã hủy"),
    )
    said = ", ".join(f"{number} {words}" for number, words in parts if number)
    return f"{sum(count.values())} tệp: {said}" if said else ""


@pages.post("/tiep-nhan/{job_id}/doc-lai", dependencies=[OwnForm])
def read_again(desk: AtDesk, job_id: Id) -> Response:
    """Let a job that came to nothing be tried again."""
    with begin(desk.workshop.engine, by=desk.viewer.name) as session:
        job(session, job_id, seen_by=desk.viewer)
        retry(session, job_id)
    desk.workshop.bell.set()
    return RedirectResponse(f"/tiep-nhan#tep-{job_id}", 303)


@pages.post("/tiep-nhan/{job_id}/huy", dependencies=[OwnForm])
def call_off(desk: AtDesk, job_id: Id) -> Response:
    """Call off a job that waits; one that a worker took first goes on, and the page says so."""
    with begin(desk.workshop.engine, by=desk.viewer.name) as session:
        job(session, job_id, seen_by=desk.viewer)
        cancelled = cancel(session, job_id)
    return RedirectResponse(f"/tiep-nhan{'' if cancelled else f'?da-doc={job_id}'}#tep-{job_id}", 303)


def take_all(desk: Desk, files: Iterable[UploadFile], purpose: Purpose) -> Iterator[Intake]:
    """Take files, and what archives hold, one after the other.

    One that cannot be taken never stops the rest; a disk that is full or a queue that is too long does. Raises NoRoom or TooManyWait where
    that is so of the first.
    """
    stop: Refusal | None = None
    begun = False
    for file in files:
        if not file.filename:
            continue
        for name, handed in ((plain_name(file.filename), stop),) if stop else _handed(desk, file, plain_name(file.filename)):
            try:
                one = _take(desk, name, stop or handed, purpose)
            except (NoRoom, TooManyWait) as why:
                if not begun:
                    raise
                one, stop = Intake(name, None, str(why)), why
            begun = True
            yield one


def _handed(desk: Desk, file: UploadFile, name: str) -> Iterator[tuple[str, Path | Trouble]]:
    """Write the bytes under a name of our own; what is in them is known by theirs."""
    with tempfile.TemporaryDirectory(dir=desk.workshop.settings.home, prefix="nap-") as folder:
        path = Path(folder) / "tep"
        try:
            with path.open("wb") as copy:
                shutil.copyfileobj(file.file, copy, 1 << 20)
        except OSError as error:
            yield name, error
            return
        yield from files_handed(desk.workshop, path, name)


def _take(desk: Desk, name: str, handed: Path | Trouble, purpose: Purpose) -> Intake:
    try:
        if isinstance(handed, Exception):
            raise handed
        return Intake(name, take_in(desk.workshop, handed, name, purpose, desk.viewer.name), None)
    except (NoRoom, TooManyWait):
        raise
    except (Refusal, Unreadable) as error:
        return Intake(name, None, str(error))
    except OSError as error:
        raise NoRoom from error


@api.post("/ingest", summary="Nạp tệp; mỗi tệp một biên nhận, cấp sau khi đã ghi xuống đĩa và vào sổ")
def ingest(desk: AtDesk, files: Files, purpose: Annotated[Purpose, Form()] = "daily") -> list[Intake]:
    """Take files; an answer says for each file its receipt or why it was refused."""
    taken = list(take_all(desk, files, purpose))
    if not taken:
        raise HTTPException(422, "Chưa có tệp nào được chọn.")
    return taken


@api.get("/jobs", summary="Các tệp đã nhận và tiến độ đọc")
def list_jobs(desk: AtDesk) -> tuple[Job, ...]:
    """Give the ledger's newest lines."""
    with look(desk.workshop.engine) as session:
        return jobs(session, seen_by=desk.viewer)


@api.get("/jobs/{job_id}", summary="Tiến độ đọc một tệp")
def get_job(desk: AtDesk, job_id: Id) -> Job:
    """Give one line of the ledger."""
    with look(desk.workshop.engine) as session:
        return job(session, job_id, seen_by=desk.viewer)
