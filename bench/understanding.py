"""How fast and how rightly does it understand text? `python -m bench.understanding [PYTHON]` (make bench-nlp)

On one core, in seconds of the processor: the rules for references and limits, the whole extraction, hostile text of 100 KB
against 1 MB, beside peers on text of the same size (PYTHON has them). On the corpus of legal texts: number, type and subject against
its catalogue, references found and resolved inside it, what changed since the last commit. Then the rewritten documents, and
how far a stated confidence can be believed.
"""

import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from bench import catalogue, changes, reliability, rewriting
from bench.measures import REAL, ROOT, Figure
from ingest.read import read
from ingest.transcript import Page, Transcript
from nlp.duties import find_duties
from nlp.extract import extract
from nlp.own import Own, own_of
from nlp.references import find_references
from nlp.zones import Zones, lay_out

RULES, WHOLE = 1_000_000, 250_000  # characters a second that are wanted
LINEAR = 12.0  # times that ten times the text may take
_CORPUS = REAL / "corpus" / "vbpl.jsonl.gz"
_HOSTILE = {
    "one line": "Các chi bộ báo cáo trước ngày 20/3/2023 ",
    "spaces": "trước" + " " * 60 + "ngày" + " " * 60,
    "brackets": "((((",
    "quotes": '“”“"‘',
    "digits": "12/34-5/6.7/",
    "list": "khoản 1, 2, 3, 4, ",
    "numbers": "Quyết định số 12/QĐ-UBND ngày 20/3/2023, ",
    "laws": "Luật sửa đổi, bổ sung một số điều của Luật ",
    "bodies": "Ủy ban nhân dân xã Ban Tổ chức Sở ",
    "lines": "1. Giao Sở Nội vụ:\n",
}


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the corpus, laid out, with what its head tells."""

    transcript: Transcript
    zones: Zones
    own: Own


def main() -> int:
    """Measure and print each figure as soon as it is known; 1 where one is below what is wanted."""
    below = 0
    for figure, wanted in _speeds():
        below += figure.value < wanted
        _say(f"{figure.what:12}{figure.value:12,.0f} {figure.unit:14}{figure.on}{_verdict(figure.value, wanted)}")
    worst = max(((name, _growth(unit)) for name, unit in _HOSTILE.items()), key=lambda pair: pair[1])
    below += worst[1] > LINEAR
    on = f"1 MB against 100 KB, the worst of {len(_HOSTILE)}: {worst[0]}"
    _say(f"{'hostile':12}{worst[1]:12.1f} {'times':14}{on}{_verdict(-worst[1], -LINEAR)}")
    for line in _peers(sys.argv[1] if len(sys.argv) > 1 else None):
        _say(line)
    below += _catalogue()
    for line in changes.report():
        _say(line)
    _say("rewritten: key, as it is, rewritten, change")
    below += rewriting.main()
    _say("reliability: what is stated of a value against what is right")
    return 1 if reliability.main() + below else 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _verdict(value: float, wanted: float) -> str:
    return "" if value >= wanted else f"   below {abs(wanted):,.10g}"


def _speeds() -> Iterator[tuple[Figure, float]]:
    texts = [_text(transcript) for transcript in _transcripts(1_000_000)]
    extract(texts[0].transcript)  # loads the lexicons and the tagger
    size = sum(len(text.transcript.text) for text in texts)
    on = f"{len(texts)} documents, {size:,} characters"
    rules = size / _seconds(lambda: [(find_references(text.zones, text.own), find_duties(text.zones, text.own)) for text in texts])
    yield Figure("rules", rules, "characters/s", f"references and limits, {on}"), RULES
    yield Figure("references", size / _seconds(lambda: [find_references(text.zones, text.own) for text in texts]), "characters/s", on), 0
    yield Figure("limits", size / _seconds(lambda: [find_duties(text.zones, text.own) for text in texts]), "characters/s", on), 0
    yield Figure("whole", size / _seconds(lambda: [extract(text.transcript) for text in texts]), "characters/s", on), WHOLE


def _seconds(run: Callable[[], object], runs: int = 3) -> float:
    """Give the seconds of the processor, the least of some runs: other programs push us out of its caches."""

    def once() -> float:
        start = time.process_time()
        run()
        return time.process_time() - start

    return min(once() for _ in range(runs))


def _transcripts(characters: int) -> Iterator[Transcript]:
    for row in _rows():
        transcript = _read(str(row["text"])[:60_000])
        yield transcript
        characters -= len(transcript.text)
        if characters <= 0:
            return


def _rows() -> Iterator[dict[str, Any]]:
    """Yield the catalogue and texts of the corpus; without it the samples' texts, again and again."""
    if _CORPUS.exists():
        with gzip.open(_CORPUS, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)
        return
    samples = [path.read_text("utf-8") for path in sorted((ROOT / "samples").glob("*/source.txt"))]
    yield from islice(({"text": text} for _ in range(10_000) for text in samples), 10_000)


def _read(text: str) -> Transcript:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "text.txt")
        path.write_text(text, "utf-8")
        return read(path)


def _text(transcript: Transcript) -> Text:
    return Text(transcript, lay_out(transcript), own_of(extract(transcript)))


def _growth(unit: str) -> float:
    """Give how many times as long 1 MB of a unit said again and again takes as 100 KB."""

    def seconds(length: int, runs: int) -> float:
        text = (unit * (length // len(unit) + 1))[:length]
        transcript = Transcript("t", "t", "text/plain", (Page(1, 0, 0, text),))
        return _seconds(lambda: extract(transcript), runs)

    return seconds(1_000_000, 2) / max(seconds(100_000, 3), 0.02)


def _peers(python: str | None) -> Iterator[str]:
    """The others on text of the same size, each in its own language, in the same run."""
    if python is None or not Path(python).exists():
        yield "peers: not installed (make bench-nlp installs them)"
        return
    text = "\n".join(transcript.text for transcript in _transcripts(300_000))[:300_000]
    script = Path(__file__).with_name("peers.py")
    found = subprocess.run([python, str(script)], input=text, check=True, capture_output=True, text=True).stdout
    for line in map(json.loads, found.splitlines()):
        speed = line["characters"] / line["seconds"]
        yield f"{line['name']:12}{speed:12,.0f} {'characters/s':14}{line['characters']:,} characters, {line['found']:,} found"


def _catalogue() -> int:
    """Compare with the catalogue of the corpus; the number of shares below what is wanted."""
    if not _CORPUS.exists():
        _say("corpus: not here")
        return 0
    rows = list(_rows())
    read_as = [extract(_read(str(row["text"]))) for row in rows]
    below = catalogue.report(rows, read_as, _say)
    for line in catalogue.references(rows, read_as):
        _say(line)
    return below


if __name__ == "__main__":
    sys.exit(main())
