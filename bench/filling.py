"""How does a store come to a million linked documents within minutes?

Rows are drawn from a seed and written past the ORM, before the indexes and triggers that the migrations made; those are made again at
the end. Citations follow a power law (a few regulations are cited by one document in ten, most by none); bodies are 2.5 kB of words of
the samples; each document has 6 references with their edges and 2 duties, and one in twelve is only cited. Of the duties that have a day
seven in ten are done, but for those of the last year; a clerk of one unit may see three documents in ten.
"""

import random
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from sqlite3 import Connection, connect
from typing import Any

from store.database import migrate, open_database
from store.numbers import number_key
from store.spelling import fold, key

SAMPLES = Path(__file__).parent.parent / "samples"
EDGES, DUTIES = 6, 2
_TABLES = ("document", "page_text", "reference", "edge", "duty", "duty_work", "sight")
_AT_ONCE = 5_000  # documents that are held in memory
_RUN, _RUNS = 12, 38  # words that follow each other in a body, and how many such runs it has: 2.5 kB
_FIRST, _DAYS = date(2010, 1, 4), 6_000
_REGULATIONS = 0.02  # of all documents, the first: laws, decrees, central regulations
_NATIONAL = (("Nghị định", "{}/{}/NĐ-CP", "Chính phủ"), ("Luật", "{}/{}/QH14", "Quốc hội"), ("Quy định", "{}-QĐ/TW", "Bộ Chính trị"))
_TYPES = {"Công văn": "CV", "Quyết định": "QĐ", "Kế hoạch": "KH", "Nghị quyết": "NQ", "Thông báo": "TB", "Báo cáo": "BC", "Tờ trình": "TTr"}
_PLACES = [f"{a} {b}" for a in ("Suối", "Đồng", "Bình", "Sơn", "Hòa", "Vĩnh", "Phú", "Yên", "Tân", "Xuân") for b in
           ("Ngàn", "Mây", "Khê", "Thủy", "Lạc", "Sơn", "Xuân", "Hạ", "Thành", "Lộc", "An", "Phong", "Hưng", "Long", "Hải")]  # fmt: skip
_BONDS = {"based_on": 45, "implements": 20, "mentions": 26, "guides": 4, "details": 2}
_CHANGES = {"amends": 14, "supplements": 5, "replaces": 8, "repeals": 4, "suspends": 1}
_CHANGING = 0.03  # of all references
SEEN_BY = "unit 1"
_SEEN, _DONE, _OF = 3, 7, 10  # documents that a clerk sees and duties that are done, of ten


@dataclass(frozen=True, slots=True)
class Built:
    """A filled database: where, how many documents, its bytes, the seconds that it took."""

    path: Path
    count: int
    size: int
    seconds: float


