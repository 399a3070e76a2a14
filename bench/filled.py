"""What does an office's database hold after some years: twenty thousand documents with all that hangs on them?

Made up: words of the samples, drawn at random, the same for the same seed and day. Most papers are confirmed and most duties with a
day that is past are done, as in an office that works; one in five documents is only cited, one in ten came as an archive.
"""

import random
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Table, insert

from store.numbers import number_key
from store.spelling import fold, key
from store.tables import (
    Base,
    DocumentRow,
    DutyRow,
    EdgeRow,
    EventRow,
    JobDocumentRow,
    JobRow,
    OriginalRow,
    PageTextRow,
    ReceiptRow,
    RecipientRow,
    ReferenceRow,
    ValueRow,
)
from store.work_tables import ReviewRow, StepRow, UnitRow, WorkRow

SAMPLES = Path(__file__).parent.parent / "samples"
TYPES = {"Công văn": "CV", "Quyết định": "QĐ", "Kế hoạch": "KH", "Thông báo": "TB", "Báo cáo": "BC", "Giấy mời": "GM"}
PLACES = ("Suối Ngàn", "Đồng Mây", "Bình Khê", "Sơn Thủy", "Hòa Lạc", "Vĩnh Sơn", "Phú Xuân", "Yên Hạ")
UNITS = ("Văn phòng", "Ban Tổ chức", "Ban Tuyên giáo", "Phòng Kinh tế", "Phòng Văn hóa - Xã hội")
YEARLY, MONTHLY = "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTHDAY=20"
DAYS = 2_000  # over which the documents are spread, up to the day
Rows = dict[type[Base], list[dict[str, Any]]]


