"""Scrubbing finds whatever is missing, changed, stray or stuck, and nothing in a store that is whole."""

import os
from datetime import timedelta

import pytest

from ingest.transcript import Page, Transcript
from store import ledger, originals, transcripts
from store.database import begin
from store.scrub import scrub
from store.tables import DocumentRow, JobRow
from tests.store.making import NOW, directive, put


@pytest.fixture
def home(tmp_path, engine):
    """A home with one original, its job, its document and what was read of it."""
    letter = tmp_path / "thu.txt"
    letter.write_bytes(b"mot la thu")
    kept = originals.keep(tmp_path, letter)
    page = Page(1, 595, 842, "một lá thư")
    transcripts.keep_page(tmp_path, "doc-1", page)
    transcripts.keep_head(tmp_path, Transcript("doc-1", "thu.txt", "text/plain", (page,)))
    with begin(engine) as session:
        ledger.receive(session, name="thu.txt", sha256=kept.sha256, size=kept.size, purpose="daily", received_by="An", now=NOW)
        document = session.get(DocumentRow, put(session, directive("1-CV/HU", "05/01/2026")))
        document.sha256, document.transcript_id, document.last_page = kept.sha256, "doc-1", 1
    return tmp_path


def faults(engine, home):
    """Give kind and sentence of each fault."""
    with begin(engine) as session:
        return [(fault.kind, fault.sentence) for fault in scrub(session, home, now=NOW + timedelta(days=365))]


def test_a_store_that_is_whole_has_no_fault(home, engine):
    """What is there and named is right."""
    assert faults(engine, home) == []


def gone(home, _):
    next((home / "originals").glob("*/*")).unlink()


def changed(home, _):
    path = next((home / "originals").glob("*/*"))
    path.chmod(0o644)
    path.write_bytes(b"khac")


def retold(_, engine):
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_no_update")
        connection.exec_driver_sql("UPDATE audit SET who = 'Chi' WHERE id = 1")


def no_head(home, _):
    next((home / "transcripts").rglob("head.z")).unlink()


def bad_head(home, _):
    next((home / "transcripts").rglob("head.z")).write_bytes(b"khong nen")


def no_page(home, _):
    next((home / "transcripts").rglob("page-*.z")).unlink()


def stray(home, _):
    path = home / "originals" / "00" / ("0" * 64)
    path.parent.mkdir()
    path.write_bytes(b"x")
    os.utime(path, (0, 0))


def left(_, engine):
    with begin(engine) as session:
        job = session.query(JobRow).one()
        job.state, job.lease_until, job.owner = "reading", NOW, "máy khác"


def dead(_, engine):
    with begin(engine) as session:
        job = session.query(JobRow).one()
        job.state, job.error = "dead", ledger.KILLED


@pytest.mark.parametrize(
    ("harm", "kind", "words"),
    [
        (gone, "lost", "không còn trong kho"),
        (changed, "lost", "đã bị thay đổi"),
        (retold, "lost", "Dòng 1 của nhật ký đã bị sửa"),
        (no_head, "unread", "phần đã đọc không còn"),
        (bad_head, "unread", "bị hỏng"),
        (no_page, "unread", "thiếu trang 1"),
        (stray, "stray", "originals/00/"),
        (left, "stuck", "bỏ dở"),
        (dead, "stuck", "đã dừng"),
    ],
)
def test_each_harm_is_named(home, engine, harm, kind, words):
    """One harm, one fault."""
    harm(home, engine)
    ((found, sentence),) = faults(engine, home)
    assert found == kind and words in sentence
