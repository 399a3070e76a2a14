"""Which small files ask for more than a machine has: memory, time, depth, or a file that is none of theirs?

Each is made here from its description, none is a file that somebody else wrote; a name says what it is.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

MEGABYTE = 1 << 20
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
_SECTION = "<w:sectPr/>"


def bombs() -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each."""
    for name, make in BOMBS.items():
        yield name, make()


def zipped(entries: dict[str, bytes]) -> bytes:
    """Pack files into a ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return out.getvalue()


def listed(count: int) -> bytes:
    """Give a ZIP whose list names so many files, all of them the same one."""
    name = b"a.txt"
    local = struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 0, 0, 0, 0, 0, 0, len(name), 0) + name
    entry = struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, len(name), 0, 0, 0, 0, 0, 0) + name
    size = len(entry) * count
    return local + entry * count + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count & 0xFFFF, count & 0xFFFF, size, len(local), 0)


def docx(body: str, head: str = "") -> bytes:
    """Give a DOCX with this body; head stands before its root."""
    document = f'<?xml version="1.0"?>{head}<w:document {_W}><w:body>{body}{_SECTION}</w:body></w:document>'
    parts = {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": document}
    return zipped({name: text.encode() for name, text in parts.items()})


def _laughs(levels: int) -> bytes:
    """Give a DOCX of one word that is said ten times as often at each level."""
    said = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, levels))
    return docx(f"<w:p><w:r><w:t>&e{levels - 1};</w:t></w:r></w:p>", f'<!DOCTYPE w [<!ENTITY e0 "ha">{said}]>')


def _outside(address: str) -> bytes:
    """Give a DOCX that asks for a file of this machine, or for one of the network."""
    return docx("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", f'<!DOCTYPE w [<!ENTITY x SYSTEM "{address}">]>')


def _nested_tables(depth: int) -> bytes:
    return docx("<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth)


def pdf(*objects: bytes, root: bytes = b"1 0 R") -> bytes:
    """Give a PDF of these objects, numbered from 1."""
    out, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer<</Size %d/Root %s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, root, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + trailer


def stream(data: bytes, more: bytes = b"", *, times: int = 1) -> bytes:
    """Give a stream of a PDF, packed so many times."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    return b"<</Length %d/Filter[%s]%s>>stream\n%s\nendstream" % (len(data), b"/FlateDecode " * times, more, data)


def page(content: bytes, *more: bytes, resources: bytes = b"") -> bytes:
    """Give a PDF of one page; more are further objects, from 5."""
    own = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<%s>>>>" % resources
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", own, content, *more)


def _forms(levels: int) -> bytes:
    """Give a page that draws a form, which draws the next one ten times, and so on."""
    kind = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>"
    forms = [stream(b"/F Do " * 10 if n + 1 < levels else b"0 0 1 1 re f", kind % (6 + n)) for n in range(levels)]
    return page(stream(b"/F Do"), *forms, resources=b"/XObject<</F 5 0 R>>")


def _own_kid() -> bytes:
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000/Parent 2 0 R>>")


def _image(width: int, height: int) -> bytes:
    kind = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/DeviceRGB" % (width, height)
    return page(stream(b"500 0 0 500 0 0 cm /I Do"), stream(bytes(4 * MEGABYTE), kind), resources=b"/XObject<</I 5 0 R>>")


