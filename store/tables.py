"""Which rows are kept?

A document is a node of the graph whether it is held or only cited. Columns of `document` are the values that stand
(what was read, with a person's corrections laid over it); what was read stays in `value`.
"""

from datetime import UTC, date, datetime, time
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, mapped_column


class Instant(TypeDecorator[datetime]):
    """A moment, kept as UTC and given back as UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  the signature is SQLAlchemy's
        """Turn any moment into UTC without a zone; one without a zone is this machine's time."""
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  the signature is SQLAlchemy's
        """Say that the moment is UTC."""
        return value.replace(tzinfo=UTC) if value else None


class Base(DeclarativeBase):
    """All tables; constraints have names, so that a migration can change them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Instant, str: Text, list[Any]: JSON, dict[str, Any]: JSON}


def to_document(*, index: bool = True) -> MappedColumn[int]:
    """Give a column that names the document a row is part of."""
    return mapped_column(ForeignKey("document.id", ondelete="CASCADE"), index=index)


class Evidence:
    """Where a row's value was read; boxes are [page, x0, y0, x1, y1], a few for each value, by line."""

    page: Mapped[int | None]
    boxes: Mapped[list[Any]] = mapped_column(default=list)
    words: Mapped[str] = mapped_column(default="")
    start: Mapped[int | None]
    end: Mapped[int | None]
    rule: Mapped[str] = mapped_column(default="")
    confidence: Mapped[float] = mapped_column(default=0.0)


class OfficeRow(Base):
    """The office that runs the program: one row."""

    __tablename__ = "office"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)
    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    name: Mapped[str]
    family: Mapped[str]
    parent: Mapped[str | None]
    place: Mapped[str | None]
    term: Mapped[str | None]


