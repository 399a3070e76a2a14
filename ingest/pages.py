"""What does one page of a PDF or of a picture file say, whichever way it is best read?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PIL import Image

from ingest.arrivals import Arrivals, take_arrivals
from ingest.characters import may_be_disguised
from ingest.checking import agrees, repaired
from ingest.composing import Row, Sheet, Token, compose
from ingest.deciphering import deciphered
from ingest.figures import Figures
from ingest.fonts import in_unicode
from ingest.inked import inked
from ingest.layout import Found, Grid, in_order
from ingest.legacy import guessed, note_of
from ingest.open_tables import open_tables
from ingest.pasted import with_pasted
from ingest.pdf import Pdf, Print
from ingest.pictured import with_pictured
from ingest.printed import in_lines, runs_of, words_of
from ingest.scan import in_colour
from ingest.scanned import Seen, read_picture
from ingest.seals import seals
from ingest.stamps import Stamps, part_stamps
from ingest.tables import find_tables
from ingest.transcript import Box, Page
from ingest.trust import Doubt, doubt
from ingest.unframed import part_arrivals, take_coloured
from ingest.unruled import find_places

DPI = 300
_POINTS = 72.0  # to an inch
_PICTURE = 0.5  # a page so far covered by images is a scan, whose layer is the work of earlier software
_MANY = 3  # glued places that are worth a word to the person who checks
_BLANK = "Trang {} để trống."
_NO_TEXT = "Trang {} không có chữ đọc được. Văn bản vẫn được lưu, chờ đối chiếu."
_DAMAGED = "Trang {} bị hỏng, không mở được. Văn bản vẫn được lưu, chờ đối chiếu."
_INSTEAD = "Trang {}: {}, đã nhận dạng chữ từ hình của trang."
_DECIPHERED = "Trang {}: {}, đã đối chiếu với hình của trang để đọc lại đúng chữ."
_TURNED = "Trang {} quét xoay ngang hoặc ngược; đã xoay lại để đọc."
_LINES_READ = "Trang {}: {} dòng có chữ sai mã, đã nhận dạng từ hình của trang."
_GLUED = "Trang {}: {} chỗ chữ dính liền, đã tách theo âm tiết."
_PASTED = "Trang {}: có {} hình chứa chữ, đã nhận dạng và đặt vào chỗ của hình."
_STRANGE = "Trang {}: có chữ cái nước ngoài hoặc ký tự ẩn lẫn trong chữ Việt, đã thay bằng chữ Việt."


@dataclass(frozen=True, slots=True)
class _Layer:
    """A page's own text as lines of words, what annotations add to it, and what had to be mended, as notes."""

    found: Print
    lines: list[list[Token]]
    stamps: Stamps
    notes: tuple[str, ...]
    doubt: Doubt | None

    @property
    def is_empty(self) -> bool:
        """Say whether the page has no text of its own."""
        return not any(token.origin == "text layer" for line in self.lines for token in line)


def read_pdf_page(pdf: Pdf, number: int, fields: Sequence[Box]) -> Page:
    """Read a page; fields are the signature fields that stand on it. Whatever the page holds, a Page comes back."""
    sheet = Sheet(number, *pdf.size(number), "text layer")
    found = pdf.read(number)
    if found is None:
        return unread(sheet)
    stamps = with_pictured(part_stamps(found.glyphs, fields), pdf, number, fields)
    layer = _believable(_layer(sheet, found, stamps), sheet)
    if layer.doubt is None or (not layer.doubt.is_sure and agrees(pdf, number, layer.lines)):
        return _from_text_layer(pdf, sheet, layer)
    return _from_both(pdf, sheet, layer, layer.doubt)


def _from_both(pdf: Pdf, sheet: Sheet, layer: _Layer, reason: Doubt) -> Page:
    """Read a page from its picture; where that tells which letters the layer means, the layer is read with them."""
    number = sheet.number
    picture = pdf.draw(number, scale=DPI / _POINTS, forms=False)
    if picture is None:
        return unread(sheet)
    seen, arrivals = _seen(picture, sheet, layer.stamps.fills)
    if not seen.rows:  # nor do its pictures hold text
        page = _from_text_layer(pdf, sheet, replace(layer, found=replace(layer.found, figures=Figures())), arrivals)
        return page if page.text else replace(page, notes=(_silence(number, seen, arrivals),))
    is_printed = layer.found.image_share < _PICTURE and not layer.is_empty and not seen.turns
    lines = deciphered(pdf, number, layer.stamps, seen.rows) if is_printed else None
    if lines is not None:
        return _from_text_layer(pdf, sheet, replace(layer, lines=lines, notes=(_DECIPHERED.format(number, reason.reason),)), arrivals)
    notes = () if layer.is_empty else (_INSTEAD.format(number, reason.reason),)
    return _from_picture(replace(sheet, notes=notes), seen, layer.stamps, arrivals)


def read_picture_page(picture: Image.Image, number: int, *, size: tuple[float, float]) -> Page:
    """Read a page from a picture file; size is width and height in points."""
    sheet = Sheet(number, *size)
    seen, arrivals = _seen(picture, sheet)
    return _from_picture(sheet, seen, Stamps([], []), arrivals)