def build(path: Path, count: int, seed: int = 7) -> Built:
    """Fill a fresh database with count documents; the same ones for the same seed."""
    start = time.perf_counter()
    engine = open_database(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    with connect(path, isolation_level=None) as database:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000", "foreign_keys=OFF", "temp_store=MEMORY"):
            database.execute(f"PRAGMA {pragma}").close()
        made_later = _without_indexes(database)
        database.execute("BEGIN")
        _write(database, "agency", _agencies())
        drawn = _Drawn(random.Random(seed), count)  # noqa: S311  nothing here is secret
        for first in range(1, count + 1, _AT_ONCE):
            some = range(first, min(first + _AT_ONCE, count + 1))
            for table in _TABLES:
                _write(database, table, chain.from_iterable(getattr(drawn, table)(number) for number in some))
        _count(database)
        database.execute("INSERT INTO page_search(page_search) VALUES ('rebuild')")
        for statement in (*made_later, "ANALYZE"):
            database.execute(statement)
        database.execute("COMMIT")
        database.execute("PRAGMA journal_mode=WAL").close()
    return Built(path, count, path.stat().st_size, time.perf_counter() - start)


def _without_indexes(database: Connection) -> list[str]:
    """Drop what the migrations made over the tables; give the statements that make it again."""
    over = database.execute(
        f"SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL AND tbl_name IN {_TABLES}"  # noqa: S608  names of our own
    ).fetchall()
    for kind, name, _ in over:
        database.execute(f"DROP {kind} {name}")
    return [made for _, _, made in over]


def _write(database: Connection, table: str, rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows, all of the same columns."""
    waiting = iter(rows)
    first = next(waiting, None)
    if first is None:
        return
    columns, places = ", ".join(f'"{name}"' for name in first), ", ".join("?" * len(first))
    statement = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608  names of our own
    database.executemany(statement, (tuple(row.values()) for row in chain((first,), waiting)))


def _count(database: Connection) -> None:
    """Write the counts that triggers keep otherwise."""
    database.execute("CREATE INDEX counting ON edge(target_id, source_id, relation)")
    for column, kind in (("cited_by", ""), ("basis_of", "AND relation IN ('based_on', 'implements', 'guides', 'details')")):
        counted = f"SELECT count(DISTINCT source_id) FROM edge WHERE target_id = document.id {kind}"  # noqa: S608  written above
        database.execute(f"UPDATE document SET {column} = ({counted})")  # noqa: S608  written above
    database.execute("DROP INDEX counting")


def _agencies() -> Iterator[dict[str, Any]]:
    names = [*(body for _, _, body in _NATIONAL), *(f"Đảng ủy xã {place}" for place in _PLACES)]
    for number, name in enumerate(names, 1):
        yield {"id": number, "name": name, "folded": key(name), "scope": "", "level": "", "placed": 1}


class _Drawn:
    """Rows of each table for a document's number. What depends on chance is drawn from the document's number and the seed."""

    def __init__(self, draw: random.Random, count: int) -> None:
        self.draw, self.count = draw, count
        words = " ".join(path.read_text("utf-8") for path in sorted(SAMPLES.glob("*/source.txt"))).split()
        self.runs = [" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN)]
        self.folded = [fold(run) for run in self.runs]
        self.cited: dict[int, list[tuple[str, int]]] = {}

    def document(self, number: int) -> Iterator[dict[str, Any]]:
        """Give the head; the first fiftieth are regulations of central bodies."""
        held, day = number % 12 != 0, self._day(number)
        if number <= self.count * _REGULATIONS:
            kind, symbol, body = _NATIONAL[number % 3]
            agency, name = number % 3 + 1, symbol.format(number % 500 + 1, day.year)
        else:
            kind, place = self.draw.choice(list(_TYPES)), self.draw.randrange(len(_PLACES))
            agency, name, body = place + 4, f"{self.draw.randrange(1, 900)}-{_TYPES[kind]}/ĐU", f"Đảng ủy xã {_PLACES[place]}"
        sought = number_key(name)
        yield {
            "id": number, "held": held, "identity": f"{number}|{name}", "family": "party", "number": name,
            "key": sought.text if sought else None, "type": kind, "type_key": key(kind), "issued_on": day.isoformat(),
            "period": str(day.year), "agency": body, "agency_id": agency,
            "subject": self.draw.choice(self.runs), "purpose": "daily", "sha256": f"{number:064x}" if held else None, "first_page": 1,
            "state": "Máy đọc" if held else None, "filed_at": f"2026-01-05 00:00:{number % 60:02}" if held else None,
            "missing": "{}", "to_verify": "[]", "notes": "[]",
        }  # fmt: skip

    def _day(self, number: int) -> date:
        return _FIRST + timedelta(days=number * _DAYS // self.count)

    def page_text(self, number: int) -> Iterator[dict[str, Any]]:
        """Give one page of the body, for those that are held."""
        if number % 12:
            runs = self.draw.choices(range(len(self.runs)), k=_RUNS)
            text, folded = (" ".join(of[run] for run in runs) for of in (self.runs, self.folded))
            yield {"document_id": number, "page": 1, "text": text, "folded": folded}

    def reference(self, number: int) -> Iterator[dict[str, Any]]:
        """Give what a document names: older ones, the oldest the most often; what it changes may be any."""
        chosen = {self._reference(number) for _ in range(EDGES)} if number > EDGES and number % 12 else set()
        self.cited[number] = sorted(chosen)
        for at, (relation, target) in enumerate(self.cited[number]):
            yield {
                "id": number * EDGES + at, "document_id": number, "key": str(at), "position": at, "target_key": str(target),
                "relation": relation, "misprints": "[]", "mentions": 1, "status": "resolved", "target_id": target, "page": 1,
                "boxes": "[]", "words": "theo văn bản số", "rule": "bench", "confidence": 0.9,
            }  # fmt: skip

    def _reference(self, number: int) -> tuple[str, int]:
        if self.draw.random() < _CHANGING:
            return self.draw.choices(list(_CHANGES), list(_CHANGES.values()))[0], self.draw.randrange(1, number)
        return self.draw.choices(list(_BONDS), list(_BONDS.values()))[0], 1 + int((number - 1) * self.draw.random() ** 3)

    def edge(self, number: int) -> Iterator[dict[str, Any]]:
        """Give the edges of the references that were drawn."""
        for at, (relation, target) in enumerate(self.cited.pop(number)):
            what = {"source_id": number, "target_id": target, "relation": relation, "scope": ""}
            yield {**what, "stated_by": number, "reference_id": number * EDGES + at}

    def duty(self, number: int) -> Iterator[dict[str, Any]]:
        """Give the duties; two in five have a day."""
        for at in range(DUTIES if number % 12 else 0):
            dated, who = self.draw.random() < 0.4, f"Chi bộ {self.draw.choice(_PLACES)}"
            day = (self._day(number) + timedelta(days=self.draw.randrange(5, 60))).isoformat() if dated else None
            yield {
                "id": number * DUTIES + at, "document_id": number, "key": str(at), "position": at, "task": self.draw.choice(self.runs),
                "assignee": who, "is_group": 0,
                "co_ordinators": "[]", "bodies": key(who), "kind": "date" if dated else "none", "bound": "before" if dated else "none",
                "due_on": day, "assumptions": "[]", "inferred": "[]", "boxes": "[]", "words": "", "rule": "bench", "confidence": 0.9,
            }  # fmt: skip

    def duty_work(self, number: int) -> Iterator[dict[str, Any]]:
        """Give how the duties stand: most of those that somebody took on are done, those of the last year are not."""
        for duty in range(number * DUTIES, (number + 1) * DUTIES if number % 12 else 0):
            is_done = duty % _OF < _DONE and number < self.count * (1 - 365 / _DAYS)
            if is_done or duty % _OF == _DONE:
                state, on = ("Đã hoàn thành", self._day(number) + timedelta(days=20)) if is_done else ("Đang thực hiện", None)
                yield {"duty_id": duty, "state": state, "accepted_by": "An", "done_on": on and on.isoformat(), "members": 0, "ticked": 0}

    def sight(self, number: int) -> Iterator[dict[str, Any]]:
        """Let a clerk see some of the documents."""
        if number % _OF < _SEEN:
            yield {"who": SEEN_BY, "document_id": number}
