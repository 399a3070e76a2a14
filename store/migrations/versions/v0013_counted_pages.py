"""What a page counts is counted from an index: the rows of documents and fields are long, and were each read for it."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Index the state of documents, what a search parts them by, the names of fields, and which duties were put off."""
    op.create_index("ix_document_held_state", "document", ["held", "state"])
    op.create_index("ix_document_facets", "document", ["type", "agency", "issued_on", "family", "state", "held"])
    op.create_index("ix_value_name", "value", ["name"])
    op.create_index("ix_duty_work_extended_to", "duty_work", ["extended_to"])
