"""Which changes of rows are acts that the log tells of, and what does it say of each?

The session is asked what it wrote (store/audit.py), so that no function that writes can forget the log: a table that matters stands here
once. An act says who, what, of which thing, and the names of the fields; never what a document or a person wrote in them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from store.account_tables import AccountRow, TokenRow
from store.dossier_tables import DossierItemRow, DossierRow
from store.page_tables import PageStepRow
from store.quarantine_tables import QuarantineRow
from store.register_tables import EntryRow, HandlingRow, RegisterRow
from store.same_tables import SameAgencyRow, SameDocumentRow
from store.setting_tables import OwnDayRow, SettingRow
from store.tables import Base, CorrectionRow, DocumentRow, JobRow, OfficeRow, ReceiptRow
from store.work_tables import GroupRow, HandRow, MemberRow, ReviewRow, StepRow, UnitRow

Kind = Literal["receipt", "document", "duty", "register", "entry", "dossier", "office", "unit", "group", "agency", "setting", "account"]
How = Literal["new", "changed", "gone"]
_UNSAID = frozenset({"next", "folded", "position"})  # columns that follow from others


@dataclass(frozen=True, slots=True)
class Act:
    """Who did what with which thing; who is None where the row does not say it. more are ids and names of fields."""

    name: str
    kind: Kind
    of: int
    who: str | None = None
    document: int | None = None
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """A row that was added, changed or taken away, with the values that its changed columns had before."""

    row: Base
    how: How
    before: Mapping[str, Any]

    @property
    def fields(self) -> list[str]:
        """Give the names of the changed columns that people know."""
        return sorted(name for name in self.before if name not in _UNSAID)


def act_of(change: Change) -> Act | None:
    """Give the act that a change is; None for one that people do not see as a fact of its own."""
    tell = _TELLS.get(type(change.row))
    return tell(change) if tell else None


def is_told(table: type[Base]) -> bool:
    """Say whether the log tells of this table's rows."""
    return table in _TELLS


def _correction(change: Change) -> Act | None:
    row = cast("CorrectionRow", change.row)
    if change.how != "new":
        return None
    of, _, name = row.name.rpartition(".") if row.name.startswith("duty.") else ("", "", row.name)
    told = {"fields": [name]} | ({"duty": int(of.removeprefix("duty."))} if of else {})
    return Act("let stand" if row.undo else "correct", "document", row.document_id, row.by, row.document_id, told)


def _review(change: Change) -> Act | None:
    row = cast("ReviewRow", change.row)
    return Act(row.kind, "document", row.document_id, row.by, row.document_id) if change.how == "new" else None


def _hand(change: Change) -> Act | None:
    row = cast("HandRow", change.row)
    if change.how == "new":
        return Act(f"{row.verb} {row.kind}", "document", row.document_id, row.by, row.document_id)
    undone = change.how == "changed" and "undone_at" in change.before
    return Act(f"undo {row.verb} {row.kind}", "document", row.document_id, row.undone_by, row.document_id) if undone else None


def _pages(change: Change) -> Act | None:
    row = cast("PageStepRow", change.row)
    if change.how != "new":
        return None
    told = {name: value for name, value in (("other", row.other_id), ("undoes", row.undoes)) if value}
    return Act(f"pages {row.kind}", "document", row.document_id, row.by, row.document_id, told)


def _step(change: Change) -> Act | None:
    row = cast("StepRow", change.row)
    if change.how != "new":
        return None
    told = {name: value for name, value in (("units", list(row.units)), ("undoes", row.undoes)) if value}
    return Act(f"duty {row.kind}", "duty", row.duty_id, row.by, None, told)


def _entry(change: Change) -> Act | None:
    row = cast("EntryRow", change.row)
    told: dict[str, Any] = {"register": row.register_id, "number": f"{row.serial}{row.suffix or ''}"}
    if change.how == "new":
        return Act("hold number" if row.state == "held" else "enter", "entry", row.id, row.by, row.document_id, told)
    name = "cancel number" if "state" in change.before and row.state == "cancelled" else "change entry"
    document = row.document_id or change.before.get("document_id")
    return Act(name, "entry", row.id, None, document, told | {"fields": change.fields})


def _handling(change: Change) -> Act | None:
    row = cast("HandlingRow", change.row)
    told = {"undoes": row.undoes} if row.undoes else {}
    return Act(f"paper {row.kind}", "document", row.document_id, row.by, row.document_id, told) if change.how == "new" else None


def _register(change: Change) -> Act | None:
    row = cast("RegisterRow", change.row)
    if change.how == "new":
        return Act("open register", "register", row.id)
    if "closed_on" in change.before and row.closed_on:
        return Act("close register", "register", row.id)
    return Act("change register", "register", row.id, more={"fields": change.fields}) if change.fields else None


