"""The way of a file from a person's hand to the graph: the one place where all rooms meet.

take_in: bytes synced, receipt committed. work_one: claim, read in a child, file and finish in one transaction.
"""

import os
import shutil
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Event

import structlog
from sqlalchemy import Engine
from structlog.contextvars import bound_contextvars

from api.child import Child, Died, Read, Refused, Stopped
from api.errors import Buried, NoRoom, NoSuchFile, TooManyBytes, TooManyWait
from api.hold import Hold, Strings
from api.pulse import Pulse
from api.settings import Settings
from store import handback, ledger, originals, purging, quarantine
from store.answers import Job, Purpose, Receipt, Viewer
from store.database import begin, look, migrate, moment, open_database

PIPELINE = Viewer("vanthu")
NAME_LENGTH = 200  # characters of a file's name that are kept

log = structlog.get_logger()


class LeaseLost(Exception):  # noqa: N818 - a plain word says it
    """Another worker has the job; what this one filed is rolled back."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What every way in works with: the settings, the database, a bell that rings when something was handed in, a pulse."""

    settings: Settings
    engine: Engine
    bell: Event = field(default_factory=Event)
    pulse: Pulse = field(default_factory=Pulse)


def open_workshop(settings: Settings) -> Workshop:
    """Open the store, making or updating it where needed."""
    settings.home.mkdir(parents=True, exist_ok=True)
    engine = open_database(settings.database)
    migrate(engine)
    return Workshop(settings, engine)


def is_new(settings: Settings) -> bool:
    """Say whether there is no store yet: its SQLite file is not there."""
    return settings.database.startswith("sqlite:///") and not Path(settings.database.removeprefix("sqlite:///")).exists()


def take_in(workshop: Workshop, path: Path, name: str, purpose: Purpose, by: str) -> Receipt:
    """Keep the bytes of a file and give the receipt: both are on the disk when it returns.

    Raises NoSuchFile, TooManyBytes, NoRoom, TooManyWait, Buried; OSError when the disk refuses.
    """
    name = plain_name(name)
    if not path.is_file():
        raise NoSuchFile(name)
    check_size(workshop.settings, name, path.stat().st_size)
    _check_queue(workshop)
    original = originals.keep(workshop.settings.home, path)
    with begin(workshop.engine) as session:
        stone = purging.buried(session, original.sha256)
        if stone is not None:
            original.path.unlink(missing_ok=True)
            raise Buried(purging.sentence(stone))
        receipt = ledger.receive(
            session, name=name, sha256=original.sha256, size=original.size, purpose=purpose, received_by=by, now=moment(session)
        )  # fmt: skip
    workshop.bell.set()
    return receipt


def plain_name(name: str) -> str:
    """Give a file's name as it can be shown: composed, without folders, control characters or bytes that are no text."""
    text = unicodedata.normalize("NFC", os.fsencode(name).decode(errors="replace"))
    text = "".join(letter if letter.isprintable() else " " for letter in text.replace("\\", "/").rpartition("/")[2])
    return text.strip()[-NAME_LENGTH:] or "không tên"


def check_size(settings: Settings, name: str, size: int) -> None:
    """Raise TooManyBytes for a file of more bytes than are taken in, NoRoom where the disk would be nearly full with it."""
    if size > settings.max_bytes:
        raise TooManyBytes(name, size, settings.max_bytes)
    if shutil.disk_usage(settings.home).free < size + (settings.free_mb << 20):
        raise NoRoom


def _check_queue(workshop: Workshop) -> None:
    """Raise TooManyWait where more files wait than may: what is taken in faster than it is read must not fill the disk unseen."""
    with look(workshop.engine) as session:
        found = ledger.waiting(session)
    if found >= workshop.settings.max_waiting:
        raise TooManyWait(found)


def work_one(workshop: Workshop, owner: str, child: Child | None = None) -> bool:
    """Take the next job from the ledger and see it through; False when none waits.

    child reads the file; without one, one is started for this job alone. Raises Stopped when the child was closed
    meanwhile, NoEngines when it does not start at all, FileNotFoundError where the folder of the originals is away (a share that is not
    mounted): no file is to blame for that.
    """
    if not _busy(workshop):
        return False
    (workshop.settings.home / "originals").stat()
    mine = child or Child(workshop.settings)
    try:
        mine.ready()
        with begin(workshop.engine) as session:
            job = ledger.claim(session, owner=owner, now=moment(session), lease_s=workshop.settings.lease_seconds)
        if job is not None:
            with bound_contextvars(job=job.id, attempt=job.attempts):
                _tell(workshop, job, partial(_see_through, workshop, job, owner, mine))
    finally:
        if child is None:
            mine.close()
    return job is not None


