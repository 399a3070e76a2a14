"""Whose will does the document tell? The body that speaks (`Thường trực Huyện ủy có ý kiến như sau`), not the signer."""

import re
from functools import cache

from nlp.assignees import body_starts, next_verb, phrases
from nlp.lexicon import load
from nlp.zones import Zones

_LEAD = 12  # paragraphs in which the speaker is looked for


def find_giver(zones: Zones, text: str, low: str) -> str | None:
    """Give the name of the body that speaks in the lead sentences, the last one before the first item, or None."""
    giver, taken = None, 0
    for paragraph in zones.within("opening", "body")[:_LEAD]:
        if paragraph.marker:
            break
        start, end = paragraph.span.start, min(paragraph.span.end, paragraph.span.start + 4000)
        for at in body_starts(text, start, end):
            if at < taken:
                continue
            spoken = _speaks().search(low, at, min(end, at + 110))
            if (
                spoken
                and next_verb(low, at + 2, spoken.start()) is None
                and not re.search(r"[.;:,]|\s(?:tại|về|của|ngày|theo|và)\s", text[at : spoken.start()])
            ):
                giver, taken = " ".join(text[at : spoken.start()].split()), spoken.start()
    return giver


@cache
def _speaks() -> re.Pattern[str]:
    return re.compile(rf"\s*{phrases(load('verbs')['speaks'])}(?![a-zđ])")
