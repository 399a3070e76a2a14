"""How many documents cite each one, and how many rest on it, is kept beside it by the database itself."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_RESTS = "('based_on', 'implements', 'guides', 'details')"
COUNT_ALL = (
    "UPDATE document SET cited_by = (SELECT count(DISTINCT source_id) FROM edge WHERE target_id = document.id)",
    f"UPDATE document SET basis_of = (SELECT count(DISTINCT source_id) FROM edge WHERE target_id = document.id AND relation IN {_RESTS})",  # noqa: S608  the names are above
)
_STEPS = f"""UPDATE document SET cited_by = cited_by + 1 WHERE id = new.target_id AND NOT EXISTS
(SELECT 1 FROM edge WHERE source_id = new.source_id AND target_id = new.target_id AND id <> new.id);
UPDATE document SET basis_of = basis_of + 1 WHERE id = new.target_id AND new.relation IN {_RESTS} AND NOT EXISTS
(SELECT 1 FROM edge WHERE source_id = new.source_id AND target_id = new.target_id AND id <> new.id AND relation IN {_RESTS});"""  # noqa: S608  the names are above
_BACK = _STEPS.replace("new.", "old.").replace("+ 1", "- 1")
SQLITE = (
    f"CREATE TRIGGER edge_added AFTER INSERT ON edge BEGIN {_STEPS} END",
    f"CREATE TRIGGER edge_gone AFTER DELETE ON edge BEGIN {_BACK} END",
)
POSTGRESQL = (
    f"CREATE FUNCTION edge_count() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {_STEPS} RETURN NULL; END $$",
    f"CREATE FUNCTION edge_uncount() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {_BACK} RETURN NULL; END $$",
    "CREATE TRIGGER edge_added AFTER INSERT ON edge FOR EACH ROW EXECUTE FUNCTION edge_count()",
    "CREATE TRIGGER edge_gone AFTER DELETE ON edge FOR EACH ROW EXECUTE FUNCTION edge_uncount()",
)


def upgrade() -> None:
    """Add both counts, reckoned from the edges that there are, and the triggers that keep them; index edges by what they lead to."""
    for name in ("cited_by", "basis_of"):
        op.add_column("document", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_edge_target_id_source_id", "edge", ["target_id", "source_id", "relation"])
    op.create_index("ix_edge_target_id_relation", "edge", ["target_id", "relation", "source_id"])
    op.drop_index("ix_edge_target_id", "edge")
    op.drop_index("ix_edge_source_id", "edge")  # the unique constraint begins with it
    for statement in (*COUNT_ALL, *(SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL)):
        op.execute(statement)
    op.create_index("ix_document_held_cited_by", "document", ["held", "cited_by"])
    op.create_index("ix_document_basis_of", "document", ["basis_of"])
