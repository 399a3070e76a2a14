"""What is measured, and on what: the samples, and real documents where they lie beside the checkout."""

import gzip
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from ingest.read import open_source, read, read_pages
from ingest.transcript import Page, Transcript
from nlp.extract import extract
from store.database import begin, migrate, open_database
from store.filing import file

ROOT = Path(__file__).parent.parent
REAL = ROOT.parent / "shared"  # real documents, not part of the project
BORN_DIGITAL = ("samples/nq-08-dang-uy", "samples/hd-05-bxdd", "samples/tb-58-dang-uy", "samples/bc-312-ubnd", "samples/cv-1187-btctu")
SCANNED = ("samples/qd-146-ubnd", "samples/ct-09-ubnd-tinh", "samples/cd-06-ubnd-tinh")


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the result: what, how much, of which unit, measured on what."""

    what: str
    value: float
    unit: str
    on: str


def text_pages() -> Figure:
    """Pages a second of PDFs with a text layer, one process."""
    real = sorted(REAL.glob("eval/dev/signed-*/source.pdf"))
    return _pages("text PDFs", [*_samples(BORN_DIGITAL), *real], processes=1)


def scanned_pages(processes: int) -> Figure:
    """Pages a second of scans, with one process or one a core."""
    return _pages("scans", _samples(SCANNED), processes=processes)


def extraction(characters: int = 400_000) -> Figure:
    """Characters a second from Transcript to Directive, on texts that are already read."""
    texts = list(read_texts(characters))
    extract(texts[0])  # loads the lexicons
    start = time.perf_counter()
    for text in texts:
        extract(text)
    seconds = time.perf_counter() - start
    return Figure("extraction", sum(len(text.text) for text in texts) / seconds, "characters/s", f"{len(texts)} documents")


def filing(count: int = 300) -> Figure:
    """Documents a second into a fresh database on disk, one transaction each, links made."""
    transcript = read(ROOT / "samples" / "cv-245-dang-uy" / "source.txt")
    directive = extract(transcript)
    if directive.number is None:
        raise RuntimeError("the sample's number was not read: nothing to file under other numbers")
    with tempfile.TemporaryDirectory() as home:
        engine = open_database(f"sqlite:///{home}/bench.db")
        migrate(engine)
        start = time.perf_counter()
        for i in range(count):
            other = replace(directive, number=replace(directive.number, value=f"{1000 + i}-CV/ĐU"))
            with begin(engine) as session:
                file(session, sha256=f"{i:064x}", transcript=transcript, directive=other, purpose="daily", now=datetime.now(UTC))
        seconds = time.perf_counter() - start
        engine.dispose()
    return Figure("filing", count / seconds, "documents/s", f"{count} letters, one transaction each")


def start_of_due(runs: int = 7) -> Figure:
    """Seconds that `vanthu due` takes from start to end on the demonstration's home, the middle of some runs."""
    command = [str(Path(sys.executable).with_name("vanthu")), "due", "--as-of", "2026-11-23"]
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, env={"VANTHU_HOME": str(ROOT / "demo-home"), "PATH": ""}, cwd=ROOT)
        taken.append(time.perf_counter() - start)
    return Figure("vanthu due", statistics.median(taken), "s", f"middle of {runs} runs")


def _samples(names: tuple[str, ...]) -> list[Path]:
    return [ROOT / name / "source.pdf" for name in names]


def _pages(what: str, paths: list[Path], *, processes: int) -> Figure:
    """Read all pages of all files and divide."""
    start = time.perf_counter()
    pages: list[Page] = [page for path in paths for page in read_pages(open_source(path, path.name), processes=processes)]
    seconds = time.perf_counter() - start
    on = f"{len(pages)} pages of {len(paths)} files, {processes} {'process' if processes == 1 else 'processes'}"
    return Figure(what, len(pages) / seconds, "pages/s", on)


def read_texts(characters: int) -> Iterator[Transcript]:
    """Yield read texts until there are so many characters: the corpus of legal texts where it is there, else samples again and again."""
    corpus = REAL / "corpus" / "vbpl.jsonl.gz"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "text.txt")
        for text in _corpus(corpus) if corpus.exists() else _repeated(characters):
            path.write_text(text, "utf-8")
            yield read(path)
            characters -= len(text)
            if characters <= 0:
                return


def _corpus(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from (str(json.loads(line)["text"])[:40_000] for line in lines)


def _repeated(characters: int) -> Iterator[str]:
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "samples").glob("*/source.txt"))]
    yield from islice((text for _ in range(characters) for text in texts), characters)
