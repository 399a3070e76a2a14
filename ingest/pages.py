"""What does one page of a PDF or of a picture file say, whichever way it is best read?"""

from collections.abc import Sequence
from dataclasses import replace

from PIL import Image

from ingest.composing import Row, Sheet, Token, compose
from ingest.layout import Found, in_order
from ingest.pdf import Pdf, Print
from ingest.printed import lines_of
from ingest.scanned import Seen, read_picture
from ingest.stamps import Stamps, part_stamps
from ingest.tables import find_tables
from ingest.transcript import Box, Page
from ingest.trust import doubt

DPI = 300
_POINTS = 72.0  # to an inch
_NO_TEXT = "Trang {} không có chữ đọc được. Văn bản vẫn được lưu, chờ đối chiếu."
_DAMAGED = "Trang {} bị hỏng, không mở được. Văn bản vẫn được lưu, chờ đối chiếu."
_INSTEAD = "Trang {}: {}, đã nhận dạng chữ từ hình của trang."
_TURNED = "Trang {} quét xoay ngang hoặc ngược; đã xoay lại để đọc."


def read_pdf_page(pdf: Pdf, number: int, fields: Sequence[Box]) -> Page:
    """Read a page; fields are the signature fields that stand on it. Whatever the page holds, a Page comes back."""
    sheet = Sheet(number, *pdf.size(number), "text layer")
    found = pdf.read(number)
    if found is None:
        return unread(sheet)
    stamps = part_stamps(found.glyphs, fields)
    lines = lines_of(found.glyphs.own, stamps.fills)
    reason = doubt([token.text for line in lines for token in line if token.origin == "text layer"], found)
    if reason is None:
        return _from_text_layer(sheet, found, lines, stamps)
    picture = pdf.draw(number, scale=DPI / _POINTS, forms=False)
    if picture is None:
        return unread(sheet)
    seen = read_picture(picture, picture.width / max(1.0, sheet.width), stamps.fills)
    if seen.rows:
        has_layer = any(token.origin == "text layer" for line in lines for token in line)
        notes = (_INSTEAD.format(number, reason),) if has_layer else ()
        return _from_picture(replace(sheet, notes=notes), seen, stamps)
    return _from_text_layer(sheet, found, lines, stamps)


def read_picture_page(picture: Image.Image, number: int, *, size: tuple[float, float]) -> Page:
    """Read a page from a picture file; size is width and height in points."""
    scale = picture.width / size[0]
    return _from_picture(Sheet(number, *size), read_picture(picture, scale), Stamps([], []))


def _from_text_layer(sheet: Sheet, found: Print, lines: list[list[Token]], stamps: Stamps) -> Page:
    grids = find_tables(found.figures.strokes, sheet.width, sheet.height)
    rows = in_order(Found(lines, sheet.width, sheet.height, grids))
    if not rows:
        sheet = replace(sheet, notes=(_NO_TEXT.format(sheet.number),))
    return compose(sheet, [*rows, *_stamp_rows(stamps)])


def _from_picture(sheet: Sheet, seen: Seen, stamps: Stamps) -> Page:
    notes = list(sheet.notes)
    if seen.turns:
        notes.append(_TURNED.format(sheet.number))
    if not seen.rows:
        notes.append(_NO_TEXT.format(sheet.number))
    page = compose(replace(sheet, reading="OCR", notes=tuple(notes)), [*seen.rows, *_stamp_rows(stamps)])
    if not seen.turns:
        return page
    return replace(page, lines=tuple(replace(line, box=None) for line in page.lines))  # no line of it lies level on the page


def _stamp_rows(stamps: Stamps) -> list[Row]:
    return [Row((tuple(line),), "stamp", begins=i == 0) for stamp in stamps.stamps for i, line in enumerate(stamp)]


def unread(sheet: Sheet, note: str = _DAMAGED) -> Page:
    """Give the page of a sheet that could not be read, with a note that says so."""
    return compose(replace(sheet, reading="none", notes=(note.format(sheet.number),)), [])
