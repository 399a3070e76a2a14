"""What was read of a file, page by page, so that a restart goes on where it was?

One zlib-compressed JSON blob a page, written as the page is done, and one for the rest (the head).
"""

import hashlib
import json
import re
import shutil
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from ingest.transcript import Block, Box, Cell, Line, Page, Region, Signature, Span, Table, Transcript, Word
from store.answers import Leaf
from store.disk import write
from store.errors import Damaged, NotFound

_SAFE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._+-]{2,199}")
_PAGE = re.compile(r"page-(\d+)\.z")
Json = Any


def keep_page(home: Path, transcript_id: str, page: Page) -> None:
    """Keep one page, all or nothing; a page kept before is replaced."""
    write(_folder(home, transcript_id) / f"page-{page.number:05}.z", _pack(_page_out(page)))


def keep_head(home: Path, transcript: Transcript) -> None:
    """Keep all of a transcript but its pages."""
    head = {
        "id": transcript.id,
        "name": transcript.name,
        "media_type": transcript.media_type,
        "notes": transcript.notes,
        "signatures": [[s.page, _box_out(s.box), s.text, s.signer, s.signed_at and s.signed_at.isoformat()] for s in transcript.signatures],
    }
    write(_folder(home, transcript.id) / "head.z", _pack(head))


def drop(home: Path, transcript_id: str) -> None:
    """Remove all that was kept of a transcript; nothing there is nothing to do."""
    shutil.rmtree(_folder(home, transcript_id), ignore_errors=True)


def pages_done(home: Path, transcript_id: str) -> frozenset[int]:
    """Give the numbers of the pages that are kept."""
    return frozenset(_places(home, transcript_id))


def load(home: Path, transcript_id: str) -> Transcript:
    """Give the whole transcript back, pages in order. Raises NotFound when no head is kept."""
    return _assemble(home, transcript_id, _page_in)


def one_page(home: Path, transcript_id: str, number: int) -> Page:
    """Give one page whole, with its words and their boxes. Raises NotFound."""
    return _page_in(_record(home, transcript_id, number))


def bare_page(home: Path, transcript_id: str, number: int) -> Page:
    """Give text, size, notes and regions of one page. Raises NotFound."""
    return _bare_page(_record(home, transcript_id, number))


def called(page: Page, number: int) -> Page:
    """Give a page under another number; its notes name it so too."""
    notes = tuple(re.sub(rf"^Trang {page.number}\b", f"Trang {number}", note) for note in page.notes)
    return replace(page, number=number, notes=notes)


def _record(home: Path, transcript_id: str, number: int) -> Json:
    try:
        return _unpack(_folder(home, transcript_id) / f"page-{number:05}.z")
    except FileNotFoundError:
        raise NotFound("Không tìm thấy trang này.") from None


def outline(home: Path, transcript_id: str, first: int = 1, last: int | None = None) -> Transcript:
    """Give the transcript from page first to last, with text, sizes, notes and regions of its pages only: what a person looks at."""
    wanted = (first, last or max(pages_done(home, transcript_id), default=first))
    return _assemble(home, transcript_id, _bare_page, wanted)


def head(home: Path, transcript_id: str) -> Transcript:
    """Give all of a transcript but its pages. Raises NotFound."""
    return _assemble(home, transcript_id, _bare_page, (1, 0))


def compose(home: Path, pages: Mapping[int, Leaf]) -> Transcript:
    """Put pages of any files into one transcript, numbered as they are called; it is named as its first page's.

    Raises NotFound where a page was not read.
    """
    heads = {leaf.reading: head(home, leaf.reading) for leaf in pages.values()}
    first = heads[next(iter(pages.values())).reading]
    signatures = (_signed(one, number, leaf) for number, leaf in pages.items() for one in heads[leaf.reading].signatures)
    return Transcript(
        id=first.id,
        name=first.name,
        media_type=first.media_type,
        pages=tuple(called(one_page(home, leaf.read_as, leaf.page), number) for number, leaf in pages.items()),
        signatures=tuple(filter(None, signatures)),
        notes=tuple(dict.fromkeys(note for one in heads.values() for note in one.notes)),
    )


