"""How does a page read with some of its words spelled otherwise?"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace
from itertools import accumulate

from ingest.transcript import Page, Span, Word


def rewritten(page: Page, words: Mapping[int, tuple[str, float]]) -> Page:
    """Give the page with words (by their place in page.words) replaced by a spelling and how surely it was read; all spans follow."""
    changed = [(page.words[i].span, text) for i, (text, _) in sorted(words.items(), key=lambda item: page.words[item[0]].span.start)]
    ends = [span.end for span, _ in changed]
    grown = [0, *accumulate(len(text) - (span.end - span.start) for span, text in changed)]

    def moved(span: Span) -> Span:
        return Span(span.start + grown[bisect_right(ends, span.start)], span.end + grown[bisect_right(ends, span.end)])

    def word(i: int, old: Word) -> Word:
        return replace(old, span=moved(old.span), confidence=words[i][1] if i in words else old.confidence)

    text, at = [], 0
    for span, new in changed:
        text += [page.text[at : span.start], new]
        at = span.end
    return replace(
        page,
        text="".join([*text, page.text[at:]]),
        words=tuple(word(i, old) for i, old in enumerate(page.words)),
        lines=tuple(replace(line, span=moved(line.span)) for line in page.lines),
        blocks=tuple(replace(block, span=moved(block.span)) for block in page.blocks),
        tables=tuple(
            replace(table, span=moved(table.span), cells=tuple(replace(cell, span=moved(cell.span)) for cell in table.cells))
            for table in page.tables
        ),
    )
