"""How does an operator keep the store in a file, bring it back, have it looked through, and delete from it for good?"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from api.errors import NoSuchFile, Refusal
from api.pipeline import PIPELINE, Workshop, clear_out
from api.print import document_line, say
from api.settings import Settings
from api.trail import keep_seal
from api.wording import moment, size
from store import purging
from store.backup import Packed, pack, unpack, verify
from store.database import begin, look
from store.database import moment as moment_of
from store.scrub import Fault, scrub

KINDS = {
    "lost": "Mất, hỏng: cần phục hồi từ bản sao lưu",
    "unread": "Cần đọc lại: chạy vanthu reread",
    "stuck": "Việc đọc dở dang",
    "stray": "Tệp thừa, không ảnh hưởng",
}
"""The kinds of faults as a person reads them, the worst first."""
_NAMED = 20  # faults of one kind that are printed


def back_up(workshop: Workshop, target: Path) -> None:
    """Write the store into a file while it may be at work. Raises StoreError, OSError."""
    with _bar("Sao lưu") as told:
        packed = pack(workshop.engine, workshop.settings.home, target.absolute(), now=datetime.now(UTC), told=told)
    say([f"Đã sao lưu vào {target}: {_sum(packed)}.", f"Phục hồi: VANTHU_HOME=<thư mục mới> vanthu restore {target}"])


def restore(settings: Settings, source: Path, *, only_check: bool) -> None:
    """Bring a backup back into the home that the settings name, or only check it. Raises StoreError, Refusal, OSError."""
    if not source.is_file():
        raise NoSuchFile(str(source))
    with _bar("Kiểm tra" if only_check else "Phục hồi") as told:
        packed = (
            verify(source, told=told)
            if only_check
            else unpack(source, settings.home, graves=settings.tombstones, database=_elsewhere(settings), told=told)
        )
    say([f"{source} nguyên vẹn: {_sum(packed)}." if only_check else f"Đã phục hồi vào {settings.home}: {_sum(packed)}."])


def _elsewhere(settings: Settings) -> str | None:
    """Give the address of the database where it is not the home's own file. Raises Refusal for another SQLite file."""
    if settings.database == f"sqlite:///{settings.home / 'vanthu.db'}":
        return None
    if settings.database.startswith("sqlite"):
        raise Refusal("Chỉ phục hồi được vào VANTHU_HOME hoặc PostgreSQL. Đề nghị bỏ VANTHU_DATABASE rồi chạy lại.")
    return settings.database


def purge(workshop: Workshop, number: str, why: str, *, by: str, is_sure: Callable[[], bool]) -> bool:
    """Delete the file of a document for good, with all its documents; False when the person is not sure. Raises StoreError, Refusal."""
    if not why.strip():
        raise Refusal("Tiêu hủy cần căn cứ: đề nghị ghi --why, ví dụ số quyết định tiêu hủy.")
    with look(workshop.engine) as session:
        sha256, lines = purging.of_file(session, number, seen_by=PIPELINE)
    say([f"Tệp này có {len(lines)} văn bản, sẽ tiêu hủy cùng bản gốc và phần đã đọc:", *(f"  {document_line(line)}" for line in lines)])
    if not is_sure():
        return False
    with begin(workshop.engine, by=by) as session:
        purging.purge(session, sha256, by=by, why=why.strip(), now=moment_of(session))
    clear_out(workshop)
    keep_seal(workshop)
    say([f"Đã tiêu hủy {len(lines)} văn bản. Bản sao lưu cũ phục hồi cũng không trở lại, nếu còn tệp {workshop.settings.tombstones}."])
    return True


def look_through(workshop: Workshop) -> bool:
    """Print what is wrong with the store; True when nothing is lost or needs reading again."""
    with look(workshop.engine) as session:
        found = list(scrub(session, workshop.settings.home, now=datetime.now(UTC)))
    say(fault_lines(found))
    return all(fault.kind in {"stray", "stuck"} for fault in found)


def fault_lines(found: list[Fault]) -> Iterator[str]:
    """Write faults kind by kind, the worst first; a sentence where there are none."""
    if not found:
        yield "Kho nguyên vẹn: cơ sở dữ liệu, bản gốc, phần đã đọc đều đủ và đúng."
    for kind, heading in KINDS.items():
        sentences = [fault.sentence for fault in found if fault.kind == kind]
        if sentences:
            yield f"{heading} ({len(sentences)})"
            yield from (f"  {sentence}" for sentence in sentences[:_NAMED])
        if len(sentences) > _NAMED:
            yield f"  … và {len(sentences) - _NAMED} mục nữa"


def _sum(packed: Packed) -> str:
    whole = sum(count for count, _ in packed.files.values())
    kept = sum(name.startswith("originals/") for name in packed.files)
    made = moment(datetime.fromisoformat(packed.made_at))
    return f"{packed.rows.get('document', 0)} văn bản (cả văn bản chỉ được viện dẫn), {kept} tệp gốc, {size(whole)}, sao lưu lúc {made}"


@contextmanager
def _bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar of bytes on the error channel while something runs."""
    columns = (TextColumn(what), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, whole: progress.update(task, completed=done, total=whole)
