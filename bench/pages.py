"""How long does the server take to answer over twenty thousand documents?

`python -m bench.pages [count]` fills a fresh database (bench/filled.py), serves it and prints for each page the middle and the 95th of
a hundred of many times, and the middle of the processor's time, in milliseconds. A page is to answer within LIMIT_MS.
"""

import http.client
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn

from api.app import make_app
from api.pipeline import open_workshop
from api.settings import Settings
from api.wording import today
from bench.filled import fill

ASKED = (
    "/",
    "/tiep-nhan",
    "/doi-chieu",
    "/doi-chieu?hang=nhiem-vu",
    "/den",
    "/den?tim=bao+cao",
    "/den/9998",
    "/di",
    "/van-ban",
    "/van-ban/9998",
    "/nhiem-vu",
    "/nhiem-vu?danh-sach=theo-doi",
    "/nhiem-vu?hien=qua-han",
    "/nhiem-vu?trong=7&hien=co-han",
    "/nhiem-vu?trang-thai=xong",
    "/nhiem-vu?xem=thang",
    "/nhiem-vu?xem=dong-thoi-gian",
    "/nhiem-vu/9999",
    "/lich-hop",
    "/bao-cao?ky=thang",
    "/so",
    "/ho-so",
    "/quan-tri/co-quan-ban-hanh",
    "/vien-dan",
    "/vien-dan/9998",
    "/tra-cuu",
    "/tra-cuu?tu=bao+cao",
    "/tra-cuu?tu=dang+uy",
    "/tra-cuu?tu=%C4%91%C4%83ng+k%C3%BD+m%C3%B4+h%C3%ACnh",
    "/tra-cuu?tu=1204-CV%2F%C4%90U",
    "/tra-cuu?tu=bao+cao&loai=C%C3%B4ng+v%C4%83n&nam=2025",
    "/co-quan",
    "/api/due",
    "/api/due?within=30",
    "/api/events",
)
RUNS = 100
LIMIT_MS = 120


def main() -> None:
    """Fill, ask and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as home:
        workshop = open_workshop(Settings(home=Path(home), demo=True))
        fill(workshop.engine, count, today())
        with served(make_app(workshop)) as port:
            sys.stdout.write(f"{count} documents, {RUNS} times each\n    p50      p95      cpu ms\n")
            for path in ASKED:
                measure(port, path)
        workshop.engine.dispose()


def measure(port: int, path: str) -> None:
    """Ask for a page RUNS times and print its line."""
    _ask(port, path)
    taken = [_ask(port, path) for _ in range(RUNS)]
    walls = [wall for wall, _ in taken]
    middle, slow = statistics.median(walls), statistics.quantiles(walls, n=20)[-1]
    processor = statistics.median(busy for _, busy in taken)
    sys.stdout.write(f"{middle:7.1f}  {slow:7.1f}  {processor:7.1f}  {path}{'' if slow <= LIMIT_MS else f'  > {LIMIT_MS}'}\n")
    sys.stdout.flush()


def _ask(port: int, path: str) -> tuple[float, float]:
    """Give the milliseconds from the question to the last byte of the answer, and those of them that the processor worked."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    start, busy = time.perf_counter(), time.process_time()
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    taken = (time.perf_counter() - start) * 1000, (time.process_time() - busy) * 1000
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return taken


@contextmanager
def served(app: Any) -> Iterator[int]:  # noqa: ANN401  any ASGI application
    """Serve on a free port of this machine."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield listener.getsockname()[1]
    server.should_exit = True
    thread.join()
    listener.close()


if __name__ == "__main__":
    main()
