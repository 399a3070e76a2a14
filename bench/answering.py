"""How long does the server take to answer over twenty thousand documents?

`python -m bench.answering [count]` fills a fresh database with made-up letters (words of the samples, drawn at random), serves it and
prints for each page the middle and the 95th of a hundred of many times, in milliseconds.
"""

import http.client
import random
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import uvicorn
from sqlalchemy import Engine, Table, insert

from api.app import make_app
from api.pipeline import open_workshop
from api.settings import Settings
from store.numbers import number_key
from store.spelling import fold, key
from store.tables import DocumentRow, DutyRow, EdgeRow, PageTextRow, ReferenceRow

SAMPLES = Path(__file__).parent.parent / "samples"
TYPES = {"Công văn": "CV", "Quyết định": "QĐ", "Kế hoạch": "KH", "Thông báo": "TB", "Báo cáo": "BC", "Giấy mời": "GM"}
PLACES = ("Suối Ngàn", "Đồng Mây", "Bình Khê", "Sơn Thủy", "Hòa Lạc", "Vĩnh Sơn", "Phú Xuân", "Yên Hạ")
ASKED = (
    "/",
    "/tiep-nhan",
    "/tra-cuu",
    "/tra-cuu?tu=bao+cao",
    "/tra-cuu?tu=dang+uy",
    "/tra-cuu?tu=%C4%91%C4%83ng+k%C3%BD+m%C3%B4+h%C3%ACnh",
    "/tra-cuu?tu=1204-CV%2F%C4%90U",
    "/tra-cuu?tu=bao+cao&loai=C%C3%B4ng+v%C4%83n&nam=2025",
    "/van-ban",
    "/nhiem-vu",
    "/nhiem-vu?xem=thang",
    "/doi-chieu",
    "/lich-hop",
)
RUNS = 40


def main() -> None:
    """Fill, ask and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home))
        workshop = open_workshop(settings)
        fill(workshop.engine, count)
        with _served(make_app(workshop)) as port:
            for path in ASKED:
                taken = [_ask(port, path) for _ in range(RUNS)]
                middle, worst = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
                sys.stdout.write(f"{middle:8.1f} {worst:8.1f} ms  {path}\n")
                sys.stdout.flush()
        workshop.engine.dispose()


def fill(engine: Engine, count: int, seed: int = 7) -> None:
    """Write count documents with a head, two pages, two duties and one citation each; the same ones for the same seed."""
    draw = random.Random(seed)  # noqa: S311  nothing here is secret
    words = " ".join(path.read_text("utf-8") for path in sorted(SAMPLES.glob("*/source.txt"))).split()
    rows: dict[Any, list[dict[str, Any]]] = {DocumentRow: [], PageTextRow: [], DutyRow: [], ReferenceRow: [], EdgeRow: []}
    for number in range(1, count + 1):
        _document(rows, draw, words, number)
    with engine.begin() as connection:
        for table, made in rows.items():
            written: Table = table.__table__
            connection.execute(insert(written), made)


def _document(rows: dict[Any, list[dict[str, Any]]], draw: random.Random, words: list[str], number: int) -> None:
    kind, place = draw.choice(list(TYPES)), draw.choice(PLACES)
    party, day = draw.random() < 0.6, date(2021, 1, 4) + timedelta(days=draw.randrange(2_100))
    symbol = f"{number}-{TYPES[kind]}/ĐU" if party else f"{number}/{TYPES[kind]}-UBND"
    agency = f"{'Đảng ủy' if party else 'Ủy ban nhân dân'} xã {place}"
    sought, subject = number_key(symbol), " ".join(draw.choices(words, k=14))
    held = number % 5 != 0
    rows[DocumentRow].append(
        {
            "id": number, "held": held, "identity": symbol, "family": "party" if party else "state", "number": symbol,
            "key": sought.text if sought else None, "type": kind, "type_key": key(kind), "issued_on": day, "place": place,
            "agency": agency, "subject": subject, "purpose": "daily", "sha256": f"{number:064x}" if held else None,
            "state": draw.choice(("Máy đọc", "Cần đối chiếu", "Đã đối chiếu")) if held else None,
            "filed_at": datetime(2026, 1, 5, tzinfo=UTC) + timedelta(minutes=number) if held else None,
        }
    )  # fmt: skip
    if not held:
        return
    for page, text in enumerate((f"{symbol}\n{kind}\n{agency}\n{subject}", *(" ".join(draw.choices(words, k=350)) for _ in range(2)))):
        rows[PageTextRow].append({"document_id": number, "page": page, "text": text, "folded": fold(text)})
    for at in range(2):
        rows[DutyRow].append(_duty(draw, words, number, at, day))
    if number > 5:
        target = draw.randrange(1, number)
        where = {"relation": "based_on", "target_id": target}
        rows[ReferenceRow].append(
            {"id": number, "document_id": number, "key": "a", "position": 0, "target_key": "a", "status": "resolved", **where}
        )
        rows[EdgeRow].append({"source_id": number, "stated_by": number, "reference_id": number, **where})


def _duty(draw: random.Random, words: list[str], document: int, at: int, day: date) -> dict[str, Any]:
    dated = draw.random() < 0.4
    who = f"Chi bộ {draw.choice(PLACES)}"
    return {
        "document_id": document, "key": str(at), "position": at, "task": " ".join(draw.choices(words, k=18)), "assignee": who,
        "is_group": False, "co_ordinators": [], "bodies": key(who), "kind": "date" if dated else "none",
        "bound": "before" if dated else "none", "due_on": day + timedelta(days=draw.randrange(5, 60)) if dated else None,
        "assumptions": [], "inferred": [],
    }  # fmt: skip


def _ask(port: int, path: str) -> float:
    """Give the milliseconds from the question to the last byte of the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    start = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    taken = (time.perf_counter() - start) * 1000
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return taken


@contextmanager
def _served(app: Any) -> Iterator[int]:  # noqa: ANN401  any ASGI application
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