class AgencyRow(Base):
    """One body, with its place. scope parts bodies of one name: the province, or who cited it where none is known."""

    __tablename__ = "agency"
    __table_args__ = (UniqueConstraint("folded", "scope"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(index=True)
    scope: Mapped[str] = mapped_column(default="")
    level: Mapped[str] = mapped_column(default="")
    province: Mapped[str | None]
    placed: Mapped[bool] = mapped_column(default=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class DocumentRow(Base):
    """A document that is held, or only cited. identity parts those that are only cited; the held are parted by bytes and first page.

    arrived_as and arrived_on are its number and day in the register of incoming documents, forwarded_to who got it then.
    rules is the mark of the rules by which it was understood. cited_by counts the documents that cite it, basis_of those that rest on
    it (store/bonds.py): the database itself keeps both whenever an edge comes or goes.
    first_page and last_page count the pages of the file, which may hold several documents; last_page is None where it is not known.
    """

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint("held = (sha256 IS NOT NULL)", name="held"),
        CheckConstraint("purpose IN ('daily', 'archive')", name="purpose"),
        CheckConstraint("last_page >= first_page", name="pages"),
        UniqueConstraint("sha256", "first_page"),
        Index("uq_document_identity_cited", "identity", unique=True, sqlite_where=text("held = 0"), postgresql_where=text("NOT held")),
        Index("ix_document_held_filed_at", "held", "filed_at"),
        Index("ix_document_held_cited_by", "held", "cited_by"),
        Index("ix_document_held_state", "held", "state"),
        Index("ix_document_facets", "type", "agency", "issued_on", "family", "state", "held"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    held: Mapped[bool]
    identity: Mapped[str]
    family: Mapped[str | None]
    number: Mapped[str | None]
    key: Mapped[str | None] = mapped_column(index=True)
    type: Mapped[str | None]
    type_key: Mapped[str | None]
    issued_on: Mapped[date | None]
    period: Mapped[str | None]
    place: Mapped[str | None]
    agency: Mapped[str | None]
    parent_agency: Mapped[str | None]
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    subject: Mapped[str | None]
    arrived_as: Mapped[str | None] = mapped_column(index=True)
    arrived_on: Mapped[date | None] = mapped_column(index=True)
    forwarded_to: Mapped[str | None]
    purpose: Mapped[str] = mapped_column(default="daily")
    sha256: Mapped[str | None] = mapped_column(String(64))
    first_page: Mapped[int] = mapped_column(default=1, server_default="1")
    last_page: Mapped[int | None]
    transcript_id: Mapped[str | None]
    media_type: Mapped[str | None]
    rules: Mapped[str | None]
    state: Mapped[str | None]
    filed_at: Mapped[datetime | None]
    missing: Mapped[dict[str, Any]] = mapped_column(default=dict)
    to_verify: Mapped[list[Any]] = mapped_column(default=list)
    notes: Mapped[list[Any]] = mapped_column(default=list)
    cited_by: Mapped[int] = mapped_column(default=0, server_default="0")
    basis_of: Mapped[int] = mapped_column(default=0, server_default="0", index=True)


class AliasRow(Base):
    """Another key by which a document is found: a title, or a misprint of its number."""

    __tablename__ = "document_alias"
    __table_args__ = (UniqueConstraint("document_id", "key"), CheckConstraint("kind IN ('title', 'misprint')", name="kind"))
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = to_document(index=False)
    key: Mapped[str] = mapped_column(index=True)
    text: Mapped[str]
    kind: Mapped[str]


class ValueRow(Evidence, Base):
    """What was read for one field of the head, and where."""

    __tablename__ = "value"
    __table_args__ = (UniqueConstraint("document_id", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = to_document(index=False)
    name: Mapped[str] = mapped_column(index=True)
    value: Mapped[str]
    candidates: Mapped[list[Any]] = mapped_column(default=list)


class CorrectionRow(Base):
    """One step of a field's history: a value set by a person, or (undo) the reading set back. The last step stands.

    place is where on the page the person took the value from (the columns of Evidence), if from there.
    """

    __tablename__ = "correction"
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = to_document()
    name: Mapped[str]
    value: Mapped[str | None]
    undo: Mapped[bool] = mapped_column(default=False)
    by: Mapped[str]
    at: Mapped[datetime]
    place: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class RecipientRow(Evidence, Base):
    """One addressee (Kính gửi) or recipient (Nơi nhận)."""

    __tablename__ = "recipient"
    __table_args__ = (
        UniqueConstraint("document_id", "role", "position"),
        CheckConstraint("role IN ('addressees', 'recipients')", name="role"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = to_document(index=False)
    role: Mapped[str]
    position: Mapped[int]
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(index=True)


class AttachmentRow(Evidence, Base):
    """What comes with a document."""

    __tablename__ = "attachment"
    __table_args__ = (UniqueConstraint("document_id", "position"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = to_document(index=False)
    position: Mapped[int]
    title: Mapped[str]
    kind: Mapped[str]


class ReferenceRow(Evidence, Base):
    """One document that a document names. `key` is the same from one reading to the next; `target_key` is what it looks for.

    added_by is the person who says so; None for what was read.
    """

    __tablename__ = "reference"
    __table_args__ = (
        UniqueConstraint("document_id", "key"),
        CheckConstraint("status IN ('resolved', 'ambiguous', 'unmatched')", name="status"),
        CheckConstraint("status != 'resolved' OR target_id IS NOT NULL", name="resolved"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = to_document(index=False)
    key: Mapped[str]
    position: Mapped[int]
    target_key: Mapped[str] = mapped_column(index=True)
    number: Mapped[str | None]
    type: Mapped[str | None]
    issued_on: Mapped[date | None]
    agency: Mapped[str | None]
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    title: Mapped[str | None]
    relation: Mapped[str]
    scope: Mapped[str | None]
    source: Mapped[str | None]
    misprints: Mapped[list[Any]] = mapped_column(default=list)
    mentions: Mapped[int] = mapped_column(default=1)
    status: Mapped[str] = mapped_column(default="unmatched")
    target_id: Mapped[int | None] = mapped_column(ForeignKey("document.id", ondelete="SET NULL"), index=True)
    added_by: Mapped[str | None]


class CandidateRow(Base):
    """One of the documents that an ambiguous reference may mean."""

    __tablename__ = "reference_candidate"
    reference_id: Mapped[int] = mapped_column(ForeignKey("reference.id", ondelete="CASCADE"), primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), primary_key=True, index=True)


class EdgeRow(Base):
    """source relation target, in the active voice; stated_by is the document that says so (source itself, or a third one)."""

    __tablename__ = "edge"
    __table_args__ = (
        UniqueConstraint("source_id", "target_id", "relation", "scope", "stated_by"),
        CheckConstraint("source_id != target_id", name="not_itself"),
        Index("ix_edge_target_id_source_id", "target_id", "source_id", "relation"),
        Index("ix_edge_target_id_relation", "target_id", "relation", "source_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = to_document(index=False)
    target_id: Mapped[int] = to_document(index=False)
    relation: Mapped[str]
    scope: Mapped[str] = mapped_column(default="")
    stated_by: Mapped[int] = to_document()
    reference_id: Mapped[int] = mapped_column(ForeignKey("reference.id", ondelete="CASCADE"), index=True)


class DutyRow(Evidence, Base):
    """One duty. `key` (limit, folded task, assignee) is the same from one reading to the next; one that a person touched stays as it is.

    added_by is the person who says so; None for what was read.
    """

    __tablename__ = "duty"
    __table_args__ = (
        UniqueConstraint("document_id", "key"),
        CheckConstraint("kind IN ('date', 'recurring', 'relative', 'elsewhere', 'none')", name="kind"),
        CheckConstraint("kind = 'date' OR due_on IS NULL", name="dated"),
        Index("ix_duty_kind_due_on", "kind", "due_on", "due_at", "document_id", "is_group"),
        Index("ix_duty_counted", "document_id", "kind", "due_on", "is_group"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = to_document(index=False)
    key: Mapped[str]
    position: Mapped[int]
    task: Mapped[str]
    assignee: Mapped[str | None]
    is_group: Mapped[bool]
    giver: Mapped[str | None]
    co_ordinators: Mapped[list[Any]]
    bodies: Mapped[str]
    product: Mapped[str | None]
    to_whom: Mapped[str | None]
    through: Mapped[str | None]
    kind: Mapped[str]
    bound: Mapped[str]
    limit_text: Mapped[str | None]
    due_on: Mapped[date | None]
    due_at: Mapped[time | None]
    recurrence: Mapped[str | None]
    anchor: Mapped[str | None]
    assumptions: Mapped[list[Any]]
    inferred: Mapped[list[Any]]
    touched_by: Mapped[str | None]
    added_by: Mapped[str | None]


class EventRow(Evidence, Base):
    """A meeting that a document calls."""

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("document_id", "position"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = to_document(index=False)
    position: Mapped[int]
    title: Mapped[str]
    on: Mapped[date | None] = mapped_column(index=True)
    at: Mapped[time | None]
    venue: Mapped[str | None]
    attendees: Mapped[list[Any]]


class PageTextRow(Base):
    """The text of one page for search: page 0 is the head (number, subject, ...); folded has the length of text."""

    __tablename__ = "page_text"
    __table_args__ = (UniqueConstraint("document_id", "page"), Index("ix_page_text_id_document_id", "id", "document_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = to_document(index=False)
    page: Mapped[int]
    text: Mapped[str]
    folded: Mapped[str]


class OriginalRow(Base):
    """Bytes that are kept, once each."""

    __tablename__ = "original"
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    kept_at: Mapped[datetime]


class ReceiptRow(Base):
    """One file that was handed in."""

    __tablename__ = "receipt"
    __table_args__ = (CheckConstraint("purpose IN ('daily', 'archive')", name="purpose"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    sha256: Mapped[str] = mapped_column(ForeignKey("original.sha256"), index=True)
    size: Mapped[int]
    purpose: Mapped[str]
    received_by: Mapped[str]
    received_at: Mapped[datetime] = mapped_column(index=True)
    duplicate_of: Mapped[int | None] = mapped_column(ForeignKey("receipt.id"))


class JobRow(Base):
    """The way of a receipt to its documents. owner and attempts fence the results; lease_until says when another may take over.

    bulk jobs wait for the others; sender is the unit or the person in whose line it waits, taken_at when it was last taken.
    """

    __tablename__ = "job"
    __table_args__ = (
        Index("ix_job_line", "state", "bulk", "sender", "id"),
        Index("ix_job_served", "sender", "bulk", "taken_at"),
        CheckConstraint("state IN ('waiting', 'reading', 'done', 'failed', 'dead', 'cancelled')", name="state"),
        CheckConstraint("(state = 'reading') = (lease_until IS NOT NULL)", name="lease"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipt.id"), unique=True)
    state: Mapped[str] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    owner: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    pages_done: Mapped[int] = mapped_column(default=0)
    pages: Mapped[int | None]
    error: Mapped[str | None]
    bulk: Mapped[bool] = mapped_column(default=False, server_default=false())
    sender: Mapped[str] = mapped_column(default="", server_default="")
    taken_at: Mapped[datetime | None]


class JobDocumentRow(Base):
    """A document that a job filed."""

    __tablename__ = "job_document"
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id", ondelete="CASCADE"), primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), primary_key=True, index=True)
