"""What everybody together spends on models a day, and the calls of a day by an index."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.words import BIG, DATE, ENUM, INSTANT, INT

revision = "008"
down_revision = "007"
branch_labels = None
depends_on = None

# The role's rights on all tables were given when the others were made (006). Where the role is missing there is no
# row-level security either, and storage.schema.secure gives all rights at once, later.
GRANT = """
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'keel_system') THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON usage_totals TO keel_system;
  END IF;
END $$
"""


def upgrade() -> None:
    op.create_table(
        "usage_totals",
        sa.Column("day", DATE, nullable=False),
        sa.Column("kind", ENUM, nullable=False),
        sa.Column("limit_tokens", BIG, nullable=False),
        sa.Column("reserved_tokens", BIG, nullable=False),
        sa.Column("tokens_in", BIG, nullable=False),
        sa.Column("tokens_out", BIG, nullable=False),
        sa.Column("cost_micros", BIG, nullable=False),
        sa.Column("calls", INT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("day", "kind", name="pk_usage_totals"),
        sa.CheckConstraint("kind IN ('text', 'vision', 'transcription')", name="ck_usage_totals_kind"),
        sa.CheckConstraint(
            "reserved_tokens >= 0 AND tokens_in >= 0 AND tokens_out >= 0 AND cost_micros >= 0",
            name="ck_usage_totals_reserved_tokens_rule",
        ),
    )
    op.create_index("ix_llm_calls_day", "llm_calls", ["day"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(GRANT)


def downgrade() -> None:
    op.drop_index("ix_llm_calls_day", table_name="llm_calls")
    op.drop_table("usage_totals")
