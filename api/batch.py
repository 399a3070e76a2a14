"""How do files and folders come in from the terminal: receipts, progress, one bad file never stops the rest?"""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import typer

from api.errors import NoRoom, Refusal, TooManyWait
from api.handed import files_handed
from api.pipeline import PIPELINE, Workshop, take_in
from api.terminal import complain
from api.wording import of_file, today
from api.worker import drain
from ingest.errors import Unreadable
from store import ledger
from store.answers import DocumentView, Job, Purpose, Receipt
from store.database import look

ALL_JOBS = 1_000_000  # more than a ledger holds


@dataclass(slots=True)
class Tally:
    """What became of a batch: jobs by id under their receipt's name, and how many files went which way."""

    waiting: set[int] = field(default_factory=set)
    filed: int = 0
    known: int = 0
    failed: int = 0

    def sentence(self) -> str:
        """Sum up in one line."""
        parts = [f"{self.filed} tệp đã đọc"]
        parts += [f"{self.known} tệp đã có từ trước"] if self.known else []
        parts += [f"{self.failed} tệp không đọc được"] if self.failed else []
        return ", ".join(parts) + "."


class Meter(Protocol):
    """What shows how far a batch is."""

    def moved(self, job: Job) -> None:
        """Take a job that moved or ended."""


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files named and those inside the folders named, by name; hidden ones and links inside folders are passed over."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            found = (Path(folder, name) for name in sorted(names) if not name.startswith("."))
            yield from (file for file in found if file.is_file() and not file.is_symlink())


def bring_in(workshop: Workshop, paths: Iterable[Path], *, purpose: Purpose, by: str) -> Tally:
    """Take in files and read them to the end; prints a receipt a file as it is given, then what became of each."""
    tally = Tally()
    try:
        _receive(workshop, paths, tally, purpose=purpose, by=by)
        read_through(workshop, tally)
    except KeyboardInterrupt:
        left = len(tally.waiting)
        complain(f"Đã dừng. {left} tệp đã có biên nhận còn chờ đọc; chạy «vanthu ingest» để đọc tiếp.")
        raise
    return tally


def resume(workshop: Workshop, jobs: Iterable[int] | None = None) -> Tally:
    """Read on: these jobs, or all that wait."""
    if jobs is None:
        with look(workshop.engine) as session:
            jobs = [job.id for job in ledger.jobs(session, seen_by=PIPELINE, limit=ALL_JOBS) if job.state in {"waiting", "reading"}]
    tally = Tally(waiting=set(jobs))
    read_through(workshop, tally)
    return tally


def _receive(workshop: Workshop, paths: Iterable[Path], tally: Tally, *, purpose: Purpose, by: str) -> None:
    for path in files_in(paths):
        for name, handed in files_handed(workshop, path, path.name):
            try:
                if isinstance(handed, Exception):
                    raise handed
                receipt = take_in(workshop, handed, name, purpose, by)
            except (NoRoom, TooManyWait):
                raise
            except (Refusal, Unreadable) as error:
                _refuse(tally, str(error))
            except OSError as error:
                _refuse(tally, f"{name}: không đọc được từ ổ đĩa ({error.strerror}). Đề nghị kiểm tra quyền truy cập và ổ đĩa.")
            else:
                _given(workshop, tally, receipt)


def _given(workshop: Workshop, tally: Tally, receipt: Receipt) -> None:
    """Print a receipt; its job waits, unless the same bytes were filed before."""
    job = _job_of(workshop, receipt.id)
    again = f"; cùng nội dung với biên nhận {receipt.duplicate_of}, không thêm văn bản mới" if receipt.duplicate_of else ""
    typer.echo(f"Biên nhận {receipt.id}: {receipt.name}{again}")
    if job.state == "done":
        tally.known += 1
    else:
        tally.waiting.add(job.id)


def _refuse(tally: Tally, sentence: str) -> None:
    tally.failed += 1
    complain(sentence)


def _job_of(workshop: Workshop, receipt: int) -> Job:
    """Find the job of a receipt that was given just now."""
    with look(workshop.engine) as session:
        return next(job for job in ledger.jobs(session, seen_by=PIPELINE) if job.receipt_id == receipt)


def read_through(workshop: Workshop, tally: Tally) -> None:
    """Read all jobs of a tally, with a progress bar on a screen."""
    with _meter(len(tally.waiting)) as meter:

        def on_progress(job: Job) -> None:
            meter.moved(job)
            _note(workshop, job, tally)

        drain(workshop, on_progress, tally.waiting.copy())


def _note(workshop: Workshop, job: Job, tally: Tally) -> None:
    """Write what became of a job that ended."""
    if job.state in {"failed", "dead"}:
        _refuse(tally, job.error if job.error and job.name in job.error else f"{job.name}: {job.error or 'không đọc được.'}")
    elif job.state == "cancelled":
        _refuse(tally, f"{job.name}: đã hủy trên trang làm việc trước khi đọc; tệp gốc vẫn được lưu.")
    elif job.state == "done":
        tally.filed += 1
        for sentence in _became(workshop, job):
            typer.echo(sentence)
    else:
        return
    tally.waiting.discard(job.id)


def _became(workshop: Workshop, job: Job) -> Iterator[str]:
    """Yield the documents that a job became; what a person should look at in them is complained of."""
    from api.print import document_line
    from store.documents import document

    if len(job.document_ids) > 1:
        yield f"  {job.name}: tách thành {len(job.document_ids)} văn bản"
    with look(workshop.engine) as session:
        for each in job.document_ids:
            view = document(session, each, home=workshop.settings.home, as_of=today(), seen_by=PIPELINE)
            pages = f", {of_file(view.file_pages).lower()}" if view.same_file and view.file_pages else ""
            yield f"  {job.name}{pages} → {document_line(view.line)}"
            if lacks := _lacks(view):
                complain(f"{job.name}: {' '.join(lacks)} Văn bản vẫn được lưu, chờ đối chiếu.")


def _lacks(view: DocumentView) -> list[str]:
    """Say what a document lacks that hardly any is without."""
    lacks = [f"Trang {page.number} không có chữ đọc được." for page in view.pages if not page.text.strip()]
    if view.line.number is None and view.line.issued_on is None:
        lacks.append("Chưa thấy số và ngày của văn bản.")
    return lacks


def _meter(files: int) -> AbstractContextManager[Meter]:
    if not sys.stderr.isatty():
        return nullcontext(Silence())
    from api.meter import Bars

    return Bars(files)


class Silence:
    """Shows nothing: the output is no screen."""

    def moved(self, job: Job) -> None:
        """Take no notice."""
