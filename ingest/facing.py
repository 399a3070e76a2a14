"""Which lines of a text file print two columns side by side: the head, and the recipients beside the signature?

Such lines leave a gap (spaces, a tab, a bar) between two parts. They are read column by column, as a page is; a table of
data keeps its rows.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.characters import folded

Side = Literal["left column", "right column"]

_HEAD = 14  # lines with words in which a head of two columns begins
_BELOW = 12  # lines below the last pair in which recipients and the signer's name may go on
_ABOVE = 8  # lines above the first pair in which Nơi nhận or the signer's title may stand alone
_CELL = 1000  # where the second cell of a line with a tab or a bar is said to begin; no column of letters
_GAP = re.compile(r" {3,}")
_MOTTO = re.compile(r"c.ng h.a x. h.i|d.c l.p\s*[-–—.]\s*t. do|d.ng c.ng s.n vi.t nam|ng.y\b.{0,12}th.ng.{0,10}n.m|\*\s*$")
_RECIPIENTS = re.compile(r"\W{0,3}noi nhan\b")
_SIGNS = re.compile(
    r"(?:t\s*[./]?\s*m|k\s*[./]?\s*t|t\s*[./]?\s*l|t\s*[./]?\s*u\s*[./]?\s*q)\s*[./]\s*\w"
    r"|(?:pho |q\. ?)?(?:chu tich|giam doc|bi thu|truong|bo truong|thu truong|cuc truong|chanh|vien truong|hieu truong|tong)\b"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as it was typed, with its parts (where each begins, its words) and whether cells part it."""

    text: str
    parts: tuple[tuple[int, str], ...] = ()
    celled: bool = False

    @property
    def gap(self) -> tuple[int, int]:
        """Give the empty stretch between two parts, else what is left of or right of the one part."""
        if len(self.parts) == 1:
            at, words = self.parts[0]
            return (0, at) if at >= _CELL else (at + len(words), _CELL)
        (left, words), (right, _) = self.parts
        return left + len(words), right


def column_by_column(lines: Sequence[str]) -> Iterator[tuple[str, Side | None]]:
    """Give the lines in reading order, each with its side where it stands in one of two columns, None elsewhere."""
    read = [_line(line) for line in lines]
    at = 0
    for start, end, middle in _stretches(read):
        yield from ((line.text, None) for line in read[at:start])
        for side in ("left column", "right column"):
            yield from ((text, side) for line in read[start:end] for text in _on(line, middle, side))
        at = end
    yield from ((line.text, None) for line in read[at:])


def _line(text: str) -> _Line:
    bare = text.rstrip()
    if "\t" in bare.strip() or (bare.lstrip().startswith("|") and bare.count("|") > 2):
        cells = bare.split("\t") if "\t" in bare else bare.strip().strip("|").split("|")
        parts = tuple((_CELL * (i > 0), cell.strip()) for i, cell in enumerate(cells) if re.search(r"[^\W_]|\*", cell))
        return _Line(text, parts, celled=True)
    if bare.startswith("\t"):
        return _Line(text, ((_CELL, bare.strip()),))
    if not bare:
        return _Line(text)
    starts = [len(bare) - len(bare.lstrip()), *(gap.end() for gap in _GAP.finditer(bare) if gap.start() and bare[gap.end()] not in "-+")]
    return _Line(text, tuple((at, bare[at:end].strip()) for at, end in zip(starts, [*starts[1:], None], strict=True)))


def _on(line: _Line, middle: int, side: Side) -> Iterator[str]:
    """Give the words of a line that stand on one side; an empty line on neither."""
    return (words for at, words in line.parts if (at >= middle) == (side == "right column"))


def _stretches(lines: Sequence[_Line]) -> Iterator[tuple[int, int, int]]:
    """Find the lines in two columns: (first, the one after the last, the letter from which a part stands at the right)."""
    worded = [i for i, line in enumerate(lines) if line.parts]
    head_end = worded[_HEAD] if len(worded) > _HEAD else len(lines)
    at = 0
    while at < len(lines):
        pair = len(lines[at].parts) == 2
        end, below, middle = _grown(lines, at) if pair else (at + 1, at + 1, 0)
        facing = pair and _facing(lines[at:end], lines[max(0, at - _ABOVE) : at], is_head=at < head_end)
        if facing:
            end = below if facing == "tail" else _with_subject(lines, end)
            yield at, end, middle
        at = end


def _with_subject(lines: Sequence[_Line], end: int) -> int:
    """Give the line after those that go on at the left, right below a head: the last words of its subject (`V/v …`)."""
    while end < len(lines) and len(lines[end].parts) == 1 and re.match(r"\s{0,12}[^\W\d_A-ZÀ-ỸĐ]", lines[end].text):
        end += 1
    return end


def _grown(lines: Sequence[_Line], start: int) -> tuple[int, int, int]:
    """Give (the line after the last pair over the same gap, the line after what stands below on one side, the gap's end)."""
    gap, last = lines[start].gap, start
    below = start + 1
    for i in range(start + 1, min(len(lines), start + 60)):
        line = lines[i]
        if len(line.parts) > 2 or i - last > _BELOW:
            break
        if not line.parts:
            continue
        if len(line.parts) == 1 and _RECIPIENTS.match(folded(line.parts[0][1])):
            break
        other = line.gap
        if len(line.parts) == 1 and line.parts[0][0] >= gap[1]:
            other = gap
        narrowed = max(gap[0], other[0]), min(gap[1], other[1])
        if narrowed[0] >= narrowed[1]:
            break
        below = i + 1
        if len(line.parts) == 2:
            gap, last = narrowed, i
        else:
            gap = narrowed if other != gap else gap
    return last + 1, below, gap[1]


def _facing(lines: Sequence[_Line], above: Sequence[_Line], *, is_head: bool) -> Literal["head", "tail", ""]:
    """Say what two columns these are: a motto at the right makes a head; Nơi nhận and a signer's title, or two titles, a tail."""
    pairs = [tuple(words for _, words in line.parts) for line in lines if len(line.parts) == 2]
    if is_head and any(_MOTTO.search(folded(right)) for _, right in pairs):
        return "head"
    alone = [words for line in (*above, *lines) for _, words in line.parts if len(line.parts) == 1]
    named = any(_RECIPIENTS.match(folded(words)) for words in (*alone, *(left for left, _ in pairs)))
    titled = any(_is_title(words) for words in (*alone, *(right for _, right in pairs)))
    both = any(_is_title(left) and _is_title(right) for left, right in pairs)
    return "tail" if (titled and named) or both else ""


def _is_title(words: str) -> bool:
    return words.isupper() and _SIGNS.match(folded(words)) is not None
