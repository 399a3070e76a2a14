"""A file that has a receipt ends as a document or as a named failure, whatever happens to those who read it."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from api.child import Died, Read, Refused, Stopped, Understood
from api.errors import NUMBERS, BadSettings, NoRoom, NoSuchFile, Refusal, TooManyBytes, exit_code, status
from api.pipeline import open_workshop, plain_name, take_in, work_one
from api.settings import Settings, load_settings
from api.worker import is_gone, reconcile, whoami
from ingest.errors import EmptyFile, Unreadable
from ingest.read import open_source
from ingest.transcript import Page
from nlp.directive import Directive
from store import ledger, originals, transcripts
from store.answers import Viewer
from store.database import begin, look
from store.documents import documents
from store.errors import NotFound, StoreError

ROOT = Path(__file__).parents[2]
ALL = Viewer("test")
LETTER = "UBND XÃ THỬ\nSố: 7/UBND-VP\nThử, ngày 05 tháng 01 năm 2026\nKính gửi: Các thôn.\nĐề nghị báo cáo trước ngày 20/01/2026.\n"


@pytest.fixture
def workshop(tmp_path):
    """A store of its own."""
    workshop = open_workshop(Settings(home=tmp_path / "home", processes=1))
    yield workshop
    workshop.engine.dispose()


@pytest.fixture
def letter(tmp_path):
    """A letter as a text file."""
    path = tmp_path / "cv.txt"
    path.write_text(LETTER, "utf-8")
    return path


class FakeChild:
    """Reads nothing: answers, or raises, what it was made with; during is done while it reads."""

    def __init__(self, answer, during=lambda: None):
        self.answer, self.during = answer, during

    def ready(self):
        """Be ready."""

    def read(self, *_, **__):
        """Answer."""
        self.during()
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def kill(self, reason=None):
        """Nothing runs."""


def only_job(workshop):
    """Give the one job of the ledger."""
    with look(workshop.engine) as session:
        (job,) = ledger.jobs(session, seen_by=ALL)
    return job


def held(workshop):
    """Give the documents that are held."""
    with look(workshop.engine) as session:
        return documents(session, seen_by=ALL)


def take(workshop, path, name="cv.txt"):
    """Hand in a file."""
    return take_in(workshop, path, name, "daily", "thử")


# Taking in


def test_a_receipt_stands_for_kept_bytes(workshop, letter):
    """When take_in returns, the bytes are kept, the job waits, and the bell has rung."""
    receipt = take(workshop, letter)
    assert originals.path_of(workshop.settings.home, receipt.sha256).read_text("utf-8") == LETTER
    assert only_job(workshop).state == "waiting"
    assert workshop.bell.is_set()


@pytest.mark.parametrize(
    ("shown", "name"),
    [
        ("cv.pdf", "cv.pdf"),
        ("Công văn số 7.pdf", "Công văn số 7.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\scan\\a.pdf", "a.pdf"),
        ("a\x1b[31m\nb.pdf", "a [31m b.pdf"),
        ("/", "không tên"),
        ("", "không tên"),
        ("công.txt", "công.txt"),
        (os.fsdecode(b"a\xff.txt"), "a\ufffd.txt"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_name_is_only_shown(name, shown):
    """A name keeps no folder, no control character and no bytes that are no text."""
    assert plain_name(shown) == name


def test_what_is_no_file_is_refused(workshop, tmp_path):
    """A folder or a missing path gives no receipt."""
    with pytest.raises(NoSuchFile, match="khong-co"):
        take(workshop, tmp_path / "khong-co", "khong-co")
    with pytest.raises(NoSuchFile):
        take(workshop, tmp_path)


def test_too_many_bytes_are_refused(tmp_path, letter):
    """A file over the limit is refused before it is copied."""
    workshop = open_workshop(Settings(home=tmp_path / "home", max_bytes=10))
    with pytest.raises(TooManyBytes, match=r"cv\.txt có dung lượng"):
        take(workshop, letter)
    assert not (tmp_path / "home" / "originals").exists()
    workshop.engine.dispose()


def test_a_nearly_full_disk_takes_nothing_in(tmp_path, letter):
    """Intake stops while there is still room for the rest of the program."""
    workshop = open_workshop(Settings(home=tmp_path / "home", free_mb=1 << 40))
    with pytest.raises(NoRoom, match="sắp hết dung lượng"):
        take(workshop, letter)
    workshop.engine.dispose()


# Working


def test_a_letter_becomes_a_document(workshop, letter):
    """A real child reads the file; then nothing waits."""
    take(workshop, letter)
    assert work_one(workshop, "A")
    job = only_job(workshop)
    assert (job.state, job.pages_done, job.pages, job.error) == ("done", 1, 1, None)
    assert [line.number for line in held(workshop)] == ["7/UBND-VP"]
    assert not work_one(workshop, "A")


def test_an_empty_file_is_named_and_not_tried_again(workshop, tmp_path):
    """What cannot be read fails with its sentence; nothing is filed."""
    (tmp_path / "rong.pdf").touch()
    take(workshop, tmp_path / "rong.pdf", "rong.pdf")
    assert work_one(workshop, "A")
    job = only_job(workshop)
    assert (job.state, job.error) == ("failed", str(EmptyFile("rong.pdf")))
    assert not work_one(workshop, "A")
    assert held(workshop) == ()


def test_a_file_that_kills_its_reader_three_times_is_dead(workshop, letter):
    """Each death spends an attempt; after the third the job is dead, with the reason."""
    take(workshop, letter)
    child = FakeChild(Died("máy thiếu bộ nhớ"))
    assert [work_one(workshop, "A", child) for _ in range(4)] == [True, True, True, False]
    job = only_job(workshop)
    assert (job.state, job.attempts) == ("dead", 3)
    assert "máy thiếu bộ nhớ" in job.error


def test_a_worker_that_is_stopped_spends_no_attempt(workshop, letter):
    """A job whose worker was told to stop waits as if it had never been taken."""
    take(workshop, letter)
    with pytest.raises(Stopped):
        work_one(workshop, "A", FakeChild(Stopped()))
    assert (only_job(workshop).state, only_job(workshop).attempts) == ("waiting", 0)


def test_a_refusal_is_the_end(workshop, letter):
    """A sentence of the reader is the job's error."""
    take(workshop, letter)
    work_one(workshop, "A", FakeChild(Refused("cv.txt có mật khẩu.")))
    assert (only_job(workshop).state, only_job(workshop).error) == ("failed", "cv.txt có mật khẩu.")