def _dossier(change: Change) -> Act | None:
    row = cast("DossierRow", change.row)
    if change.how == "new":
        return Act("open dossier", "dossier", row.id, row.by)
    if "closed_on" in change.before:
        return Act("close dossier" if row.closed_on else "reopen dossier", "dossier", row.id)
    return Act("change dossier", "dossier", row.id, more={"fields": change.fields}) if change.fields else None


def _dossier_item(change: Change) -> Act | None:
    row = cast("DossierItemRow", change.row)
    name = {"new": "put in dossier", "changed": "remark in dossier", "gone": "take out of dossier"}[change.how]
    who, told = row.by if change.how == "new" else None, {"dossier": row.dossier_id}
    return Act(name, "document", row.document_id, who, row.document_id, told) if change.before or change.how != "changed" else None


def _document(change: Change) -> Act | None:
    """A document is filed once, when its bytes come; a later transcript or other rules are another reading; the rest follows from these."""
    row = cast("DocumentRow", change.row)
    if change.how == "gone":
        return Act("remove", "document", row.id, None, row.id) if row.held else None
    if row.held and (change.how == "new" or "held" in change.before):
        return Act("file", "document", row.id, None, row.id)
    was_read = change.before.get("transcript_id", row.transcript_id) is not None
    if row.held and was_read and {"transcript_id", "rules"} & set(change.before):
        return Act("reread", "document", row.id, None, row.id)
    return None


def _receipt(change: Change) -> Act | None:
    row = cast("ReceiptRow", change.row)
    return Act("receive", "receipt", row.id, row.received_by) if change.how == "new" else None


def _apart(change: Change) -> Act | None:
    return Act("set apart", "receipt", cast("QuarantineRow", change.row).receipt_id) if change.how == "new" else None


def _job(change: Change) -> Act | None:
    row = cast("JobRow", change.row)
    again = row.state == "waiting" and change.before.get("state") in ("failed", "dead", "cancelled")
    return Act("retry", "receipt", row.receipt_id) if again else None


def _whole(kind: Kind) -> Callable[[Change], Act | None]:
    """Tell of a table whose rows are plain things that are added, changed and dropped."""

    def tell(change: Change) -> Act | None:
        if change.how == "changed" and not change.fields:
            return None
        name = {"new": "add", "changed": "change", "gone": "drop"}[change.how]
        return Act(f"{name} {kind}", kind, cast("OfficeRow", change.row).id, more={"fields": change.fields} if change.fields else {})

    return tell


def _setting(change: Change) -> Act | None:
    fields = ["days"] if isinstance(change.row, OwnDayRow) else change.fields or ["purpose", "tracked_since"]
    return Act("change setting", "setting", 1, more={"fields": fields}) if change.before or change.how != "changed" else None


def _token(change: Change) -> Act | None:
    row = cast("TokenRow", change.row)
    name = "add token" if change.how == "new" else "revoke token" if "revoked_at" in change.before else None
    return Act(name, "account", row.account_id, more={"token": row.id}) if name else None


def _member(change: Change) -> Act | None:
    return Act("change group", "group", cast("MemberRow", change.row).group_id, more={"fields": ["members"]})


def _same(change: Change) -> Act | None:
    row = cast("SameDocumentRow | SameAgencyRow", change.row)
    kind: Kind = "document" if isinstance(row, SameDocumentRow) else "agency"
    of = row.document_id if isinstance(row, SameDocumentRow) else row.agency_id
    document = of if kind == "document" else None
    if change.how == "new":
        return Act("merge", kind, of, row.by, document, {"same_as": row.same_as_id})
    return Act("split", kind, of, row.split_by, document, {"same_as": row.same_as_id}) if "split_at" in change.before else None


_TELLS: dict[type[Base], Callable[[Change], Act | None]] = {
    CorrectionRow: _correction,
    ReviewRow: _review,
    HandRow: _hand,
    SameDocumentRow: _same,
    SameAgencyRow: _same,
    PageStepRow: _pages,
    StepRow: _step,
    EntryRow: _entry,
    HandlingRow: _handling,
    RegisterRow: _register,
    DossierRow: _dossier,
    DossierItemRow: _dossier_item,
    DocumentRow: _document,
    ReceiptRow: _receipt,
    JobRow: _job,
    QuarantineRow: _apart,
    OfficeRow: _whole("office"),
    UnitRow: _whole("unit"),
    GroupRow: _whole("group"),
    MemberRow: _member,
    SettingRow: _setting,
    OwnDayRow: _setting,
    AccountRow: _whole("account"),
    TokenRow: _token,
}
