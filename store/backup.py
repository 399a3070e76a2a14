"""How is the whole store kept in one file, while people work, and brought back from it?

A backup is a plain tar: `vanthu.db` as it was at one moment (with PostgreSQL a SQLite database of the same rows, store/crossing.py),
then every original and every page that was read, then `manifest.json` with the SHA-256 of each. Originals and pages are only ever added,
and each is written before a row names it: what the database names at that moment is there when it is packed afterwards.
"""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import asdict, dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from sqlalchemy import Connection, Engine, Table, select

from store import crossing, purging
from store.database import NEWEST, begin, look, migrate, open_database
from store.disk import make_folder, sync_folder
from store.errors import Damaged, NotAllowed

DATABASE = "vanthu.db"
MANIFEST = "manifest.json"
_FOLDERS = ("originals", "transcripts")
_MEMBER = re.compile(r"vanthu\.db|originals/[0-9a-f]{2}/[0-9a-f]{64}|transcripts/[\w.+-]{2}/[\w.+-]{3,200}/(head|page-\d+)\.z", re.ASCII)
_PIECE = 1 << 20
_NAMED = 5  # damaged files that a sentence names
_LONGEST_MANIFEST = 1 << 30  # bytes
Told = Callable[[int, int], None]
"""Told the bytes that are done, and those that there are."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A backup: when it was made, the schema of its database, rows by table, size (bytes) and SHA-256 of each file by its name."""

    made_at: str
    schema: str
    rows: dict[str, int]
    files: dict[str, tuple[int, str]]


def pack(engine: Engine, home: Path, target: Path, *, now: datetime, told: Told = lambda *_: None) -> Packed:
    """Write the store into target, whole or not at all. Raises NotAllowed where target exists, OSError."""
    if target.exists():
        raise NotAllowed(f"Đã có {target}. Đề nghị đặt tên khác cho bản sao lưu.")
    beside = target.with_name(target.name + ".part")
    with TemporaryDirectory(dir=home, prefix="backup-") as folder:
        database = Path(folder) / DATABASE
        rows, secret = _snapshot(engine, database)
        sources = {DATABASE: database} | {path.relative_to(home).as_posix(): path for path in _kept(home) if not secret & set(path.parts)}
        try:
            packed = Packed(now.isoformat(timespec="seconds"), NEWEST, rows, {})
            _write(beside, sources, packed, told)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    sync_folder(target.absolute().parent)
    return packed


def _snapshot(engine: Engine, target: Path) -> tuple[dict[str, int], set[str]]:
    """Copy the database as it is at one moment, writers or not; give its rows by table, and what was set apart or deleted."""
    (_copy_file if engine.dialect.name == "sqlite" else _copy_rows)(engine, target)
    with closing(sqlite3.connect(target)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")
        gone = "SELECT sha256, transcript_id FROM quarantine UNION SELECT sha256, sha256 FROM tombstone"
        return _rows(copy), {name for row in copy.execute(gone) for name in row}


def _copy_file(engine: Engine, target: Path) -> None:
    with engine.connect().execution_options(looks=True) as connection, closing(sqlite3.connect(target)) as copy:
        source = connection.connection.driver_connection
        assert isinstance(source, sqlite3.Connection)  # noqa: S101  the caller has looked
        source.backup(copy)


def _copy_rows(engine: Engine, target: Path) -> None:
    """Write what PostgreSQL holds into a new SQLite file. Raises Damaged where that has not the same rows."""
    lite = open_database(f"sqlite:///{target}")
    try:
        migrate(lite)
        moment = engine.connect().execution_options(looks=True, isolation_level="REPEATABLE READ")
        with moment as source, lite.begin() as copy:
            _cross(source, copy, crossing.tables_of(copy))
    finally:
        lite.dispose()


def _cross(source: Connection, target: Connection, tables: list[Table]) -> None:
    crossing.copy(source, target, tables)
    there, here = crossing.digests(source, tables), crossing.digests(target, tables)
    wrong = sorted(name for name in there if there[name] != here[name])
    if wrong:
        raise Damaged(f"Chép sang cơ sở dữ liệu khác không trọn vẹn ở {', '.join(wrong[:_NAMED])}. Chưa ghi gì.")


def _rows(database: sqlite3.Connection) -> dict[str, int]:
    names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")]
    return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in sorted(names)}  # noqa: S608  names of tables


