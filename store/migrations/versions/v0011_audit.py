"""Who did what is written down in a chain that is only added to; the database itself refuses the rest."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
REFUSAL = "audit: rows are only added"


def upgrade() -> None:
    """Make the log, empty, with its head: what was done before is not in it."""
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("of_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer()),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_index("ix_audit_document_id", "audit", ["document_id"])
    op.create_index("ix_audit_at", "audit", ["at"])
    made = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.CheckConstraint("id = 1", name="one"),
    )
    op.bulk_insert(made, [{"id": 1, "count": 0, "hash": "0" * 64}])
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


_FOLLOWS = "NEW.id = (SELECT count + 1 FROM audit_head) AND NEW.previous = (SELECT hash FROM audit_head)"
_NEXT = "EXISTS (SELECT 1 FROM audit WHERE id = NEW.count AND id = OLD.count + 1 AND hash = NEW.hash)"
SQLITE = (
    *(
        f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for table, what in (("audit", "UPDATE"), ("audit", "DELETE"), ("audit_head", "DELETE"), ("audit_head", "INSERT"))
    ),
    f"""CREATE TRIGGER audit_follows BEFORE INSERT ON audit WHEN NOT ({_FOLLOWS})
    BEGIN SELECT RAISE(ABORT, 'audit: a row follows the last one'); END""",
    "CREATE TRIGGER audit_moves_head AFTER INSERT ON audit BEGIN UPDATE audit_head SET count = NEW.id, hash = NEW.hash; END",
    f"CREATE TRIGGER audit_head_no_update BEFORE UPDATE ON audit_head WHEN NOT {_NEXT} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
)
POSTGRESQL = (
    f"CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
    f"""CREATE FUNCTION audit_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NOT ({_FOLLOWS}) THEN RAISE EXCEPTION 'audit: a row follows the last one'; END IF; RETURN NEW; END $$""",
    """CREATE FUNCTION audit_move_head() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE audit_head SET count = NEW.id, hash = NEW.hash; RETURN NULL; END $$""",
    f"""CREATE FUNCTION audit_keep_head() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NOT {_NEXT} THEN RAISE EXCEPTION '{REFUSAL}'; END IF; RETURN NEW; END $$""",
    "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_follows BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION audit_follow()",
    "CREATE TRIGGER audit_moves_head AFTER INSERT ON audit FOR EACH ROW EXECUTE FUNCTION audit_move_head()",
    "CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_head_no_truncate BEFORE TRUNCATE ON audit_head EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_head_no_update BEFORE UPDATE ON audit_head FOR EACH ROW EXECUTE FUNCTION audit_keep_head()",
)
