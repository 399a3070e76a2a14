"""Does every file, however damaged, end as a document or as a clear refusal, and harm nothing? `python -m bench.fuzzing --files 2000`

Damaged copies of small samples and files that swell go through the intake as a browser hands them in, and are read in the child under its
limits. Told are what they became, the most memory that a reading held, and how long a file took; what broke is kept under build/.
"""

import argparse
import io
import resource
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from random import Random

import pikepdf
from PIL import Image
from starlette.testclient import TestClient

from api.app import make_app
from api.child import Child
from api.pipeline import Workshop, open_workshop, work_one
from api.settings import Settings
from bench.bombs import bombs, zipped
from bench.measures import ROOT
from bench.mutations import damaged

LIMIT_MB, SECONDS = 1536, 20
"""What a reading may hold and how long a page may take while it is tried."""
FAULT = "chương trình đọc gặp lỗi"
_KEPT = Path("build", "fuzzing")
_STRIP = (700, 160)  # pixels of the pictures: little to read, so that many can be


@dataclass(slots=True)
class Outcome:
    """What became of files: how many ended how, what was said, seconds each, what must not be."""

    ended: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    most_mb: int = 0
    grown_mb: int = 0


def seeds() -> dict[str, bytes]:
    """Make small files of every kind out of the samples."""
    samples = ROOT / "samples"
    made = {f"{name}.docx": (samples / name / "source.docx").read_bytes() for name in ("kh-21-dang-uy", "qd-37-ubnd")}
    made |= {f"{name}.txt": (samples / name / "source.txt").read_bytes() for name in ("cv-245-dang-uy", "gm-33-dang-uy")}
    for name in ("hd-05-bxdd", "tb-58-dang-uy"):
        with pikepdf.open(samples / name / "source.pdf") as pdf:
            del pdf.pages[1:]
            made |= {f"{name}-{way}.pdf": _saved(pdf, way) for way in ("plain", "packed")}
    with Image.open(samples / "kl-31-tinh-uy" / "source.jpg") as whole:
        strip = whole.convert("L").crop((300, 100, 300 + _STRIP[0], 100 + _STRIP[1]))
    made |= {f"anh-{at}.{suffix}": _picture(strip, suffix, **more) for at, (suffix, more) in enumerate(_PICTURES)}
    made["ho-so.zip"] = zipped({"cv.txt": made["cv-245-dang-uy.txt"], "thu-muc/anh.png": made["anh-0.png"]})
    made["thu.rtf"] = b"{\\rtf1\\ansi S\\u7889? 12-CV/DU {\\b ng\\u224?y 02/11/2026}\\par Noi nhan: luu.}"
    return made


_PICTURES: tuple[tuple[str, dict[str, object]], ...] = (
    ("png", {}),
    ("jpg", {"quality": 60}),
    ("jpg", {"quality": 60, "progressive": True}),
    ("tif", {"compression": "tiff_lzw"}),
    ("tif", {"compression": "group4"}),
    ("tif", {"compression": "tiff_adobe_deflate", "save_all": True}),
    ("pdf", {"resolution": 200}),
)
_FORMATS = {"png": "PNG", "jpg": "JPEG", "tif": "TIFF", "pdf": "PDF"}


def _picture(strip: Image.Image, suffix: str, **more: object) -> bytes:
    out = io.BytesIO()
    picture = strip.convert("1") if more.get("compression") == "group4" else strip
    rest = {"append_images": [picture]} if "save_all" in more else {}
    picture.save(out, _FORMATS[suffix], **({"dpi": (200, 200)} if suffix != "pdf" else {}), **more, **rest)
    return out.getvalue()


