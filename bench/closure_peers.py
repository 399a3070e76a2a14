"""How soon do networkx, in memory, and DuckDB give what is around a document to depth 3? Run by the interpreter that has them.

Named are a file of edges (CSV: source, target) and the documents to ask about. Prints a line of JSON for each: name, seconds to load,
the process's memory in bytes, milliseconds of the processor for each document, and how many documents it found.
"""

import importlib
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

DEPTH, MOST = 3, 500
Ask = Callable[[int], int]
_AROUND = """WITH RECURSIVE found(id, depth) AS (SELECT ?::BIGINT, 0 UNION
SELECT e.{to}, f.depth + 1 FROM found f JOIN edge e ON e.{at} = f.id WHERE f.depth < ?)
SELECT count(*) FROM (SELECT id FROM found GROUP BY id ORDER BY min(depth), id DESC LIMIT ?)"""


def main() -> None:
    """Load and ask, one after the other."""
    path, *documents = sys.argv[1:]
    for name, load in (("networkx", networkx), ("DuckDB", duckdb)):
        start = time.process_time()
        ask = load(Path(path))
        loaded = time.process_time() - start
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        asked = list(_timed(ask, [int(known) for known in documents]))
        times, counts = zip(*asked, strict=True)
        told = {"name": name, "load": loaded, "memory": memory, "times": times, "found": sum(counts)}
        sys.stdout.write(f"{json.dumps(told)}\n")
        sys.stdout.flush()


def _timed(ask: Ask, documents: list[int]) -> Iterator[tuple[float, int]]:
    for known in documents:
        start = time.process_time()
        count = ask(known)
        yield (time.process_time() - start) * 1000, count


def networkx(path: Path) -> Ask:
    """Keep the graph as a DiGraph; walk it breadth first each way."""
    graph: Any = importlib.import_module("networkx").DiGraph()
    with path.open(encoding="utf-8") as lines:
        graph.add_edges_from(tuple(map(int, line.split(","))) for line in lines)

    def around(start: int, following: Callable[[int], Any]) -> set[int]:
        found, edge = {start}, [start]
        for _ in range(DEPTH):
            new = dict.fromkeys(other for known in edge for other in islice(following(known), MOST) if other not in found)
            edge = list(islice(new, MOST + 1 - len(found)))
            found.update(edge)
        return found

    return lambda start: len(around(start, graph.successors) | around(start, graph.predecessors))


def duckdb(path: Path) -> Ask:
    """Keep the edges as a table of two columns with an index each way; ask by a recursive query, on one core."""
    database: Any = importlib.import_module("duckdb").connect(config={"threads": 1})
    database.execute(f"CREATE TABLE edge AS SELECT * FROM read_csv('{path}', header=false, names=['source', 'target'])")  # noqa: S608
    for column in ("source", "target"):
        database.execute(f"CREATE INDEX by_{column} ON edge({column})")
    ways = [_AROUND.format(at=at, to=to) for at, to in (("source", "target"), ("target", "source"))]
    return lambda start: int(sum(database.execute(way, [start, DEPTH, MOST]).fetchone()[0] for way in ways))


if __name__ == "__main__":
    main()
