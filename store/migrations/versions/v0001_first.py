"""All tables, and the index of words over the folded text of pages."""

import sqlalchemy as sa
from alembic import op

from store.tables import Instant

revision = "0001"
down_revision = None

SQLITE = (
    """CREATE VIRTUAL TABLE page_search USING fts5
    (folded, content='page_text', content_rowid='id', tokenize="unicode61 remove_diacritics 0")""",
    """CREATE TRIGGER page_text_added AFTER INSERT ON page_text BEGIN
    INSERT INTO page_search(rowid, folded) VALUES (new.id, new.folded); END""",
    """CREATE TRIGGER page_text_gone AFTER DELETE ON page_text BEGIN
    INSERT INTO page_search(page_search, rowid, folded) VALUES ('delete', old.id, old.folded); END""",
    """CREATE TRIGGER page_text_changed AFTER UPDATE OF folded ON page_text BEGIN
    INSERT INTO page_search(page_search, rowid, folded) VALUES ('delete', old.id, old.folded);
    INSERT INTO page_search(rowid, folded) VALUES (new.id, new.folded); END""",
)
_WORDS = "to_tsvector('simple', regexp_replace(folded, '[^[:alnum:]]+', ' ', 'g'))"
POSTGRESQL = (
    f"CREATE INDEX page_search_words ON page_text USING gin ({_WORDS})",
    f"CREATE VIEW page_search AS SELECT id AS rowid, document_id, {_WORDS} AS words FROM page_text",  # noqa: S608  the names are above
)


def upgrade() -> None:
    """Make the tables, each after those it points to; the index of words last."""
    _agency()
    _office()
    _original()
    _document()
    _receipt()
    _attachment()
    _correction()
    _document_alias()
    _duty()
    _event()
    _job()
    _page_text()
    _recipient()
    _reference()
    _value()
    _edge()
    _job_document()
    _reference_candidate()
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def _agency() -> None:
    op.create_table(
        "agency",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("province", sa.Text()),
        sa.Column("placed", sa.Boolean(), nullable=False),
        sa.Column("parent_id", sa.Integer(), sa.ForeignKey("agency.id")),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        sa.UniqueConstraint("folded", "scope"),
    )
    op.create_index("ix_agency_folded", "agency", ["folded"])


def _office() -> None:
    op.create_table(
        "office",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text()),
        sa.Column("place", sa.Text()),
        sa.Column("term", sa.Text()),
        sa.CheckConstraint("id = 1", name="one"),
    )


def _original() -> None:
    op.create_table(
        "original",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("kept_at", Instant(), nullable=False),
    )


