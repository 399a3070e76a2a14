"""Under which headings does a paragraph stand, and whom do they make responsible?

Headings and list openers reach down to their items (`3. Giao Ban Tổ chức Huyện ủy:`); the marker tells how deep an item
stands. A paragraph without a marker goes on under the headings before it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.assignees import heading_names, is_body, read_sentence
from nlp.letters import UPPER, is_upper
from nlp.lines import MARKER
from nlp.zones import Paragraph

_LEVELS = (
    (re.compile(r"(?:phần|chương|mục)\b", re.IGNORECASE), 0.5),
    (re.compile(r"Điều\b"), 1.5),
    (re.compile(r"[IVX]+\s*[.)/-]?$"), 1.0),
    (re.compile(r"\d{1,2}(?:\.\d{1,2}){2,}"), 3.5),
    (re.compile(r"\d{1,2}\.\d{1,2}|Bước"), 3.0),
    (re.compile(r"\d"), 2.0),
    (re.compile(r"[a-zđ]\)"), 4.0),
    (re.compile(r"[-•●▪]"), 5.0),
)
_SENTENCE_END = re.compile(rf"[.!?](?P<gap>\s+)(?=[{UPPER}(“\"])")
_DAMAGED = re.compile(rf"[^\w\s]{{0,2}}\s?(\d{{1,2}}[.,)]|[a-zđ]\))\s(?=[{UPPER}])")
_ABBREVIATED = re.compile(r"(?:\b(?:TP|TX|Tp|TT|ThS|TS|PGS|GS|Đ/c|NQ|Mr|St|\d)\.)$")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph in its place: words from start (behind the marker) to end; bodies are those that stand over it.

    opener is the body that the lead sentence addresses (`yêu cầu các cấp ủy … như sau:`); item counts the numbered
    items at the top; path names the headings above, so that two passages with the same path are siblings.
    """

    paragraph: Paragraph
    start: int
    end: int
    marked: bool
    heading: bool
    bodies: tuple[int, int] | None
    opener: tuple[int, int] | None
    item: int
    path: tuple[int, ...]


def passages(text: str, low: str, paragraphs: Iterator[Paragraph]) -> Iterator[Passage]:
    """Walk the paragraphs in reading order with the headings that reach down to each."""
    stack: list[tuple[float, int, tuple[int, int] | None]] = []
    opener: tuple[int, int] | None = None
    item = 0
    for number, paragraph in enumerate(paragraphs):
        (start, marker), end = _behind_marker(text, paragraph), paragraph.span.end
        names = heading_names(text, low, start, end)
        heading = names is not None or is_heading(text, start, end)
        level = _level(marker) if marker else 3.7 if names else 1.9 if _breaks(text, start, end) else None
        if level is not None:
            while stack and stack[-1][0] >= level:
                stack.pop()
            item += level <= 2.0
        over = names or next((bodies for _, _, bodies in reversed(stack) if bodies), None)
        yield Passage(paragraph, start, end, bool(marker), heading, over, opener, item, tuple(n for _, n, _ in stack))
        opened = None if names or not text[start:end].rstrip().endswith(":") else _opens(text, low, start, end)
        if level is not None and (heading or opened):
            stack.append((level, number, names or opened))
        elif opened:
            opener = opened


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the sentences in a stretch; a full stop behind an abbreviation ends none."""
    at = start
    for found in _SENTENCE_END.finditer(text, start, end):
        stop = found.start("gap")
        if _ABBREVIATED.search(text[max(at, stop - 5) : stop]):
            continue
        if text[at:stop].strip():
            yield at, stop
        at = found.end()
    if text[at:end].strip():
        yield at, end


def is_heading(text: str, start: int, end: int) -> bool:
    """Say whether a paragraph is short and is no sentence: a colon or nothing stands at its end."""
    words = text[start:end].strip()
    if len(words) > 220:
        return False
    return words.endswith(":") or is_upper(words) or (not re.search(r"[.;,…)”\"/]$", words) and len(words) <= 160)


def _behind_marker(text: str, paragraph: Paragraph) -> tuple[int, str]:
    """Where the words begin behind the marker, and the marker, also one that OCR has damaged (`. 2, Sở …`)."""
    span = paragraph.span
    if not paragraph.marker:
        damaged = _DAMAGED.match(text, span.start, span.end)
        return (damaged.end(), damaged[1]) if damaged else (span.start, "")
    match = MARKER.match(text, span.start, span.end)
    return (match.end() if match else span.start), paragraph.marker


def _level(marker: str) -> float:
    return next((level for pattern, level in _LEVELS if pattern.match(marker)), 6.0)


def _breaks(text: str, start: int, end: int) -> bool:
    """A short line without a marker that ends with a colon (`Chế độ báo cáo:`) ends the items before it."""
    words = text[start:end].strip()
    return words.endswith(":") and len(words) <= 60 and not is_body(text, start)


def _opens(text: str, low: str, start: int, end: int) -> tuple[int, int] | None:
    """The body that a list opener addresses."""
    last = None
    for sentence in sentences(text, start, end):
        last = sentence
    said = read_sentence(text, low, last[0], last[1], responsible=False) if last else None
    return said.assignee if said else None
