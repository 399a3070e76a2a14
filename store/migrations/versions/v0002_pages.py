"""A file may hold several documents: each is known by its bytes and the page of the file on which it begins."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Give each document its pages; until now each had its whole file."""
    with op.batch_alter_table("document") as table:
        table.add_column(sa.Column("first_page", sa.Integer(), nullable=False, server_default="1"))
        table.add_column(sa.Column("last_page", sa.Integer()))
        table.drop_constraint("uq_document_sha256", type_="unique")
        table.create_unique_constraint("uq_document_sha256", ["sha256", "first_page"])
        table.create_check_constraint("pages", "last_page >= first_page")
    op.execute("UPDATE document SET last_page = (SELECT max(page) FROM page_text WHERE document_id = document.id AND page > 0) WHERE held")
