"""Is every page with a stamp of secrecy known for one, and no other page? `python -m bench.secret`

The stamp is that of Thông tư 24/2020/TT-BCA: a red frame 8 mm high and 20, 30 or 40 mm long around the mark in capitals, where the
page is free near its number, askew as a hand sets it; the page is then scanned in colour, turned, lit unevenly, or sent by fax.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from bench.conditions import DPI, JUDGED, Pixels, bilevel, straight, uneven_light
from bench.measures import BORN_DIGITAL, REAL, ROOT, read_texts
from bench.misread import drawn
from ingest.read import read
from ingest.transcript import Transcript
from nlp.extract import extract

COUNT = 40
"""Pages that are stamped."""
_DOT = DPI / 25.4  # to a mm
_MARKS = {"MẬT": 20, "TỐI MẬT": 30, "TUYỆT MẬT": 40}  # mm long (Thông tư 24/2020/TT-BCA)
_HIGH, _STROKE, _LETTERS = 8, 0.6, 5  # mm
_INKS = ((200, 30, 40), (225, 60, 50), (170, 20, 30))
_ALL = 1 << 40  # characters: more than there are
_ASKEW = 6.0  # degrees to each side
_WAYS = {"colour": straight, "2° askew": JUDGED["2° askew"], "uneven light": uneven_light, "fax": bilevel}


def main() -> None:
    """Stamp, read and count; then count what bears no stamp and is taken for secret."""
    told: Counter[tuple[str, bool]] = Counter()
    for number, (mark, way, picture) in enumerate(stamped()):
        found = extract(_read(picture)).secrecy
        told[way, found is not None and found.value.upper() == mark] += 1
        if found is None or found.value.upper() != mark:
            sys.stdout.write(f"page {number}, {mark}, {way}: {found and found.value}\n")
    for way in _WAYS:
        sys.stdout.write(f"{way:14}{told[way, True]:4} of {told[way, True] + told[way, False]} stamps known\n")
    wrong = [name for name, is_secret in unstamped() if is_secret]
    sys.stdout.write(f"taken for secret without a stamp: {len(wrong)} {' '.join(wrong[:9])}\n")


def stamped() -> Iterator[tuple[str, str, Image.Image]]:
    """Yield the mark, how the page came, and its picture."""
    chance = np.random.default_rng(24)
    marks, ways = tuple(_MARKS), tuple(_WAYS.items())
    for number in range(COUNT):
        with pypdfium2.PdfDocument(ROOT / BORN_DIGITAL[number % len(BORN_DIGITAL)] / "source.pdf") as pdf:
            page = drawn(pdf[0])
        mark, (way, condition) = marks[number % len(marks)], ways[number % len(ways)]
        yield mark, way, condition(_with_stamp(page, mark, chance), chance)


def _with_stamp(page: Pixels, mark: str, chance: np.random.Generator) -> Pixels:
    """Press a stamp on a page where it is free, ink over paper as ink does."""
    length, height = round(_MARKS[mark] * _DOT), round(_HIGH * _DOT)
    stamp = Image.new("RGB", (length, height), "white")
    pen, ink = ImageDraw.Draw(stamp), tuple(_INKS[chance.integers(len(_INKS))])
    pen.rectangle((0, 0, length - 1, height - 1), outline=ink, width=round(_STROKE * _DOT))
    pen.text((length / 2, height / 2), mark, ink, ImageFont.truetype("DejaVuSerif-Bold.ttf", round(_LETTERS * _DOT)), anchor="mm")
    turned = np.asarray(stamp.rotate(chance.uniform(-_ASKEW, _ASKEW), Image.Resampling.BICUBIC, expand=True, fillcolor="white"))
    top, left = _free(page, turned.shape[:2])
    pressed = page.copy()
    part = pressed[top : top + turned.shape[0], left : left + turned.shape[1]]
    part[:] = (part.astype(np.uint16) * turned // 255).astype(np.uint8)
    return pressed


def _free(page: Pixels, size: tuple[int, ...]) -> tuple[int, int]:
    """Give the place (top, left) in the upper left of a page where a stamp covers the least print."""
    dark = (page.min(axis=2) < 128).cumsum(axis=0).cumsum(axis=1)
    height, width = size
    places = [(y, x) for y in range(len(page) // 16, len(page) // 3, 24) for x in range(page.shape[1] // 12, page.shape[1] // 3, 24)]

    def covered(place: tuple[int, int]) -> int:
        y, x = place
        return int(dark[y + height, x + width] - dark[y, x + width] - dark[y + height, x] + dark[y, x])

    return min(places, key=covered)


def unstamped() -> Iterator[tuple[str, bool]]:
    """Yield each real document and text that lies beside the project, and whether it is taken for secret."""
    for path in sorted(REAL.glob("eval/dev/*/source.*")):
        yield path.parent.name, extract(read(path)).secrecy is not None
    if (REAL / "corpus").exists():
        for number, text in enumerate(read_texts(_ALL)):
            yield f"corpus {number}", extract(text).secrecy is not None


def _read(picture: Image.Image) -> Transcript:
    """Read a picture as a file that somebody hands in."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.png")
        picture.save(path, dpi=picture.info["dpi"], compress_level=1)
        return read(path)


if __name__ == "__main__":
    main()
