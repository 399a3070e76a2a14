"""Is the log whole, and as it was written?

Each row's hash covers the row and the hash before it, so that a row that was altered, taken out, put in or moved breaks the chain from
there on. A cut end breaks nothing: it is seen because the database keeps the count and the last hash beside the log. Who writes both, and
the whole chain anew, is seen only from outside: by seals, the count and last hash as they were at earlier moments, kept in a file beside
the database, and best of all on paper or on another machine. Nobody who can write everywhere is found out by what he wrote.
"""

import json
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.audit_tables import AuditHeadRow, AuditRow
from store.disk import make_folder, sync_folder

START = "0" * 64
_LOG = AuditRow.__table__
_AT_ONCE = 5_000
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_WHERE = "Từ dòng này trở đi nhật ký không còn đáng tin; đề nghị đối chiếu với bản sao lưu."


@dataclass(frozen=True, slots=True)
class Seal:
    """How many rows the log had at a moment, and the hash of the last."""

    count: int
    hash: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the log is found to be: its rows and last hash, and where something is wrong the first such row with a sentence."""

    rows: int
    hash: str
    bad_row: int | None = None
    why: str | None = None


def digest(row: Mapping[str, Any]) -> str:
    """Give the SHA-256 of a row in hex: over all its columns but the hash itself, in a fixed order."""
    at = row["at"].astimezone(UTC).isoformat(timespec="microseconds")
    said = [row["id"], at, *(row[name] for name in ("who", "act", "kind", "of_id", "document_id", "said", "previous"))]
    return sha256(_CANONICAL.encode(said).encode()).hexdigest()


def verify(session: Session, kept: Iterable[Seal] = ()) -> Verdict:
    """Go through the whole log; name the first row that is not as it was written, is missing, or is not what a kept seal says."""
    told: dict[int, set[str]] = {}
    for one in (head(session), *kept):
        told.setdefault(one.count, set()).add(one.hash)
    rows, last = 0, START
    with session.execute(select(_LOG).order_by(_LOG.c.id), execution_options={"yield_per": _AT_ONCE}) as log:
        for found in log:
            row = found._asdict()
            why = _wrong(row, rows + 1, last) or _otherwise(row, told.get(rows + 1, set()))
            if why:
                return Verdict(rows, last, rows + 1, f"{why} {_WHERE}")
            rows, last = rows + 1, row["hash"]
    missing = max(told)
    if missing > rows:
        return Verdict(rows, last, rows + 1, f"Nhật ký mất phần cuối: đã có {missing} dòng, nay chỉ còn {rows}. Mất từ dòng {rows + 1}.")
    return Verdict(rows, last)


def _wrong(row: Mapping[str, Any], number: int, last: str) -> str | None:
    """Say what is wrong with the row that should be this one of the log."""
    if row["id"] != number:
        return f"Thiếu dòng {number} của nhật ký: sau dòng {number - 1} là dòng {row['id']}."
    if digest(row) != row["hash"]:
        return f"Dòng {number} của nhật ký đã bị sửa: nội dung không khớp dấu của nó."
    if row["previous"] != last:
        return f"Dòng {number} của nhật ký không nối tiếp dòng {number - 1}: có dòng đã bị thay."
    return None


def _otherwise(row: Mapping[str, Any], told: AbstractSet[str]) -> str | None:
    """Say so where a row bears another hash than was kept of it."""
    other = told - {row["hash"]}
    return f"Nhật ký đã bị viết lại: dấu của dòng {row['id']} khác dấu đã ghi trước đây." if other else None


def head(session: Session) -> Seal:
    """Give how long the log is now, and its last hash."""
    kept = session.get_one(AuditHeadRow, 1)
    return Seal(kept.count, kept.hash)


def seals(home: Path) -> tuple[Seal, ...]:
    """Give the seals that the home keeps, the oldest first; a line that is no seal is passed over."""
    path = _file(home)
    lines = path.read_text("utf-8", errors="replace").splitlines() if path.is_file() else []
    return tuple(Seal(int(words[0]), words[1]) for words in map(str.split, lines) if len(words) == 3 and words[0].isdigit())


def seal(session: Session, home: Path, now: datetime) -> Seal:
    """Write down outside the database how far the log is, unless that was done: one line, synced. Give it."""
    found = head(session)
    if found.count and found not in seals(home):
        make_folder(home)
        with _file(home).open("a", encoding="utf-8") as file:
            file.write(f"{found.count} {found.hash} {now.astimezone(UTC).isoformat(timespec='seconds')}\n")
        sync_folder(home)
    return found


def _file(home: Path) -> Path:
    return home / "audit-seals"
