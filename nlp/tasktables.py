"""Which rows of a table are tasks, and which cell says what, who, with whom, by when, with what result?

The header row tells the columns (Nội dung, Đơn vị chủ trì, Phối hợp, Thời gian hoàn thành, Sản phẩm); cells are parted
by tabs in the plain text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from nlp.letters import bare
from nlp.zones import Paragraph, Zones

_COLUMNS = {
    "time": re.compile(r"thoi (?:gian|han|diem)|tien do|han hoan thanh|hoan thanh|han$"),
    "co": re.compile(r"^(?:\W*(?:don vi|co quan|bo phan|ca nhan|to chuc)?\W*phoi hop)|tham gia"),
    "assignee": re.compile(
        r"chu tri|phu trach|trach nhiem"
        r"|(?:don vi|co quan|nguoi|bo phan|ca nhan) (?:thuc hien|dau moi|tham muu|duoc giao|tham gia)|^thuc hien$|phan cong"
    ),
    "product": re.compile(r"san pham|ket qua|dau ra"),
    "task": re.compile(r"noi dung|nhiem vu|cong viec|hoat dong|ten viec|giai phap|dau viec"),
}


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One row: its span, and the span of each cell that the header names (`task`, `assignee`, `co`, `time`, `product`)."""

    start: int
    end: int
    cells: dict[str, tuple[int, int]] = field(default_factory=dict)


def task_rows(zones: Zones, rows: list[Paragraph]) -> Iterator[TaskRow]:
    """Yield the task rows of the tables in these rows; tables whose header names no task or no time yield nothing.

    An empty cell of who and when means the cell above it.
    """
    columns: dict[int, str] = {}
    above: dict[str, tuple[int, int]] = {}
    last_end = 0
    for row in rows:
        cells = _cells(zones, row)
        if zones.plain[last_end : row.span.start].strip():
            columns, above = {}, {}
        last_end = row.span.end
        header = _columns([zones.plain[a:b] for a, b in cells])
        if header:
            columns, above = header, {}
        elif columns and len(cells) > max(columns):
            named = {kind: cells[i] for i, kind in columns.items()}
            filled = {kind: span for kind, span in named.items() if zones.plain[span[0] : span[1]].strip()}
            above |= {kind: span for kind, span in filled.items() if kind in ("assignee", "time")}
            if "task" in filled and re.search(r"[^\W\d_]{2}", zones.plain[filled["task"][0] : filled["task"][1]]):
                yield TaskRow(row.span.start, row.span.end, above | filled)


def _columns(cells: list[str]) -> dict[int, str]:
    """Name the columns of a header row; a row without a task and a time among short cells is no header."""
    found: dict[int, str] = {}
    for i, cell in enumerate(cells):
        words = " ".join(bare(cell).split())
        if len(words) > 70:
            return {}
        kind = next((kind for kind, pattern in _COLUMNS.items() if kind not in found.values() and pattern.search(words)), None)
        if kind:
            found[i] = kind
    return found if {"task", "time"} <= set(found.values()) else {}


def _cells(zones: Zones, row: Paragraph) -> list[tuple[int, int]]:
    cells, at = [], row.span.start
    for piece in zones.text(row.span).split("\t"):
        lead = len(piece) - len(piece.lstrip())
        cells.append((at + lead, at + max(lead, len(piece.rstrip()))))
        at += len(piece) + 1
    return cells
