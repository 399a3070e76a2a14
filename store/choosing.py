"""Which of the documents that are known is the one that is looked for?"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.identity import Fit, Sought, fit
from store.same_tables import SameDocumentRow
from store.tables import AgencyRow, AliasRow, DocumentRow


@dataclass(slots=True)
class Known:
    """The documents that bear some keys, fetched together; a new one is added as it is made."""

    session: Session
    by_key: dict[str, list[DocumentRow]] = field(default_factory=dict)
    misprinted: dict[str, list[DocumentRow]] = field(default_factory=dict)
    agencies: dict[int, AgencyRow | None] = field(default_factory=dict)
    same: dict[int, int] | None = None

    def fetch(self, keys: Collection[str]) -> None:
        """Fetch the documents that bear these keys, as their own or as another name."""
        if not keys:
            return
        for key in keys:
            self.by_key[key], self.misprinted[key] = [], []
        for row in self.session.scalars(select(DocumentRow).where(DocumentRow.key.in_(keys)).order_by(DocumentRow.id)):
            self.by_key[row.key or ""].append(row)
        names = select(AliasRow.key, AliasRow.kind, DocumentRow).join(DocumentRow, DocumentRow.id == AliasRow.document_id)
        for key, kind, row in self.session.execute(names.where(AliasRow.key.in_(keys)).order_by(DocumentRow.id)):
            bearers = self.by_key[key] if kind == "title" else self.misprinted[key]
            if row not in bearers:
                bearers.append(row)

    def bear(self, key: str, kind: str, row: DocumentRow) -> bool:
        """Let a document bear another name from here on; say whether that may move a reference: a title does."""
        bearers = (self.by_key if kind == "title" else self.misprinted).get(key)
        if bearers is not None and row not in bearers:
            bearers.append(row)
        return kind == "title"

    def choose(self, sought: Sought) -> list[DocumentRow]:
        """Give the document that fits, all of them when several do, none when none does."""
        fits = [(how, row) for row in self.by_key[sought.key] if (how := self._fit(sought, row))]
        if not fits and sought.issued_on:
            fits = [(1, row) for row in self.misprinted[sought.key] if row.issued_on == sought.issued_on and self._fit(sought, row)]
        if not fits:
            return [row for row in self.by_key[sought.key] if not row.held and row.identity == sought.identity]
        if sought.number is None:  # a title alone is no other document where one bears it as well as a number
            fits = [(how, row) for how, row in fits if row.held or row.number] or fits
        best = max(how for how, _ in fits)
        return one_each([row for how, row in fits if how == best])

    def meant(self, rows: Sequence[DocumentRow]) -> list[DocumentRow]:
        """Give these documents, but for each that a person said to be another one that other, each once."""
        return list(dict.fromkeys(self.session.get_one(DocumentRow, self.meant_id(row.id)) if row.id else row for row in rows))

    def meant_id(self, document_id: int) -> int:
        """Give the id of the document that a document is."""
        if self.same is None:
            stands = select(SameDocumentRow.document_id, SameDocumentRow.same_as_id).where(SameDocumentRow.split_at.is_(None))
            self.same = dict(self.session.execute(stands).all())
        return self.same.get(document_id, document_id)

    def _fit(self, sought: Sought, row: DocumentRow) -> Fit:
        if row.agency_id and row.agency_id not in self.agencies:
            self.agencies[row.agency_id] = self.session.get(AgencyRow, row.agency_id)
        return fit(sought, row, self.agencies[row.agency_id] if row.agency_id else None)


def one_each(rows: Sequence[DocumentRow]) -> list[DocumentRow]:
    """Give one row for each document: of copies the one filed first, and no cited one of no period or of a held one's beside others."""
    chosen: dict[str, DocumentRow] = {}
    for row in sorted(rows, key=lambda row: (not row.held, row.id or math.inf)):
        chosen.setdefault(row.identity, row)
    periods = {row.period for row in chosen.values() if row.held}
    told = [row for row in chosen.values() if row.held or (row.period and row.period not in periods)]
    return told or list(chosen.values())
