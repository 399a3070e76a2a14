"""Which stretches of a text must not be misread by a single letter?

Numbers and dates of cited documents, limits, who signed, and sums of money: one wrong digit is another document, another
day, another sum. (The document's own number and date are often written by hand; nlp/blanks.py asks for them.)
"""

import re
from collections.abc import Iterator

from ingest.transcript import Span, Transcript
from nlp.directive import Directive

_MONEY = re.compile(r"\d{1,3}(?:[.,]\d{3}){1,5}(?:\s?(?:đồng|đ)\b)?|\d{1,6}(?:,\d{1,3})?\s{1,2}(?:nghìn|ngàn|triệu|tỷ|tỉ)\s{1,2}đồng")


def critical_spans(directive: Directive, transcript: Transcript) -> tuple[Span, ...]:
    """Give the spans, in the transcript's whole text, of what a directive says that one letter can make wrong."""
    return tuple(span for span in _spans(directive, transcript) if span is not None)


def _spans(directive: Directive, transcript: Transcript) -> Iterator[Span | None]:
    for reference in directive.references:
        yield from (mention.span for mention in reference.mentions)
    for duty in directive.duties:
        if duty.deadline:
            yield duty.deadline.place.span
    if directive.signer.name:
        yield directive.signer.name.place.span
    for money in _MONEY.finditer(transcript.text):
        yield Span(*money.span())
