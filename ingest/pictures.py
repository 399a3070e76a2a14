"""Which pages does a picture file hold, how large are they on paper, and which way up?"""

import io
import math
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from ingest.errors import BrokenFile, TooLarge

MOST_PIXELS = 200_000_000
LONGEST_SIDE = 60_000
_A4_WIDTH, _A4_HEIGHT = 595.0, 842.0  # points
_POINTS = 72.0  # to an inch
_LARGEST_DRAWN = 40_000_000  # pixels that a page is read or shown in
_RESOLUTIONS = (99.0, 1300.0)  # dots an inch that a file may be believed to have; cameras state 72 or 96 whatever they took
_ORIENTATION = 0x0112  # of EXIF
_HEIF_HEAD = 1 << 16  # bytes of a HEIF file that hold what is said about the picture
_FORMATS = ("PNG", "JPEG", "TIFF")  # and HEIF, when its decoder is loaded
_SIDES = (200.0, 3500.0)  # points that a page may be wide: from a small card to A0
_DAMAGED = (
    OSError, ValueError, SyntaxError, EOFError, MemoryError, Image.DecompressionBombError,
    TypeError, LookupError, AttributeError, ArithmeticError, RuntimeError, struct.error,
)  # fmt: skip
"""What Pillow raises for bytes that are no picture: the second line where its own checks end."""

Image.MAX_IMAGE_PIXELS = None  # the limit here is ours, checked before anything is decoded


@contextmanager
def open_picture(path: Path, name: str) -> Iterator[Image.Image]:
    """Open a picture file without decoding it. Raises BrokenFile, or TooLarge over 200 million pixels or 60,000 on a side."""
    try:
        is_turned = _learn_heif(path)
        picture = Image.open(path, formats=(*_FORMATS, *(("HEIF",) if "HEIF" in Image.OPEN else ())))
    except (UnidentifiedImageError, *_DAMAGED) as error:
        raise BrokenFile(name) from error
    with picture:
        _check_size(picture, name)
        if picture.format == "HEIF" and not is_turned:
            exif = picture.getexif()
            exif[_ORIENTATION] = picture.info.get("original_orientation") or 1
            picture.info["exif"] = exif.tobytes()
        yield picture


def _learn_heif(path: Path) -> bool:
    """Teach Pillow the photos of telephones, when one comes: its decoder is large. Say whether the decoder turns it upright itself.

    It does where the file tells it to (ISO/IEC 23008-12: irot, imir), and then what the camera noted of its turn no longer holds.
    """
    with path.open("rb") as file:
        head = file.read(_HEIF_HEAD)
    if head[4:8] == b"ftyp" and "HEIF" not in Image.OPEN:
        from pillow_heif import register_heif_opener

        register_heif_opener(thumbnails=False)
    return b"irot" in head or b"imir" in head


def _check_size(picture: Image.Image, name: str) -> None:
    width, height = picture.size
    if width * height > MOST_PIXELS or max(width, height) >= LONGEST_SIDE:
        raise TooLarge(name, f"có ảnh {width} × {height} điểm ảnh, vượt mức đọc được", "quét lại ở độ phân giải thấp hơn (300 dpi)")


def count_pages(path: Path, name: str) -> int:
    """Count the pages of a picture file. Raises as open_picture; BrokenFile too for a first page that does not decode."""
    with open_picture(path, name) as picture:
        try:
            pages = int(getattr(picture, "n_frames", 1))
            picture.seek(0)
            picture.load()
        except _DAMAGED as error:
            raise BrokenFile(name) from error
    return pages


def picture_page(path: Path, name: str, number: int, *, width: int | None = None) -> tuple[Image.Image, tuple[float, float]] | None:
    """Give page number (from 1) upright and in colour, about 300 dots an inch or width pixels wide, and its size in points.

    None for a page that does not decode.
    """
    with open_picture(path, name) as picture:
        try:
            picture.seek(number - 1)
            _check_size(picture, name)
            page = ImageOps.exif_transpose(_in_colour(picture))
        except _DAMAGED:
            return None
        size = _on_paper(page.size, picture.info.get("dpi"), turned=page.size != picture.size)
        wanted = min(width or round(size[0] * 300 / _POINTS), round(math.sqrt(_LARGEST_DRAWN * size[0] / size[1])))
        if width is not None or not 0.8 < wanted / page.width < 1.6:
            page = page.resize((wanted, max(1, round(page.height * wanted / page.width))), Image.Resampling.LANCZOS)
        return page, size


def _in_colour(picture: Image.Image) -> Image.Image:
    """Give a picture as RGB; what is transparent is white, as on paper."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        rgba = picture.convert("RGBA")
        paper = Image.new("RGB", rgba.size, "white")
        paper.paste(rgba, mask=rgba.getchannel("A"))
        page = paper
    elif picture.mode.startswith("I;16"):
        page = Image.fromarray((np.asarray(picture) >> 8).astype(np.uint8)).convert("RGB")  # 16 bits a pixel
    else:
        page = picture.convert("RGB")
    page.info["exif"] = picture.info.get("exif", b"")
    return page


def _on_paper(pixels: tuple[int, int], stated: tuple[float, float] | None, *, turned: bool) -> tuple[float, float]:
    """Give width and height in points: by the resolution that the file states if it can be true, else as A4 paper."""
    width, height = pixels
    if stated and all(math.isfinite(float(d)) and _RESOLUTIONS[0] <= float(d) <= _RESOLUTIONS[1] for d in stated):
        across, down = (float(d) for d in (reversed(stated) if turned else stated))
        size = (width * _POINTS / across, height * _POINTS / down)
        if all(_SIDES[0] <= side <= _SIDES[1] for side in size):
            return size
    paper = _A4_WIDTH if width <= height else _A4_HEIGHT
    return paper, paper * height / width


def as_png(picture: Image.Image) -> bytes:
    """Give a picture as the bytes of a PNG file."""
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
