"""What is found in the corpus now that the last commit did not find, and what is not found any more?"""

import io
import json
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.measures import REAL, ROOT

_STEP = 4  # every fourth document of the corpus
_SHOWN = 12  # changes that are printed
_ROOMS = ("ingest", "nlp")


def report() -> Iterator[str]:
    """Yield lines: against which commit, how many gains and losses, and the first of them.

    The last commit is the one before the work that is not committed yet; with a clean checkout the one before that touched the rooms.
    """
    corpus = REAL / "corpus" / "vbpl.jsonl.gz"
    base = _base()
    if base is None or not corpus.exists():
        yield "changes: no history or no corpus here"
        return
    with tempfile.TemporaryDirectory() as folder:
        archive = subprocess.run(["git", "archive", base, *_ROOMS], cwd=ROOT, check=True, capture_output=True).stdout
        with tarfile.open(fileobj=io.BytesIO(archive)) as tree:
            tree.extractall(folder, filter="data")
        before = _outlines(Path(folder), corpus)
    now = _outlines(ROOT, corpus)
    gains = [f"+ {i}: {line}" for i in now for line in (Counter(now[i]) - Counter(before.get(i, []))).elements()]
    losses = [f"- {i}: {line}" for i in before for line in (Counter(before[i]) - Counter(now.get(i, []))).elements()]
    total = sum(map(len, now.values()))
    yield f"changes against {base}: {len(gains)} gains, {len(losses)} losses of {total} in {len(now)} documents"
    yield from sorted([*gains, *losses], key=lambda line: line[2:])[:_SHOWN]


def _base() -> str | None:
    """Give the commit to compare with: HEAD where the rooms have changed since, else the one before their last change."""
    try:
        changed = _git("status", "--porcelain", "--", *_ROOMS)
        commits = _git("log", "--format=%h", "-2", "--", *_ROOMS).split()
    except (OSError, subprocess.CalledProcessError):
        return None
    if changed and commits:
        return commits[0]
    return commits[1] if len(commits) > 1 else None


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def _outlines(tree: Path, corpus: Path) -> dict[str, list[str]]:
    script = Path(__file__).with_name("outline.py")
    command = [sys.executable, str(script), str(tree), str(corpus), str(_STEP)]
    found: dict[str, list[str]] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found