def _tell(workshop: Workshop, job: Job, do: Callable[[], None]) -> None:
    """See a job through, and write down how long that took and what became of it."""
    began = time.monotonic()
    log.info("job begins")
    try:
        do()
    finally:
        with look(workshop.engine) as session:
            found = ledger.job(session, job.id, seen_by=PIPELINE)
        log.info("job ends", state=found.state, pages=found.pages_done, s=round(time.monotonic() - began, 2))


def _see_through(workshop: Workshop, job: Job, owner: str, child: Child) -> None:
    give_back = partial(_give_back, workshop, job, owner)
    try:
        answer = _read(workshop, job, owner, child)
    except Died as death:
        give_back(f"Đọc dở thì dừng: {death}. Tệp gốc vẫn được lưu; có thể thử đọc lại.")
        return
    except Stopped:
        give_back(None)
        raise
    if isinstance(answer, Refused):
        with begin(workshop.engine) as session:
            ledger.fail(session, job.id, owner=owner, attempt=job.attempts, error=answer.why)
        return
    mark = _mark(workshop, job, answer)
    if mark is not None:
        _set_apart(workshop, job, owner, answer, mark)
        return
    try:
        _file(workshop, job, owner, answer)
    except LeaseLost:
        return
    except Exception:
        give_back("Đọc xong nhưng chưa ghi được vào kho. Tệp gốc vẫn được lưu; có thể thử đọc lại.")
        raise


def _read(workshop: Workshop, job: Job, owner: str, child: Child) -> Read | Refused:
    def renew() -> bool:
        with begin(workshop.engine) as session:
            lease = workshop.settings.lease_seconds
            return ledger.renew(session, job.id, owner=owner, attempt=job.attempts, now=moment(session), lease_s=lease)

    def write(done: int, pages: int | None) -> None:
        with begin(workshop.engine) as session:
            ledger.progress(session, job.id, pages_done=done, pages=pages)

    settings = workshop.settings
    hold = Hold(Strings(renew, write, child.kill), renew_every=settings.lease_seconds / 3, silence=settings.page_seconds)
    with hold:
        return child.read(originals.path_of(settings.home, job.sha256), job.name, hold.heard, processes=_share(workshop))


def _share(workshop: Workshop) -> int:
    """Give the processes that one file may use: all of them when it is alone, fewer when others are read beside it."""
    return max(1, workshop.settings.processes // max(1, _busy(workshop)))


def _busy(workshop: Workshop) -> int:
    """Count the jobs that are not at their end."""
    with look(workshop.engine) as session:
        counts = ledger.counts(session, seen_by=PIPELINE)
    return counts["waiting"] + counts["reading"]


def _file(workshop: Workshop, job: Job, owner: str, answer: Read) -> None:
    """File what was read and finish the job in one transaction: documents and their job cannot disagree."""
    from nlp.rules import rules_mark
    from nlp.split import part_of
    from store.filing import file_all
    from store.transcripts import load

    transcript = load(workshop.settings.home, answer.transcript_id)
    parts = [(part_of(transcript, one.pages), one.directive) for one in answer.documents]
    with begin(workshop.engine) as session:
        documents = file_all(session, sha256=job.sha256, parts=parts, purpose=job.purpose, now=moment(session), rules=rules_mark())
        ledger.progress(session, job.id, pages_done=len(transcript.pages), pages=len(transcript.pages))
        if not ledger.finish(session, job.id, owner=owner, attempt=job.attempts, document_ids=documents):
            raise LeaseLost


def _mark(workshop: Workshop, job: Job, answer: Read) -> str | None:
    """Give the mark of secrecy for which a file may not be held; None where it bears none, or the office or a person decided to hold it."""
    if workshop.settings.secrecy == "keep":
        return None
    mark = next((one.directive.secrecy.value for one in answer.documents if one.directive.secrecy is not None), None)
    with look(workshop.engine) as session:
        return None if mark is None or quarantine.is_filed(session, job.sha256) else mark


def _set_apart(workshop: Workshop, job: Job, owner: str, answer: Read, mark: str) -> None:
    """Move a secret file out of the store; what was read of it goes."""
    with begin(workshop.engine) as session:
        quarantine.set_apart(session, job, owner=owner, mark=mark, transcript_id=answer.transcript_id, now=moment(session))
    clear_out(workshop)


def clear_out(workshop: Workshop) -> None:
    """Move out what was set apart and remove what was deleted, and what a crash left when it was."""
    with look(workshop.engine) as session:
        quarantine.clear_out(session, workshop.settings.home, workshop.settings.quarantine)  # first: its bytes are moved, not removed
        purging.clear_out(session, workshop.settings.home, workshop.settings.tombstones)


def _give_back(workshop: Workshop, job: Job, owner: str, error: str | None) -> None:
    with begin(workshop.engine) as session:
        handback.hand_back(session, job.id, owner=owner, attempt=job.attempts, error=error)