def _saved(pdf: pikepdf.Pdf, way: str) -> bytes:
    out = io.BytesIO()
    if way == "plain":
        pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    else:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def hostile(seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield damaged files without end; the seed and the number in the name make each again."""
    known = seeds()
    names, others = sorted(known), list(known.values())
    number = 0
    while True:
        chance = Random(f"{seed}/{number}")  # noqa: S311  files to be tried, no secrets
        name = names[number % len(names)]
        yield f"{number}-{name}", damaged(known[name], others, chance)
        number += 1


def try_all(files: Iterable[tuple[str, bytes]], home: Path, *, kept: Path | None = None) -> Outcome:
    """Hand in each file, have it read, and look at what became of it; kept is a folder for those that broke something."""
    workshop = open_workshop(
        Settings(home=home, memory_mb=LIMIT_MB, page_seconds=SECONDS, processes=1, free_mb=0, secrecy="keep", demo=True)
    )
    client = TestClient(make_app(workshop), base_url="http://127.0.0.1:8000", raise_server_exceptions=False)
    outcome = Outcome()
    child = Child(workshop.settings)
    try:
        child.ready()
        _try_one(workshop, client, child, "dau.txt", "Số 1-CV/ĐU".encode(), outcome=Outcome())  # loads what filing needs
        before = _held()
        for name, data in files:
            found = len(outcome.faults)
            start = time.perf_counter()
            _try_one(workshop, client, child, name, data, outcome=outcome)
            outcome.seconds.append(time.perf_counter() - start)
            if kept and len(outcome.faults) > found:
                kept.mkdir(parents=True, exist_ok=True)
                (kept / name).write_bytes(data)
    finally:
        child.close()
        workshop.engine.dispose()
    outcome.most_mb, outcome.grown_mb = child.most_mb, _held() - before
    if outcome.most_mb > LIMIT_MB:
        outcome.faults.append(f"a reading held {outcome.most_mb} MB")
    return outcome


def _try_one(workshop: Workshop, client: TestClient, child: Child, name: str, data: bytes, *, outcome: Outcome) -> None:
    answer = client.post("/api/ingest", files={"files": (name, data)})
    if answer.status_code != 200:
        outcome.faults.append(f"{name}: intake answers {answer.status_code}")
        return
    while work_one(workshop, "bench", child):
        pass
    for taken in answer.json():
        if taken["refused"]:
            _ended(outcome, name, "refused", taken["refused"], is_document=False)
            continue
        jobs = [job for job in client.get("/api/jobs").json() if job["receipt_id"] == taken["receipt"]["id"]]
        for job in jobs:
            _ended(outcome, name, job["state"], job["error"] or "", is_document=bool(job["document_ids"]))
        if not jobs:
            outcome.faults.append(f"{name}: lost")
    if client.get("/api/health").status_code not in (200, 503):
        outcome.faults.append(f"{name}: no sign of health")


def _ended(outcome: Outcome, name: str, state: str, said: str, *, is_document: bool) -> None:
    """Count how a file ended, and note what must not be: neither document nor sentence, or a fault of the program's own."""
    outcome.ended[state] += 1
    outcome.said[said.partition("Đề nghị")[0][-70:] if said else ""] += 1
    if (state == "done") != is_document or (state != "done" and not said.strip()) or state in ("waiting", "reading"):
        outcome.faults.append(f"{name}: {state}, {said or 'nothing said'}")
    if FAULT in said:
        outcome.faults.append(f"{name}: {said}")


def _held() -> int:
    """Give the MB that this process, which takes files in, has held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def told(outcome: Outcome) -> Iterator[str]:
    """Say what became of the files, a line each."""
    parts = statistics.quantiles(outcome.seconds, n=100)
    yield f"{len(outcome.seconds)} files: {', '.join(f'{count} {state}' for state, count in outcome.ended.most_common())}"
    yield f"seconds a file: middle {parts[49]:.2f}, p99 {parts[98]:.2f}, longest {max(outcome.seconds):.2f}"
    yield f"memory: a reading held at most {outcome.most_mb} of {LIMIT_MB} MB; the server grew by {outcome.grown_mb} MB"
    yield f"faults: {len(outcome.faults)}"
    yield from (f"  {fault}" for fault in outcome.faults)


def main(arguments: Sequence[str]) -> int:
    """Try the files that swell, those of the folders named, and as many damaged ones as asked for; 1 when something broke."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first damaged file")
    parser.add_argument("--folder", type=Path, nargs="*", default=[], help="folders of files from elsewhere")
    asked = parser.parse_args(arguments)
    foreign = ((path.name, path.read_bytes()) for folder in asked.folder for path in sorted(folder.rglob("*")) if path.is_file())
    drawn = islice(hostile(asked.seed), asked.first, asked.first + asked.files)
    with tempfile.TemporaryDirectory() as folder:
        outcome = try_all(chain(bombs(), foreign, drawn), Path(folder) / "home", kept=_KEPT)
    sys.stdout.writelines(f"{line}\n" for line in told(outcome))
    return 1 if outcome.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
