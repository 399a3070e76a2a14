"""Which files does an archive (ZIP) hold, and can they be taken out without harm?

Names inside are only shown, never used as paths; what is inside is bounded in number, size and swelling before anything is
unpacked, and again while it is.
"""

import io
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import BrokenFile, LockedFile, TooLarge, UnsupportedFile

MOST_FILES = 1_000
MOST_BYTES = 4 << 30  # of all files, unpacked
_MOST_RATIO = 200  # times its packed size that an archive may be unpacked; scans hardly shrink, texts to a tenth
_SMALL = 1 << 20  # bytes that are never too much
_MOST_LIST = 4 << 20  # bytes of the list of files, which is read whole
_PIECE = 1 << 20
_UTF8 = 0x800  # flag: the name is UTF-8
_LOCKED = 0x1
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError)
_PARTS = {"word/document.xml", "xl/workbook.xml", "ppt/presentation.xml", "content.xml"}  # a ZIP with one of these is a document


@dataclass(frozen=True, slots=True)
class Member:
    """One file in an archive: its name as it is shown, and the entry that it stands under."""

    name: str
    entry: zipfile.ZipInfo


class _LongListError(ValueError):
    """The list of an archive's files is longer than that of any archive that is taken in."""


class _Bounded(io.BufferedReader):
    """The bytes of an archive, of which no more is read at once than a list of files may be long."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Read; raise _LongListError instead of giving too much."""
        if size is not None and size > _MOST_LIST:
            raise _LongListError
        return super().read(size)


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open an archive whose list of files is not too long. Raises one of _DAMAGED."""
    with _Bounded(io.FileIO(path)) as file, zipfile.ZipFile(file) as archive:
        yield archive


def is_archive(path: Path) -> bool:
    """Say whether a file is a ZIP of files, and no document that is itself a ZIP."""
    with path.open("rb") as file:
        if not file.read(4).startswith((b"PK\x03\x04", b"PK\x05\x06")):
            return False
    try:
        with _opened(path) as archive:
            return _PARTS.isdisjoint(archive.namelist())
    except _DAMAGED:
        return True


def members(path: Path, name: str) -> tuple[Member, ...]:
    """Give the files in an archive, in its order, without those that systems add; name is the archive's own.

    Raises BrokenFile, LockedFile for one with a password, UnsupportedFile for one without files, TooLarge for too many or too much.
    """
    try:
        with _opened(path) as archive:
            entries = [entry for entry in archive.infolist() if not _is_passed_over(entry)]
    except _LongListError as error:
        raise TooLarge(name, f"có quá nhiều tệp, vượt mức {MOST_FILES} tệp một lần", "chia thành nhiều tệp nén") from error
    except _DAMAGED as error:
        raise BrokenFile(name) from error
    size = sum(entry.file_size for entry in entries)
    if not entries:
        raise UnsupportedFile(name, "tệp nén không có tệp nào bên trong", "kiểm tra lại tệp")
    if any(entry.flag_bits & _LOCKED for entry in entries):
        raise LockedFile(name)
    if len(entries) > MOST_FILES:
        raise TooLarge(name, f"có {len(entries)} tệp, vượt mức {MOST_FILES} tệp một lần", "chia thành nhiều tệp nén")
    if size > MOST_BYTES or size > max(_SMALL, _MOST_RATIO * path.stat().st_size):
        raise TooLarge(name, "phình to bất thường khi giải nén nên không được mở", "kiểm tra lại nguồn tệp")
    return tuple(Member(f"{name} › {_shown(entry)}", entry) for entry in entries)


def _is_passed_over(entry: zipfile.ZipInfo) -> bool:
    """Say whether an entry is no file of a person's: a folder, a link, or what a system writes beside files."""
    parts = entry.filename.replace("\\", "/").split("/")
    hidden = any((part.startswith(".") and part.strip(".")) or part == "__MACOSX" for part in parts) or parts[-1].lower() in (
        "thumbs.db",
        "desktop.ini",
    )
    return entry.is_dir() or hidden or stat.S_ISLNK(entry.external_attr >> 16)


def _shown(entry: zipfile.ZipInfo) -> str:
    """Give an entry's name with its folders; programs that do not say how they wrote it mostly wrote UTF-8."""
    name = entry.filename
    if not entry.flag_bits & _UTF8:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name.replace("\\", "/").replace("/", " › ")


def unpack(path: Path, member: Member, target: Path) -> None:
    """Write a file of an archive to target, no more of it than the archive says it has.

    Raises BrokenFile, and UnsupportedFile for an archive in the archive.
    """
    try:
        with _opened(path) as archive, archive.open(member.entry) as file, target.open("wb") as out:
            shutil.copyfileobj(file, out, _PIECE)
    except _DAMAGED as error:
        raise BrokenFile(member.name) from error
    if is_archive(target):
        raise UnsupportedFile(member.name, "tệp nén nằm trong tệp nén", "giải nén")
