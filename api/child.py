"""How is a file read where it can do no harm? The parent's side: a child process that is told what to read and tells how it goes.

The child (api/reader.py) loads the engines once and forks for each file, so that no file meets a process that another
file has touched. Orders and reports are lines of JSON; nothing that a child says is trusted further than its record.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import IO, Any

from pydantic import TypeAdapter

from api.errors import NoEngines
from api.settings import Settings
from nlp.directive import Directive
from store.answers import Leaf

READER = (sys.executable, "-m", "api.reader")
NONSENSE = "chương trình đọc trả lời sai khuôn"
LOG_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a document that a person arranged: whence it is, by which number it is called in the document."""

    path: str
    name: str
    number: int
    leaf: Leaf


@dataclass(frozen=True, slots=True)
class Order:
    """What the child is told: a kept original, the name it came in under, the store's home, the limits.

    arranged: documents whose pages are read already, to be understood; then there is no file to be read.
    """

    path: str
    name: str
    home: str
    processes: int
    max_pages: int
    memory_mb: int
    page_seconds: int
    arranged: tuple[tuple[Sheet, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """One document of a file: its pages, counted as in the file, and what it says."""

    pages: tuple[int, ...]
    directive: Directive


@dataclass(frozen=True, slots=True)
class Read:
    """The file was read: its pages are kept under transcript_id, and these are its documents in the order of the pages."""

    transcript_id: str
    documents: tuple[Understood, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """The file cannot be read, ever; why is a sentence for the person who handed it in."""

    why: str


@dataclass(frozen=True, slots=True)
class Arranged:
    """What the documents of an order say whose pages a person arranged, in its order."""

    directives: tuple[Directive, ...]


class Died(Exception):  # noqa: N818 - a plain word says it
    """The reading broke off; the text says of what, in Vietnamese."""


class Stopped(Exception):  # noqa: N818 - as above
    """The reading was stopped by this program, not by the file."""


Answer = Read | Refused | Arranged
Heard = Callable[[int, int | None], None]
"""Called with the pages done and the pages there are (None until that is known) at each sign of life."""


class Child:
    """One reading process, started when it is first needed and again after it broke or served its share of files."""

    def __init__(self, settings: Settings, command: Sequence[str] = READER) -> None:
        """Take the limits and the program that reads; nothing is started yet. most_mb is the memory that a reading held at most."""
        self.most_mb = 0
        self._settings, self._command = settings, command
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: Path | None = None
        self._served = 0
        self._stop_reason: str | None = None
        self._closed = False

    def read(self, path: Path, name: str, heard: Heard, *, processes: int = 1) -> Read | Refused:
        """Read one kept original. Raises Died when it broke off, Stopped when close() was called meanwhile."""
        answer = self._ask(self._order(path, name, processes), heard)
        if isinstance(answer, Arranged):
            raise Died(NONSENSE)
        return answer

    def understand(self, documents: Sequence[Sequence[Sheet]]) -> tuple[Directive, ...]:
        """Say what documents say whose pages a person arranged; pages that are turned otherwise than before are read. Raises as read."""
        order = replace(self._order(Path(), "", 1), arranged=tuple(map(tuple, documents)))
        seconds = self._settings.page_seconds * (1 + sum(len(one) for one in documents))
        with self._watched(seconds):
            answer = self._ask(order, lambda _done, _pages: None)
        if isinstance(answer, Refused):
            raise Died(answer.why)
        if isinstance(answer, Read) or len(answer.directives) != len(documents):
            raise Died(NONSENSE)
        return answer.directives

    @contextmanager
    def _watched(self, seconds: float) -> Iterator[None]:
        """End the child when it takes longer."""
        watch = threading.Timer(seconds, self.kill, ("đọc quá lâu",))
        watch.start()
        try:
            yield
        finally:
            watch.cancel()

    def _order(self, path: Path, name: str, processes: int) -> Order:
        limits = self._settings
        return Order(str(path), name, str(limits.home), processes, limits.max_pages, limits.memory_mb, limits.page_seconds)

    def _ask(self, order: Order, heard: Heard) -> Answer:
        process = self.ready()
        heard(0, None)
        try:
            return self._converse(process, order, heard)
        except (Died, OSError, ValueError) as error:
            self.kill()
            if self._closed:
                raise Stopped from error
            raise Died(self._stop_reason or str(error)) from error

    def _converse(self, process: subprocess.Popen[bytes], order: Order, heard: Heard) -> Answer:
        inlet, outlet = _pipes(process)
        inlet.write(json.dumps(asdict(order)).encode() + b"\n")
        inlet.flush()
        answer: Answer | None = None
        for line in outlet:
            report = _report(line)
            if report["is"] == "ended":
                held = report.get("memory_mb")
                self.most_mb = max(self.most_mb, held if isinstance(held, int) else 0)
                if answer is None:
                    raise Died(_why_ended(report.get("status")))
                self._served += 1
                return answer
            answer = _answer(report, heard) or answer
        raise Died("tiến trình đọc bị dừng đột ngột")

    def ready(self) -> subprocess.Popen[bytes]:
        """Have the engines loaded, which takes seconds: done before a job is claimed, so that none is held meanwhile.

        Raises NoEngines when they do not load, Stopped when close() was called.
        """
        if self._served >= self._settings.recycle_after:
            self.kill()
        with self._lock:
            if self._closed:
                raise Stopped
            fresh = False
            if self._process is None or self._process.poll() is not None:
                self._process = self._start()
                fresh = True
            process = self._process
        if fresh and not _pipes(process)[1].readline():
            self.kill()
            raise Stopped if self._closed else NoEngines(self._settings.home)
        return process

    def _start(self) -> subprocess.Popen[bytes]:
        """Start the child in a session and a folder of its own, with nothing of the environment that it does not need."""
        self._served, self._stop_reason = 0, None
        self._folder = Path(tempfile.mkdtemp(prefix="vanthu-"))
        environment = {
            name: os.environ[name]
            for name in ("PATH", "LANG", "LC_ALL", "HOME", "TESSDATA_PREFIX", "LD_LIBRARY_PATH")
            if name in os.environ
        }
        environment |= dict.fromkeys(("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
        environment |= {"TMPDIR": str(self._folder), "PYTHONPATH": str(Path(__file__).parents[1])}
        with _log(self._settings.home).open("ab") as log:
            return subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=self._folder,
                env=environment,
                start_new_session=True,
            )

    def kill(self, reason: str | None = None) -> None:
        """End the child with all it started; the reading under way raises Died with this reason."""
        with self._lock:
            self._stop_reason = self._stop_reason or reason
            process, self._process = self._process, None
            folder, self._folder = self._folder, None
        if process is not None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            for pipe in _pipes(process):
                with suppress(OSError):
                    pipe.close()
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        """End the child for good; the reading under way raises Stopped."""
        self._closed = True
        self.kill()


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    assert process.stdin is not None  # noqa: S101  both were asked for
    assert process.stdout is not None  # noqa: S101
    return process.stdin, process.stdout


def _log(home: Path) -> Path:
    """Give the file for what engines complain of; one that grew large is set aside."""
    home.mkdir(parents=True, exist_ok=True)
    path = home / "reader.log"
    with suppress(FileNotFoundError):
        if path.stat().st_size > LOG_BYTES:
            path.replace(home / "reader.log.old")
    return path


def _report(line: bytes) -> dict[str, Any]:
    """Read one line of the child. Raises Died for one that is no report."""
    try:
        report = json.loads(line)
        return {"is": report["is"], **report}
    except (ValueError, KeyError, TypeError) as error:
        raise Died(NONSENSE) from error


def _answer(report: dict[str, Any], heard: Heard) -> Answer | None:
    """Take one report of the child; those that end an order give an answer. Raises Died for one that makes no sense."""
    try:
        match report["is"]:
            case "pages":
                heard(int(report["done"]), int(report["pages"]))
            case "refused":
                return Refused(str(report["why"]))
            case "read":
                return Read(str(report["transcript"]), _documents(report["documents"]))
            case "understood":
                return Arranged(tuple(map(directive_form().validate_json, report["directives"])))
            case "broke":
                raise Died(str(report["why"]))
    except (KeyError, TypeError, ValueError) as error:
        raise Died(NONSENSE) from error
    return None


def _documents(told: list[dict[str, Any]]) -> tuple[Understood, ...]:
    """Take the documents that the child tells of. Raises ValueError unless there is one and each page is in one."""
    found = tuple(Understood(tuple(map(int, one["pages"])), directive_form().validate_json(one["directive"])) for one in told)
    pages = [page for one in found for page in one.pages]
    if not found or pages != sorted(set(pages)):
        raise ValueError(NONSENSE)
    return found


def _why_ended(status: object) -> str:
    """Say in Vietnamese how a process ended that gave no answer; status as os.waitstatus_to_exitcode gives it."""
    if status == -signal.SIGXCPU:
        return "đọc quá lâu"
    if status == -signal.SIGKILL:
        return "máy thiếu bộ nhớ"
    if status in (-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS, -signal.SIGFPE, -signal.SIGILL):
        return "tệp làm chương trình đọc phải dừng (tệp bị hỏng, hoặc cần quá nhiều bộ nhớ)"
    return f"chương trình đọc bị lỗi ({status})"


@cache
def directive_form() -> TypeAdapter[Directive]:
    """Give the reader and writer of a directive as JSON; made once, and not before something is read."""
    return TypeAdapter(Directive)
