"""Which parts of a page's picture were stamped on it in red, and are kept as pictures because they are lifted off the print?"""

from ingest.red import red_blots
from ingest.scan import Pixels
from ingest.transcript import Box, Region, RegionKind

_MM = 25.4 / 72  # to a point
_SEAL = (18.0, 55.0)  # mm: seals of bodies are 32 to 40 wide
_ROUND = 1.45  # how much longer one side of a seal may be, where a signature pulls ink along
_STAMP = ((9.0, 130.0), (4.0, 60.0))  # mm: how long and how high other stamps may be


def seals(page: Pixels, scale: float) -> list[Region]:
    """Give the seals and other red stamps of a page (in colour) from top to bottom; scale is pixels a point, boxes are points."""
    found = [Box(box.x0 / scale, box.y0 / scale, box.x1 / scale, box.y1 / scale) for box in red_blots(page, 72 * scale)]
    kinds = [(box, _kind((box.x1 - box.x0) * _MM, (box.y1 - box.y0) * _MM)) for box in found]
    return [Region(box, kind) for box, kind in kinds if kind is not None]


def _kind(width: float, height: float) -> RegionKind | None:
    """Tell a seal, a stamp and a blot apart by their size in mm."""
    small, large = sorted((width, height))
    if _SEAL[0] <= small and large <= _SEAL[1] and large < _ROUND * small:
        return "seal"
    (shortest, longest), (lowest, highest) = _STAMP
    return "stamp" if shortest <= width <= longest and lowest <= height <= highest else None
