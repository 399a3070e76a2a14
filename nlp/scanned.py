"""Which paragraphs can put a duty on somebody?

The body; of the opening the paragraphs that already order something; behind the signature the documents that are issued
with this one (Kế hoạch, Quy chế), but no outlines, forms and lists.
"""

import re
from collections.abc import Iterator
from functools import cache

from nlp.letters import UPPER, bare, is_upper
from nlp.lexicon import alternatives
from nlp.zones import Paragraph, Zones


def scanned(zones: Zones) -> Iterator[Paragraph]:
    """Yield the paragraphs of running text, in reading order, that can hold duties; rows of tables are not among them."""
    for paragraph in zones.paragraphs:
        if paragraph.is_row:
            continue
        if paragraph.zone == "body" or (paragraph.zone == "opening" and _orders(zones.text(paragraph.span))):
            yield paragraph
    yield from _attached(zones)


def rows(zones: Zones) -> list[Paragraph]:
    """Give the rows of tables that can hold tasks."""
    return [p for p in zones.paragraphs if p.is_row and p.zone != "head"]


def _attached(zones: Zones) -> Iterator[Paragraph]:
    is_document = False
    for paragraph in zones.within("attachment"):
        words = zones.text(paragraph.span)
        if len(words) <= 200 and is_upper(words):
            first = bare(words).strip()
            is_document = _named("documents").match(first) is not None or (is_document and not _named("forms").match(first))
        elif is_document and not paragraph.is_row:
            yield paragraph


@cache
def _named(key: str) -> re.Pattern[str]:
    return re.compile(rf"\W*{alternatives('attached', key)}\b")


def _orders(words: str) -> bool:
    return re.search(rf"(?:[Gg]iao|[Yy]êu\s*cầu|[Đđ]ề\s*nghị|[Pp]hân\s*công)\s+(?:cho\s+)?(?:[{UPPER}]|các\s)", words) is not None