def _kept(home: Path) -> Iterator[Path]:
    """Give every original and every page that was read, without what is just being written."""
    for folder in _FOLDERS:
        for path in sorted((home / folder).rglob("*")):
            if path.is_file() and _MEMBER.fullmatch(path.relative_to(home).as_posix()):
                yield path


def _write(target: Path, sources: dict[str, Path], packed: Packed, told: Told) -> None:
    whole, done = sum(path.stat().st_size for path in sources.values()), 0
    with target.open("wb") as file:
        with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
            for name, path in sources.items():
                packed.files[name] = _add(tar, name, path)
                done += packed.files[name][0]
                told(done, whole)
            manifest = json.dumps(asdict(packed), ensure_ascii=False).encode()
            entry = tarfile.TarInfo(MANIFEST)
            entry.size = len(manifest)
            tar.addfile(entry, BytesIO(manifest))
        file.flush()
        os.fsync(file.fileno())


def _add(tar: tarfile.TarFile, name: str, path: Path) -> tuple[int, str]:
    with path.open("rb") as source:
        entry = tarfile.TarInfo(name)
        entry.size = os.fstat(source.fileno()).st_size
        reader = _Hashing(source)
        tar.addfile(entry, reader)
    return entry.size, reader.seen.hexdigest()


class _Hashing:
    """Reads a file on, and hashes what went by."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source, self.seen = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._source.read(size)
        self.seen.update(piece)
        return piece


def unpack(source: Path, home: Path, *, graves: Path, database: str | None = None, told: Told = lambda *_: None) -> Packed:
    """Bring a backup back into a home that is not there yet or empty; an older schema is brought up to date.

    graves: the file of what was deleted (store/purging.py), which is deleted again where the backup still had it.
    database: the address of an empty PostgreSQL database that shall hold the rows; None keeps them in the home.
    All of it is checked before it takes its place. Raises Damaged, naming what is damaged, and NotAllowed where home or database
    holds something or the backup comes from a newer program.
    """
    if home.exists() and any(home.iterdir()):
        raise NotAllowed(f"Thư mục {home} không trống. Đề nghị phục hồi vào một thư mục mới, rồi đặt VANTHU_HOME.")
    make_folder(home.absolute().parent)
    beside = home.with_name(home.name + ".restoring")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        packed = _checked(source, beside, told)
        _check_database(beside / DATABASE, packed)
        engine = open_database(f"sqlite:///{beside / DATABASE}")
        migrate(engine)
        with begin(engine) as session:
            purging.bury_again(session, graves)
        with look(engine) as session:
            purging.clear_out(session, beside, graves)
        with nullcontext() if database is None else _moved(engine, database):
            engine.dispose()
            if home.exists():
                home.rmdir()
            beside.rename(home)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    sync_folder(home.absolute().parent)
    return packed


@contextmanager
def _moved(lite: Engine, database: str) -> Iterator[None]:
    """Copy the rows into another database, which keeps them if what is done meanwhile succeeds; their file goes."""
    there = open_database(database)
    try:
        migrate(there)
        with there.begin() as target:
            with lite.connect().execution_options(looks=True) as source:
                tables = crossing.tables_of(source)
                if any(target.execute(select(table).limit(1)).first() for table in tables):
                    raise NotAllowed("Cơ sở dữ liệu PostgreSQL không trống. Đề nghị tạo một cơ sở dữ liệu mới rồi đặt VANTHU_DATABASE.")
                _cross(source, target, tables)
            lite.dispose()
            Path(lite.url.database or "").unlink()
            yield
    finally:
        there.dispose()


def verify(source: Path, *, told: Told = lambda *_: None) -> Packed:
    """Check a backup without bringing it back. Raises as unpack does."""
    return _checked(source, None, told)


def _checked(source: Path, folder: Path | None, told: Told) -> Packed:
    """Read a backup to its end, write its files into a folder if there is one, and hold each against the manifest."""
    found: dict[str, tuple[int, str]] = {}
    manifest = b""
    whole = source.stat().st_size
    try:
        with source.open("rb") as file, tarfile.open(fileobj=file, mode="r:") as tar:
            for entry in tar:
                content = tar.extractfile(entry)
                if entry.name == MANIFEST and content is not None:
                    manifest = content.read(_LONGEST_MANIFEST)
                elif content is None or not _MEMBER.fullmatch(entry.name):
                    raise Damaged(f"{source} có mục lạ “{entry.name[:80]}”, không phải bản sao lưu của Văn thư.")
                else:
                    found[entry.name] = _take_out(content, folder and folder / entry.name)
                told(file.tell(), whole)
    except (tarfile.TarError, EOFError) as error:
        raise Damaged(f"{source} bị cắt ngang hoặc hỏng ({error}). Đề nghị dùng bản sao lưu khác.") from None
    packed = _manifest(source, manifest)
    wrong = sorted(name for name in found.keys() | packed.files.keys() if found.get(name) != packed.files.get(name))
    if wrong:
        more = f" và {len(wrong) - _NAMED} tệp khác" if len(wrong) > _NAMED else ""
        raise Damaged(f"{source} hỏng ở {', '.join(wrong[:_NAMED])}{more}. Đề nghị dùng bản sao lưu khác.")
    return packed


def _take_out(content: IO[bytes], target: Path | None) -> tuple[int, str]:
    """Hash a file of a backup, and write it where it is wanted, synced."""
    reader, size = _Hashing(content), 0
    if target is None:
        while piece := reader.read(_PIECE):
            size += len(piece)
        return size, reader.seen.hexdigest()
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as file:
        while piece := reader.read(_PIECE):
            size += file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    target.chmod(0o444 if target.parts[-3] == "originals" else 0o644)
    return size, reader.seen.hexdigest()


def _manifest(source: Path, text: bytes) -> Packed:
    try:
        read: dict[str, Any] = json.loads(text)
        packed = Packed(read["made_at"], read["schema"], read["rows"], {name: (size, mark) for name, (size, mark) in read["files"].items()})
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Damaged(f"{source} không có bảng kê đọc được ở cuối tệp: bản sao lưu bị cắt ngang. Đề nghị dùng bản sao lưu khác.") from None
    if DATABASE not in packed.files:
        raise Damaged(f"{source} không có cơ sở dữ liệu. Đề nghị dùng bản sao lưu khác.")
    if packed.schema > NEWEST:
        raise NotAllowed(f"{source} do phiên bản mới hơn của chương trình tạo ra. Đề nghị cập nhật chương trình rồi phục hồi.")
    return packed


def _check_database(path: Path, packed: Packed) -> None:
    """Hold the database of a backup against what the manifest says of it. Raises Damaged."""
    try:
        database = sqlite3.connect(path)
        try:
            whole = (
                database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
                and not database.execute("PRAGMA foreign_key_check").fetchone()
            )
            rows = _rows(database)
        finally:
            database.close()
    except sqlite3.DatabaseError:
        whole, rows = False, {}
    wrong = sorted(name for name in packed.rows.keys() | rows.keys() if packed.rows.get(name) != rows.get(name))
    if not whole or wrong:
        raise Damaged(f"Cơ sở dữ liệu trong bản sao lưu hỏng ({', '.join(wrong[:_NAMED]) or 'cấu trúc'}). Đề nghị dùng bản sao lưu khác.")
