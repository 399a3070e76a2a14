"""What does a file say, page by page? The one door through which the other rooms hand in bytes to be read."""

import ctypes
import gc
import hashlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from ingest.composing import Sheet
from ingest.docx import read_docx
from ingest.errors import TooLarge
from ingest.office_files import FILTERS, as_docx, require_office
from ingest.pages import read_pdf_page, read_picture_page, unread
from ingest.pdf import Pdf
from ingest.pictures import count_pages, picture_page
from ingest.plain import read_plain
from ingest.signatures import signature_fields
from ingest.sniff import IMAGES, MEDIA_TYPES, Kind, sniff
from ingest.stamps import shown
from ingest.transcript import Page, Signature, Transcript
from ingest.workers import Lost, share

READER = "5"
"""The reader's version: raised when the same bytes would be read differently, so that what was kept is read again."""
MOST_PAGES = 2_000
PAGE_SECONDS = 240  # a page that takes longer is given up; one takes about a second
_KEPT = ((-1, 1 << 26), (-3, 1 << 25))  # M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of glibc, and bytes
_BROKE_OFF = "Trang {} không đọc được: việc đọc bị ngắt giữa chừng. Văn bản vẫn được lưu, chờ đối chiếu."


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
    """Where they stand, by whom and when; what each shows is known when its page is read."""
    notes: tuple[str, ...] = ()


def open_source(path: Path, name: str, *, max_pages: int = MOST_PAGES) -> Source:
    """Look at a file, by its bytes and not its name. Raises Unreadable with a sentence for the person who handed it in."""
    kind = sniff(path, name)
    signatures: tuple[Signature, ...] = ()
    if kind == "pdf":
        with Pdf(path, name) as pdf:
            pages = pdf.page_count
        if pages <= max_pages:
            fields = sorted(signature_fields(path), key=lambda field: field.page)
            signatures = tuple(Signature(field.page, field.box, "", field.signer, field.signed_at) for field in fields)
    elif kind in FILTERS:
        require_office(name, kind)
        pages = 1  # as a DOCX has, into which it is turned when it is read
    else:
        pages = count_pages(path, name) if kind in IMAGES else len(_whole(path, name, kind))
    if pages > max_pages:
        raise TooLarge(name, f"có {pages} trang, vượt mức {max_pages} trang một tệp")
    return Source(_identity(path), name, path, kind, MEDIA_TYPES[kind], pages, signatures)


def read_pages(source: Source, *, skip: Collection[int] = (), processes: int = 1) -> Iterator[Page]:
    """Yield the pages that are not in skip as they are done, in any order. A page whose reading breaks off comes as unread.

    Pages are read in other processes, so many at a time; with one, pages with text of their own are read in this.
    """
    keep_freed()
    wanted = [number for number in range(1, source.page_count + 1) if number not in skip]
    if source.kind in ("text", "docx", *FILTERS):
        yield from (page for page in (_whole(source.path, source.name, source.kind) if wanted else ()) if page.number in wanted)
        return
    light: list[int] = []
    if processes == 1:
        with _Reader(source) as reader:
            for number in filter(reader.is_light, wanted):  # one after the other: a page that is open is not opened again
                light.append(number)
                yield reader.page(number)
    heavy = [number for number in wanted if number not in light]
    for number, page in share(_Reader(source).page, heavy, processes=processes, seconds=PAGE_SECONDS):
        yield _lost(source, number) if isinstance(page, Lost) else page


def assemble(source: Source, pages: Iterable[Page]) -> Transcript:
    """Put pages into their order and give all that was read of the file."""
    ordered = tuple(sorted(pages, key=lambda page: page.number))
    signatures = tuple(shown(signature, ordered) for signature in source.signatures)
    return Transcript(source.id, source.name, source.media_type, ordered, signatures, source.notes)


def read(path: Path, name: str | None = None, *, processes: int = 1) -> Transcript:
    """Read a whole file in one call. Raises Unreadable."""
    source = open_source(path, name or path.name)
    return assemble(source, read_pages(source, processes=processes))


class _Reader:
    """Reads pages of one file. A context manager, for one process."""

    def __init__(self, source: Source) -> None:
        self._source = source

    @cached_property
    def _pdf(self) -> Pdf:
        return Pdf(self._source.path, self._source.name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if "_pdf" in self.__dict__:
            self._pdf.close()

    def is_light(self, number: int) -> bool:
        """Say whether a page has text of its own: read at once, it need not wait for a process to start."""
        return self._source.kind not in IMAGES and self._pdf.has_text(number)

    def page(self, number: int) -> Page:
        """Read a page."""
        source = self._source
        with _uncollected():
            if source.kind in IMAGES:
                return _picture(source, number)
            fields = [signature.box for signature in source.signatures if signature.page == number and signature.box]
            return read_pdf_page(self._pdf, number, fields)


@cache
def keep_freed() -> None:
    """Let this process keep memory that it frees: fonts and pictures of a page go where the last one's were.

    To give it back to the system and ask for it again takes 7 % of the time of pages with text.
    """
    with suppress(AttributeError, OSError, TypeError):  # another C library than glibc has no such settings
        for setting, size in _KEPT:
            ctypes.CDLL(None).mallopt(setting, size)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep Python from looking for cycles among objects: a page is thousands without any, and to look took a tenth of its time."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _lost(source: Source, number: int) -> Page:
    """Give the page whose reading broke off, of its right size."""
    if source.kind in IMAGES:
        return unread(Sheet(number), _BROKE_OFF)
    with Pdf(source.path, source.name) as pdf:
        return unread(Sheet(number, *pdf.size(number)), _BROKE_OFF)


def _picture(source: Source, number: int) -> Page:
    found = picture_page(source.path, source.name, number)
    return read_picture_page(found[0], number, size=found[1]) if found else unread(Sheet(number))


def _whole(path: Path, name: str, kind: Kind) -> list[Page]:
    if kind in FILTERS:
        with as_docx(path, name, kind) as turned:
            return read_docx(turned, name)
    return read_docx(path, name) if kind == "docx" else read_plain(path, name)


def _identity(path: Path) -> str:
    with path.open("rb") as file:
        return f"{hashlib.file_digest(file, 'sha256').hexdigest()}-{READER}"
