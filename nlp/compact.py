"""How can a text be searched without caring for runs of space?

Every run of white space is one space (tabs stay, they part the cells of a table), and each character knows the offset it
had. Patterns with several optional spaces stay linear on it, however a page was spaced.
"""

import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass

from ingest.transcript import Span
from nlp.printed import LOST

_MOST_CELLS = 30  # a longer run of tabs parts no cells


@dataclass(frozen=True, slots=True)
class Compact:
    """A text with single spaces; offsets[i] is where its character i stands in the text it was made of."""

    text: str
    offsets: "array[int]"

    def inside(self, span: Span) -> tuple[int, int]:
        """Give (start, end) in the compact text of a span of the original."""
        return bisect_left(self.offsets, span.start), bisect_left(self.offsets, span.end)

    def outside(self, start: int, end: int) -> Span:
        """Give the span in the original of a stretch of the compact text."""
        if start >= end:
            at = self.offsets[start] if start < len(self.offsets) else 0
            return Span(at, at)
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


def compact(text: str) -> Compact:
    """Make a text compact; asterisks (marks of bold type in plain text) count as spaces.

    A space that the text layer lost is put back; it has the offset of the character behind it.
    """
    pieces: list[str] = []
    offsets = array("l")
    lost = iter([found.start() for found in LOST.finditer(text)])
    cut = next(lost, len(text))
    spaced = True
    for found in re.finditer(r"[^\s*]+|\t+|(?:[^\S\t]|\*)+", text):
        words, start = found[0], found.start()
        while start < cut < found.end():
            pieces += (text[start:cut], " ")
            offsets.extend((*range(start, cut), cut))
            words, start, cut = text[cut : found.end()], cut, next(lost, len(text))
        if words[0] == "\t" and len(words) <= _MOST_CELLS:
            keep, spaced = len(words), True
        elif words[0] == "*" or words[0].isspace():
            keep, words, spaced = int(not spaced), " ", True
        else:
            keep, spaced = len(words), False
        pieces.append(words[:keep])
        offsets.extend(range(start, start + keep))
    return Compact("".join(pieces), offsets)
