"""What stands at a place of a page, looked at a second time and closely?

The rooms behind name the places that they doubt and what is expected there; each is drawn again from the original, by
itself, and read in several ways. What is given back is every reading with its chance: others decide, with what else they know.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import numpy as np
from PIL import Image

from ingest.errors import Unreadable
from ingest.pdf import Pdf
from ingest.pictures import picture_page
from ingest.sniff import IMAGES, sniff
from ingest.strokes import read_written
from ingest.transcript import Blank, Box, Look

_SCALE = 300 / 72  # pixels a point
_AROUND = (0.5, 0.12)  # of the blank's height: what is looked at beside it, above and below it
_MOST_BLANKS = 60  # in one file: a longer list is not a document's
_KEPT, _LEAST = 6, 0.01  # readings of one place, and how likely the last of them must be


class _Draws(Protocol):
    def __call__(self, number: int, part: Box) -> Image.Image | None: ...


def look_again(path: Path, blanks: Sequence[Blank]) -> tuple[Look, ...]:
    """Look at places of a PDF or a picture file again. A place that cannot be drawn is left out; about 0.1 s each."""
    try:
        with _opened(path) as draw:
            looks = [_look(draw, blank) for blank in blanks[:_MOST_BLANKS]]
    except Unreadable:
        return ()
    return tuple(look for look in looks if look is not None)


@contextmanager
def _opened(path: Path) -> Iterator[_Draws]:
    kind = sniff(path, path.name)
    if kind == "pdf":
        with Pdf(path, path.name) as pdf:
            yield lambda number, part: pdf.draw(number, scale=_SCALE, part=part, forms=False)
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
    return cut.resize((max(1, round(cut.width * _SCALE / scale)), max(1, round(cut.height * _SCALE / scale))), Image.Resampling.LANCZOS)


def _look(draw: _Draws, blank: Blank) -> Look | None:
    box = blank.box
    height = box.y1 - box.y0
    beside, above = (share * height for share in _AROUND)
    part = Box(max(0.0, box.x0 - beside), max(0.0, box.y0 - above), box.x1 + beside, box.y1 + above)
    picture = draw(blank.page, part)
    if picture is None or min(picture.size) < 10:
        return None
    columns = ((box.x0 - part.x0) * _SCALE, (box.x1 - part.x0) * _SCALE)
    readings = read_written(np.asarray(picture.convert("RGB")), columns, blank.most)
    return Look(blank, tuple(reading for reading in readings[:_KEPT] if reading.chance >= _LEAST))
