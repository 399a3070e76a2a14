"""Which pages does a document have, by which numbers are they called, and what was read on them?

A document has the pages of its file, from the first to the last of it, called by their numbers in the file, until a person arranges
them; from then on it has those that are kept for it, called by their places: 1 for the first.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ingest.transcript import Page, Transcript
from store.answers import Leaf, LeafKind, Turn
from store.errors import NotFound
from store.page_tables import LeafRow
from store.tables import DocumentRow, ReceiptRow
from store.transcripts import bare_page, called, one_page, outline

Numbered = dict[int, Leaf]
"""Leaves by the numbers that pages of a document are called by, in their order."""


def arranged(session: Session, document_id: int) -> tuple[Leaf, ...] | None:
    """Give the pages of a document as a person arranged them; None where nobody did."""
    own = select(LeafRow).where(LeafRow.document_id == document_id).order_by(LeafRow.position)
    found = tuple(map(_leaf, session.scalars(own)))
    return found or None


def leaves(session: Session, document: DocumentRow) -> tuple[Leaf, ...]:
    """Give the pages of a document in their order, with what is kept aside; none for one that is not held."""
    found = arranged(session, document.id)
    if found is not None:
        return found
    return tuple(of_file(document, document.sha256).values())


def arrange(session: Session, document_id: int, own: Iterable[Leaf]) -> None:
    """Keep an arrangement; one without leaves lets the document have the pages of its file again."""
    session.execute(delete(LeafRow).where(LeafRow.document_id == document_id))
    for position, leaf in enumerate(own, 1):
        session.add(LeafRow(document_id=document_id, position=position, **as_kept(leaf)))
    session.flush()


def shown(arrangement: Iterable[Leaf]) -> Numbered:
    """Give the pages of an arrangement that are read and shown, by their places."""
    return {at: leaf for at, leaf in enumerate(arrangement, 1) if leaf.kind != "set aside"}


def of_file(document: DocumentRow, sha256: str | None) -> Numbered:
    """Give the pages from a document's first to its last of the file sha256, by their numbers there."""
    if sha256 is None or document.transcript_id is None:
        return {}
    numbers = range(document.first_page, (document.last_page or document.first_page) + 1)
    return {number: Leaf(sha256, number, document.transcript_id) for number in numbers}


def numbered(session: Session, document: DocumentRow) -> Numbered:
    """Give the pages of a document that are read and shown, by their numbers."""
    found = arranged(session, document.id)
    return of_file(document, document.sha256) if found is None else shown(found)


@dataclass(frozen=True, slots=True)
class ByHand:
    """What people arranged of one file: its pages that lie where a person put them, and the documents that have them."""

    pages: frozenset[int]
    documents: tuple[int, ...]


def arranged_in(session: Session, sha256: str) -> ByHand:
    """Say which pages of a file, and which documents with them, are a person's work and no longer a reading's."""
    rows = session.execute(select(LeafRow.page, LeafRow.document_id).where(LeafRow.sha256 == sha256)).all()
    return ByHand(frozenset(page for page, _ in rows), tuple(sorted({document for _, document in rows})))


def arranged_of(session: Session, sha256: str, reading: str) -> dict[int, Numbered]:
    """Give the pages of the documents of a file that people arranged, those of this file as a newer reading has them."""
    documents = session.scalars(select(DocumentRow.id).where(DocumentRow.sha256 == sha256).order_by(DocumentRow.id)).all()
    kept = {document: own for document in documents if (own := arranged(session, document)) is not None}
    return {document: shown(_read_anew(leaf, sha256, reading) for leaf in own) for document, own in kept.items()}


def _read_anew(leaf: Leaf, sha256: str, reading: str) -> Leaf:
    return replace(leaf, reading=reading) if leaf.sha256 == sha256 else leaf


def leaf_called(session: Session, document: DocumentRow, number: int) -> Leaf:
    """Give the page that a number calls, one that is kept aside too. Raises NotFound."""
    found = arranged(session, document.id)
    called = of_file(document, document.sha256) if found is None else dict(enumerate(found, 1))
    if number not in called:
        raise NotFound("Không tìm thấy trang này.")
    return called[number]


def page_called(session: Session, home: Path, document: DocumentRow, number: int) -> Page:
    """Give a page whole, with its words, called by its number in the document. Raises NotFound."""
    leaf = leaf_called(session, document, number)
    return called(one_page(home, leaf.read_as, leaf.page), number)


def outline_of(session: Session, home: Path, document: DocumentRow) -> Transcript:
    """Give text, sizes, notes and regions of a document's pages: what a person looks at. Raises NotFound where none are kept."""
    found = arranged(session, document.id)
    if found is None:
        return outline(home, document.transcript_id or "", document.first_page, document.last_page)
    pages = (called(bare_page(home, leaf.read_as, leaf.page), number) for number, leaf in shown(found).items())
    return Transcript(document.transcript_id or "", "", document.media_type or "", tuple(pages))


def file_names(session: Session, files: Collection[str]) -> dict[str, str]:
    """Give the names under which files came in, by their hashes; of several the first."""
    named = select(ReceiptRow.sha256, ReceiptRow.name).where(ReceiptRow.sha256.in_(files)).order_by(ReceiptRow.id.desc())
    return dict(session.execute(named).all())


def _leaf(row: LeafRow) -> Leaf:
    return Leaf(row.sha256, row.page, row.reading, cast("Turn", row.turn), cast("LeafKind", row.kind))


def as_kept(leaf: Leaf) -> dict[str, Any]:
    """Give a leaf as plain values, for a row or a step's history."""
    return {"sha256": leaf.sha256, "page": leaf.page, "reading": leaf.reading, "turn": leaf.turn, "kind": leaf.kind}
