"""How fast does it read, beside its peers, in the same run? `python -m bench.reading PEERS [WORD…]` (make bench-read)

Each line gives ours, the peer's, the ratio as it is judged and on how much it was measured. Times are the processor's but
for scans beside OCRmyPDF, which go by the clock: ours and the peer's file by file in turn, on two processes each.
"""

import argparse
import gc
import json
import resource
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from PIL import Image

from bench.batches import LONGEST, second_reading, splitting
from bench.footprint import grown_pages, memory
from bench.measures import BORN_DIGITAL, REAL, ROOT, SCANNED
from bench.misread import MOST, misread_figures
from ingest.ocr import recognise
from ingest.pages import DPI, read_picture_page
from ingest.pdf import Pdf
from ingest.printed import runs_of, words_of
from ingest.read import Source, keep_freed, open_source, read_pages
from ingest.scan import in_colour
from ingest.scanned import read_picture

VANTHU = str(Path(sys.executable).with_name("vanthu"))
TEXT, SCANS, OVERHEAD, MEMORY, LINEAR = 8.0, 1.4, 1.15, 800.0, 1.15
_ROUNDS = 5  # turns of text PDFs: a machine that does other things slows now one, now the other
_POINTS = 72.0  # to an inch
_SIDES, _BASELINE = 1.0, 2.0  # points by which a word's place may differ
_LEVEL, _TOUCH = 0.2, 0.5  # points: pieces on one baseline that stand no further apart are one word
_OCRMYPDF = ("-q", "--force-ocr", "--invalidate-digital-signatures", "-l", "vie", "--output-type", "pdf", "--jobs", "2")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the result: what is measured, ours, the peer's, their ratio as it is judged, what it is measured on."""

    what: str
    ours: str
    peer: str
    ratio: float
    is_met: bool
    on: str

    def __str__(self) -> str:
        """Give it as it is printed."""
        return f"{self.what:16}{self.ours:>18}{self.peer:>18}{self.ratio:9.2f}  {'' if self.is_met else 'NOT MET  '}{self.on}"


def main() -> int:
    """Measure and print; 1 where something is not met."""
    asked = _arguments().parse_args()
    sys.stdout.write(f"{'':16}{'ours':>18}{'peer':>18}{'ratio':>9}\n")
    met = True
    for name, measure in MEASURES.items():
        if asked.words and not any(word in name for word in asked.words):
            continue
        for line in measure(asked.peers):
            met &= line.is_met
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
    return 0 if met else 1


