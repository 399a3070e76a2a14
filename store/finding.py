"""Which documents hold these words, typed with marks or without?

Words are found folded (marks off, đ as d); those whose marks agree with what was typed come first. A number in any spelling finds
the documents that bear it before all others.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from sqlalchemy import ColumnElement, Row, Select, select, true
from sqlalchemy.orm import Session

from store.answers import DocumentLine, Hit, Narrowing, Viewer
from store.dialects import SEARCH, Asked, answers
from store.facets import NOWHERE, narrowed
from store.lines import document_lines, lines_by_id
from store.matching import asked_of, typed_words
from store.nodes import bearers, is_open
from store.scope import see_as
from store.spelling import fold, spoken
from store.tables import DocumentRow, PageTextRow

_LOOKED_AT = 200  # pages that are ranked by their marks
_COMMON = (
    20_000  # pages, the newest ones, among which words that follow each other are looked for: where they seldom do, none is soon found
)
_AROUND = 90  # characters of a snippet on each side
_GAP = r"[\W_]+"


Page = Row[tuple[int, int, int, str, str]]
"""A page of a document: its id, the document's, its number, its text, its folded text."""


@dataclass(frozen=True, slots=True)
class _Typed:
    """The words of a question, and how they are found in folded text: one after the other, and each by itself."""

    words: tuple[str, ...]
    said: tuple[str, ...]
    in_a_row: re.Pattern[str]
    each: re.Pattern[str]

    @classmethod
    def of(cls, words: Sequence[str]) -> Self:
        """Between words in a row may stand whatever is no letter and no digit; the last word may go on."""
        folded = [re.escape(fold(word)) for word in words]
        each = rf"(?<![^\W_])(?:{folded[-1]}[^\W_]*|(?:{'|'.join(dict.fromkeys(folded))})(?![^\W_]))"
        in_a_row = rf"(?<![^\W_]){_GAP.join(folded)}(?![^\W_])"
        return cls(tuple(words), tuple(map(spoken, words)), re.compile(in_a_row), re.compile(each))

    def spans(self, page: Page) -> list[tuple[int, int]]:
        """Give the places of all words that were asked for."""
        return [match.span() for match in self.each.finditer(page.folded)]

    def phrase(self, page: Page) -> tuple[int, int] | None:
        """Find where the words follow each other."""
        found = self.in_a_row.search(page.folded)
        return found.span() if found else None

    def distance(self, page: Page) -> tuple[int, int, bool]:
        """Say how far a page is from what was typed: words without these marks, then whether they follow each other; printed first."""
        there = {spoken(word) for word in {page.text[start:end] for start, end in self.spans(page)}}
        bare = sum(1 for word in self.said if word not in there)
        return bare, 0 if self.phrase(page) else 1, page.page == 0


def search(session: Session, words: str, *, seen_by: Viewer, limit: int = 50, narrow: Narrowing = NOWHERE) -> tuple[Hit, ...]:
    """Give the documents in which all words stand on one page, the best first, each once, with a snippet of its best page."""
    see_as(session, seen_by)
    said = typed_words(words)
    typed = _Typed.of(said) if said else None
    numbered = [row.id for row in bearers(session, words)]
    best: dict[int, Page] = {}
    for page in sorted(_pages(session, typed, narrow, everywhere=seen_by.sees_all), key=typed.distance) if typed else ():
        best.setdefault(page.document_id, page)
    found = select(DocumentRow.id).where(DocumentRow.id.in_([*numbered, *best]), narrowed(narrow))
    there = set(session.scalars(found))
    order = [known for known in dict.fromkeys([*numbered, *best]) if known in there][:limit]
    lines = lines_by_id(session, order)
    return tuple(_hit(lines[known], best.get(known), typed) for known in order)


def browse(session: Session, *, seen_by: Viewer, limit: int = 50, narrow: Narrowing) -> tuple[Hit, ...]:
    """Give the documents that a narrowing lets pass, the newest first: a search without words."""
    see_as(session, seen_by)
    newest = (
        select(DocumentRow).where(narrowed(narrow), is_open()).order_by(DocumentRow.issued_on.desc(), DocumentRow.id.desc()).limit(limit)
    )
    return tuple(_hit(line, None, None) for line in document_lines(session, session.scalars(newest).all()).values())


def _pages(session: Session, typed: _Typed, narrow: Narrowing, *, everywhere: bool) -> list[Page]:
    """Give the pages that are looked at, all words on each, the newest first; of many those where the words follow each other go before.

    everywhere: in all documents; else a page of the index is looked at only where its document passes, which the session narrows.
    """
    passes = true() if everywhere and narrow == NOWHERE else _of_document(narrowed(narrow))
    asked = asked_of(session, typed.words)
    found = list(session.scalars(_newest(asked).where(passes).limit(_LOOKED_AT)))
    if len(found) == _LOOKED_AT:
        oldest = session.scalar(_newest(asked).offset(_COMMON).limit(1)) or 0
        in_a_row = _newest(replace(asked, in_a_row=True)).where(passes, SEARCH.c.rowid >= oldest).limit(_LOOKED_AT)
        found = list(dict.fromkeys([*session.scalars(in_a_row), *found]))[:_LOOKED_AT]
    columns = (getattr(PageTextRow, name) for name in ("id", "document_id", "page", "text", "folded"))
    rows = {row.id: row for row in session.execute(select(*columns).where(PageTextRow.id.in_(found)))}
    return [rows[known] for known in found]


def _newest(asked: Asked) -> Select[int]:
    """Ask for the ids of the pages that answer, the newest first; no page is read for it."""
    return select(SEARCH.c.rowid).where(answers(asked)).order_by(SEARCH.c.rowid.desc())


def _of_document(passes: ColumnElement[bool]) -> ColumnElement[bool]:
    """Say of a page of the index that its document passes; each is asked about by itself, as the walk comes to it."""
    page = select(PageTextRow.id).join(DocumentRow, DocumentRow.id == PageTextRow.document_id)
    return page.where(PageTextRow.id == SEARCH.c.rowid, passes).correlate(SEARCH).exists()


def _hit(line: DocumentLine, page: Page | None, typed: _Typed | None) -> Hit:
    """Give the hit with a snippet around the first place where the words follow each other, else around the first word."""
    if page is None or typed is None or not line.held:
        return Hit(line, line.subject or "", (), None)
    phrase = typed.phrase(page)
    spans = [phrase] if phrase else typed.spans(page)
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
