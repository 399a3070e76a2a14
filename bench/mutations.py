"""How may a file have been damaged, by chance or on purpose?

A mutation takes the bytes of a file and gives others; each chance is drawn from the generator it is handed, so that a seed names the file.
Files that are packed are damaged inside as well, and packed again with sums that are right, or the damage would stop at the door.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from random import Random

MAGIC = (b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"II*\x00", b"MM\x00*", b"PK\x03\x04", b"{\\rtf1", b"\xd0\xcf\x11\xe0")
EDGES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)
NUMBERS = (b"0", b"-1", b"65536", b"99999999", b"2147483648", b"-2147483649", b"1e308", b"4294967296")
MOST = 2_000_000  # bytes of a damaged file
Mutation = Callable[[bytes, Random], bytes]


def damaged(data: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    """Damage a file in one to three ways; others are whence pieces of other files come."""
    for _ in range(chance.choice((1, 1, 2, 3))):
        way = chance.choice(WAYS)
        data = spliced(data, chance.choice(others), chance) if way is spliced_with_other else way(data, chance)
    return data[:MOST]


def flipped(data: bytes, chance: Random) -> bytes:
    """Turn one to 64 bits."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 64)) if out else 0):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def cut(data: bytes, chance: Random) -> bytes:
    """Break off, as a transfer does."""
    return data[: chance.randrange(len(data) + 1)]


def without(data: bytes, chance: Random) -> bytes:
    """Leave a piece out."""
    start, length = _piece(data, chance)
    return data[:start] + data[start + length :]


def repeated(data: bytes, chance: Random) -> bytes:
    """Say a piece again, up to a thousand times."""
    start, length = _piece(data, chance, most=4096)
    return data[:start] + data[start : start + length] * chance.choice((2, 3, 30, 1000)) + data[start + length :]


def stretched(data: bytes, chance: Random) -> bytes:
    """Write a number at the edge of what fits where a length or an offset may stand."""
    out, form = bytearray(data), chance.choice(("B", "<H", ">H", "<I", ">I"))
    for _ in range(chance.choice((1, 1, 4))):
        value = struct.pack(form, chance.choice(EDGES) & ((1 << 8 * struct.calcsize(form)) - 1))
        at = chance.randrange(max(1, min(len(out), chance.choice((64, 1024, len(out) or 1)))))
        out[at : at + len(value)] = value
    return bytes(out)


def miscounted(data: bytes, chance: Random) -> bytes:
    """Change a number that is written in digits, as PDF and XML count."""
    found = [match.span() for match in re.finditer(rb"\d+", data)]
    for start, end in sorted(chance.sample(found, min(len(found), chance.choice((1, 3, 10)))), reverse=True):
        data = data[:start] + chance.choice(NUMBERS) + data[end:]
    return data


def misnamed(data: bytes, chance: Random) -> bytes:
    """Begin as a file of another kind does."""
    magic = chance.choice(MAGIC)
    return magic + (data if chance.random() < 0.3 else data[len(magic) :])


def spliced(data: bytes, other: bytes, chance: Random) -> bytes:
    """Put a piece of another file in, or go on as that one does."""
    at = chance.randrange(len(data) + 1)
    start, length = _piece(other, chance)
    return data[:at] + other[start : start + length] + (data[at:] if chance.random() < 0.5 else b"")


def spliced_with_other(data: bytes, chance: Random) -> bytes:
    """Join two halves of the file the wrong way round."""
    at = chance.randrange(len(data) + 1)
    return data[at:] + data[:at]


def inside(data: bytes, chance: Random) -> bytes:
    """Damage what is packed in a file, and pack it again."""
    way = chance.choice((flipped, cut, without, repeated, stretched, miscounted))
    if data.startswith(b"PK"):
        return _zip_inside(data, way, chance)
    if data.startswith(MAGIC[1]):
        return _png_inside(data, way, chance)
    return _pdf_inside(data, way, chance)


WAYS: tuple[Mutation, ...] = (flipped, cut, without, repeated, stretched, miscounted, misnamed, spliced_with_other, inside, inside, inside)


def _piece(data: bytes, chance: Random, most: int = 1 << 16) -> tuple[int, int]:
    """Give where a piece of a file begins and how long it is."""
    start = chance.randrange(len(data) + 1)
    return start, min(most, chance.choice((1, 4, 32, 512, len(data) // 3 + 1)))


def _zip_inside(data: bytes, way: Mutation, chance: Random) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, NotImplementedError):
        return way(data, chance)
    hit = chance.randrange(len(parts)) if parts else -1
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for at, (name, part) in enumerate(parts):
            archive.writestr(name, way(part, chance) if at == hit else part)
    return out.getvalue()


def _png_inside(data: bytes, way: Mutation, chance: Random) -> bytes:
    """Damage one chunk of a PNG, its pixels unpacked, and write its sum anew."""
    chunks, at = [], 8
    while at + 12 <= len(data):
        length = struct.unpack_from(">I", data, at)[0]
        chunks.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + length]))
        at += 12 + length
    if not chunks:
        return way(data, chance)
    hit = chance.randrange(len(chunks))
    kind, body = chunks[hit]
    chunks[hit] = kind, _repacked(body, way, chance)
    sealed = (struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks)
    return data[:8] + b"".join(sealed)


def _pdf_inside(data: bytes, way: Mutation, chance: Random) -> bytes:
    """Damage what one stream of a PDF unpacks to; its stated length is left wrong, which readers mend."""
    streams = [match.span(1) for match in re.finditer(rb"stream\r?\n(.{1,200000}?)\r?\nendstream", data, re.DOTALL)]
    if not streams:
        return way(data, chance)
    start, end = chance.choice(streams)
    return data[:start] + _repacked(data[start:end], way, chance) + data[end:]


def _repacked(body: bytes, way: Mutation, chance: Random) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        plain = unpacker.decompress(body, 4 * MOST)
    except zlib.error:
        return way(body, chance)
    return zlib.compress(way(plain, chance)[: 4 * MOST], 1)