def _seen(picture: Image.Image, sheet: Sheet, fills: Sequence[Token] = ()) -> tuple[Seen, Arrivals]:
    """Read a page's picture, and its arrival stamps apart: those that stand out by frame or colour first, the others from its lines."""
    scale = picture.width / max(1.0, sheet.width)
    arrivals = take_coloured(take_arrivals(in_colour(picture), scale), scale)
    seen = read_picture(arrivals.rest, scale, fills)
    if seen.turns:
        return seen, arrivals
    rows, stamp, regions = part_arrivals(seen.rows, sheet.height)
    return replace(seen, rows=rows), replace(arrivals, rows=(*arrivals.rows, *stamp), regions=(*arrivals.regions, *regions))


def _layer(sheet: Sheet, found: Print, stamps: Stamps) -> _Layer:
    number = sheet.number
    runs = runs_of(found.glyphs.own)
    parted = [words_of(run) for run in runs]
    lines = in_lines([word for words in parted for word in words], stamps.fills)
    notes = [note_of(number, found.schemes)] if found.schemes else []
    if (glued := sum([len(words) > 1 for words in parted])) >= _MANY:
        notes.append(_GLUED.format(number, glued))
    if may_be_disguised(found.glyphs.text) and any(run.is_strange for run in runs):
        notes.append(_STRANGE.format(number))
    own = [token for line in lines for token in line if token.origin == "text layer"]
    covered = sum([(box.x1 - box.x0) * (box.y1 - box.y0) for token in own if (box := token.box)])
    reason = doubt([token.text for token in own], found, covered / max(1.0, sheet.width * sheet.height))
    return _Layer(found, lines, stamps, tuple(notes), reason)


def _believable(layer: _Layer, sheet: Sheet) -> _Layer:
    """Give a page's text converted from a scheme of before Unicode, where nothing but that makes it sound."""
    scheme = guessed(layer.found.glyphs.own.text) if layer.doubt is not None else None
    if scheme is None:
        return layer
    glyphs = in_unicode(layer.found.glyphs, [None if added else scheme for added in layer.found.glyphs.added.tolist()])
    other = _layer(sheet, replace(layer.found, glyphs=glyphs, schemes=frozenset((scheme,))), layer.stamps)
    return layer if other.doubt is not None and other.doubt.is_sure else other


def _from_text_layer(pdf: Pdf, sheet: Sheet, layer: _Layer, arrivals: Arrivals | None = None) -> Page:
    lines, count = repaired(pdf, sheet.number, layer.lines)
    notes = [*layer.notes, *([_LINES_READ.format(sheet.number, count)] if count else [])]
    figures = layer.found.figures
    grids = find_tables(figures.strokes, sheet.width, sheet.height) or _open_tables(pdf, sheet, lines, figures)
    rows, pasted = with_pasted(in_order(Found(lines, sheet.width, sheet.height, grids)), pdf, sheet.number, figures.images)
    if pasted:
        notes.append(_PASTED.format(sheet.number, pasted))
    if not rows:
        notes.append(_NO_TEXT.format(sheet.number))
    stamped = arrivals.rows if arrivals else ()
    page = compose(replace(sheet, notes=tuple(notes)), [*rows, *stamped, *_stamp_rows(layer.stamps)])
    return _with_regions(page, arrivals) if arrivals else page


def _open_tables(pdf: Pdf, sheet: Sheet, lines: Sequence[Sequence[Token]], figures: Figures) -> list[Grid]:
    """Find the tables of a page that has no ruled one; only where something looks like it is the page parsed once more."""
    size = sheet.width, sheet.height
    places = find_places(lines, figures, size)
    return open_tables(pdf.path, sheet.number, places, size) if places else []


def _from_picture(sheet: Sheet, seen: Seen, stamps: Stamps, arrivals: Arrivals) -> Page:
    notes = list(sheet.notes)
    if seen.turns:
        notes.append(_TURNED.format(sheet.number))
    if not seen.rows:
        notes.append(_silence(sheet.number, seen, arrivals))
    page = compose(replace(sheet, reading="OCR", notes=tuple(notes)), [*seen.rows, *arrivals.rows, *_stamp_rows(stamps)])
    if seen.turns:
        page = replace(page, lines=tuple(replace(line, box=None) for line in page.lines))  # no line of it lies level on the page
    return _with_regions(page, arrivals)


def _with_regions(page: Page, arrivals: Arrivals) -> Page:
    """Add what was stamped and written on a page: arrival stamps, seals, then what a hand wrote, which is told by these."""
    page = replace(page, regions=(*arrivals.regions, *seals(arrivals.rest, arrivals.rest.shape[1] / max(1.0, page.width))))
    return replace(page, regions=(*page.regions, *inked(arrivals.rest, page)))


def _silence(number: int, seen: Seen, arrivals: Arrivals) -> str:
    """Say of a page without words whether anything is on it."""
    return (_BLANK if seen.is_blank and not arrivals.regions else _NO_TEXT).format(number)


def _stamp_rows(stamps: Stamps) -> list[Row]:
    return [Row((tuple(line),), "stamp", begins=i == 0) for stamp in stamps.stamps for i, line in enumerate(stamp)]


def unread(sheet: Sheet, note: str = _DAMAGED) -> Page:
    """Give the page of a sheet that could not be read, with a note that says so."""
    return compose(replace(sheet, reading="none", notes=(note.format(sheet.number),)), [])