def _signed(signature: Signature, number: int, leaf: Leaf) -> Signature | None:
    """Give a signature of the file where it stands in the document; its place on a turned page is not known."""
    if signature.page != leaf.page:
        return None
    return replace(signature, page=number, box=None if leaf.turn else signature.box)


def _assemble(
    home: Path,
    transcript_id: str,
    page_in: Any,  # noqa: ANN401  one of the two readers below
    wanted: tuple[int, int] | None = None,
) -> Transcript:
    try:
        head = _unpack(_folder(home, transcript_id) / "head.z")
    except FileNotFoundError:
        raise NotFound("Văn bản này chưa được đọc xong.") from None
    places = _places(home, transcript_id)
    return Transcript(
        id=head["id"],
        name=head["name"],
        media_type=head["media_type"],
        pages=tuple(page_in(_unpack(places[number])) for number in sorted(places) if wanted is None or wanted[0] <= number <= wanted[1]),
        signatures=tuple(_signature_in(*s) for s in head["signatures"]),
        notes=tuple(head["notes"]),
    )


def _folder(home: Path, transcript_id: str) -> Path:
    """Give a transcript's folder; an id that is no plain file name is hashed, so that none leads out of the store."""
    name = transcript_id if _SAFE.fullmatch(transcript_id) else hashlib.sha256(transcript_id.encode()).hexdigest()
    return home / "transcripts" / name[:2] / name


def _places(home: Path, transcript_id: str) -> dict[int, Path]:
    folder = _folder(home, transcript_id)
    found = ((_PAGE.fullmatch(path.name), path) for path in folder.iterdir()) if folder.is_dir() else ()
    return {int(match[1]): path for match, path in found if match}


def _pack(record: Json) -> bytes:
    return zlib.compress(json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode(), 6)


def _unpack(path: Path) -> Json:
    try:
        return json.loads(zlib.decompress(path.read_bytes()))
    except (zlib.error, ValueError):
        raise Damaged(f"Phần đã đọc {path.parent.name[:12]}/{path.name} bị hỏng. Đề nghị chạy vanthu reread.") from None


def _page_out(page: Page) -> Json:
    return {
        "number": page.number,
        "size": [page.width, page.height],
        "text": page.text,
        "reading": page.reading,
        "notes": page.notes,
        "regions": [[_box_out(region.box), region.kind] for region in page.regions],
        "words": [[*_span_out(w.span), _box_out(w.box), w.origin, w.confidence] for w in page.words],
        "lines": [[*_span_out(line.span), _box_out(line.box)] for line in page.lines],
        "blocks": [[*_span_out(b.span), _box_out(b.box), b.kind] for b in page.blocks],
        "tables": [[*_span_out(t.span), _box_out(t.box), [[c.row, c.column, *_span_out(c.span)] for c in t.cells]] for t in page.tables],
    }


def _bare_page(record: Json) -> Page:
    width, height = record["size"]
    regions = tuple(Region(found, kind) for box, kind in record.get("regions", ()) if (found := _box_in(box)))
    return Page(record["number"], width, height, record["text"], reading=record["reading"], notes=tuple(record["notes"]), regions=regions)


def _page_in(record: Json) -> Page:
    return replace(
        _bare_page(record),
        words=tuple(Word(Span(s, e), _box_in(box), origin, sure) for s, e, box, origin, sure in record["words"]),
        lines=tuple(Line(Span(s, e), _box_in(box)) for s, e, box in record["lines"]),
        blocks=tuple(Block(Span(s, e), _box_in(box), kind) for s, e, box, kind in record["blocks"]),
        tables=tuple(Table(Span(s, e), _box_in(box), tuple(_cells_in(cells))) for s, e, box, cells in record["tables"]),
    )


def _cells_in(cells: Json) -> Iterator[Cell]:
    return (Cell(row, column, Span(start, end)) for row, column, start, end in cells)


def _signature_in(page: int, box: Json, text: str, signer: str | None, signed_at: str | None) -> Signature:
    return Signature(page, _box_in(box), text, signer, datetime.fromisoformat(signed_at) if signed_at else None)


def _span_out(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _box_out(box: Box | None) -> tuple[float, float, float, float] | None:
    return (box.x0, box.y0, box.x1, box.y1) if box else None


def _box_in(box: Json) -> Box | None:
    return Box(*box) if box else None
