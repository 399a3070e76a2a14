"""How is the place of issue spelled, when a picture lost a letter of it?

The date line is slanted and small, so its place is misread more often than the same name in the masthead and in the text.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from nlp.directive import Found
from nlp.letters import UPPER, bare
from nlp.lexicon import load
from nlp.likeness import letters_apart

_WORD = rf"[{UPPER}][^\W\d_]*"
_NAMED = re.compile(rf"\b(?:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu) (?={_WORD})((?:{_WORD} ?){{1,4}})")
_SHORTEST, _ENOUGH = 5, 2  # letters of a name that one of them still tells; witnesses that outweigh what was read


def spelled_as_elsewhere(place: Found[str], agencies: Iterable[str], plain: str) -> Found[str]:
    """Give the place as the issuer's name (two witnesses) and the text spell it, where one letter or only marks differ.

    A place that stands so anywhere else, or that is a province's, is left; a province's spelling is no witness of another letter.
    """
    size = len(place.value.split())
    names = Counter(" ".join(match[1].split()[:size]) for match in _NAMED.finditer(plain))
    for agency in agencies:
        names[" ".join(agency.split()[-size:])] += _ENOUGH
    provinces = {*load("places")["current"], *load("places")["former"]}
    if names[place.value] or place.value in provinces or len(place.value) < _SHORTEST:
        return place
    names.update(dict.fromkeys((name for name in provinces if bare(name) == bare(place.value)), _ENOUGH))
    near = [(seen, name) for name, seen in names.items() if letters_apart(name, place.value) <= 1]
    seen, best = max(near, default=(0, ""))
    if seen < _ENOUGH or len(best.split()) != size:
        return place
    return replace(place, value=best, confidence=0.8, rule="địa danh, viết như nơi khác trong văn bản", candidates=(place.value,))
