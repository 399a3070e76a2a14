"""Which glyphs of a page are of fonts from before Unicode, and which letters do they show?"""

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np

from ingest.glyphs import Glyphs, codes_in
from ingest.legacy import Scheme, converted, is_modern

_GONE = "\x00"


def in_unicode(glyphs: Glyphs, schemes: Sequence[Scheme | None]) -> Glyphs:
    """Give the glyphs with those converted for which a scheme is named (one entry for each glyph).

    A letter that was printed as a base and a mark over it becomes one glyph, that of the base. Where some of a scheme's glyphs
    are letters of Unicode, the file says already what its old font shows.
    """
    parts = list(_parts(glyphs.text, schemes))
    modern = {scheme for scheme, part in parts if is_modern(part)}
    text = "".join(part if scheme is None or scheme in modern else converted(part, scheme, filler=_GONE) for scheme, part in parts)
    if len(text) != len(glyphs):
        return glyphs
    stays = codes_in(text) != ord(_GONE)
    owner = np.maximum.accumulate(np.where(stays, np.arange(len(text)), 0))  # of each mark, the letter under it
    places = glyphs.places.copy()
    np.minimum.at(places[:, :2], owner, glyphs.places[:, :2])
    np.maximum.at(places[:, 2:], owner, glyphs.places[:, 2:])
    return Glyphs(codes_in(text), places, glyphs.added, glyphs.numbers).where(stays)


def _parts(text: str, schemes: Sequence[Scheme | None]) -> Iterator[tuple[Scheme | None, str]]:
    """Part a text where the scheme changes."""
    at = 0
    for scheme, group in groupby(_spread(text, schemes)):
        length = sum(1 for _ in group)
        yield scheme, text[at : at + length]
        at += length


def _spread(text: str, schemes: Sequence[Scheme | None]) -> list[Scheme | None]:
    """Count a space to the scheme before it, so that words stay together."""
    spread: list[Scheme | None] = []
    for letter, scheme in zip(text, schemes, strict=True):
        spread.append(spread[-1] if spread and letter.isspace() else scheme)
    return spread
