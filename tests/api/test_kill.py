"""Nothing is lost and nothing is doubled when the program is killed at any moment."""

import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from api.pipeline import open_workshop
from api.settings import Settings
from store import ledger
from store.answers import Viewer
from store.database import look
from store.documents import documents

ALL = Viewer("test")
VANTHU = [sys.executable, "-c", "from api.cli import main; main()"]
FILES = int(os.environ.get("KILL_FILES", "24"))
KILLS = int(os.environ.get("KILLS", "4"))
LETTER = "UBND XÃ THỬ\nSố: {n}/UBND-VP\nThử, ngày 05 tháng 01 năm 2026\nKính gửi: Các thôn.\nĐề nghị báo cáo trước ngày 20/01/2026.\n"


def run(home, paths, seconds):
    """Ingest paths (none: what waits) and kill it after so many seconds; give the names it gave receipts for."""
    environment = os.environ | {"VANTHU_HOME": str(home), "VANTHU_PROCESSES": "2"}
    process = subprocess.Popen([*VANTHU, "ingest", *paths], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        output, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        output, _ = process.communicate()
    return re.findall(r"^Biên nhận \d+: (\S+\.txt)", output.decode(), re.MULTILINE)


@pytest.mark.slow
def test_every_receipt_is_a_document_exactly_once(tmp_path):
    """Files are ingested while the program is killed again and again: each receipt ends at one document, and no document is without."""
    folder, home = tmp_path / "in", tmp_path / "home"
    folder.mkdir()
    names = {f"{n:03}.txt" for n in range(1, FILES + 1)}
    for name in names:
        (folder / name).write_text(LETTER.format(n=name[:3]), "utf-8")
    chance, receipts = random.Random(), []
    for _ in range(KILLS):
        open_files = sorted(names.difference(receipts))
        receipts += run(home, [str(folder / name) for name in open_files], chance.uniform(0.5, 4.0))
    for _ in range(2):  # what has no receipt is handed in again; then what waits is read
        receipts += run(home, [str(folder / name) for name in sorted(names.difference(receipts))], 600)

    workshop = open_workshop(Settings(home=home))
    with look(workshop.engine) as session:
        jobs = ledger.jobs(session, seen_by=ALL, limit=10 * FILES)
        held = documents(session, seen_by=ALL, limit=10 * FILES)
    workshop.engine.dispose()
    assert {job.state for job in jobs} == {"done"}, [job for job in jobs if job.state != "done"]
    assert {job.name for job in jobs} >= set(receipts) == names
    assert all(len(job.document_ids) == 1 for job in jobs)
    assert sorted(document.id for document in held) == sorted({job.document_ids[0] for job in jobs})
    assert len(held) == len(names)


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
