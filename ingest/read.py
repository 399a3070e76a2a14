"""What does a file say, page by page? The one door through which the other rooms hand in bytes."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from ingest.composing import Sheet
from ingest.docx import read_docx
from ingest.errors import TooLarge
from ingest.office_files import FILTERS, as_docx, require_office
from ingest.pages import read_pdf_page, read_picture_page, unread
from ingest.pdf import Pdf
from ingest.pictures import as_png, count_pages, picture_page
from ingest.plain import read_plain
from ingest.signatures import signature_fields
from ingest.sniff import IMAGES, MEDIA_TYPES, Kind, sniff
from ingest.stamps import shown
from ingest.transcript import Page, Signature, Transcript

READER = "1"
"""The reader's version: raised when the same bytes would be read differently, so that what was kept is read again."""
MOST_PAGES = 2_000


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
    """Yield the pages that are not in skip as they are done, with several processes in any order."""
    wanted = [number for number in range(1, source.page_count + 1) if number not in skip]
    if source.kind in ("text", "docx", *FILTERS):
        yield from (page for page in (_whole(source.path, source.name, source.kind) if wanted else ()) if page.number in wanted)
    elif min(processes, len(wanted)) > 1:
        with ProcessPoolExecutor(min(processes, len(wanted)), mp_context=get_context("fork")) as pool:
            for done in as_completed([pool.submit(_one, source, number) for number in wanted]):
                yield done.result()
    else:
        yield from _some(source, wanted)


def assemble(source: Source, pages: Iterable[Page]) -> Transcript:
    """Put pages into their order and give all that was read of the file."""
    ordered = tuple(sorted(pages, key=lambda page: page.number))
    signatures = tuple(shown(signature, ordered) for signature in source.signatures)
    return Transcript(source.id, source.name, source.media_type, ordered, signatures, source.notes)


def read(path: Path, name: str | None = None, *, processes: int = 1) -> Transcript:
    """Read a whole file in one call. Raises Unreadable."""
    source = open_source(path, name or path.name)
    return assemble(source, read_pages(source, processes=processes))


def page_image(path: Path, number: int, *, width: int) -> bytes | None:
    """Draw a page (from 1) as a reader holds it, stamps and signatures too, width pixels wide: a PNG.

    None for text and DOCX, which have no pages, and for a page that is not there or is damaged. Raises Unreadable.
    """
    kind = sniff(path, path.name)
    if kind in IMAGES:
        found = picture_page(path, path.name, number, width=width) if number <= count_pages(path, path.name) else None
        return as_png(found[0]) if found else None
    if kind != "pdf":
        return None
    with Pdf(path, path.name) as pdf:
        page_width, _ = pdf.size(number) if 1 <= number <= pdf.page_count else (0.0, 0.0)
        picture = pdf.draw(number, scale=width / page_width) if page_width else None
        return as_png(picture) if picture else None


def _some(source: Source, numbers: Sequence[int]) -> Iterator[Page]:
    """Read pages one after the other."""
    if source.kind in IMAGES:
        yield from (_picture(source, number) for number in numbers)
        return
    with Pdf(source.path, source.name) as pdf:
        for number in numbers:
            fields = [signature.box for signature in source.signatures if signature.page == number and signature.box]
            yield read_pdf_page(pdf, number, fields)


def _one(source: Source, number: int) -> Page:
    return next(_some(source, [number]))


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
