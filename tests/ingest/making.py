"""Makers of files to read: PDFs with a text layer, signature fields, pictures of pages, Word documents."""

import io
import struct
import subprocess
import zlib
from dataclasses import dataclass
from pathlib import Path

import docx
import pikepdf
from PIL import Image, ImageDraw, ImageFont

WIDE = 0.5  # of the size: how wide every letter of the made-up font is
_ROWS = (0x00, 0x01, 0x03, 0x04, 0x1E, 0x20, 0xF0)  # the high bytes of the letters that tests use
_SAME = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Same def\n"
    "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    f"{len(_ROWS)} beginbfrange " + " ".join(f"<{row:02x}00> <{row:02x}ff> <{row:02x}00>" for row in _ROWS) + " endbfrange endcmap end end"
).encode()


@dataclass(frozen=True)
class Put:
    """Text on a page: its left and base line in points from the top left, its size."""

    x: float
    y: float
    text: str
    size: float = 13


def shown(puts, height=842):
    """Write the operators that show texts in the font /F."""
    parts = [
        f"BT /F {p.size} Tf 1 0 0 1 {p.x} {height - p.y} Tm <{p.text.encode('utf-16-be').hex()}> Tj ET"
        for p in puts
    ]  # fmt: skip
    return "\n".join(parts).encode()


def font(pdf, *, mapped=True, name="Plain", lies=None):
    """Make a font of a name whose codes are Unicode's; not mapped, it hides which letters it shows.

    lies says of some letters which others the file takes them for; such a font is embedded, so that the right ones are drawn.
    """
    name = pikepdf.Name(f"/{name}")
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType2, BaseFont=name, DW=int(1000 * WIDE),
        CIDSystemInfo=pikepdf.Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0),
        FontDescriptor=pdf.make_indirect(pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor, FontName=name, Flags=32, ItalicAngle=0, Ascent=800, Descent=-200,
            CapHeight=700, StemV=80, FontBBox=pikepdf.Array([0, -200, 500, 800]))),
    )  # fmt: skip
    if lies is not None:
        _embed(pdf, descendant)
    made = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=name, Encoding=pikepdf.Name("/Identity-H"),
        DescendantFonts=pikepdf.Array([pdf.make_indirect(descendant)]),
    )  # fmt: skip
    if mapped:
        wrong = [f"<{ord(shown):04x}> <{ord(said):04x}>" for shown, said in (lies or {}).items()]
        parts = [wrong[i : i + 100] for i in range(0, len(wrong), 100)]
        extra = "".join(f"{len(part)} beginbfchar {' '.join(part)} endbfchar\n" for part in parts)
        made.ToUnicode = pdf.make_stream(_SAME.replace(b"endbfrange", b"endbfrange\n" + extra.encode()))
    return pdf.make_indirect(made)


def _embed(pdf, descendant):
    """Put a font with Vietnamese letters into a PDF's font, its glyphs at the codes of their letters."""
    data = Path(serif()).read_bytes()
    glyphs, advance = _glyphs(data)
    places = bytearray(2 * 65536)
    for code, glyph in glyphs.items():
        places[2 * code : 2 * code + 2] = glyph.to_bytes(2, "big")
    descendant.FontDescriptor.FontFile2 = pdf.make_stream(data)
    descendant.CIDToGIDMap = pdf.make_stream(bytes(places))
    descendant.W = pikepdf.Array([x for code, glyph in glyphs.items() for x in (code, pikepdf.Array([round(advance(glyph))]))])


def _glyphs(data):
    """Read from a TrueType font the glyph of each code (cmap, format 4) and how wide, in thousandths, a glyph is (hmtx)."""
    tables = {
        data[o : o + 4]: int.from_bytes(data[o + 8 : o + 12], "big") for o in range(12, 12 + 16 * int.from_bytes(data[4:6], "big"), 16)
    }

    def words(at, count):
        return struct.unpack(f">{count}H", data[at : at + 2 * count])

    cmap = tables[b"cmap"]
    subtables = [struct.unpack(">HHI", data[o : o + 8]) for o in range(cmap + 4, cmap + 4 + 8 * words(cmap + 2, 1)[0], 8)]
    at = cmap + next(offset for platform, encoding, offset in subtables if (platform, encoding) == (3, 1))
    count = words(at + 6, 1)[0] // 2
    ends, starts, deltas = (words(at + 14 + skip + 2 * count * part, count) for part, skip in ((0, 0), (1, 2), (2, 2)))
    ranges = at + 16 + 6 * count
    glyphs = {}
    for i, (start, end, delta, distance) in enumerate(zip(starts, ends, deltas, words(ranges, count), strict=True)):
        for code in range(start, min(end, 0x20FF) + 1):
            glyph = code if not distance else words(ranges + 2 * i + distance + 2 * (code - start), 1)[0]
            glyphs[code] = (glyph + delta) % 65536 if glyph else 0
    units, long_ones = words(tables[b"head"] + 18, 1)[0], words(tables[b"hhea"] + 34, 1)[0]
    return glyphs, lambda glyph: 1000 * words(tables[b"hmtx"] + 4 * min(glyph, long_ones - 1), 1)[0] / units