class Filling:
    """The rows of an office, document after document."""

    def __init__(self, day: date, seed: int) -> None:
        """Begin with its units and no paper."""
        self.draw = random.Random(seed)  # noqa: S311  nothing here is secret
        self.day = day
        self.words = " ".join(path.read_text("utf-8") for path in sorted(SAMPLES.glob("*/source.txt"))).split()
        self.rows: Rows = {UnitRow: []}
        self.duties = 0
        for at, name in enumerate(UNITS, 1):
            self.put(UnitRow, id=at, name=name, folded=key(name), kind="own", position=at)

    def put(self, table: type[Base], **values: Any) -> None:  # noqa: ANN401  what a row holds
        """Add a row."""
        self.rows.setdefault(table, []).append(values)

    def some(self, count: int) -> str:
        """Draw so many words."""
        return " ".join(self.draw.choices(self.words, k=count))

    def document(self, number: int) -> None:
        """Add a document; what is held comes with its pages, fields, duties and the rest."""
        kind, place = self.draw.choice(list(TYPES)), self.draw.choice(PLACES)
        is_party, on = self.draw.random() < 0.6, self.day - timedelta(self.draw.randrange(DAYS))
        symbol = f"{number}-{TYPES[kind]}/ĐU" if is_party else f"{number}/{TYPES[kind]}-UBND"
        agency = f"{'Đảng ủy' if is_party else 'Ủy ban nhân dân'} xã {place}"
        sought, held = number_key(symbol), number % 5 != 0
        sha256, filed_at = (f"{number:064x}", datetime.combine(on, time(2), UTC) + timedelta(seconds=number)) if held else (None, None)
        is_old = on < self.day - timedelta(60)
        state = self.draw.choices(("Máy đọc", "Cần đối chiếu", "Đã đối chiếu"), (1, 1, 18) if is_old else (4, 2, 4))[0] if held else None
        fields = {"number": symbol, "type": kind, "issued_on": on, "agency": agency, "place": place, "subject": self.some(14)}
        self.put(
            DocumentRow, **fields, id=number, held=held, identity=symbol, family="party" if is_party else "state", sha256=sha256,
            key=sought.text if sought else None, type_key=key(kind), state=state, filed_at=filed_at,
            purpose="archive" if held and number % 10 == 1 else "daily", to_verify=["number"] if state == "Cần đối chiếu" else [],
        )  # fmt: skip
        if sha256 is None or filed_at is None:
            return
        self._came(number, sha256, filed_at)
        self._read(number, {name: str(value) for name, value in fields.items()})
        if state == "Đã đối chiếu":
            self.put(ReviewRow, document_id=number, kind="confirm", by="An", at=filed_at, values={})
        for at in range(self.draw.choice((0, 1, 1, 2, 4))):
            self._duty(number, at, on)
        if kind == "Giấy mời":
            when = on + timedelta(self.draw.randrange(2, 15))
            self.put(EventRow, document_id=number, position=0, title=self.some(8), on=when, at=time(8), venue="Hội trường", attendees=[])
        for _ in range(self.draw.randrange(3) if number > 5 else 0):
            self._reference(number)

    def _came(self, number: int, sha256: str, when: datetime) -> None:
        self.put(OriginalRow, sha256=sha256, size=100_000, kept_at=when)
        whose = {"sha256": sha256, "size": 100_000, "purpose": "daily", "received_by": "An", "received_at": when}
        self.put(ReceiptRow, id=number, name=f"van-ban-{number}.pdf", **whose)
        self.put(JobRow, id=number, receipt_id=number, state="done", attempts=1, pages_done=2, pages=2)
        self.put(JobDocumentRow, job_id=number, document_id=number)

    def _read(self, number: int, fields: dict[str, str]) -> None:
        """Add the pages and the values of the head; one paper in forty is urgent."""
        where = {"page": 1, "boxes": [[1, 60, 60, 200, 74]], "start": 0, "end": 9, "rule": "mẫu", "confidence": 0.95}
        for name, value in (fields | ({"urgency": "Hỏa tốc"} if number % 40 == 1 else {})).items():
            self.put(ValueRow, document_id=number, name=name, value=value, words=value, **where)
        for role in ("addressees", "recipients"):
            name = f"Chi bộ {self.draw.choice(PLACES)}"
            self.put(RecipientRow, document_id=number, role=role, position=0, name=name, folded=key(name), words=name, **where)
        for page, text in enumerate(("\n".join(fields.values()), self.some(350), self.some(350))):
            self.put(PageTextRow, document_id=number, page=page, text=text, folded=fold(text))

    def _reference(self, number: int) -> None:
        target, reference = self.draw.randrange(1, number), len(self.rows.get(ReferenceRow, ())) + 1
        what = {"relation": self.draw.choice(("based_on", "implements", "mentions")), "target_id": target}
        self.put(
            ReferenceRow, id=reference, document_id=number, key=str(reference), position=reference, target_key=str(target),
            number=str(target), status="resolved", **what,
        )  # fmt: skip
        self.put(EdgeRow, source_id=number, stated_by=number, reference_id=reference, scope=str(reference), **what)

    def _duty(self, document: int, at: int, on: date) -> None:
        self.duties += 1
        kind = self.draw.choices(("date", "none", "recurring", "elsewhere"), (40, 50, 6, 4))[0]
        who, due_on = f"Chi bộ {self.draw.choice(PLACES)}", on + timedelta(self.draw.randrange(5, 60)) if kind == "date" else None
        self.put(
            DutyRow, id=self.duties, document_id=document, key=str(at), position=at, task=self.some(18), assignee=who, kind=kind,
            is_group=self.draw.random() < 0.2, co_ordinators=[], bodies=key(who), bound="before" if due_on else "none", due_on=due_on,
            limit_text="trước ngày" if due_on else None, giver="Ban Thường vụ", assumptions=[], inferred=[], page=1, words=self.some(18),
            boxes=[[1, 60, 200 + 14 * line, 500, 212 + 14 * line] for line in range(3)], start=0, end=99, rule="mẫu", confidence=0.9,
            recurrence=self.draw.choice((YEARLY, MONTHLY)) if kind == "recurring" else None,
        )  # fmt: skip
        if due_on and self.draw.random() < (0.95 if due_on < self.day - timedelta(14) else 0.4):
            self._work(self.duties, on, due_on)

    def _work(self, duty: int, on: date, due_on: date) -> None:
        """Let people do something about a duty: what is long past is done, now and then late or put off."""
        is_done, put_off = due_on < self.day, self.draw.random() < 0.05
        at = datetime.combine(on, time(3), UTC)
        done_on = due_on + timedelta(self.draw.randrange(-10, 4)) if is_done else None
        steps: tuple[tuple[str, date | None], ...] = (("accept", None), *((("extend", due_on + timedelta(7)),) if put_off else ()))
        for kind, day in (*steps, *((("report", done_on), ("complete", None)) if is_done else ())):
            self.put(StepRow, duty_id=duty, kind=kind, by="An", at=at, on=on, day=day, units=[])
        self.put(
            WorkRow, duty_id=duty, state="Đã hoàn thành" if is_done else "Chưa thực hiện", accepted_by="An", done_on=done_on,
            unit_id=self.draw.randrange(1, len(UNITS) + 1), extended_to=due_on + timedelta(7) if put_off else None,
        )  # fmt: skip


def fill(engine: Engine, count: int, day: date, seed: int = 7) -> None:
    """Write so many documents as they stand on a day."""
    made = Filling(day, seed)
    for number in range(1, count + 1):
        made.document(number)
    with engine.begin() as connection:
        for table, rows in made.rows.items():
            written: Table = table.__table__  # type: ignore[assignment]  # a mapped class has a Table here
            names = {name for row in rows for name in row}
            connection.execute(insert(written), [dict.fromkeys(names) | row for row in rows])
