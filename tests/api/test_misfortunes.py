"""Whatever befalls disk, database, clock or worker: a receipt is a document filed exactly once, and nothing else is filed."""

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from api.child import Child, Read, Understood
from api.pipeline import open_workshop, take_in, work_one
from api.settings import Settings
from ingest.read import assemble, open_source
from ingest.transcript import Page
from nlp.directive import Directive
from store import ledger, originals, transcripts
from store.answers import Viewer
from store.database import begin, look
from store.documents import documents

ROOT = Path(__file__).parents[2]
ALL = Viewer("test")
LETTER = "UBND XÃ THỬ\nSố: 7/UBND-VP\nThử, ngày 05 tháng 01 năm 2026\nKính gửi: Các thôn.\nĐề nghị báo cáo trước ngày 20/01/2026.\n"


class Reads:
    """Has read the letter; during is done while it reads."""

    def __init__(self, transcript_id, during=lambda: None):
        self.answer, self.during = Read(transcript_id, (Understood((1,), Directive(family="state")),)), during

    def ready(self):
        """Be ready."""

    def read(self, *_, **__):
        """Answer."""
        self.during()
        return self.answer

    def kill(self, reason=None):
        """Nothing runs."""


@pytest.fixture
def letter(tmp_path):
    """A letter as a text file."""
    path = tmp_path / "cv.txt"
    path.write_text(LETTER, "utf-8")
    return path


def read_it(workshop, letter, during=lambda: None):
    """Read what waits next, as a worker does."""
    home, source = workshop.settings.home, open_source(letter, letter.name)
    transcripts.keep_page(home, source.id, Page(1, 0, 0, LETTER))
    transcripts.keep_head(home, assemble(source, ()))
    return work_one(workshop, "A", Reads(source.id, during))


def hand_in(workshop, path):
    """Hand in a file."""
    return take_in(workshop, path, path.name, "daily", "thử")


def stands(workshop):
    """Give the states of the jobs, the newest first, and the number of documents."""
    with look(workshop.engine) as session:
        return [job.state for job in ledger.jobs(session, seen_by=ALL)], len(documents(session, seen_by=ALL))


@contextmanager
def disk_full(room):
    """Let the system refuse to write any file beyond so many bytes."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


@pytest.mark.parametrize(("what", "room", "error"), [("the original", 10, OSError), ("the database", 4096, OperationalError)])
def test_a_full_disk_gives_no_receipt(workshop, letter, what, room, error):
    """Where the bytes or the row find no room there is no receipt and no job; with room again the same file is taken in and filed."""
    with disk_full(room), pytest.raises(error):
        hand_in(workshop, letter)
    assert stands(workshop) == ([], 0), what
    assert not list((workshop.settings.home / "originals" / "incoming").iterdir())
    hand_in(workshop, letter)
    assert read_it(workshop, letter)
    assert stands(workshop) == (["done"], 1)


def test_a_disk_that_fills_up_while_a_file_is_read_loses_nothing(workshop, letter):
    """What was read finds no room in the database: the job stays taken until its lease runs out, and is then filed once."""
    workshop = type(workshop)(workshop.settings.model_copy(update={"lease_seconds": 0.2}), workshop.engine)
    hand_in(workshop, letter)
    with disk_full(resource.RLIM_INFINITY), pytest.raises(OperationalError):
        read_it(workshop, letter, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY)))
    assert stands(workshop) == (["reading"], 0)
    time.sleep(0.3)
    assert read_it(workshop, letter)
    assert stands(workshop) == (["done"], 1)


def test_a_share_that_is_away_spends_no_attempt(workshop, letter):
    """Where the folder of the originals is not mounted nothing is taken up; it is read when the folder is back."""
    hand_in(workshop, letter)
    folder = workshop.settings.home / "originals"
    folder.rename(folder.with_name("away"))
    for _ in range(4):
        with pytest.raises(FileNotFoundError):
            work_one(workshop, "A", Reads("none"))
    assert stands(workshop) == (["waiting"], 0)
    folder.with_name("away").rename(folder)
    assert read_it(workshop, letter)
    assert stands(workshop) == (["done"], 1)


def test_a_database_that_is_locked_is_waited_for(workshop, letter):
    """Another program holds the database for a moment: the receipt comes after it."""
    locked = threading.Event()

    def hold():
        with begin(workshop.engine) as session:
            session.connection()
            locked.set()
            time.sleep(0.5)

    holder = threading.Thread(target=hold)
    holder.start()
    locked.wait()
    assert hand_in(workshop, letter).id == 1
    holder.join()


def test_a_database_that_stays_locked_gives_no_receipt(workshop, letter):
    """Who cannot write within the wait gets an error and no receipt; later the file is taken in and filed once."""
    impatient = open_workshop(Settings(home=workshop.settings.home))
    event.listen(impatient.engine, "connect", lambda raw, _: raw.execute("PRAGMA busy_timeout=50").close())
    impatient.engine.dispose()
    with begin(workshop.engine) as session:
        session.connection()
        with pytest.raises(OperationalError, match="locked"):
            hand_in(impatient, letter)
    assert stands(workshop) == ([], 0)
    hand_in(impatient, letter)
    assert read_it(impatient, letter)
    assert stands(workshop) == (["done"], 1)
    impatient.engine.dispose()


KILLER = 'import sys, os\nprint(\'{"is": "ready"}\', flush=True)\nfor line in sys.stdin: os.kill(os.getpid(), 9)\n'


def test_a_file_that_kills_its_reader_lets_the_others_pass(workshop, letter, tmp_path):
    """A process that dies of a file dies three times; the file is kept and named, and the next one is filed."""
    hand_in(workshop, letter)
    child = Child(workshop.settings, [sys.executable, "-c", KILLER])
    assert [work_one(workshop, "A", child) for _ in range(3)] == [True] * 3
    child.close()
    other = tmp_path / "hai.txt"
    other.write_text(LETTER.replace("7/", "8/"), "utf-8")
    hand_in(workshop, other)
    assert read_it(workshop, other)
    assert stands(workshop) == (["done", "dead"], 1)
    with look(workshop.engine) as session:
        dead = ledger.job(session, 1, seen_by=ALL)
    assert (dead.attempts, "có thể thử đọc lại" in dead.error) == (3, True)
    originals.check(workshop.settings.home, dead.sha256)


@pytest.mark.slow
def test_a_worker_that_hangs_is_replaced(workshop, letter):
    """A worker stands still in the midst of a file: when its lease is over another files it; awake again, the first files nothing."""
    hand_in(workshop, letter)
    settings = Settings(home=workshop.settings.home, lease_seconds=1)
    environment = os.environ | {"VANTHU_HOME": str(settings.home), "VANTHU_LEASE_SECONDS": "1", "VANTHU_PROCESSES": "1"}
    command = [sys.executable, "-c", "from api.cli import main; main()", "worker"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as hung:
        while stands(workshop)[0] == ["waiting"]:
            assert hung.poll() is None
            time.sleep(0.002)
        hung.send_signal(signal.SIGSTOP)
        time.sleep(1.5)
        worker = open_workshop(settings)
        read_it(worker, letter)
        worker.engine.dispose()
        assert stands(workshop) == (["done"], 1)
        hung.send_signal(signal.SIGCONT)
        time.sleep(1)
        hung.terminate()
    assert stands(workshop) == (["done"], 1)
