"""What stands at a place of a page, looked at a second time and closely?

The rooms behind name the places that they doubt and what is expected there; each is drawn again from the original, by
itself, and read in several ways. What is given back is every reading with its chance: others decide, with what else they know.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ingest.drawing import SCALE, Draws, opened
from ingest.errors import Unreadable
from ingest.strokes import read_written
from ingest.transcript import Blank, Box, Look

_AROUND = (0.5, 0.12)  # of the blank's height: what is looked at beside it, above and below it
_MOST_BLANKS = 60  # in one file: a longer list is not a document's
_KEPT, _LEAST = 6, 0.01  # readings of one place, and how likely the last of them must be


def look_again(path: Path, blanks: Sequence[Blank]) -> tuple[Look, ...]:
    """Look at places of a PDF or a picture file again. A place that cannot be drawn is left out; about 0.1 s each."""
    try:
        with opened(path) as draw:
            looks = [_look(draw, blank) for blank in blanks[:_MOST_BLANKS]]
    except Unreadable:
        return ()
    return tuple(look for look in looks if look is not None)


def _look(draw: Draws, blank: Blank) -> Look | None:
    box = blank.box
    height = box.y1 - box.y0
    beside, above = (share * height for share in _AROUND)
    part = Box(max(0.0, box.x0 - beside), max(0.0, box.y0 - above), box.x1 + beside, box.y1 + above)
    picture = draw(blank.page, part)
    if picture is None or min(picture.size) < 10:
        return None
    columns = ((box.x0 - part.x0) * SCALE, (box.x1 - part.x0) * SCALE)
    readings = read_written(np.asarray(picture.convert("RGB")), columns, blank.most)
    return Look(blank, tuple(reading for reading in readings[:_KEPT] if reading.chance >= _LEAST))
