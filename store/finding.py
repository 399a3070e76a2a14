"""Which documents hold these words, typed with marks or without?

Words are found folded (marks off, đ as d); those whose marks agree with what was typed come first. A number in any spelling finds
the documents that bear it before all others.
"""

from collections.abc import Sequence

from sqlalchemy import column, select, table, text
from sqlalchemy.orm import Session

from store.answers import DocumentLine, Hit, Viewer
from store.lines import document_lines
from store.nodes import bearers
from store.spelling import fold, places, spoken
from store.tables import DocumentRow, PageTextRow

_SEARCH = table("page_search", column("rowid"), column("rank"))
_LOOKED_AT = 300  # pages that are ranked by their marks, the nearest in words first
_AROUND = 90  # characters of a snippet on each side
_LONGEST = 40  # words of a question that are looked for


def search(session: Session, words: str, *, seen_by: Viewer, limit: int = 50) -> tuple[Hit, ...]:
    """Give the documents in which all words stand on one page, the best first, each once, with a snippet of its best page."""
    if not seen_by.sees_all:
        return ()
    typed = [words[start:end] for start, end in places(words)][:_LONGEST]
    numbered = bearers(session, words)
    ranked = sorted(((_rank(page, typed), page) for page in _pages(session, typed)), key=lambda found: found[0])
    best: dict[int, PageTextRow] = {}
    for _, page in ranked:
        best.setdefault(page.document_id, page)
    order = list(dict.fromkeys([*(row.id for row in numbered), *best]))[:limit]
    rows = session.scalars(select(DocumentRow).where(DocumentRow.id.in_(order))).all()
    lines = document_lines(session, rows)
    return tuple(_hit(lines[document_id], best.get(document_id), typed) for document_id in order)


def _pages(session: Session, typed: Sequence[str]) -> Sequence[PageTextRow]:
    """Give the pages on which all words stand; the last one may be the beginning of a word."""
    if not typed:
        return ()
    folded = [fold(word) for word in typed]
    asked = " AND ".join([*(f'"{word}"' for word in folded[:-1]), f'"{folded[-1]}"*'])
    found = select(PageTextRow).join(_SEARCH, _SEARCH.c.rowid == PageTextRow.id)
    return session.scalars(found.where(text("page_search MATCH :asked")).order_by(_SEARCH.c.rank).limit(_LOOKED_AT), {"asked": asked}).all()


def _rank(page: PageTextRow, typed: Sequence[str]) -> tuple[int, int]:
    """Say how far a page is from what was typed: words that stand there without these marks, then whether they follow each other."""
    spans = _spans(page, typed)
    there = {spoken(page.text[start:end]) for start, end in spans}
    bare = sum(1 for word in typed if spoken(word) not in there)
    return bare, 0 if _phrase(page.folded, typed) is not None else 1


def _phrase(folded: str, typed: Sequence[str]) -> tuple[int, int] | None:
    """Find where the words follow each other, whatever stands between them but letters and digits."""
    wanted = [fold(word) for word in typed]
    at = places(folded)
    said = [folded[start:end] for start, end in at]
    for first in range(len(said) - len(wanted) + 1):
        if said[first : first + len(wanted)] == wanted:
            return at[first][0], at[first + len(wanted) - 1][1]
    return None


def _spans(page: PageTextRow, typed: Sequence[str]) -> list[tuple[int, int]]:
    """Give the places of all words that were asked for."""
    wanted, begun = {fold(word) for word in typed}, fold(typed[-1])
    return [(start, end) for start, end in places(page.folded) if page.folded[start:end] in wanted or page.folded.startswith(begun, start)]


def _hit(line: DocumentLine, page: PageTextRow | None, typed: Sequence[str]) -> Hit:
    """Give the hit with a snippet around the first place where the words follow each other, else around the first word."""
    if page is None:
        return Hit(line, line.subject or "", (), None)
    phrase = _phrase(page.folded, typed)
    spans = [phrase] if phrase else _spans(page, typed)
    first = spans[0][0] if spans else 0
    start = _word_border(page.text, max(0, first - _AROUND))
    end = min(len(page.text), first + 2 * _AROUND)
    snippet = " ".join(page.text[start:end].split("\n"))
    marks = tuple((s - start, e - start) for s, e in spans if start <= s and e <= end)
    return Hit(line, snippet, marks, page.page or None)


def _word_border(words: str, at: int) -> int:
    """Give the beginning of the word after a place, so that a snippet does not begin inside one."""
    border = words.find(" ", at, at + 20) if at else -1
    return border + 1 if border >= 0 else at