def test_a_worker_that_lost_its_lease_files_nothing(workshop, letter):
    """What a late worker read is rolled back: another has the job."""
    take(workshop, letter)
    keep_transcript(workshop, letter, LETTER)

    def another_takes_it():
        later = datetime(2100, 1, 1, tzinfo=UTC)
        with begin(workshop.engine) as session:
            ledger.claim(session, owner="B", now=later, lease_s=60)

    answer = Read(open_source(letter, "cv.txt").id, (Understood((1,), Directive(family="state")),))
    assert work_one(workshop, "A", FakeChild(answer, another_takes_it))
    assert held(workshop) == ()
    assert (only_job(workshop).state, only_job(workshop).attempts) == ("reading", 2)


def test_what_cannot_be_filed_is_handed_back(workshop, letter):
    """An error while filing is the program's own: it is raised, and the job waits with one attempt spent."""
    take(workshop, letter)
    with pytest.raises(NotFound):
        work_one(workshop, "A", FakeChild(Read("khong-co", (Understood((1,), Directive(family="state")),))))
    job = only_job(workshop)
    assert (job.state, job.attempts) == ("waiting", 1)
    assert "chưa ghi được" in job.error


def keep_transcript(workshop, path, text):
    """Keep page and head of a file as if it had been read as text."""
    home, source = workshop.settings.home, open_source(path, path.name)
    transcripts.keep_page(home, source.id, Page(1, 0, 0, text))
    from ingest.read import assemble

    transcripts.keep_head(home, assemble(source, ()))


def test_pages_that_are_kept_are_not_read_again(workshop, letter):
    """A restart goes on where it was: the page that an earlier attempt kept stands."""
    keep_transcript(workshop, letter, LETTER.replace("7/UBND", "8/UBND"))
    take(workshop, letter)
    work_one(workshop, "A")
    assert [line.number for line in held(workshop)] == ["8/UBND-VP"]


def whoever():
    """Give the name of a worker whose process has ended."""
    script = "from api.worker import whoami; print(whoami())"
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT).stdout.strip()


@pytest.mark.parametrize(("taken", "who"), [(True, whoever), (False, whoami), (False, lambda: "another-machine/1/2"), (False, lambda: "A")])
def test_jobs_of_a_worker_that_is_gone_are_taken_up_at_once(workshop, letter, taken, who):
    """A lease is ended when its owner's process no longer lives, and only then; of other machines nothing is known."""
    owner = f"{who()}/0"
    take(workshop, letter)
    for claims in (owner, "B"):
        reconcile(workshop)
        with begin(workshop.engine) as session:
            job = ledger.claim(session, owner=claims, now=datetime.now(UTC), lease_s=600)
    assert (job is not None) == taken == is_gone(owner)


def test_a_job_that_is_there_whenever_workers_die_pays_in_the_end(workshop, letter):
    """Ten workers may be killed from outside while they hold a job; one that outlasts them all is dead, and says so."""
    owner = f"{whoever()}/0"
    take(workshop, letter)
    claims = 0
    while only_job(workshop).state != "dead" and claims < 99:
        with begin(workshop.engine) as session:
            claims += ledger.claim(session, owner=owner, now=datetime.now(UTC), lease_s=600) is not None
        reconcile(workshop)
    assert claims == 13
    assert only_job(workshop).error == "Chương trình bị tắt khi đang đọc tệp này, lần thứ 13."


# Errors and settings


def subclasses(kind):
    """Give a class and all below it."""
    return {kind}.union(*(subclasses(below) for below in kind.__subclasses__()))


@pytest.mark.parametrize(
    "kind", sorted(subclasses(Unreadable) | subclasses(Refusal) | subclasses(StoreError), key=lambda kind: kind.__name__)
)
def test_every_error_of_the_rooms_has_its_numbers(kind):
    """No error of our own is answered with the numbers of the unknown."""
    error = kind.__new__(kind)
    assert exit_code(error) not in (0, 1)
    assert any(base in NUMBERS for base in kind.__mro__)
    assert status(error) >= 400


def test_the_environment_sets_and_a_bad_value_is_named(tmp_path, monkeypatch):
    """VANTHU_ settings are read; one that cannot be used is named."""
    monkeypatch.setenv("VANTHU_HOME", str(tmp_path / "kho"))
    assert load_settings().database == f"sqlite:///{tmp_path / 'kho' / 'vanthu.db'}"
    monkeypatch.setenv("VANTHU_PROCESSES", "nhiều")
    with pytest.raises(BadSettings, match="VANTHU_PROCESSES=nhiều"):
        load_settings()
