"""What is said in another way to SQLite and to PostgreSQL?

Words of pages: FTS5 and its MATCH here, a tsvector of the same folded text there. Members of a JSON list: json_each here,
json_array_elements_text there.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Dialect, Integer, Text, TypeDecorator, bindparam, column, table
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

SEARCH = table("page_search", column("rowid"))
_TO_QUERY = "to_tsquery('simple', {})"


@dataclass(frozen=True, slots=True)
class Asked:
    """Words that one page shall hold, folded, one after the other or anywhere; is_begun: the last may be the beginning of a word."""

    words: tuple[str, ...]
    in_a_row: bool = False
    is_begun: bool = False


class _Question(TypeDecorator[Asked]):
    """Words as the engine wants to be asked."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Asked | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if dialect.name == "sqlite":
            return (" + " if value.in_a_row else " AND ").join(f'"{word}"' for word in value.words) + "*" * value.is_begun
        return (" <-> " if value.in_a_row else " & ").join(value.words) + ":*" * value.is_begun


class _Answers(FunctionElement[bool]):
    """That a row of page_search answers. It has no type: SQLite would be asked whether a truth equals 1, which FTS5 refuses."""

    inherit_cache = True


class _Holders(FunctionElement[int]):
    """The documents that have a page that answers; which document a page is of is read from an index, not from the page."""

    type = Integer()
    inherit_cache = True


class _Items(FunctionElement[str]):
    """The members of a JSON list."""

    type = Text()
    inherit_cache = True


def answers(asked: Asked) -> ColumnElement[bool]:
    """Say which rows of SEARCH answer."""
    return _Answers(_bound(asked))


def holders(document_id: ColumnElement[int], asked: Asked) -> ColumnElement[bool]:
    """Say which documents have a page that answers."""
    return document_id.op("IN", is_comparison=True)(_Holders(_bound(asked)))


def items(members: ColumnElement[Any]) -> ColumnElement[str]:
    """Give the members of a JSON list of texts, as rows of their own."""
    found: ColumnElement[str] = _Items(members).table_valued("value").c.value
    return found


def _bound(asked: Asked) -> BindParameter[Asked]:
    return bindparam(None, asked, _Question())


def _told(element: FunctionElement[Any], compiler: SQLCompiler, words: str, **more: Any) -> str:  # noqa: ANN401  SQLAlchemy's
    return words.format(compiler.process(element.clauses, **more))


@compiles(_Answers, "sqlite")
def _(element: _Answers, compiler: SQLCompiler, **more: Any) -> str:  # noqa: ANN401  SQLAlchemy's
    return _told(element, compiler, "page_search MATCH {}", **more)


@compiles(_Answers)
def _(element: _Answers, compiler: SQLCompiler, **more: Any) -> str:  # noqa: ANN401  SQLAlchemy's
    return _told(element, compiler, f"page_search.words @@ {_TO_QUERY}", **more)


@compiles(_Holders, "sqlite")
def _(element: _Holders, compiler: SQLCompiler, **more: Any) -> str:  # noqa: ANN401  SQLAlchemy's
    joined = "page_search JOIN page_text INDEXED BY ix_page_text_id_document_id ON page_text.id = page_search.rowid"
    return _told(element, compiler, f"(SELECT page_text.document_id FROM {joined} WHERE page_search MATCH {{}})", **more)  # noqa: S608


@compiles(_Holders)
def _(element: _Holders, compiler: SQLCompiler, **more: Any) -> str:  # noqa: ANN401  SQLAlchemy's
    return _told(element, compiler, f"(SELECT document_id FROM page_search WHERE words @@ {_TO_QUERY})", **more)  # noqa: S608


@compiles(_Items, "sqlite")
def _(element: _Items, compiler: SQLCompiler, **more: Any) -> str:  # noqa: ANN401  SQLAlchemy's
    return _told(element, compiler, "json_each({})", **more)


@compiles(_Items)
def _(element: _Items, compiler: SQLCompiler, **more: Any) -> str:  # noqa: ANN401  SQLAlchemy's
    return _told(element, compiler, "json_array_elements_text({})", **more)
