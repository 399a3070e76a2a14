"""What kind of file is this, by its bytes?

The name decides nothing but one thing: plain text under the name of another format is that format, broken.
"""

import zipfile
from pathlib import Path
from typing import Literal

from ingest.errors import BrokenFile, EmptyFile, LockedFile, TooLarge, UnsupportedFile

Kind = Literal["text", "pdf", "docx", "png", "jpeg", "tiff"]
MEDIA_TYPES: dict[Kind, str] = {
    "text": "text/plain",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "tiff": "image/tiff",
}
IMAGES: frozenset[Kind] = frozenset(("png", "jpeg", "tiff"))
_MAGIC: dict[bytes, Kind] = {
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpeg",
    b"II*\x00": "tiff", b"MM\x00*": "tiff", b"II+\x00": "tiff", b"MM\x00+": "tiff",
}  # fmt: skip
_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"{\\rtf", "tệp RTF", "mở bằng Word, lưu thành .docx hoặc PDF"),
    (b"Rar!\x1a\x07", "tệp nén RAR", "giải nén"),
    (b"7z\xbc\xaf\x27\x1c", "tệp nén 7z", "giải nén"),
    (b"\x1f\x8b", "tệp nén GZ", "giải nén"),
    (b"GIF8", "ảnh GIF", "quét hoặc lưu lại thành PDF, PNG, JPEG hoặc TIFF"),
    (b"BM", "ảnh BMP", "quét hoặc lưu lại thành PDF, PNG, JPEG hoặc TIFF"),
    (b"RIFF", "ảnh WEBP hoặc tệp nghe nhìn", "lưu lại thành PDF, PNG, JPEG hoặc TIFF"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_NAMES = {"", ".txt", ".md", ".markdown", ".text"}
_BINARY_NAMES = {".pdf", ".docx", ".png", ".jpg", ".jpeg", ".tif", ".tiff"}
_ZIP_ENTRIES, _ZIP_BYTES, _ZIP_RATIO = 5_000, 300_000_000, 200
_HEAD = 4096


def sniff(path: Path, name: str) -> Kind:
    """Tell a file's kind from its first bytes. Raises an error of ingest.errors for a file that is not read."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise EmptyFile(name)
    image = next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), None)
    if image:
        return image
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(path, name)
    if head.startswith(_OLE):
        raise _ole(path, name)
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


def _ole(path: Path, name: str) -> Exception:
    """Tell the old Office format from a DOCX with a password, which hides in the same container."""
    with path.open("rb") as file:
        bytes_ = file.read(2_000_000)
    if "EncryptedPackage".encode("utf-16-le") in bytes_:
        return LockedFile(name)
    return UnsupportedFile(name, "tệp Word, Excel kiểu cũ (.doc, .xls)", "mở bằng Word, lưu thành .docx hoặc PDF")


def _zip(path: Path, name: str) -> Kind:
    """Let only a DOCX pass, and only one that does not swell when it is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise BrokenFile(name) from error
    if "word/document.xml" not in {entry.filename for entry in entries}:
        raise _not_docx({entry.filename for entry in entries}, name)
    if any(entry.flag_bits & 1 for entry in entries):
        raise LockedFile(name)
    size = sum(entry.file_size for entry in entries)
    if len(entries) > _ZIP_ENTRIES or size > _ZIP_BYTES or size > _ZIP_RATIO * max(path.stat().st_size, 100_000):
        raise TooLarge(name, "phình to bất thường khi mở ra nên không được mở", "kiểm tra lại nguồn tệp, lưu lại bằng Word")
    return "docx"


def _not_docx(names: set[str], name: str) -> UnsupportedFile:
    if "xl/workbook.xml" in names:
        return UnsupportedFile(name, "bảng tính Excel", "lưu thành PDF")
    if "ppt/presentation.xml" in names:
        return UnsupportedFile(name, "tệp trình chiếu", "lưu thành PDF")
    if "mimetype" in names and "content.xml" in names:
        return UnsupportedFile(name, "tệp OpenDocument", "lưu thành .docx hoặc PDF")
    return UnsupportedFile(name, "tệp nén ZIP", "giải nén")
