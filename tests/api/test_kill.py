"""Nothing is lost and nothing is doubled when the program is killed at any moment."""

import os
import random
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from api.pipeline import open_workshop
from api.settings import Settings
from store import ledger
from store.answers import Viewer
from store.database import look
from store.scrub import scrub
from store.tables import DocumentRow
from tests.api.storm import LETTER, Crew, free_port, rage
from tests.store.test_postgresql import server

ALL = Viewer("test")
FILES = int(os.environ.get("KILL_FILES") or 24)
KILLS = int(os.environ.get("KILLS") or 3)
CLIENTS = 8


@contextmanager
def databases(kind, folder):
    """Yield the address of an empty database: the SQLite file of the home, or one on a server of PostgreSQL."""
    if kind == "sqlite":
        yield ""
        return
    with server(folder) as address:
        yield address


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "workers"), [("sqlite", 0), ("postgresql", 2)])
def test_every_receipt_is_a_document_exactly_once(kind, workers, tmp_path):
    """Files are handed in while server and workers are killed at any moment: each receipt ends as one document, and nothing else is."""
    seed = int(os.environ.get("KILL_SEED") or random.SystemRandom().randrange(1 << 30))
    print(f"seed {seed}")
    port, home = free_port(), tmp_path / "home"
    words = [["serve", "--port", str(port)], *[["worker"]] * workers]
    with tempfile.TemporaryDirectory(prefix="vanthu-", ignore_cleanup_errors=True) as folder, databases(kind, Path(folder)) as database:
        settings = Settings(home=home, database=database)
        workshop = open_workshop(settings)
        with Crew(home, database, words, random.Random(seed)) as crew:
            receipts = rage(crew, port, files=FILES, kills=KILLS, clients=CLIENTS)
            wait_until_read(workshop, crew)
        assert crew.deaths >= KILLS
        verdict(workshop, receipts)
        workshop.engine.dispose()
    print(f"{kind}: {len(receipts)} receipts, {crew.deaths} deaths")


def wait_until_read(workshop, crew):
    """Wait until nothing waits; nobody is killed any more."""
    ends = time.monotonic() + 60 + FILES
    while time.monotonic() < ends:
        crew.revive(doomed=False)
        with look(workshop.engine) as session:
            count = ledger.counts(session, seen_by=ALL)
        if not count["waiting"] + count["reading"]:
            return
        time.sleep(0.5)
    raise AssertionError(f"not read to the end: {count}")


def verdict(workshop, receipts):
    """Hold the store against the receipts that the clients have."""
    with look(workshop.engine) as session:
        jobs = ledger.jobs(session, seen_by=ALL, limit=10 * FILES)
        held = list(session.execute(select(DocumentRow.id, DocumentRow.sha256).where(DocumentRow.held)))
        faults = [fault for fault in scrub(session, workshop.settings.home, now=datetime.now(UTC)) if fault.kind != "stray"]
    assert {job.state for job in jobs} == {"done"}, [job for job in jobs if job.state != "done"]
    written = {job.receipt_id: job for job in jobs}
    assert len(receipts) == FILES
    for name, receipt in receipts.items():
        assert (written[receipt["id"]].name, written[receipt["id"]].sha256) == (name, receipt["sha256"])
    assert all(len(job.document_ids) == 1 for job in jobs)
    assert {(job.document_ids[0], job.sha256) for job in jobs} == {(row.id, row.sha256) for row in held}
    assert len(held) == len({row.sha256 for row in held}) == FILES
    assert faults == []


@pytest.mark.slow
def test_a_killed_parent_leaves_no_child(tmp_path):
    """The reading child ends when the program that started it is killed."""
    (tmp_path / "a.txt").write_text(LETTER.format(n=1), "utf-8")
    process = subprocess.Popen([sys.executable, "-c", CHILD_AND_WAIT, str(tmp_path / "home")], stdout=subprocess.PIPE, text=True)
    child = int(process.stdout.readline())
    process.kill()
    process.communicate()
    for _ in range(50):
        if not is_running(child):
            return
        time.sleep(0.1)
    raise AssertionError("the child outlives its parent")


CHILD_AND_WAIT = """
import sys, time
from pathlib import Path
from api.child import Child
from api.settings import Settings
print(Child(Settings(home=Path(sys.argv[1]))).ready().pid, flush=True)
time.sleep(60)
"""


def is_running(process):
    """Say whether a process lives and is no zombie."""
    try:
        return Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
