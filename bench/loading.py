"""How soon do pages answer while fifty people work, papers come in and are read?

`python -m bench.loading [documents] [minutes]` fills a fresh home, serves it as an office does (one reading process, gently), lets fifty
people look at pages with pauses as people make, hands in five scans of three pages a minute, and prints the times of pages in
milliseconds, errors, the memory of the server at the beginning and at the end, and whether each scan was filed.
"""

import http.client
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from api.pipeline import open_workshop
from api.settings import Settings
from api.wording import today
from bench.filled import fill
from bench.pages import ASKED

PEOPLE, PAUSE = 50, (1.0, 8.0)  # seconds between two pages of one person
SCANS_A_MINUTE, PAGES = 5, 3
LIMIT_MS = 400
WORDS = "Thực hiện kế hoạch công tác năm, đề nghị các đơn vị báo cáo kết quả trước ngày 20/12/2026 để tổng hợp."


@dataclass(slots=True)
class Day:
    """What was seen: the milliseconds of each page by address, what went wrong, the jobs of the scans that were taken in.

    busy: the seconds that the processor had worked for the server before.
    """

    taken: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    jobs: list[int] = field(default_factory=list)
    busy: float = 0
    ends: threading.Event = field(default_factory=threading.Event)


def main() -> None:
    """Fill, serve, work and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    minutes = float(sys.argv[2]) if len(sys.argv) > 2 else 10
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "home")
        workshop = open_workshop(Settings(home=home))
        fill(workshop.engine, count, today())
        workshop.engine.dispose()
        with served(home) as (port, process):
            _say(port, process, _work(port, process, minutes), count)


def _work(port: int, process: int, minutes: float) -> tuple[Day, float]:
    """Let people work for so long; give what was seen and the server's memory at the beginning (MB)."""
    day, began = Day(busy=_busy(process)), _memory(process)
    hands = [threading.Thread(target=_person, args=(port, day, random.Random(at))) for at in range(PEOPLE)]  # noqa: S311  no secret
    hands.append(threading.Thread(target=_clerk, args=(port, day)))
    for hand in hands:
        hand.start()
    time.sleep(minutes * 60)
    day.ends.set()
    for hand in hands:
        hand.join()
    return day, began


def _person(port: int, day: Day, chance: random.Random) -> None:
    """Look at one page after another."""
    while not day.ends.wait(chance.uniform(*PAUSE)):
        path = chance.choice(ASKED)
        start = time.perf_counter()
        status, _ = _ask(port, "GET", path)
        day.taken.setdefault(path, []).append((time.perf_counter() - start) * 1000)
        if status != 200:
            day.errors.append(f"{path}: {status}")


def _clerk(port: int, day: Day) -> None:
    """Hand in scans, evenly over each minute."""
    number = 0
    while not day.ends.wait(60 / SCANS_A_MINUTE):
        number += 1
        status, answer = _ask(port, "POST", "/api/ingest", _scan(number))
        if status == 200:
            day.jobs.append(json.loads(answer)[0]["receipt"]["id"])
        else:
            day.errors.append(f"/api/ingest: {status}")


def _scan(number: int) -> bytes:
    """Draw a letter of three pages as a scanner gives it, in the form that a browser sends."""
    font, pages = ImageFont.load_default(34), []
    for page in range(1, PAGES + 1):
        sheet = Image.new("L", (1654, 2339), "white")
        head = f"UBND XA THU\nSo: {number}/UBND-VP\nThu, ngay 05 thang 11 nam 2026\n" if page == 1 else f"{page}\n"
        body = head + "\n".join(f"{line}. {WORDS}" for line in range(30))
        ImageDraw.Draw(sheet).multiline_text((160, 160), body, "black", font, spacing=18)
        pages.append(sheet)
    file = BytesIO()
    pages[0].save(file, "TIFF", compression="tiff_lzw", save_all=True, append_images=pages[1:])
    head = f'--x\r\nContent-Disposition: form-data; name="files"; filename="quet-{number}.tiff"\r\nContent-Type: image/tiff\r\n\r\n'
    return head.encode() + file.getvalue() + b"\r\n--x--\r\n"


def _ask(port: int, method: str, path: str, body: bytes | None = None) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request(method, path, body, {"Content-Type": "multipart/form-data; boundary=x"} if body else {})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content


@contextmanager
def served(home: Path) -> Iterator[tuple[int, int]]:
    """Serve a home as its own process; give the port and the process."""
    environment = os.environ | {"VANTHU_HOME": str(home), "VANTHU_DEMO": "1", "VANTHU_PROCESSES": "1"}
    command = [sys.executable, "-c", "from api.cli import main; main()", "serve", "--port", "0"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None  # noqa: S101  it was asked for
        found = re.search(r":(\d+) ", server.stdout.readline())
        if found is None:
            raise RuntimeError("the server did not start")
        yield int(found[1]), server.pid
        server.terminate()


def _memory(process: int) -> float:
    """Give the megabytes that a process holds."""
    told = Path(f"/proc/{process}/status").read_text("utf-8")
    return int(re.findall(r"VmRSS:\s+(\d+)", told)[0]) / 1024


def _busy(process: int) -> float:
    """Give the seconds that the processor has worked for a process."""
    told = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _say(port: int, process: int, seen: tuple[Day, float], count: int) -> None:
    day, began = seen
    held = _memory(process)
    busy = (_busy(process) - day.busy) * 1000
    every = [one for some in day.taken.values() for one in some]
    slow = statistics.quantiles(every, n=20)[-1]
    sys.stdout.write(f"{count} documents, {PEOPLE} people, {len(every)} pages, {len(day.errors)} errors {day.errors[:3]}\n")
    middle, most, each = statistics.median(every), max(every), busy / len(every)
    sys.stdout.write(f"p50 {middle:.0f} ms, p95 {slow:.0f} ms, max {most:.0f} ms (p95 <= {LIMIT_MS}); {each:.0f} ms of processor\n")
    worst = sorted(((statistics.median(some), path) for path, some in day.taken.items()), reverse=True)[:5]
    sys.stdout.write("".join(f"  {middle:6.0f} ms  {path}\n" for middle, path in worst))
    states = [_ended(port, job) for job in day.jobs]
    sys.stdout.write(f"{states.count('done')} of {len(states)} scans filed; server {began:.0f} MB, then {held:.0f} MB\n")


def _ended(port: int, job: int) -> str:
    """Wait for a scan to be read; give how that ended."""
    for _ in range(600):
        state = str(json.loads(_ask(port, "GET", f"/api/jobs/{job}")[1])["state"])
        if state not in {"waiting", "reading"}:
            return state
        time.sleep(1)
    return "waiting"


if __name__ == "__main__":
    main()
