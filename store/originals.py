"""Where are the bytes that were handed in, and are they still the same?"""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from store.disk import make_folder, sync_folder
from store.errors import Damaged

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Original:
    """Bytes that are kept: their SHA-256 in hex, their count, where they lie."""

    sha256: str
    size: int
    path: Path


def path_of(home: Path, sha256: str) -> Path:
    """Give the place of the bytes with this hash."""
    return home / "originals" / sha256[:2] / sha256


def keep(home: Path, source: Path) -> Original:
    """Copy the bytes of source into the store and sync file and folder; the same bytes twice are kept once.

    Raises OSError when the disk does not take them.
    """
    incoming = home / "originals" / "incoming"
    make_folder(incoming)
    handle, name = tempfile.mkstemp(dir=incoming)
    beside = Path(name)
    try:
        sha256, size = _copy(source, handle)
        path = path_of(home, sha256)
        make_folder(path.parent)
        if not (path.exists() and path.stat().st_size == size):
            beside.chmod(0o444)
            beside.replace(path)
        sync_folder(path.parent)
    finally:
        beside.unlink(missing_ok=True)
    return Original(sha256, size, path)


def _copy(source: Path, handle: int) -> tuple[str, int]:
    seen, size = hashlib.sha256(), 0
    with source.open("rb") as file, os.fdopen(handle, "wb") as copy:
        while piece := file.read(_PIECE):
            seen.update(piece)
            size += len(piece)
            copy.write(piece)
        copy.flush()
        os.fsync(copy.fileno())
    return seen.hexdigest(), size


def check(home: Path, sha256: str) -> None:
    """Raise Damaged when the kept bytes are gone or changed."""
    path = path_of(home, sha256)
    try:
        with path.open("rb") as file:
            same = hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        raise Damaged(f"Bản gốc {sha256[:12]} không còn trong kho. Đề nghị phục hồi từ bản sao lưu.") from None
    if not same:
        raise Damaged(f"Bản gốc {sha256[:12]} trong kho đã bị thay đổi. Đề nghị phục hồi từ bản sao lưu.")
