"""How is work shared among processes, so that a page that hangs or crashes an engine costs only itself?"""

import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

T = TypeVar("T")
_FORK = get_context("fork")  # what is loaded is loaded once


class Lost(Exception):  # noqa: N818 - a plain word says it
    """The process that did the work ended, or was ended because it took too long."""


@dataclass(slots=True)
class _Worker(Generic[T]):
    """A process, the pipe to it, and what it does since when (None: it waits)."""

    process: BaseProcess
    pipe: Connection
    task: int | None = None
    since: float = 0.0

    def give(self, task: int) -> None:
        self.task, self.since = task, time.monotonic()
        with suppress(OSError):  # a process that is gone is found when its answer is waited for
            self.pipe.send(task)

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


def share(work: Callable[[int], T], tasks: Sequence[int], *, processes: int, seconds: float) -> Iterator[tuple[int, T | Lost]]:
    """Do work for each task in so many processes; yield (task, result) as they are done.

    Each process holds one task at a time and its result, no more. Lost stands for the result of a task whose process
    ended, for want of memory too, or took longer than seconds; what else work raises is raised here.
    """
    todo, crew = deque(tasks), list[_Worker[T]]()
    try:
        while todo or any(worker.task is not None for worker in crew):
            while todo and (worker := _idle(crew, work, processes)) is not None:
                worker.give(todo.popleft())
            for worker in _finished(crew, seconds):
                task, worker.task = worker.task, None
                result = _result(worker)
                if isinstance(result, Lost):
                    crew.remove(worker)
                    worker.end()
                if task is not None:
                    yield task, result
    finally:
        for worker in crew:
            worker.end()


def _idle(crew: list[_Worker[T]], work: Callable[[int], T], processes: int) -> _Worker[T] | None:
    """Give a process that waits, started now if there may be more."""
    waiting = next((worker for worker in crew if worker.task is None), None)
    if waiting is None and len(crew) < processes:
        ours, theirs = _FORK.Pipe()
        process = _FORK.Process(target=_serve, args=(work, theirs, [*(worker.pipe for worker in crew), ours]), daemon=True)
        process.start()
        theirs.close()
        waiting = _Worker(process, ours)
        crew.append(waiting)
    return waiting


def _finished(crew: Sequence[_Worker[T]], seconds: float) -> list[_Worker[T]]:
    """Wait until some have answered, have ended, or have had their time, and are ended for it."""
    busy = [worker for worker in crew if worker.task is not None]
    first = min(worker.since for worker in busy) + seconds - time.monotonic()
    ready = wait([worker.pipe for worker in busy], timeout=max(0.0, first))
    late = [worker for worker in busy if worker.pipe not in ready and time.monotonic() - worker.since >= seconds]
    for worker in late:
        worker.process.kill()
    return [worker for worker in busy if worker.pipe in ready or worker in late]


def _result(worker: _Worker[T]) -> T | Lost:
    try:
        result, error = worker.pipe.recv()
    except (EOFError, OSError):
        return Lost()
    if isinstance(error, MemoryError):
        return Lost()
    if error is not None:
        raise error
    return result  # type: ignore[no-any-return]


def _serve(work: Callable[[int], T], pipe: Connection, others: Sequence[Connection]) -> None:
    """Do what is asked, until whoever asks is gone; others are ends of pipes that a fork holds and must not keep open."""
    for other in others:
        other.close()
    with suppress(EOFError, OSError):
        while True:
            task = pipe.recv()
            try:
                pipe.send((work(task), None))
            except Exception as error:  # noqa: BLE001  it is raised where the work was asked for
                pipe.send((None, error))
    os._exit(0)
