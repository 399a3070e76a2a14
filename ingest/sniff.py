"""What kind of file is this, by its bytes?

The name decides nothing but one thing: plain text under the name of another format is that format, broken.
"""

import zipfile
import zlib
from pathlib import Path
from typing import Literal

from ingest.errors import BrokenFile, EmptyFile, LockedFile, TooLarge, UnsupportedFile

Kind = Literal["text", "pdf", "docx", "doc", "rtf", "odt", "png", "jpeg", "tiff", "heic"]
MEDIA_TYPES: dict[Kind, str] = {
    "text": "text/plain",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "rtf": "application/rtf",
    "odt": "application/vnd.oasis.opendocument.text",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "tiff": "image/tiff",
    "heic": "image/heic",
}
IMAGES: frozenset[Kind] = frozenset(("png", "jpeg", "tiff", "heic"))
_MAGIC: dict[bytes, Kind] = {
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpeg",
    b"{\\rtf": "rtf",
    b"II*\x00": "tiff", b"MM\x00*": "tiff", b"II+\x00": "tiff", b"MM\x00+": "tiff",
}  # fmt: skip
_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"Rar!\x1a\x07", "tệp nén RAR", "giải nén"),
    (b"7z\xbc\xaf\x27\x1c", "tệp nén 7z", "giải nén"),
    (b"\x1f\x8b", "tệp nén GZ", "giải nén"),
    (b"GIF8", "ảnh GIF", "quét hoặc lưu lại thành PDF, PNG, JPEG hoặc TIFF"),
    (b"BM", "ảnh BMP", "quét hoặc lưu lại thành PDF, PNG, JPEG hoặc TIFF"),
    (b"RIFF", "ảnh WEBP hoặc tệp nghe nhìn", "lưu lại thành PDF, PNG, JPEG hoặc TIFF"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_NAMES = {"", ".txt", ".md", ".markdown", ".text"}
_BINARY_NAMES = {".pdf", ".docx", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".heic", ".heif"}
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}  # ISO/IEC 23008-12; cameras write the first two
_OLE_READ = 64 << 20  # bytes in which the names of an old Office file's parts are looked for
_ZIP_ENTRIES, _ZIP_BYTES, _ZIP_RATIO = 5_000, 300_000_000, 200
_ZIP_LISTED = 5_000_000  # bytes of the list of an ODT's parts
_HEAD = 4096


def sniff(path: Path, name: str) -> Kind:
    """Tell a file's kind from its first bytes. Raises an error of ingest.errors for a file that is not read."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise EmptyFile(name)
    plain = "heic" if _is_heif(head) else next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), None)
    if plain:
        return plain
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(path, name)
    if head.startswith(_OLE):
        return _ole(path, name)
    for magic, kind, advice in _OTHERS:
        if head.startswith(magic):
            raise UnsupportedFile(name, kind, advice)
    if head.lstrip(b"\xef\xbb\xbf\r\n\t \x00").startswith(b"%PDF-") or (b"%PDF-" in head[:1024] and not _is_text(head[:1024])):
        return "pdf"
    return _text(head, name)


def _text(head: bytes, name: str) -> Kind:
    suffix = Path(name).suffix.lower()
    if suffix in _BINARY_NAMES:
        raise BrokenFile(name)
    if not _is_text(head) or suffix not in _TEXT_NAMES:
        kind = "tệp không rõ loại" if suffix in _TEXT_NAMES else f"tệp {suffix[1:].upper()}"
        raise UnsupportedFile(name, kind, "lưu thành PDF, DOCX hoặc văn bản (TXT)")
    return "text"


def _is_text(head: bytes) -> bool:
    """Say whether bytes look like text: UTF-16 with its mark, or nothing that text never holds."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    control = sum(byte < 9 or 13 < byte < 32 for byte in head if byte != 27)
    return b"\x00" not in head and control <= len(head) // 500


def _is_heif(head: bytes) -> bool:
    """Say whether a file is a HEIF photo; an AVIF has the same container and another brand."""
    return head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS and b"avif" not in head[:40]


def _ole(path: Path, name: str) -> Kind:
    """Tell an old Word file from others, and from a DOCX with a password, which hide in the same container."""
    with path.open("rb") as file:
        bytes_ = file.read(_OLE_READ)
    if "EncryptedPackage".encode("utf-16-le") in bytes_:
        raise LockedFile(name)
    if "WordDocument".encode("utf-16-le") in bytes_:
        return "doc"
    raise UnsupportedFile(name, "tệp Excel hoặc trình chiếu kiểu cũ (.xls, .ppt)", "lưu thành PDF")


def _zip(path: Path, name: str) -> Kind:
    """Let only a DOCX or ODT pass, and only one that does not swell when it is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            kind = _kind_zipped(archive, names)
            locked = kind == "odt" and b"encryption-data" in archive.read("META-INF/manifest.xml")[:_ZIP_LISTED]
    except (zipfile.BadZipFile, zlib.error, OSError, KeyError, ValueError, RuntimeError, NotImplementedError) as error:
        raise BrokenFile(name) from error
    if kind is None:
        raise _not_read(names, name)
    if locked or any(entry.flag_bits & 1 for entry in entries):
        raise LockedFile(name)
    size = sum(entry.file_size for entry in entries)
    if len(entries) > _ZIP_ENTRIES or size > _ZIP_BYTES or size > _ZIP_RATIO * max(path.stat().st_size, 100_000):
        raise TooLarge(name, "phình to bất thường khi mở ra nên không được mở", "kiểm tra lại nguồn tệp, lưu lại bằng Word")
    return kind


def _kind_zipped(archive: zipfile.ZipFile, names: set[str]) -> Kind | None:
    if "word/document.xml" in names:
        return "docx"
    if {"mimetype", "content.xml", "META-INF/manifest.xml"} <= names and archive.getinfo("META-INF/manifest.xml").file_size < _ZIP_LISTED:
        with archive.open("mimetype") as file:
            return "odt" if file.read(99).strip() == MEDIA_TYPES["odt"].encode() else None
    return None


def _not_read(names: set[str], name: str) -> UnsupportedFile:
    if "xl/workbook.xml" in names:
        return UnsupportedFile(name, "bảng tính Excel", "lưu thành PDF")
    if "ppt/presentation.xml" in names:
        return UnsupportedFile(name, "tệp trình chiếu", "lưu thành PDF")
    if "mimetype" in names and "content.xml" in names:
        return UnsupportedFile(name, "tệp OpenDocument", "lưu thành .docx hoặc PDF")
    return UnsupportedFile(name, "tệp nén ZIP", "nạp bằng «vanthu ingest» hoặc trang Tiếp nhận, hoặc giải nén,")