def _arguments() -> argparse.ArgumentParser:
    told = "\n".join(f"  {name:16}{(measure.__doc__ or '').splitlines()[0]}" for name, measure in MEASURES.items())
    parser = argparse.ArgumentParser(
        prog="python -m bench.reading",
        description="Measure how fast and how rightly documents are read, beside other programs. Ends with 1 where something is not met.",
        epilog=f"measures, an hour all together on two cores:\n{told}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("peers", type=Path, help="folder of the programs of an environment that has pdfplumber and OCRmyPDF")
    parser.add_argument("words", nargs="*", help="take only the measures whose names hold one of these")
    return parser


def text_pages(peers: Path) -> Iterator[Line]:
    """Pages a second of PDFs with text, and the words on them, beside pdfplumber's."""
    paths = [ROOT / name / "source.pdf" for name in BORN_DIGITAL] + sorted(REAL.glob("eval/dev/signed-*/source.pdf"))
    python = peers / "python"
    if not python.exists() or subprocess.run([python, "-c", "import pdfplumber"], capture_output=True, check=False).returncode:
        sys.stdout.write("text PDFs: pdfplumber is not installed there, not measured\n")
        return
    sources = [open_source(path, path.name) for path in paths]
    list(read_pages(sources[0]))  # loads the lexicons
    rounds = [(_peers_words(python, paths), _seconds_of(sources)) for _ in range(_ROUNDS)]
    theirs = rounds[0][0]
    peer = len(theirs) / min(sum(page["seconds"] for page in pages) for pages, _ in rounds)
    ours = len(theirs) / min(seconds for _, seconds in rounds)
    on = f"{len(theirs)} pages of {len(paths)} files, one process, the quickest of {_ROUNDS} turns each"
    yield Line("text PDFs", f"{ours:.1f} pages/s", f"{peer:.1f} pages/s", ours / peer, ours / peer >= TEXT, on)
    (same, count), (as_given, pieces) = _same_words(theirs, joining=True), _same_words(theirs, joining=False)
    on = f"letters, sides within 1 pt, baselines within 2; the peer's touching pieces joined; as it gives them {as_given} of {pieces}"
    yield Line("same words", f"{same}", f"{count}", same / max(1, count), same >= 0.99 * count, on)


def _peers_words(python: Path, paths: Sequence[Path]) -> list[dict[str, Any]]:
    """Have the peer read all files once: its words of each page, and how long it took."""
    script = str(Path(__file__).with_name("words_peer.py"))
    told = subprocess.run([python, script, *map(str, paths)], capture_output=True, check=True, text=True).stdout
    return [json.loads(line) for line in told.splitlines()]


def _seconds_of(sources: Sequence[Source]) -> float:
    """Read all files once; seconds of the processor."""
    gc.collect()  # else what is kept here, the peer's words among it, is looked through in the time that counts
    start = time.process_time()
    for source in sources:
        list(read_pages(source))
    return time.process_time() - start


def _same_words(pages: Sequence[dict[str, object]], *, joining: bool) -> tuple[int, int]:
    """Count the peer's words that ours has in the same place too, and all of them."""
    same = count = 0
    for page in pages:
        ours = _words(Path(str(page["file"])), int(str(page["page"])))
        words = page["words"]
        if not isinstance(words, list):
            raise TypeError("a page has a list of words")
        for text, x0, x1, baseline in _whole(words) if joining else words:
            count += 1
            places = ours.get(_letters(text), [])
            same += any(abs(a - x0) <= _SIDES and abs(b - x1) <= _SIDES and abs(y - baseline) <= _BASELINE for a, b, y in places)
    return same, count


def _whole(words: Iterable[Sequence[Any]]) -> list[tuple[str, float, float, float]]:
    """Join pieces that touch on one baseline: the peer parts a word where a letter comes from another font (`K`, `ế`, `t`)."""
    whole: list[tuple[str, float, float, float]] = []
    open_ends: list[int] = []  # the last word of each baseline
    for text, x0, x1, baseline in sorted(words, key=lambda word: float(word[1])):
        i = next((i for i in open_ends if abs(whole[i][3] - baseline) <= _LEVEL), None)
        if i is not None and abs(x0 - whole[i][2]) <= _TOUCH:
            before = whole[i]
            whole[i] = (before[0] + text, before[1], x1, before[3])
            continue
        if i is not None:
            open_ends.remove(i)
        open_ends.append(len(whole))
        whole.append((text, x0, x1, baseline))
    return whole


def _words(path: Path, number: int) -> dict[str, list[tuple[float, float, float]]]:
    """Give left, right and baseline of each word of a page's own text, under its letters."""
    found: dict[str, list[tuple[float, float, float]]] = {}
    with Pdf(path, path.name) as pdf:
        page = pdf.read(number, annotated=False)
        runs = runs_of(page.glyphs.own) if page else []
        for run, baseline in zip(runs, pdf.baselines(number, [run.first for run in runs]), strict=True):
            for word in words_of(run):
                if word.box is not None:
                    found.setdefault(_letters(word.text), []).append((word.box.x0, word.box.x1, baseline))
    return found


def _letters(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _scans() -> list[Path]:
    return sorted(REAL.glob("eval/dev/scan-*/source.pdf")) or [ROOT / name / "source.pdf" for name in SCANNED]


def scans(peers: Path) -> Iterator[Line]:
    """Pages a minute of scans, first reading and understanding nothing, beside OCRmyPDF's."""
    program = peers / "ocrmypdf"
    if not program.exists():
        sys.stdout.write("scans: OCRmyPDF is not installed there, not measured\n")
        return
    paths, pages = _scans(), 0
    ours = peer = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            pages += open_source(path, path.name).page_count
            ours += _clocked([VANTHU, "text", str(path)])
            peer += _clocked([str(program), *_OCRMYPDF, str(path), str(Path(folder, "out.pdf"))])
    on = f"{pages} pages of {len(paths)} files, each started for each file"
    yield Line("scans", f"{60 * pages / ours:.0f} pages/min", f"{60 * pages / peer:.0f} pages/min", peer / ours, peer / ours >= SCANS, on)


def _clocked(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


@dataclass(slots=True)
class _Took:
    """Seconds of the processor for pages of scans: recognised bare, read once, read with doubtful lines twice, with all beside words."""

    bare: float = 0.0
    once: float = 0.0
    twice: float = 0.0
    whole: float = 0.0
    pages: int = 0
    files: int = 0
    all_pages: int = 0


@cache
def _scans_took() -> _Took:
    """Read every third page of the scans in all ways in turn, and one before, which loads the language and the lexicons."""
    keep_freed()  # as where files are read
    took = _Took()
    for path in _scans():
        with Pdf(path, path.name) as pdf:
            took.files, took.all_pages = took.files + 1, took.all_pages + pdf.page_count
            for number in range(1, pdf.page_count + 1, 3):
                picture = pdf.draw(number, scale=DPI / _POINTS, forms=False)
                if picture is None:
                    continue
                if not took.pages:
                    _read_words(picture, twice=True)
                took.bare += _spent(partial(recognise, picture))
                took.once += _spent(partial(_read_words, picture, twice=False))
                took.twice += _spent(partial(_read_words, picture, twice=True))
                took.whole += _spent(partial(read_picture_page, picture, number, size=pdf.size(number)))
                took.pages += 1
    return took


def overhead(_: Path) -> Iterator[Line]:
    """Seconds of the processor for reading a page of a scan once beside those that recognising its bare picture takes, in turn."""
    took = _scans_took()
    bare = f"{took.bare / took.pages:.2f} s/page"
    on = f"{took.pages} pages, each place once; bare: the same engine on the page as drawn, in grey, at the size at which we read"
    ratio = took.once / took.bare
    yield Line("overhead", f"{took.once / took.pages:.2f} s/page", bare, ratio, ratio <= OVERHEAD, on)
    on = "the same pages with the lines twice that were not read surely or lie under a seal, which counts to the second reading"
    yield Line("lines twice", f"{took.twice / took.pages:.2f} s/page", bare, took.twice / took.bare, True, on)
    on = "with these and with their arrival stamps, seals, signatures and notes"
    yield Line("whole pages", f"{took.whole / took.pages:.2f} s/page", bare, took.whole / took.bare, True, on)


def _read_words(picture: Image.Image, *, twice: bool) -> None:
    read_picture(in_colour(picture), DPI / _POINTS, twice=twice)


def _spent(run: Callable[[], object]) -> float:
    """Give the seconds of the processor that something takes, in this process and in those that it starts."""

    def now() -> float:
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return sum(one.ru_utime + one.ru_stime for one in used)

    start = now()
    run()
    return now() - start


def many_pages(_: Path) -> Iterator[Line]:
    """Memory of all processes together for a scan of 500 pages, and seconds of the processor a page of 400 beside those of 100."""
    seconds = {}
    with tempfile.TemporaryDirectory() as folder:
        for count in (100, 200, 400, 500):
            path = grown_pages(Path(folder, f"{count}.pdf"), count)
            most, seconds[count] = memory([VANTHU, "text", str(path)])
            if count == 500:
                yield Line(
                    "memory",
                    f"{most:.0f} MB",
                    "",
                    most / MEMORY,
                    most < MEMORY,
                    f"{count} scanned pages, all processes together, at its most",
                )
    ratio = 4 * seconds[100] / seconds[400]
    on = ", ".join(f"{count} pages {seconds[count]:.0f} s" for count in seconds)
    yield Line("linear", f"{seconds[400] / 400:.3f} s/page", f"{seconds[100] / 100:.3f} s/page", ratio, ratio >= 1 / LINEAR, on)


def again(_: Path) -> Iterator[Line]:
    """Seconds that reading critical values and doubtful lines of a document again takes, beside the most that it may take."""
    values, scans_took = second_reading(), _scans_took()
    lines = (scans_took.twice - scans_took.once) / scans_took.pages * scans_took.all_pages / scans_took.files
    seconds, on = values.value + lines, f"critical values {values.value:.2f} s ({values.on}), doubtful lines {lines:.2f} s"
    yield Line("second reading", f"{seconds:.2f} s/doc", f"{LONGEST:.2f} s/doc", seconds / LONGEST, seconds <= LONGEST, on)


def batches(_: Path) -> Iterator[Line]:
    """Documents of a file of twelve that come with their own pages, and files of one document that stay whole."""
    with tempfile.TemporaryDirectory() as folder:
        for figure in splitting(Path(folder)):
            count = int(figure.unit.removeprefix("of "))
            yield Line(figure.what, f"{figure.value:.0f}", f"{count}", figure.value / count, figure.value == count, figure.on)


def characters(_: Path) -> Iterator[Line]:
    """Characters read wrongly on worn pages, as a share of plain Tesseract's on the straight ones."""
    share, worse = misread_figures()
    yield Line("misread", f"{share.value:.2f}", "1", share.value, share.value <= MOST, share.on)
    yield Line("read worse", f"{worse.value:.0f} pages", "", worse.value, worse.value == 0, worse.on)


MEASURES: dict[str, Callable[[Path], Iterator[Line]]] = {
    "text PDFs": text_pages,
    "scans": scans,
    "overhead": overhead,
    "memory": many_pages,
    "second reading": again,
    "split": batches,
    "misread": characters,
}


if __name__ == "__main__":
    sys.exit(main())
