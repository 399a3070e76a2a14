"""What does a file say, page by page? The one door through which the other rooms hand in bytes."""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.docx import read_docx
from ingest.plain import read_plain
from ingest.sniff import MEDIA_TYPES, Kind, sniff
from ingest.transcript import Page, Signature, Transcript

READER = "1"
"""The reader's version: raised when the same bytes would be read differently, so that what was kept is read again."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was opened once and can be read: id names its bytes and the reader's version together."""

    id: str
    name: str
    path: Path
    kind: Kind
    media_type: str
    page_count: int
    signatures: tuple[Signature, ...] = ()
    notes: tuple[str, ...] = ()


def open_source(path: Path, name: str) -> Source:
    """Look at a file, by its bytes and not its name. Raises Unreadable with a sentence for the person who handed it in."""
    kind = sniff(path, name)
    pages = len(_whole(path, name, kind))
    return Source(_identity(path), name, path, kind, MEDIA_TYPES[kind], pages)


def read_pages(source: Source, *, skip: Collection[int] = (), processes: int = 1) -> Iterator[Page]:
    """Yield the pages that are not in skip as they are done, not necessarily in order."""
    del processes  # one page at most takes longer than starting a process
    for page in _whole(source.path, source.name, source.kind):
        if page.number not in skip:
            yield page


def assemble(source: Source, pages: Iterable[Page]) -> Transcript:
    """Put pages into their order and give all that was read of the file."""
    ordered = tuple(sorted(pages, key=lambda page: page.number))
    return Transcript(source.id, source.name, source.media_type, ordered, source.signatures, source.notes)


def read(path: Path, name: str | None = None, *, processes: int = 1) -> Transcript:
    """Read a whole file in one call. Raises Unreadable."""
    source = open_source(path, name or path.name)
    return assemble(source, read_pages(source, processes=processes))


def _whole(path: Path, name: str, kind: Kind) -> list[Page]:
    return read_docx(path, name) if kind == "docx" else read_plain(path, name)


def _identity(path: Path) -> str:
    with path.open("rb") as file:
        return f"{hashlib.file_digest(file, 'sha256').hexdigest()}-{READER}"
