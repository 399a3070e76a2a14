"""How long does each question about the graph take, over ten thousand documents, a hundred thousand, a million?

`python -m bench.storing [count ...] [interpreter]` builds what is not yet there under build/store/ (made-up documents of
bench/filling.py) and prints for each question the middle and the 95th of a hundred of its times, warm, in milliseconds: as the clock has
them, and of this thread alone, for a machine that does other work besides; the last two are of this thread for a clerk who sees three
documents in ten. Documents to ask about are drawn by how often they are cited. The interpreter named, if any, has networkx and DuckDB,
which are asked for the same closure.
"""

import hashlib
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bench.filling import SEEN_BY, Built, build
from store.account_tables import SightRow
from store.agenda import Wanted, agenda
from store.answers import Viewer
from store.citing import cited_by, citing_what_ended, most_relied_on, orphans
from store.database import NEWEST, look, open_database
from store.documents import by_number
from store.finding import search
from store.graph import most_cited
from store.scope import seen_as
from store.surroundings import Around, chain_of_bases, impact, surroundings
from store.tables import DocumentRow, EdgeRow
from store.timeline import timeline
from store.validity import lifetime

ROOT = Path(__file__).parent.parent
KEPT = ROOT / "build" / "store"
CALLS, WARMING = 300, 30
ENOUGH, AT_LEAST = 15.0, 10  # seconds after which a slow question has been asked often enough, if so many times
AS_OF = date(2026, 6, 1)
ALL, CLERK = Viewer("đo"), Viewer("đo", sees_all=False, unit=1)
COMMON = ("báo cáo", "kế hoạch", "đảng ủy xã", "tổ chức thực hiện", "Ủy ban nhân dân", "căn cứ")
Ask = Callable[[Session, "Target", Viewer], Any]
PEERS_ASK = 60  # documents


class Target:
    """What one call asks about: a document that is cited, its number written carelessly, words to look for."""

    def __init__(self, session: Session, draw: random.Random, last: int, words: list[str]) -> None:
        """Draw an edge, and take the document that it leads to, one that the clerk may see."""
        edge = None
        while edge is None or session.get(SightRow, (SEEN_BY, edge.target_id)) is None:
            edge = session.get(EdgeRow, draw.randrange(1, last + 1))
        self.document = edge.target_id
        number = session.scalar(select(DocumentRow.number).where(DocumentRow.id == self.document)) or ""
        self.damaged = f"0{number}".replace("-", " - ").replace("Đ", "đ").lower()
        at = draw.randrange(len(words) - 3)
        self.words = draw.choice(COMMON) if draw.random() < 1 / 3 else " ".join(words[at : at + 3])


QUESTIONS: dict[str, Ask] = {
    "due list, a page": lambda s, _, w: agenda(s, Wanted(AS_OF), seen_by=w),
    "cited by, a page": lambda s, t, w: cited_by(s, t.document, seen_by=w),
    "closure to depth 3": lambda s, t, w: surroundings(s, t.document, Around(3), as_of=AS_OF, seen_by=w),
    "chain of bases": lambda s, t, w: chain_of_bases(s, t.document, as_of=AS_OF, seen_by=w),
    "impact": lambda s, t, w: impact(s, t.document, as_of=AS_OF, seen_by=w),
    "validity, with history": lambda s, t, w: lifetime(s, t.document, as_of=AS_OF, seen_by=w),
    "timeline": lambda s, t, w: timeline(s, t.document, as_of=AS_OF, seen_by=w),
    "number, misspelt": lambda s, t, w: by_number(s, t.damaged, seen_by=w),
    "words": lambda s, t, w: search(s, t.words, seen_by=w),
    "most relied on": lambda s, _, w: most_relied_on(s, seen_by=w),
    "cited, not held": lambda s, _, w: most_cited(s, seen_by=w, limit=20, held=False),
    "most relied on, one year": lambda s, _, w: most_relied_on(s, seen_by=w, days=(date(2024, 1, 1), date(2024, 12, 31))),
    "citing what ended": lambda s, _, w: citing_what_ended(s, as_of=AS_OF, seen_by=w),
    "orphans": lambda s, _, w: orphans(s, seen_by=w),
}


