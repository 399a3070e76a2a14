"""Work is shared among processes, and what breaks one of them costs only its own task."""

import os
import signal
import threading
import time
from multiprocessing import get_context
from pathlib import Path

import pytest

from ingest.workers import Lost, share


def outcomes(work, tasks, processes, seconds=60.0):
    """Share work and give what became of each task: its result, or None where it was lost."""
    return {task: None if isinstance(result, Lost) else result for task, result in share(work, tasks, processes=processes, seconds=seconds)}


def runs(process):
    """Say whether a process is there and has not ended."""
    try:
        return "State:\tZ" not in Path(f"/proc/{process}/status").read_text("ascii", errors="replace")
    except FileNotFoundError:
        return False


def killed_by_three(task):
    """Square a number; three kills the process as an engine's crash does."""
    if task == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return task * task


def out_of_memory_at_three(task):
    """Square a number; three asks for more memory than there is."""
    if task == 3:
        raise MemoryError
    return task * task


def long_at_three(task):
    """Square a number; three takes for ever."""
    if task == 3:
        time.sleep(600)
    return task * task


@pytest.mark.parametrize("processes", [1, 2, 5])
def test_each_task_is_done_once_whatever_the_number_of_processes(processes):
    """All results come, each with its task, and nothing is left running."""
    results = list(share(lambda task: task * task, range(7), processes=processes, seconds=60))
    assert sorted(results) == [(task, task * task) for task in range(7)]
    assert not list(share(killed_by_three, [], processes=processes, seconds=60))


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize(("work", "seconds"), [(killed_by_three, 60), (out_of_memory_at_three, 60), (long_at_three, 1.0)])
def test_a_crash_or_a_hang_costs_one_task(work, seconds, processes):
    """The task is told as lost, and all others are done."""
    assert outcomes(work, range(1, 7), processes, seconds) == {1: 1, 2: 4, 3: None, 4: 16, 5: 25, 6: 36}


def test_what_work_raises_is_raised_where_it_was_asked_for():
    """An error that says something is not swallowed."""

    def refuse(task):
        raise ValueError(f"task {task}")

    with pytest.raises(ValueError, match="task 4"):
        list(share(refuse, [4], processes=2, seconds=60))


def test_so_many_processes_and_no_more_hold_work():
    """A task is handed out when a process waits: what is in flight is bounded, and each process serves again and again."""
    results = dict(share(lambda _: os.getpid(), range(20), processes=2, seconds=60))
    assert len(set(results.values())) <= 2 and os.getpid() not in results.values()


def test_leaving_off_ends_the_processes():
    """Whoever takes only the first result leaves nothing running."""
    shared = share(lambda _: os.getpid(), range(50), processes=2, seconds=60)
    _, process = next(shared)
    shared.close()
    assert not runs(process)


def test_processes_end_with_whoever_asked():
    """A worker whose parent was killed does not wait for ever."""
    fork = get_context("fork")
    ours, theirs = fork.Pipe()

    def ask():
        for _, process in share(lambda _: os.getpid(), range(3), processes=1, seconds=60):
            theirs.send(process)
            threading.Event().wait()

    parent = fork.Process(target=ask)
    parent.start()
    worker = ours.recv()
    parent.kill()
    parent.join()
    gone = time.monotonic() + 20
    while runs(worker):
        assert time.monotonic() < gone, "the worker outlived its parent"
        time.sleep(0.05)