def pdf_of(path, *pages, extra=b"", **kind):
    """Write a PDF with one A4 page for each list of Put; extra is drawn on all, in points from the bottom left; kind says what font."""
    pdf = pikepdf.new()
    resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font(pdf, **kind)))
    for puts in pages:
        pdf.add_blank_page(page_size=(595, 842))
        page = pdf.pages[-1]
        page.Resources = resources
        page.Contents = pdf.make_stream(shown(puts) + b"\n" + extra)
    pdf.save(path)
    return path


def turned_pdf(path, put, angle):
    """Write a PDF of one page that is held turned by 90 degrees, its text by angle: upright when both agree."""
    pdf_of(path, [])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        page.Rotate = 90
        matrix = {90: "0 1 -1 0", 0: "1 0 0 1"}[angle]
        text = f"BT /F {put.size} Tf {matrix} {put.y} {put.x} Tm <{put.text.encode('utf-16-be').hex()}> Tj ET"
        page.Contents = pdf.make_stream(text.encode())
        pdf.save(path)
    return path


def signed(path, fields):
    """Lay signature fields over the first page of a PDF: (left, top, right, bottom from the top left, lines shown, reason, time)."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page, kids = pdf.pages[0], []
        for n, ((x0, y0, x1, y1), lines, reason, time) in enumerate(fields):
            size = min(12, (y1 - y0) / max(1, len(lines)) * 0.8)
            puts = [Put(0, (i + 0.8) * (y1 - y0) / len(lines), line, size) for i, line in enumerate(lines)]
            look = pdf.make_stream(shown(puts, y1 - y0))
            look.stream_dict.Type, look.stream_dict.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
            look.stream_dict.BBox = pikepdf.Array([0, 0, x1 - x0, y1 - y0])
            look.stream_dict.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font(pdf)))
            value = pikepdf.Dictionary(Type=pikepdf.Name.Sig, Filter=pikepdf.Name("/Adobe.PPKLite"), Reason=reason, M=time)
            kids.append(pdf.make_indirect(pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, T=f"Signature{n}", F=132, P=page.obj,
                Rect=pikepdf.Array([x0, 842 - y1, x1, 842 - y0]), V=pdf.make_indirect(value), AP=pikepdf.Dictionary(N=look))))  # fmt: skip
        page.Annots = pikepdf.Array(kids)
        pdf.Root.AcroForm = pdf.make_indirect(pikepdf.Dictionary(Fields=pikepdf.Array(kids), SigFlags=3))
        pdf.save(path)
    return path


def image(pdf, picture):
    """Put a picture into a PDF as an object that can be drawn."""
    picture = picture.convert("RGB")
    return pdf.make_stream(
        picture.tobytes(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=picture.width, Height=picture.height,
        ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8)  # fmt: skip


def signed_with_pictures(path, fields):
    """Lay signature fields over the first page of a PDF that show a picture each: (box from the top left, picture)."""
    signed(path, [(box, ["x"], "", "D:20260203072904+07'00'") for box, _ in fields])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for field, ((x0, y0, x1, y1), picture) in zip(pdf.Root.AcroForm.Fields, fields, strict=True):
            look = pdf.make_stream(f"q {x1 - x0} 0 0 {y1 - y0} 0 0 cm /I Do Q".encode())
            look.stream_dict.Type, look.stream_dict.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
            look.stream_dict.BBox = pikepdf.Array([0, 0, x1 - x0, y1 - y0])
            look.stream_dict.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image(pdf, picture)))
            field.AP = pikepdf.Dictionary(N=look)
        pdf.save(path)
    return path


def pasted(path, picture, box):
    """Draw a picture in a box (points from the top left) of the first page of a PDF."""
    x0, y0, x1, y1 = box
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        page.Resources.XObject = pikepdf.Dictionary(I=image(pdf, picture))
        page.contents_add(f"q {x1 - x0} 0 0 {y1 - y0} {x0} {842 - y1} cm /I Do Q".encode())
        pdf.save(path)
    return path


def drawn(lines, *, size=(1240, 1754), points=26, gap=44, top=120, left=150):
    """Draw lines of text on a white page at 150 dots an inch."""
    page = Image.new("RGB", size, "white")
    pen, face = ImageDraw.Draw(page), ImageFont.truetype(serif(), points)
    for i, line in enumerate(lines):
        pen.text((left, top + i * gap), line, fill=(20, 20, 20), font=face)
    return page


def serif():
    """Find a font with Vietnamese letters on this machine."""
    found = subprocess.run(["fc-match", "-f", "%{file}", "DejaVu Serif"], capture_output=True, text=True, check=True)
    return found.stdout


def pdf_of_pictures(path, *pictures):
    """Write a PDF whose pages are only pictures, as a scanner makes it."""
    first, *others = pictures
    first.save(path, "PDF", save_all=True, append_images=others, resolution=150)
    return path


def docx_of(path, *parts):
    """Write a DOCX: a text is a paragraph, a list of rows a table."""
    document = docx.Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
        else:
            table = document.add_table(len(part), len(part[0]))
            for row, texts in zip(table.rows, part, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = text
    document.save(path)
    return path


def png_of(width, height):
    """Give the bytes of a PNG that states a size and holds nothing."""
    out = io.BytesIO()
    Image.new("1", (1, 1)).save(out, "PNG")
    data = bytearray(out.getvalue())
    data[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    data[29:33] = zlib.crc32(bytes(data[12:29])).to_bytes(4, "big")
    return bytes(data)
