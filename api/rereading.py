"""What would the rules of today make of what is in the store, and shall it be filed?

Everything is read in the child as when it came in; pages that are kept are not read again unless the reader itself has changed.
What a person said stays in any case.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from api.child import Child, Died, Read, Refused, Understood
from api.here import person
from api.pipeline import PIPELINE, Workshop
from api.print import say
from api.wording import FIELDS
from nlp.rules import rules_mark
from nlp.split import part_of
from store import originals
from store.answers import Difference, HeldFile
from store.database import begin, look
from store.differences import differences
from store.filing import file_all
from store.held import held_files
from store.transcripts import load

NAMES = FIELDS | {"references": "Viện dẫn", "duties": "Nhiệm vụ", "document": "Văn bản"}
NEW = Difference("document", None, "văn bản mới tách ra từ tệp", is_kept=False)


@dataclass(frozen=True, slots=True)
class Reread:
    """A file as it reads now: what would change in each of its documents, in the order of the pages, or why it could not be read."""

    file: HeldFile
    answer: Read | None
    changes: tuple[tuple[str, tuple[Difference, ...]], ...] = ()
    """The number of each document that would change, with what would change."""
    why: str | None = None


def reread_store(workshop: Workshop, *, changed_rules: bool, may_file: Callable[[], bool]) -> bool:
    """Read the store again, print what would change, ask, file; False when a file could not be read again."""
    with look(workshop.engine) as session:
        files = held_files(session, seen_by=PIPELINE, other_than=rules_mark() if changed_rules else None)
    found = []
    for one in reread(workshop, files):
        say(reread_lines(one))
        found.append(one)
    changed, readable = sum(bool(one.changes) for one in found), [one for one in found if one.answer is not None]
    failed = len(found) - len(readable)
    say([f"{len(found)} tệp đã đọc lại, {changed} tệp có khác biệt, {failed} tệp không đọc lại được."])
    if readable and may_file():
        for one in readable:
            file_again(workshop, one)
        say([f"Đã ghi {len(readable)} tệp."])
    return failed == 0


def reread_lines(read: Reread) -> Iterator[str]:
    """Write what would change in a file, a line each; nothing for a file that reads as before."""
    if read.why:
        yield f"{read.file.name}: {read.why}"
    for number, changes in read.changes:
        yield f"{read.file.name} → {number}"
        for one in changes:
            kept = " (giữ theo người đã sửa, xác nhận hoặc xử lý)" if one.is_kept else ""
            yield f"  {NAMES.get(one.name, one.name)}: {one.before or '–'} → {one.after or '–'}{kept}"


def reread(workshop: Workshop, files: Sequence[HeldFile]) -> Iterator[Reread]:
    """Read each file and tell what would change; nothing is written but pages that were read anew."""
    child = Child(workshop.settings)
    try:
        for file in files:
            yield _reread(workshop, child, file)
    finally:
        child.close()


def _reread(workshop: Workshop, child: Child, file: HeldFile) -> Reread:
    path = originals.path_of(workshop.settings.home, file.sha256)
    try:
        answer = child.read(path, file.name, lambda _done, _pages: None, processes=workshop.settings.processes)
    except Died as death:
        return Reread(file, None, why=str(death))
    if isinstance(answer, Refused):
        return Reread(file, None, why=answer.why)
    with look(workshop.engine) as session:
        told = [
            (_named(one), differences(session, sha256=file.sha256, first_page=one.pages[0], directive=one.directive))
            for one in answer.documents
        ]
    return Reread(file, answer, tuple((name, (NEW,) if found is None else found) for name, found in told if found is None or found))


def _named(one: Understood) -> str:
    number = one.directive.number
    return number.value if number else f"văn bản từ trang {one.pages[0]}"


def file_again(workshop: Workshop, read: Reread) -> None:
    """File what a file reads as now."""
    if read.answer is None:
        return
    transcript = load(workshop.settings.home, read.answer.transcript_id)
    parts = [(part_of(transcript, one.pages), one.directive) for one in read.answer.documents]
    with begin(workshop.engine, by=person()) as session:
        file_all(session, sha256=read.file.sha256, parts=parts, purpose=read.file.purpose, now=datetime.now(UTC), rules=rules_mark())
