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

# What becomes one space: a run of white space that is not one plain space, a run of tabs too long to part cells, a lost space.
_UNEVEN = re.compile(rf"[^\S\t ](?:[^\S\t]|\*)*| (?=[^\S\t]|\*)(?:[^\S\t]|\*)*|\*(?:[^\S\t]|\*)*|\t{{31,}}|{LOST.pattern}")


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
    at = 0
    for found in _UNEVEN.finditer(text):
        start, end = found.span()
        pieces += (text[at:start], " ")
        offsets.extend(range(at, start))
        offsets.append(start)
        at = end
    pieces.append(text[at:])
    offsets.extend(range(at, len(text)))
    return Compact("".join(pieces), offsets)