def _document() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("family", sa.Text()),
        sa.Column("number", sa.Text()),
        sa.Column("key", sa.Text()),
        sa.Column("type", sa.Text()),
        sa.Column("type_key", sa.Text()),
        sa.Column("issued_on", sa.Date()),
        sa.Column("period", sa.Text()),
        sa.Column("place", sa.Text()),
        sa.Column("agency", sa.Text()),
        sa.Column("parent_agency", sa.Text()),
        sa.Column("agency_id", sa.Integer(), sa.ForeignKey("agency.id")),
        sa.Column("subject", sa.Text()),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64)),
        sa.Column("transcript_id", sa.Text()),
        sa.Column("media_type", sa.Text()),
        sa.Column("state", sa.Text()),
        sa.Column("filed_at", Instant()),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("to_verify", sa.JSON(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.CheckConstraint("held = (sha256 IS NOT NULL)", name="held"),
        sa.CheckConstraint("purpose IN ('daily', 'archive')", name="purpose"),
        sa.UniqueConstraint("sha256"),
    )
    op.create_index("ix_document_agency_id", "document", ["agency_id"])
    op.create_index("ix_document_held_filed_at", "document", ["held", "filed_at"])
    op.create_index("ix_document_key", "document", ["key"])
    op.create_index(
        "uq_document_identity_cited",
        "document",
        ["identity"],
        unique=True,
        sqlite_where=sa.text("held = 0"),
        postgresql_where=sa.text("NOT held"),
    )


def _receipt() -> None:
    op.create_table(
        "receipt",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), sa.ForeignKey("original.sha256"), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("received_by", sa.Text(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("duplicate_of", sa.Integer(), sa.ForeignKey("receipt.id")),
        sa.CheckConstraint("purpose IN ('daily', 'archive')", name="purpose"),
    )
    op.create_index("ix_receipt_sha256", "receipt", ["sha256"])


def _attachment() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("document.id", ondelete="CASCADE"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer()),
        sa.Column("boxes", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer()),
        sa.Column("end", sa.Integer()),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.UniqueConstraint("document_id", "position"),
    )


def _correction() -> None:
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("document.id", ondelete="CASCADE"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text()),
        sa.Column("undo", sa.Boolean(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
    )
    op.create_index("ix_correction_document_id", "correction", ["document_id"])


def _document_alias() -> None:
    op.create_table(
        "document_alias",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("document.id", ondelete="CASCADE"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('title', 'misprint')", name="kind"),
        sa.UniqueConstraint("document_id", "key"),
    )
    op.create_index("ix_document_alias_key", "document_alias", ["key"])


def _duty() -> None:
    op.create_table(
        "duty",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("document.id", ondelete="CASCADE"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("assignee", sa.Text()),
        sa.Column("is_group", sa.Boolean(), nullable=False),
        sa.Column("giver", sa.Text()),
        sa.Column("co_ordinators", sa.JSON(), nullable=False),
        sa.Column("bodies", sa.Text(), nullable=False),
        sa.Column("product", sa.Text()),
        sa.Column("to_whom", sa.Text()),
        sa.Column("through", sa.Text()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("bound", sa.Text(), nullable=False),
        sa.Column("limit_text", sa.Text()),
        sa.Column("due_on", sa.Date()),
        sa.Column("due_at", sa.Time()),
        sa.Column("recurrence", sa.Text()),
        sa.Column("anchor", sa.Text()),
        sa.Column("assumptions", sa.JSON(), nullable=False),
        sa.Column("inferred", sa.JSON(), nullable=False),
        sa.Column("touched_by", sa.Text()),
        sa.Column("page", sa.Integer()),
        sa.Column("boxes", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer()),
        sa.Column("end", sa.Integer()),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.CheckConstraint("kind = 'date' OR due_on IS NULL", name="dated"),
        sa.CheckConstraint("kind IN ('date', 'recurring', 'relative', 'elsewhere', 'none')", name="kind"),
        sa.UniqueConstraint("document_id", "key"),
    )
    op.create_index("ix_duty_kind_due_on", "duty", ["kind", "due_on"])


def _event() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("document.id", ondelete="CASCADE"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("on", sa.Date()),
        sa.Column("at", sa.Time()),
        sa.Column("venue", sa.Text()),
        sa.Column("attendees", sa.JSON(), nullable=False),
        sa.Column("page", sa.Integer()),
        sa.Column("boxes", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer()),
        sa.Column("end", sa.Integer()),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.UniqueConstraint("document_id", "position"),
    )
    op.create_index("ix_event_on", "event", ["on"])


def _job() -> None:
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("receipt_id", sa.Integer(), sa.ForeignKey("receipt.id"), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Text()),
        sa.Column("lease_until", Instant()),
        sa.Column("pages_done", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer()),
        sa.Column("error", sa.Text()),
        sa.CheckConstraint("(state = 'reading') = (lease_until IS NOT NULL)", name="lease"),
        sa.CheckConstraint("state IN ('waiting', 'reading', 'done', 'failed', 'dead')", name="state"),
        sa.UniqueConstraint("receipt_id"),
    )
    op.create_index("ix_job_state", "job", ["state"])


def _page_text() -> None:
    op.create_table(
        "page_text",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("document.id", ondelete="CASCADE"), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.UniqueConstraint("document_id", "page"),
    )


def _recipient() -> None:
    op.create_table(
        "recipient",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("document.id", ondelete="CASCADE"), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer()),
        sa.Column("boxes", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer()),
        sa.Column("end", sa.Integer()),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.CheckConstraint("role IN ('addressees', 'recipients')", name="role"),
        sa.UniqueConstraint("document_id", "role", "position"),
    )
    op.create_index("ix_recipient_folded", "recipient", ["folded"])


def _reference() -> None:
    op.create_table(
        "reference",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("document.id", ondelete="CASCADE"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("target_key", sa.Text(), nullable=False),
        sa.Column("number", sa.Text()),
        sa.Column("type", sa.Text()),
        sa.Column("issued_on", sa.Date()),
        sa.Column("agency", sa.Text()),
        sa.Column("agency_id", sa.Integer(), sa.ForeignKey("agency.id")),
        sa.Column("title", sa.Text()),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text()),
        sa.Column("source", sa.Text()),
        sa.Column("misprints", sa.JSON(), nullable=False),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("target_id", sa.Integer(), sa.ForeignKey("document.id", ondelete="SET NULL")),
        sa.Column("page", sa.Integer()),
        sa.Column("boxes", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer()),
        sa.Column("end", sa.Integer()),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.CheckConstraint("status != 'resolved' OR target_id IS NOT NULL", name="resolved"),
        sa.CheckConstraint("status IN ('resolved', 'ambiguous', 'unmatched')", name="status"),
        sa.UniqueConstraint("document_id", "key"),
    )
    op.create_index("ix_reference_target_id", "reference", ["target_id"])
    op.create_index("ix_reference_target_key", "reference", ["target_key"])


def _value() -> None:
    op.create_table(
        "value",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("document.id", ondelete="CASCADE"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("page", sa.Integer()),
        sa.Column("boxes", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer()),
        sa.Column("end", sa.Integer()),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.UniqueConstraint("document_id", "name"),
    )


def _edge() -> None:
    op.create_table(
        "edge",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("source_id", sa.Integer(), sa.ForeignKey("document.id", ondelete="CASCADE"), nullable=False),
        sa.Column("target_id", sa.Integer(), sa.ForeignKey("document.id", ondelete="CASCADE"), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("stated_by", sa.Integer(), sa.ForeignKey("document.id", ondelete="CASCADE"), nullable=False),
        sa.Column("reference_id", sa.Integer(), sa.ForeignKey("reference.id", ondelete="CASCADE"), nullable=False),
        sa.CheckConstraint("source_id != target_id", name="not_itself"),
        sa.UniqueConstraint("source_id", "target_id", "relation", "scope", "stated_by"),
    )
    op.create_index("ix_edge_reference_id", "edge", ["reference_id"])
    op.create_index("ix_edge_source_id", "edge", ["source_id"])
    op.create_index("ix_edge_stated_by", "edge", ["stated_by"])
    op.create_index("ix_edge_target_id", "edge", ["target_id"])


def _job_document() -> None:
    op.create_table(
        "job_document",
        sa.Column("job_id", sa.Integer(), sa.ForeignKey("job.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
    )
    op.create_index("ix_job_document_document_id", "job_document", ["document_id"])


def _reference_candidate() -> None:
    op.create_table(
        "reference_candidate",
        sa.Column("reference_id", sa.Integer(), sa.ForeignKey("reference.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
    )
    op.create_index("ix_reference_candidate_document_id", "reference_candidate", ["document_id"])
