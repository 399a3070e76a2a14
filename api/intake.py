"""What is handed in through the browser, and how far is its reading?"""

import errno
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, Form, HTTPException, Request, UploadFile
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.desk import AtDesk, Desk, OwnForm
from api.pipeline import take_in
from api.wording import size
from store.answers import Job, Purpose, Receipt
from store.database import begin, look
from store.ledger import counts, job, jobs, retry

pages = APIRouter(include_in_schema=False)
api = APIRouter(prefix="/api", tags=["Tiếp nhận"])
LONGEST_NAME = 200  # characters
Files = Annotated[list[UploadFile], File(description="Một hoặc nhiều tệp")]


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of one file: its receipt, or the sentence that says why there is none."""

    name: str
    receipt: Receipt | None
    refused: str | None


@pages.get("/tiep-nhan")
def show_intake(request: Request, desk: AtDesk) -> HTMLResponse:
    """Show the form for many files and the list of what is being read."""
    return _intake_page(request, desk, ())


@pages.post("/tiep-nhan", dependencies=[OwnForm])
def take_form(request: Request, desk: AtDesk, files: Files, purpose: Annotated[Purpose, Form()] = "daily") -> HTMLResponse:
    """Take the files of the form and show a receipt for each; sent twice, nothing is added."""
    return _intake_page(request, desk, tuple(take_all(desk, files, purpose)))


def _intake_page(request: Request, desk: Desk, taken: tuple[Intake, ...]) -> HTMLResponse:
    return desk.page(request, "intake.html", taken=taken, max_bytes=desk.workshop.settings.max_bytes, **_ledger(desk))


@pages.get("/tiep-nhan/danh-sach")
def show_jobs(request: Request, desk: AtDesk) -> HTMLResponse:
    """Show the list alone: the page asks for it again while something is being read."""
    return desk.page(request, "jobs.html", **_ledger(desk))


def _ledger(desk: Desk) -> dict[str, object]:
    with look(desk.workshop.engine) as session:
        lines = jobs(session, seen_by=desk.viewer)
        count = counts(session, seen_by=desk.viewer)
    return {"jobs": lines, "counts": count, "active": bool(count.get("waiting") or count.get("reading"))}


@pages.post("/tiep-nhan/{job_id}/doc-lai", dependencies=[OwnForm])
def read_again(desk: AtDesk, job_id: int) -> Response:
    """Let a job that came to nothing be tried again."""
    with begin(desk.workshop.engine) as session:
        job(session, job_id, seen_by=desk.viewer)
        retry(session, job_id)
    return RedirectResponse("/tiep-nhan", 303)


def take_all(desk: Desk, files: Iterable[UploadFile], purpose: Purpose) -> Iterator[Intake]:
    """Take files one after the other: one that cannot be taken never stops the rest, a full disk does."""
    full = False
    for file in files:
        name = shown_name(file.filename or "")
        if not file.filename:
            continue
        if full:
            yield Intake(name, None, "Chưa nhận: máy chủ đã hết dung lượng.")
            continue
        try:
            yield _take(desk, file, name, purpose)
        except OSError as error:
            full = error.errno in {errno.ENOSPC, errno.EDQUOT}
            why = "Máy chủ sắp hết dung lượng, tạm dừng tiếp nhận" if full else "Không ghi được vào kho"
            yield Intake(name, None, f"{why}. {name} chưa nhận; đề nghị nạp lại sau.")


def _take(desk: Desk, file: UploadFile, name: str, purpose: Purpose) -> Intake:
    """Write the bytes under a name of our own, and hand them to the pipeline under theirs."""
    most = desk.workshop.settings.max_bytes
    if (file.size or 0) > most:
        return Intake(name, None, f"{name} lớn {size(file.size or 0)}, quá mức {size(most)} cho một tệp. Đề nghị tách nhỏ rồi nạp lại.")
    with tempfile.TemporaryDirectory(dir=desk.workshop.settings.home, prefix="nap-") as folder:
        path = Path(folder) / "tep"
        with path.open("wb") as copy:
            shutil.copyfileobj(file.file, copy, 1 << 20)
        receipt = take_in(desk.workshop, path, name, purpose, desk.viewer.name)
    return Intake(name, receipt, None)


def shown_name(name: str) -> str:
    """Give a file's name as it is shown and kept: its last part, without characters that hide or turn text, never as a path."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip()
    if len(seen) > LONGEST_NAME:
        seen = f"{seen[: LONGEST_NAME - 11]}…{seen[-10:]}"
    return seen or "tệp không tên"


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
def get_job(desk: AtDesk, job_id: int) -> Job:
    """Give one line of the ledger."""
    with look(desk.workshop.engine) as session:
        return job(session, job_id, seen_by=desk.viewer)
