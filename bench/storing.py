"""How long does each question about the graph take, over ten thousand documents, a hundred thousand, a million?

`python -m bench.storing [count ...]` builds what is not yet there under build/store/ (made-up documents of bench/filling.py) and prints
for each question the middle and the 95th of a hundred of its times, warm, in milliseconds: as the clock has them, and of this thread
alone, for a machine that does other work besides. Documents to ask about are drawn by how often they are cited.
"""

import hashlib
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bench.filling import Built, build
from store.agenda import Wanted, agenda
from store.answers import Viewer
from store.citing import cited_by, citing_what_ended, most_relied_on, orphans
from store.database import NEWEST, look, open_database
from store.documents import by_number
from store.finding import search
from store.graph import most_cited
from store.surroundings import Around, chain_of_bases, impact, surroundings
from store.tables import DocumentRow, EdgeRow
from store.timeline import timeline
from store.validity import lifetime

ROOT = Path(__file__).parent.parent
KEPT = ROOT / "build" / "store"
CALLS, WARMING = 300, 30
ENOUGH, AT_LEAST = 15.0, 10  # seconds after which a slow question has been asked often enough, if so many times
AS_OF = date(2026, 6, 1)
WHO = Viewer("đo")  # sees all: until accounts exist nobody sees a part
COMMON = ("báo cáo", "kế hoạch", "đảng ủy xã", "tổ chức thực hiện", "Ủy ban nhân dân", "căn cứ")
Ask = Callable[[Session, "Target"], Any]


class Target:
    """What one call asks about: a document that is cited, its number written carelessly, words to look for."""

    def __init__(self, session: Session, draw: random.Random, last: int, words: list[str]) -> None:
        """Draw an edge, and take the document that it leads to."""
        edge = None
        while edge is None:
            edge = session.get(EdgeRow, draw.randrange(1, last + 1))
        self.document = edge.target_id
        number = session.scalar(select(DocumentRow.number).where(DocumentRow.id == self.document)) or ""
        self.damaged = f"0{number}".replace("-", " - ").replace("Đ", "đ").lower()
        at = draw.randrange(len(words) - 3)
        self.words = draw.choice(COMMON) if draw.random() < 1 / 3 else " ".join(words[at : at + 3])


QUESTIONS: dict[str, Ask] = {
    "due list, a page": lambda s, _: agenda(s, Wanted(AS_OF), seen_by=WHO),
    "cited by, a page": lambda s, t: cited_by(s, t.document, seen_by=WHO),
    "closure to depth 3": lambda s, t: surroundings(s, t.document, Around(3), as_of=AS_OF, seen_by=WHO),
    "chain of bases": lambda s, t: chain_of_bases(s, t.document, as_of=AS_OF, seen_by=WHO),
    "impact": lambda s, t: impact(s, t.document, as_of=AS_OF, seen_by=WHO),
    "validity, with history": lambda s, t: lifetime(s, t.document, as_of=AS_OF, seen_by=WHO),
    "timeline": lambda s, t: timeline(s, t.document, as_of=AS_OF, seen_by=WHO),
    "number, misspelt": lambda s, t: by_number(s, t.damaged, seen_by=WHO),
    "words": lambda s, t: search(s, t.words, seen_by=WHO),
    "most relied on": lambda s, _: most_relied_on(s, seen_by=WHO),
    "cited, not held": lambda s, _: most_cited(s, seen_by=WHO, limit=20, held=False),
    "most relied on, one year": lambda s, _: most_relied_on(s, seen_by=WHO, days=(date(2024, 1, 1), date(2024, 12, 31))),
    "citing what ended": lambda s, _: citing_what_ended(s, as_of=AS_OF, seen_by=WHO),
    "orphans": lambda s, _: orphans(s, seen_by=WHO),
}


def main() -> None:
    """Build, ask and print, size after size."""
    for count in [int(word) for word in sys.argv[1:]] or [10_000, 100_000]:
        built = _built(count)
        took = f", built in {built.seconds:.0f} s" if built.seconds else ""
        sys.stdout.write(f"\n{count:,} documents, {built.size / 1e6:,.0f} MB{took}\n{'':28}")
        sys.stdout.write("     p50     p95 ms        p50     p95 ms of its own\n")
        for line in _measured(built.path):
            sys.stdout.write(line)
            sys.stdout.flush()


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
        draw = random.Random(11)  # noqa: S311  nothing here is secret
        last = session.scalar(select(func.max(EdgeRow.id))) or 0
        targets = [Target(session, draw, last, words) for _ in range(CALLS)]
        for name, ask in QUESTIONS.items():
            taken = list(_timed(session, ask, targets))
            (middle, worst), (own, own_worst) = (_middle_and_worst(times) for times in zip(*taken, strict=True))
            yield f"{name:28}{middle:8.1f}{worst:8.1f}      {own:8.1f}{own_worst:8.1f}\n"
    engine.dispose()


def _timed(session: Session, ask: Ask, targets: list[Target]) -> Iterator[tuple[float, float]]:
    """Yield the milliseconds of each call: by the clock, and of this thread; nothing is kept from one call to the next."""
    begun = time.perf_counter()
    for at, target in enumerate(targets[:WARMING] + targets):
        if at >= WARMING + AT_LEAST and time.perf_counter() - begun > ENOUGH:
            break
        session.expunge_all()
        start, own = time.perf_counter(), time.thread_time()
        ask(session, target)
        if at >= WARMING:
            yield (time.perf_counter() - start) * 1000, (time.thread_time() - own) * 1000


def _middle_and_worst(times: tuple[float, ...]) -> tuple[float, float]:
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


if __name__ == "__main__":
    main()
