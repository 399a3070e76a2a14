"""Which documents hold these words, typed with marks or without?

Words are found folded (marks off, đ as d); those whose marks agree with what was typed come first. A number in any spelling finds
the documents that bear it before all others.
"""

import re
from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from store.answers import DocumentLine, Hit, Narrowing, Viewer
from store.dialects import SEARCH, Asked, answers, nearness
from store.facets import NOWHERE, narrowed
from store.lines import document_lines
from store.matching import all_words, in_a_row, typed_words
from store.nodes import bearers, is_open
from store.spelling import fold, spoken
from store.tables import DocumentRow, PageTextRow

_LOOKED_AT = 200  # pages that are ranked by their marks, the nearest in words first
_COMMON = 4_000  # pages; of words that stand on more, the newest pages are looked at: nearness in words tells them no longer apart
_AROUND = 90  # characters of a snippet on each side
_GAP = r"[\W_]+"


def search(session: Session, words: str, *, seen_by: Viewer, limit: int = 50, narrow: Narrowing = NOWHERE) -> tuple[Hit, ...]:
    """Give the documents in which all words stand on one page, the best first, each once, with a snippet of its best page."""
    if not seen_by.sees_all:
        return ()
    typed = typed_words(words)
    numbered = [row.id for row in bearers(session, words)]
    ranked = sorted(((_rank(page, typed), page) for page in _pages(session, typed, narrow)), key=lambda found: found[0])
    best: dict[int, PageTextRow] = {}
    for _, page in ranked:
        best.setdefault(page.document_id, page)
    found = select(DocumentRow).where(DocumentRow.id.in_([*numbered, *best]), narrowed(narrow))
    rows = {row.id: row for row in session.scalars(found)}
    order = [known for known in dict.fromkeys([*numbered, *best]) if known in rows][:limit]
    lines = document_lines(session, [rows[known] for known in order])
    return tuple(_hit(lines[known], best.get(known), typed) for known in order)


def browse(session: Session, *, seen_by: Viewer, limit: int = 50, narrow: Narrowing) -> tuple[Hit, ...]:
    """Give the documents that a narrowing lets pass, the newest first: a search without words."""
    if not seen_by.sees_all:
        return ()
    newest = (
        select(DocumentRow).where(narrowed(narrow), is_open()).order_by(DocumentRow.issued_on.desc(), DocumentRow.id.desc()).limit(limit)
    )
    return tuple(_hit(line, None, ()) for line in document_lines(session, session.scalars(newest).all()).values())


def _pages(session: Session, typed: Sequence[str], narrow: Narrowing) -> Sequence[PageTextRow]:
    """Give the pages that are looked at, all words on each; of common words the newest, those first where they follow each other."""
    if not typed:
        return ()
    asked = all_words(typed)
    if _is_common(session, asked):
        found = _answering(session, in_a_row(typed), narrow, newest=True)
        if len(found) < _LOOKED_AT:
            found += _answering(session, asked, narrow, newest=True)
    else:
        found = _answering(session, asked, narrow, newest=False)
    order = list(dict.fromkeys(found))[:_LOOKED_AT]
    rows = {row.id: row for row in session.scalars(select(PageTextRow).where(PageTextRow.id.in_(order)))}
    return [rows[known] for known in order]


def _is_common(session: Session, asked: Asked) -> bool:
    first = select(SEARCH.c.rowid).where(answers(asked)).limit(_COMMON + 1).subquery()
    return (session.scalar(select(func.count()).select_from(first)) or 0) > _COMMON


def _answering(session: Session, asked: Asked, narrow: Narrowing, *, newest: bool) -> list[int]:
    """Give the ids of the pages that answer, the newest or the nearest in words first; no page is read for it."""
    ids: Select[int] = select(SEARCH.c.rowid).where(answers(asked))
    if narrow != NOWHERE:
        passing = select(PageTextRow.id).where(PageTextRow.document_id.in_(select(DocumentRow.id).where(narrowed(narrow))))
        ids = ids.where((SEARCH.c.rowid + 0).in_(passing))  # + 0: else each of them is asked for by itself
    order = SEARCH.c.rowid.desc() if newest else nearness(asked)
    return list(session.scalars(ids.order_by(order).limit(_LOOKED_AT)))


def _rank(page: PageTextRow, typed: Sequence[str]) -> tuple[int, int, bool]:
    """Say how far a page is from what was typed: words without these marks, then whether they follow each other; printed pages first."""
    there = {spoken(word) for word in {page.text[start:end] for start, end in _spans(page, typed)}}
    bare = sum(1 for word in typed if spoken(word) not in there)
    return bare, 0 if _phrase(page.folded, typed) is not None else 1, page.page == 0


def _phrase(folded: str, typed: Sequence[str]) -> tuple[int, int] | None:
    """Find where the words follow each other, whatever stands between them but letters and digits."""
    found = re.search(rf"(?<![^\W_]){_GAP.join(re.escape(fold(word)) for word in typed)}(?![^\W_])", folded)
    return found.span() if found else None


def _spans(page: PageTextRow, typed: Sequence[str]) -> list[tuple[int, int]]:
    """Give the places of all words that were asked for."""
    whole, begun = "|".join(re.escape(fold(word)) for word in dict.fromkeys(typed)), re.escape(fold(typed[-1]))
    sought = re.compile(rf"(?<![^\W_])(?:{begun}[^\W_]*|(?:{whole})(?![^\W_]))")
    return [match.span() for match in sought.finditer(page.folded)]


def _hit(line: DocumentLine, page: PageTextRow | None, typed: Sequence[str]) -> Hit:
    """Give the hit with a snippet around the first place where the words follow each other, else around the first word."""
    if page is None or not line.held:
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
