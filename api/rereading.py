"""What would the rules of today make of what is in the store, and shall it be filed?

Everything is read in the child as when it came in; pages that are kept are not read again unless the reader itself has changed.
What a person said stays in any case.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from api.child import Child, Died, Read, Refused, Understood
from api.here import person
from api.mending import sheets_of
from api.pipeline import PIPELINE, Workshop
from api.print import say
from api.wording import FIELDS
from nlp.directive import Directive
from nlp.rules import rules_mark
from nlp.split import part_of
from store import originals
from store.answers import Difference, HeldFile
from store.database import begin, look
from store.differences import differences, differences_of
from store.filing import file_all
from store.held import held_files
from store.mending import file_arranged
from store.paging import Numbered, arranged_in, arranged_of, file_names
from store.transcripts import compose, load

NAMES = FIELDS | {"references": "Viện dẫn", "duties": "Nhiệm vụ", "document": "Văn bản"}
NEW = Difference("document", None, "văn bản mới tách ra từ tệp", is_kept=False)


@dataclass(frozen=True, slots=True)
class ByHand:
    """A document of a file whose pages a person arranged: they stay, and are understood as they are."""

    id: int
    pages: Numbered
    directive: Directive


@dataclass(frozen=True, slots=True)
class Reread:
    """A file as it reads now: what would change in each of its documents, in the order of the pages, or why it could not be read."""

    file: HeldFile
    answer: Read | None
    changes: tuple[tuple[str, tuple[Difference, ...]], ...] = ()
    """The number of each document that would change, with what would change."""
    why: str | None = None
    by_hand: tuple[ByHand, ...] = ()


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
        if isinstance(answer, Refused):
            return Reread(file, None, why=answer.why)
        by_hand = _by_hand(workshop, child, file, answer.transcript_id)
    except Died as death:
        return Reread(file, None, why=str(death))
    with look(workshop.engine) as session:
        arranged = arranged_in(session, file.sha256).pages
        told = [
            (_named(one), differences(session, sha256=file.sha256, first_page=one.pages[0], directive=one.directive))
            for one in answer.documents
            if not arranged & set(one.pages)
        ]
        told += [(_called(one.directive, f"văn bản có mã {one.id}"), differences_of(session, one.id, one.directive)) for one in by_hand]
    changes = tuple((name, (NEW,) if found is None else found) for name, found in told if found is None or found)
    return Reread(file, answer, changes, by_hand=by_hand)


def _by_hand(workshop: Workshop, child: Child, file: HeldFile, reading: str) -> tuple[ByHand, ...]:
    """Understand the documents of a file whose pages a person arranged. Raises Died."""
    with look(workshop.engine) as session:
        documents = arranged_of(session, file.sha256, reading)
        names = file_names(session, {leaf.sha256 for own in documents.values() for leaf in own.values()})
    if not documents:
        return ()
    said = child.understand([sheets_of(workshop, own, names) for own in documents.values()])
    return tuple(ByHand(document, own, one) for (document, own), one in zip(documents.items(), said, strict=True))


def _named(one: Understood) -> str:
    return _called(one.directive, f"văn bản từ trang {one.pages[0]}")


def _called(directive: Directive, otherwise: str) -> str:
    return directive.number.value if directive.number else otherwise


def file_again(workshop: Workshop, read: Reread) -> None:
    """File what a file reads as now."""
    if read.answer is None:
        return
    transcript = load(workshop.settings.home, read.answer.transcript_id)
    parts = [(part_of(transcript, part.pages), part.directive) for part in read.answer.documents]
    with begin(workshop.engine, by=person()) as session:
        file_all(session, sha256=read.file.sha256, parts=parts, purpose=read.file.purpose, now=datetime.now(UTC), rules=rules_mark())
        for one in read.by_hand:
            pages = compose(workshop.settings.home, one.pages)
            file_arranged(session, one.id, pages, one.directive, reading=read.answer.transcript_id, rules=rules_mark())
