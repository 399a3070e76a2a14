"""How is a file read where it can do no harm? The child's side: `python -m api.reader`, spoken to by api/child.py.

It loads the engines once, gives up the network, and for each order forks a process with limits on memory and time that
reads the file, keeps each page as it is done, and tells which documents it holds and what each says. It ends when its parent is gone.
"""

import ctypes
import json
import os
import resource
import select
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from api.child import Order, directive_form
from api.places import places

NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000  # CLONE_NEWUSER, CLONE_NEWNET of linux/sched.h
GENTLE = 10  # steps of priority that reading gives way to people who look at pages
FILE_BYTES = 2 << 30  # no engine has reason to write a larger file
ORDER = TypeAdapter(Order)


def main() -> None:
    """Serve orders from standard input until it ends."""
    os.nice(GENTLE)
    outlet = os.dup(1)
    os.dup2(2, 1)  # what an engine prints must not be taken for a report
    cut_network()
    warm()
    say(outlet, {"is": "ready"})
    for line in orders(0):
        order = ORDER.validate_json(line)
        folder = tempfile.mkdtemp()
        process = os.fork()
        if process == 0:
            serve(order, outlet, folder)
        status, memory_mb = wait(process, 0)
        shutil.rmtree(folder, ignore_errors=True)
        say(outlet, {"is": "ended", "status": status, "memory_mb": memory_mb})


def cut_network() -> None:
    """Leave the machine's network for an empty one where the system allows it; elsewhere the limits must do."""
    libc = ctypes.CDLL(None, use_errno=True)
    user, group = os.getuid(), os.getgid()
    if libc.unshare(NEW_NETWORK) == 0 or libc.unshare(NEW_USER | NEW_NETWORK) != 0:
        return
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with suppress(OSError):
            Path("/proc/self", name).write_text(text, "ascii")


def warm() -> None:
    """Load what every reading needs, once: a fork has it at no cost."""
    for name in ("ingest.read", "api.understanding", "store.transcripts"):
        import_module(name)
    directive_form()


def orders(source: int) -> Iterator[bytes]:
    """Yield the lines of a file descriptor as they come."""
    rest = b""
    while piece := os.read(source, 1 << 16):
        *lines, rest = (rest + piece).split(b"\n")
        yield from lines


def wait(process: int, source: int) -> tuple[int, int]:
    """Wait for a fork; give its exit status and the MB that it held at most. When the parent goes, end with all that was started."""
    watched = os.pidfd_open(process)
    try:
        ready, _, _ = select.select([watched, source], [], [])
        if watched not in ready:
            shutil.rmtree(tempfile.gettempdir(), ignore_errors=True)
            os.killpg(0, signal.SIGKILL)
    finally:
        os.close(watched)
    _, status, used = os.wait4(process, 0)
    return os.waitstatus_to_exitcode(status), used.ru_maxrss >> 10


def serve(order: Order, outlet: int, folder: str) -> None:
    """Do one order in this fork and end it."""
    code = 1
    try:
        tempfile.tempdir = os.environ["TMPDIR"] = folder
        os.chdir(folder)
        limit(order)
        say(outlet, understand(order) if order.arranged else read(order, outlet))
        code = 0
    except MemoryError:
        say(outlet, {"is": "broke", "why": f"cần quá nhiều bộ nhớ (mức cho phép {order.memory_mb} MB)"})
    except Exception as error:  # noqa: BLE001  the loop must survive one bad document; the log has the cause
        complain(error)
        say(outlet, {"is": "broke", "why": "chương trình đọc gặp lỗi"})
    finally:
        sys.stderr.flush()
        os._exit(code)


def complain(error: Exception) -> None:
    """Write down what broke and where in the program, never its text: that may quote the document."""
    told = {"error": type(error).__name__, "at": places(error.__traceback__)}
    print(json.dumps(told), file=sys.stderr)  # noqa: T201  standard error is the child's log


def limit(order: Order) -> None:
    """Bind this process: address space, size of files, no core dumps, processor time for the longest file allowed."""
    seconds = order.page_seconds * (order.max_pages + 2)
    memory = order.memory_mb << 20
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, seconds),
    ):
        resource.setrlimit(kind, (most, most))


def read(order: Order, outlet: int) -> dict[str, Any]:
    """Read and understand one file; pages that an earlier attempt kept are not read again."""
    from api.understanding import documents_in
    from ingest.errors import Unreadable
    from ingest.read import assemble, open_source, read_pages
    from store.transcripts import keep_head, keep_page, load, pages_done

    home = Path(order.home)
    try:
        source = open_source(Path(order.path), order.name, max_pages=order.max_pages)
        done = pages_done(home, source.id)
        resource.setrlimit(resource.RLIMIT_CPU, (order.page_seconds * (source.page_count + 2),) * 2)
        report = {"is": "pages", "done": len(done), "pages": source.page_count}
        say(outlet, report)
        for at, page in enumerate(read_pages(source, skip=done, processes=order.processes), len(done) + 1):
            keep_page(home, source.id, page)
            say(outlet, report | {"done": at})
    except Unreadable as error:
        return {"is": "refused", "why": str(error)}
    keep_head(home, assemble(source, ()))
    transcript = load(home, source.id)
    documents = []
    for part, directive in documents_in(transcript, source.path):
        for page in set(part.pages) - set(transcript.pages):  # read a second time
            keep_page(home, source.id, page)
        documents.append({"pages": [page.number for page in part.pages], "directive": directive_form().dump_json(directive).decode()})
    return {"is": "read", "transcript": source.id, "documents": documents}


def understand(order: Order) -> dict[str, Any]:
    """Say what documents say whose pages a person arranged."""
    from api.arranged import understood
    from ingest.errors import Unreadable

    try:
        said = [understood(Path(order.home), sheets) for sheets in order.arranged]
    except Unreadable as error:
        return {"is": "refused", "why": str(error)}
    return {"is": "understood", "directives": [directive_form().dump_json(one).decode() for one in said]}


def say(outlet: int, report: dict[str, Any]) -> None:
    """Write one report as a line, whole."""
    line = memoryview(json.dumps(report).encode() + b"\n")
    while line:
        line = line[os.write(outlet, line) :]


if __name__ == "__main__":
    main()
