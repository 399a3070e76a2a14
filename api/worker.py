"""Who reads what was handed in?

A worker's threads live inside `vanthu serve` and `vanthu worker`, and for as long as something waits inside `vanthu ingest`. Each has
a reading child of its own and takes job after job from the ledger. With PostgreSQL they are on any number of machines, and are rung for.
"""

import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import structlog

from api.child import Child, Stopped
from api.errors import NoEngines
from api.logs import configure
from api.pipeline import PIPELINE, Workshop, clear_out, work_one
from store import handback, ledger
from store.answers import Job
from store.database import begin, look
from store.waking import Listener

IDLE_S = 60.0  # without work for so long, a thread lets its child go
LOOK_S = 1.0  # between two looks into the ledger while nothing waits
RUNG_S = 5.0  # the same where rings are heard: one may be lost with the machine that heard it
SWEEP_S = 60.0  # between two searches for work that workers who are gone left behind
REST_S = 5.0  # after an error that is not the document's (disk full, database gone)
ENDED = frozenset({"done", "failed", "dead", "cancelled"})
WINDOW = 64  # jobs that a person who waits is told about at once

log = structlog.get_logger()


class Worker:
    """Threads that read, as many as the settings allow; a context manager, or start() and stop()."""

    def __init__(self, workshop: Workshop) -> None:
        """Take the workshop; nothing runs yet. fault is what keeps the threads from working at all."""
        self.fault: NoEngines | None = None
        self._workshop = workshop
        self._leave = threading.Event()
        self._resting: set[str] = set()
        self._listener = None
        if workshop.engine.dialect.name == "postgresql":
            self._listener = Listener(workshop.engine, is_free=lambda: bool(self._resting), wake=workshop.bell.set)
        self._children = [Child(workshop.settings) for _ in range(workshop.settings.processes)]
        self._threads = [
            threading.Thread(target=self._run, args=(f"{whoami()}/{at}", child), name=f"reader-{at}", daemon=True)
            for at, child in enumerate(self._children)
        ]
        self._threads.append(threading.Thread(target=self._sweep, name="sweeper", daemon=True))

    def start(self) -> None:
        """Take up what workers that are gone left behind, then begin to work."""
        reconcile(self._workshop)
        for thread in self._threads:
            thread.start()
        if self._listener is not None:
            self._listener.start()

    def stop(self) -> None:
        """Stop at once: what is being read goes back to the ledger and waits, its attempt not counted."""
        self._leave.set()
        self._workshop.bell.set()
        if self._listener is not None:
            self._listener.stop()
        for child in self._children:
            child.close()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    def __enter__(self) -> Self:
        """Start."""
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Stop."""
        self.stop()

    def _run(self, owner: str, child: Child) -> None:
        worked_at = time.monotonic()
        while not self._leave.is_set():
            try:
                worked = work_one(self._workshop, owner, child)
            except Stopped:
                return
            except NoEngines as error:
                self.fault = error
                self._workshop.pulse.fault = str(error)
                self._leave.wait(REST_S)
                continue
            except Exception:  # the loop must survive whatever one job meets
                log.exception("job", owner=owner)
                self._leave.wait(REST_S)
                continue
            self._workshop.pulse.beat()
            if worked:
                worked_at = time.monotonic()
            else:
                self._rest(owner, child, time.monotonic() - worked_at)

    def _rest(self, owner: str, child: Child, idle: float) -> None:
        if idle > IDLE_S:
            child.kill()
        self._resting.add(owner)
        self._workshop.bell.wait(RUNG_S if self._listener else LOOK_S)
        self._resting.discard(owner)
        self._workshop.bell.clear()

    def _sweep(self) -> None:
        """Look again and again for what others left behind: one may die while this one lives."""
        while not self._leave.wait(SWEEP_S):
            try:
                reconcile(self._workshop)
            except Exception:  # the loop must survive a database that is away
                log.exception("sweep")


def drain(workshop: Workshop, on_progress: Callable[[Job], None], jobs: Iterable[int]) -> None:
    """Work until these jobs have ended, whoever does them; on_progress is told of each as it moves and once when it has ended.

    An interruption (KeyboardInterrupt) puts back what is being read before it goes on. Raises NoEngines when nothing can be read.
    """
    configure(level=logging.WARNING)
    open_jobs = sorted(jobs)
    told: dict[int, Job] = {}
    if not open_jobs:
        return
    with Worker(workshop) as worker:
        while open_jobs:
            for found in _look_at(workshop, open_jobs[:WINDOW]):
                if told.get(found.id) != found:
                    told[found.id] = found
                    on_progress(found)
                if found.state in ENDED:
                    open_jobs.remove(found.id)
                    told.pop(found.id)
            if worker.fault:
                raise worker.fault
            time.sleep(0.1)


def _look_at(workshop: Workshop, ids: Iterable[int]) -> list[Job]:
    with look(workshop.engine) as session:
        return [ledger.job(session, job, seen_by=PIPELINE) for job in ids]


def whoami() -> str:
    """Name this process so that another can tell whether it still lives: machine, process, when it started."""
    return f"{socket.gethostname()}/{os.getpid()}/{_started(os.getpid())}"


def is_gone(owner: str) -> bool:
    """Say whether a worker of this machine no longer lives; of another machine's nothing is known, so the lease decides."""
    parts = owner.rsplit("/", 3)
    if len(parts) != 4 or parts[0] != socket.gethostname() or not parts[1].isdigit():
        return False
    return _started(int(parts[1])) != parts[2]


def _started(process: int) -> str:
    """Give when a process started, in the kernel's ticks since boot; nothing for one that does not run."""
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text("utf-8", errors="replace").rpartition(")")[2].split()[19]
    return ""


def reconcile(workshop: Workshop) -> None:
    """Take back the jobs of workers that are gone, so that they are taken up now and not when the lease runs out.

    What one of them had set apart and not yet moved out of the store is moved now.
    """
    clear_out(workshop)
    with begin(workshop.engine) as session:
        for owner in filter(is_gone, handback.owners(session)):
            handback.take_back(session, owner)
