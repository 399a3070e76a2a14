"""How long does the second reading of a document take, and is a file of several documents split where the next begins?"""

import io
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import pikepdf
from PIL import Image

from bench.measures import REAL, ROOT, SCANNED, Figure
from ingest.look_again import look_again
from ingest.read import assemble, open_source, read_pages
from ingest.second_reading import read_again
from ingest.transcript import Transcript
from nlp.critical import critical_spans
from nlp.extract import blanks_of, extract, is_pictured
from nlp.split import split
from samples.paper import to_html
from samples.render import printed
from samples.sheet import load

LONGEST = 1.0  # seconds that the second reading of a document may take
BATCH = (
    "bc-312-ubnd", "cd-06-ubnd-tinh", "ct-09-ubnd-tinh", "cv-1187-btctu", "cv-402-ubnd", "hd-05-bxdd", "nq-08-dang-uy", "qd-146-ubnd",
    "tb-58-dang-uy", "qd-112-dang-uy", "kl-31-tinh-uy", "kh-21-dang-uy",
)  # fmt: skip
BLANK_AFTER = "cv-402-ubnd"
_MADE = datetime(2026, 11, 1, tzinfo=UTC)


def second_reading() -> Figure:
    """Seconds of the processor for a scanned document, over all the real ones, or the samples."""
    seconds, count, pages = 0.0, 0, 0
    for path, transcript in _singles():
        if not is_pictured(transcript):
            continue
        spans, blanks = critical_spans(extract(transcript), transcript), blanks_of(transcript)
        start = time.process_time()
        read_again(path, transcript, spans)
        look_again(path, blanks)
        seconds, count, pages = seconds + time.process_time() - start, count + 1, pages + len(transcript.pages)
    return Figure("second reading", seconds / max(1, count), "s/document", f"{count} scanned documents of {pages} pages")


def splitting(folder: Path) -> Iterator[Figure]:
    """Yield how many of twelve documents in one file come with their own pages, and how many single documents are split."""
    path = folder / "batch.pdf"
    ranges = joined(path, BATCH, blank_after=BLANK_AFTER)
    found = [(part.first, part.last) for part in split(_read(path))]
    right = sum(pages in found for pages in ranges) if len(found) == len(ranges) else 0
    yield Figure("split", right, f"of {len(BATCH)}", "documents in one file, a blank sheet behind one of them")
    singles = [len(split(transcript)) for _, transcript in _singles()]
    yield Figure("left whole", sum(count == 1 for count in singles), f"of {len(singles)}", "files of one document each")


@lru_cache(maxsize=1)
def _singles() -> list[tuple[Path, Transcript]]:
    """Read the real documents, or the samples that are scans: each file is one document."""
    paths = sorted(REAL.glob("eval/dev/*/source.pdf")) or [ROOT / name / "source.pdf" for name in SCANNED]
    return [(path, _read(path)) for path in paths]


def _read(path: Path) -> Transcript:
    source = open_source(path, path.name)
    return assemble(source, read_pages(source, processes=2))


def joined(path: Path, slugs: Sequence[str], *, blank_after: str) -> list[tuple[int, int]]:
    """Write samples as one PDF, with a blank sheet behind one of them; give the first and last page of each."""
    ranges = []
    with pikepdf.new() as whole:
        for slug in slugs:
            with pikepdf.open(io.BytesIO(as_pdf(slug))) as part:
                first = len(whole.pages) + 1
                whole.pages.extend(part.pages)
            ranges.append((first, len(whole.pages)))
            if slug == blank_after:
                whole.add_blank_page(page_size=(595, 842))
        whole.save(path)
    return ranges


def as_pdf(slug: str) -> bytes:
    """Give a sample as PDF: as it is, its picture on pages, or its Word text printed."""
    source = next((ROOT / "samples" / slug).glob("source.*"))
    if source.suffix == ".pdf":
        return source.read_bytes()
    if source.suffix == ".docx":
        return printed(to_html(load(ROOT / "samples" / "source" / f"{slug}.toml")), _MADE)
    out = io.BytesIO()
    with Image.open(source) as picture:
        picture.save(out, "PDF", save_all=True, resolution=float(picture.info.get("dpi", (200, 200))[0]))
    return out.getvalue()
