"""How can a text be searched without caring for runs of space?

Every run of white space is one space (tabs stay, they part the cells of a table), and each character's old offset is
known. Patterns with several optional spaces stay linear on it, however a page was spaced.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from ingest.transcript import Span
from nlp.printed import LOST

# What becomes one space: a run of white space that is not one plain space, a run of tabs too long to part cells, a lost space.
_UNEVEN = re.compile(rf"[^\S\t ](?:[^\S\t]|\*)*| (?=[^\S\t]|\*)(?:[^\S\t]|\*)*|\*(?:[^\S\t]|\*)*|\t{{31,}}|{LOST.pattern}")


@dataclass(frozen=True, slots=True)
class Compact:
    """A text with single spaces. From begins[i] on it stands, letter by letter, as from stands[i] on in the text it was made of."""

    text: str
    begins: list[int]
    stands: list[int]

    def inside(self, span: Span) -> tuple[int, int]:
        """Give (start, end) in the compact text of a span of the original."""
        return self._inside(span.start), self._inside(span.end)

    def _inside(self, at: int) -> int:
        """Give the offset of the first character that stands at `at` or behind it."""
        piece = bisect_left(self.stands, at)
        piece -= piece == len(self.stands) or self.stands[piece] > at
        end = self.begins[piece + 1] if piece + 1 < len(self.begins) else len(self.text)
        return min(self.begins[piece] + at - self.stands[piece], end)

    def outside(self, start: int, end: int) -> Span:
        """Give the span in the original of a stretch of the compact text."""
        first = self._outside(start)
        return Span(first, self._outside(end - 1) + 1) if start < end else Span(first, first)

    def _outside(self, at: int) -> int:
        if not self.text:
            return 0
        at = min(at, len(self.text) - 1)
        piece = bisect_right(self.begins, at) - 1
        return self.stands[piece] + at - self.begins[piece]


def compact(text: str) -> Compact:
    """Make a text compact; asterisks (marks of bold type in plain text) count as spaces.

    A space that the text layer lost is put back; it has the offset of the character behind it.
    """
    pieces: list[str] = []
    begins, stands = [0], [0]
    at = length = 0
    for found in _UNEVEN.finditer(text):
        start, end = found.span()
        pieces += (text[at:start], " ")
        length += start - at
        begins += (length, length + 1)
        stands += (start, end)
        length += 1
        at = end
    pieces.append(text[at:])
    return Compact("".join(pieces), begins, stands)