def png(width: int, height: int, pixels: bytes = b"", *more: tuple[bytes, bytes]) -> bytes:
    """Give a grey PNG that claims a size; more are further chunks."""
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)), *more, (b"IDAT", zlib.compress(pixels, 9)), (b"IEND", b""))
    sealed = (struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(sealed)


def tiff(*tags: tuple[int, int, int, int], next_page: int = 0) -> bytes:
    """Give a TIFF of one directory: (tag, type, count, value) each; next_page is where it says that the next one lies."""
    body = b"".join(struct.pack("<HHII", *tag) for tag in sorted(tags))
    return struct.pack("<2sHIH", b"II", 42, 8, len(tags)) + body + struct.pack("<I", next_page) + bytes(4096)


def _tiff_of(width: int, height: int, *, bits: int = 8, packing: int = 1, next_page: int = 0) -> bytes:
    sizes = ((256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, bits), (259, 3, 1, packing), (262, 3, 1, 1))
    return tiff(*sizes, (273, 4, 1, 200), (277, 3, 1, 1), (278, 4, 1, height), (279, 4, 1, 4096), next_page=next_page)


def _jpeg(width: int, height: int) -> bytes:
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + bytes(900)


BOMBS: dict[str, Callable[[], bytes]] = {
    "phinh.zip": lambda: zipped({f"{n}.txt": bytes(20 * MEGABYTE) for n in range(5)}),
    "long.zip": lambda: zipped({"trong.zip": zipped({"trong-nua.zip": zipped({"a.txt": b"x"})})}),
    "danh-sach.zip": lambda: listed(300_000),
    "duong-dan.zip": lambda: zipped({"../../../../tmp/ra-ngoai.txt": b"x", "/etc/ra-ngoai.txt": b"x", "..\\..\\ra-ngoai.txt": b"x"}),
    "phinh.docx": lambda: zipped({"[Content_Types].xml": b"", "word/document.xml": bytes(300 * MEGABYTE)}),
    "cuoi.docx": lambda: _laughs(12),
    "tep-may.docx": lambda: _outside("file:///etc/passwd"),
    "mang.docx": lambda: _outside("http://127.0.0.1:9/x"),
    "sau.docx": lambda: docx("<w:sdt><w:sdtContent>" * 5_000 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 5_000),
    "bang-sau.docx": lambda: _nested_tables(60),
    "bang-dai.docx": lambda: docx("<w:tbl>" + "<w:tr><w:tc><w:p/></w:tc></w:tr>" * 20_000 + "</w:tbl>"),
    "doan.docx": lambda: docx("<w:p><w:r><w:t>Kính gửi: các đơn vị</w:t></w:r></w:p>" * 20_000),
    "phinh.pdf": lambda: page(stream(b"q Q " * (40 * MEGABYTE // 4))),
    "phinh-ba-lan.pdf": lambda: page(stream(bytes(200 * MEGABYTE), times=3)),
    "bieu-mau.pdf": lambda: _forms(12),
    "vong.pdf": _own_kid,
    "sau.pdf": lambda: page(stream(b"BT /F 9 Tf ET " + b"[" * 100_000), b"<<" + b"/A[" * 100_000 + b">>"),
    "to.pdf": lambda: _image(60_000, 60_000),
    "rong.pdf": lambda: page(stream(b"0 0 m")).replace(b"[0 0 595 842]", b"[0 0 9e9 9e9]"),
    "hep.pdf": lambda: page(stream(b"0 0 m")).replace(b"[0 0 595 842]", b"[0 0 0.1 1e6]"),
    "nghin-trang.pdf": lambda: pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 100000/Kids[" + b"3 0 R " * 100_000 + b"]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    ),
    "net-ve.pdf": lambda: page(stream(b"0 0 m 9 9 l S " * 1_000_000)),
    "to.png": lambda: png(60_000, 60_000),
    "rong.png": lambda: png(3_000_000, 1),
    "du-diem.png": lambda: png(14_000, 14_000, bytes(14_001 * 14_000)),
    "chu-phinh.png": lambda: png(9, 9, bytes(90), (b"zTXt", b"a\0\0" + zlib.compress(bytes(90 * MEGABYTE), 9))),
    "to.tif": lambda: _tiff_of(50_000, 50_000, bits=1, packing=4),
    "vong.tif": lambda: _tiff_of(60, 60, next_page=8),
    "nhieu-bit.tif": lambda: _tiff_of(60, 60, bits=64),
    "am.tif": lambda: _tiff_of(0xFFFFFFFF, 0xFFFFFFFF),
    "to.jpg": lambda: _jpeg(65_000, 65_000),
    "mot-dong.txt": lambda: "Kính gửi ".encode() * 300_000,
    "nhieu-dong.txt": lambda: b"1.\n" * 300_000,
    "nhieu-trang.txt": lambda: b"a\f" * 3_000,
    "o-bang.txt": lambda: (b"|" * 5_000 + b"\n") * 40,
    "sao.txt": lambda: b"**a" * 200_000,
    "ngoac.txt": lambda: b"(" * 200_000 + "Số 1-CV/ĐU ngày 1/1/2026".encode(),
    "nhom.rtf": lambda: b"{\\rtf1" + b"{" * 200_000,
    "thu.eml": lambda: b"From: a\nContent-Type: message/rfc822\n\n" * 2_000,
    "hai-loai.pdf": lambda: png(9, 9, bytes(90)) + page(stream(b"")),
    "pdf-zip.pdf": lambda: page(stream(b"")) + zipped({"word/document.xml": b"<x/>"}),
}
