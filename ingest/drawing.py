"""How is a part of a page drawn once more from the original, to be looked at closely?"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from PIL import Image

from ingest.pdf import Pdf
from ingest.pictures import picture_page
from ingest.sniff import IMAGES, sniff
from ingest.transcript import Box

SCALE = 300 / 72  # pixels a point


class Draws(Protocol):
    """What draws a part of a page (from 1; box in points) with SCALE; None where there is nothing to draw."""

    def __call__(self, number: int, part: Box) -> Image.Image | None:
        """Draw it."""


@contextmanager
def opened(path: Path) -> Iterator[Draws]:
    """Open a PDF or a picture file to draw parts of it, without the stamps of signatures. Raise Unreadable where it cannot be."""
    kind = sniff(path, path.name)
    if kind == "pdf":
        with Pdf(path, path.name) as pdf:
            yield lambda number, part: pdf.draw(number, scale=SCALE, part=part, forms=False)
    elif kind in IMAGES:
        yield lambda number, part: _cut(path, number, part)
    else:
        yield lambda number, part: None  # noqa: ARG005  text has no pages to draw


def _cut(path: Path, number: int, part: Box) -> Image.Image | None:
    found = picture_page(path, path.name, number)
    if found is None:
        return None
    picture, (width, _) = found
    scale = picture.width / width
    cut = picture.crop((int(part.x0 * scale), int(part.y0 * scale), int(part.x1 * scale) + 1, int(part.y1 * scale) + 1))
    return cut.resize((max(1, round(cut.width * SCALE / scale)), max(1, round(cut.height * SCALE / scale))), Image.Resampling.LANCZOS)
