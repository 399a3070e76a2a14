"""Which documents match the words of a search, before any is looked at?"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from store.dialects import Asked, holders
from store.nodes import bearers
from store.spelling import fold, places
from store.tables import DocumentRow

LONGEST = 40  # words of a question that are looked for


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
    return Matching(tuple(row.id for row in bearers(session, words)), holders(DocumentRow.id.expression, all_words(typed)), is_all=False)


def typed_words(words: str) -> list[str]:
    """Give the words of a question, as they were typed."""
    return [words[start:end] for start, end in places(words)][:LONGEST]


def all_words(typed: Sequence[str]) -> Asked:
    """Ask for all words on one page; the last one may be the beginning of a word."""
    return Asked(tuple(map(fold, typed)))


def in_a_row(typed: Sequence[str]) -> Asked:
    """Ask for the words one after the other."""
    return Asked(tuple(map(fold, typed)), in_a_row=True)
