"""Which documents match the words of a search, before any is looked at?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from store.dialects import SEARCH, Asked, answers, holders
from store.nodes import bearers
from store.spelling import fold, places
from store.tables import DocumentRow

LONGEST = 40  # words of a question that are looked for
_ENOUGH = 200  # pages on which all words stand whole; where there are fewer, the last word may go on


@dataclass(frozen=True, slots=True)
class Matching:
    """What a search asks for: the ids that bear the number, and what is so of those whose pages hold the words; is_all: no words."""

    bearers: tuple[int, ...]
    pages: ColumnElement[bool] | None
    is_all: bool


def matching(session: Session, words: str) -> Matching:
    """Give the documents that bear a number, and the question for those that hold all words on one page."""
    typed = typed_words(words)
    if not typed:
        return Matching((), None, not words.strip())
    return Matching(
        tuple(row.id for row in bearers(session, words)), holders(DocumentRow.id.expression, asked_of(session, typed)), is_all=False
    )


def typed_words(words: str) -> list[str]:
    """Give the words of a question, as they were typed."""
    return [words[start:end] for start, end in places(words)][:LONGEST]


def asked_of(session: Session, typed: Sequence[str]) -> Asked:
    """Ask for all words on one page; the last one may be only begun, unless many pages hold it whole.

    All words that begin so are gathered before a page is given: for `dân` in a great archive that is half of its pages.
    """
    whole = Asked(tuple(map(fold, typed)))
    first = select(SEARCH.c.rowid).where(answers(whole)).limit(_ENOUGH).subquery()
    return whole if session.scalar(select(func.count()).select_from(first)) == _ENOUGH else replace(whole, is_begun=True)
