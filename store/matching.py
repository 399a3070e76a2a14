"""Which documents match the words of a search, before any is looked at?"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, column, table, text
from sqlalchemy.orm import Session

from store.nodes import bearers
from store.spelling import fold, places
from store.tables import DocumentRow

SEARCH = table("page_search", column("rowid"), column("rank"))
LONGEST = 40  # words of a question that are looked for
_HOLDERS = """(SELECT page_text.document_id FROM page_search
JOIN page_text INDEXED BY ix_page_text_id_document_id ON page_text.id = page_search.rowid WHERE page_search MATCH :asked)"""


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
    return Matching(tuple(row.id for row in bearers(session, words)), holders(all_words(typed)), is_all=False)


def typed_words(words: str) -> list[str]:
    """Give the words of a question, as they were typed."""
    return [words[start:end] for start, end in places(words)][:LONGEST]


def all_words(typed: Sequence[str]) -> str:
    """Ask for all words on one page, folded; the last one may be the beginning of a word."""
    folded = [fold(word) for word in typed]
    return " AND ".join([*(f'"{word}"' for word in folded[:-1]), f'"{folded[-1]}"*'])


def in_a_row(typed: Sequence[str]) -> str:
    """Ask for the words one after the other."""
    return " + ".join(f'"{fold(word)}"' for word in typed) + "*"


def holders(asked: str) -> ColumnElement[bool]:
    """Say which documents have a page that answers; which document a page is of is read from an index, not from the page."""
    return DocumentRow.id.op("IN", is_comparison=True)(text(_HOLDERS).bindparams(asked=asked))