def main() -> None:
    """Build, ask and print, size after size."""
    counts = [int(word) for word in sys.argv[1:] if word.isdigit()] or [10_000, 100_000]
    peers = next((Path(word) for word in sys.argv[1:] if not word.isdigit()), None)
    for count in counts:
        built = _built(count)
        took = f", built in {built.seconds:.0f} s" if built.seconds else ""
        sys.stdout.write(f"\n{count:,} documents, {built.size / 1e6:,.0f} MB{took}\n{'':28}")
        sys.stdout.write("     p50     p95 ms        p50     p95 ms of its own      p50     p95 of the clerk's\n")
        for line in (*_measured(built.path), *(_of_peers(built.path, peers) if peers else ())):
            sys.stdout.write(line)
            sys.stdout.flush()
    if not peers or not peers.exists():
        sys.stdout.write("\nnetworkx and DuckDB are not here (.venv-bench): the closure was not asked of them\n")


def _built(count: int) -> Built:
    """Give the database of so many documents; it is built anew when its maker or the tables have changed."""
    made_by = hashlib.sha256((Path(__file__).with_name("filling.py")).read_bytes() + NEWEST.encode()).hexdigest()[:8]
    path = KEPT / f"{count}-{made_by}.db"
    if path.exists():
        return Built(path, count, path.stat().st_size, 0)
    KEPT.mkdir(parents=True, exist_ok=True)
    for old in KEPT.glob(f"{count}-*"):
        old.unlink()
    unfinished = path.with_suffix(".part")
    built = build(unfinished, count)
    unfinished.rename(path)
    return Built(path, count, built.size, built.seconds)


def _measured(path: Path) -> Iterator[str]:
    engine = open_database(f"sqlite:///{path}")
    words = " ".join(text.read_text("utf-8") for text in sorted((ROOT / "samples").glob("*/source.txt"))).split()
    with look(engine) as session:
        targets = _targets(session, words)
        for name, ask in QUESTIONS.items():
            yield f"{name:28}"
            by_clock, own = zip(*_timed(session, ask, targets, ALL), strict=True)
            with look(seen_as(engine, CLERK)) as narrowed:
                clerks = [one for _, one in _timed(narrowed, ask, targets, CLERK)]
            yield "      ".join("{:8.1f}{:8.1f}".format(*_middle_and_worst(each)) for each in (by_clock, own, clerks)) + "\n"
    engine.dispose()


def _targets(session: Session, words: list[str]) -> list[Target]:
    draw = random.Random(11)  # noqa: S311  nothing here is secret
    last = session.scalar(select(func.max(EdgeRow.id))) or 0
    return [Target(session, draw, last, words) for _ in range(CALLS)]


def _of_peers(path: Path, interpreter: Path) -> Iterator[str]:
    """Yield what others take for the closure, who have the edges in memory and give ids alone; of the processor's time."""
    if not interpreter.exists():
        return
    engine = open_database(f"sqlite:///{path}")
    with tempfile.TemporaryDirectory() as folder, look(engine) as session:
        with Path(folder, "edges.csv").open("w") as file:
            pairs = session.execute(select(EdgeRow.source_id, EdgeRow.target_id).distinct(), execution_options={"yield_per": 10_000})
            file.writelines(f"{source},{target}\n" for source, target in pairs)
        asked = [str(target.document) for target in _targets(session, ["một"] * 9)[:PEERS_ASK]]
        run = [interpreter, Path(__file__).with_name("closure_peers.py"), file.name, *asked]
        told = subprocess.run(run, check=True, capture_output=True, text=True).stdout
    engine.dispose()
    for line in map(json.loads, told.splitlines()):
        middle, worst = _middle_and_worst(line["times"])
        loaded = f"loaded in {line['load']:.0f} s, {line['memory'] / 1e6:,.0f} MB"
        yield f"{'the same, ' + line['name']:28}{'':22}{middle:8.1f}{worst:8.1f}      {loaded}\n"


def _timed(session: Session, ask: Ask, targets: list[Target], who: Viewer) -> Iterator[tuple[float, float]]:
    """Yield the milliseconds of each call: by the clock, and of this thread; nothing is kept from one call to the next."""
    begun = time.perf_counter()
    for at, target in enumerate(targets[:WARMING] + targets):
        if at >= WARMING + AT_LEAST and time.perf_counter() - begun > ENOUGH:
            break
        session.expunge_all()
        start, own = time.perf_counter(), time.thread_time()
        ask(session, target, who)
        if at >= WARMING:
            yield (time.perf_counter() - start) * 1000, (time.thread_time() - own) * 1000


def _middle_and_worst(times: Sequence[float]) -> tuple[float, float]:
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


if __name__ == "__main__":
    main()
