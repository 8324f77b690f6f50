"""Makes the first tables: log, documents, claims, people."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "article",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("byline", sa.Text(), nullable=True),
        sa.Column("published_on", sa.String(length=10), nullable=False),
        sa.Column("ingested_at", sa.String(length=27), nullable=False),
        sa.Column("updated_at", sa.String(length=27), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("credits", sa.JSON(), nullable=False),
        sa.Column("text_version", sa.Integer(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("text_length", sa.Integer(), nullable=False),
        sa.Column("source_uuid", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uuid"),
    )
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.create_index("ix_article_published", ["published_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_article_publisher"), ["publisher"], unique=False)
        batch_op.create_index(batch_op.f("ix_article_text_sha256"), ["text_sha256"], unique=False)

    op.create_table(
        "attempt",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("window_ends_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_table(
        "log_checkpoint",
        sa.Column("size", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("size"),
    )
    op.create_table(
        "log_event",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("line", sa.LargeBinary(), nullable=False),
        sa.Column("leaf_hash", sa.LargeBinary(), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=36), nullable=False),
        sa.Column("subject_seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("actor", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    with op.batch_alter_table("log_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_log_event_at"), ["at"], unique=False)
        batch_op.create_index("ix_log_event_subject", ["subject", "subject_seq"], unique=True)
        batch_op.create_index(batch_op.f("ix_log_event_type"), ["type"], unique=False)

    op.create_table(
        "log_key",
        sa.Column("vkey", sa.String(length=300), nullable=False),
        sa.Column("added_at", sa.String(length=27), nullable=False),
        sa.Column("revoked_at", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("vkey"),
    )
    op.create_table(
        "log_node",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("index", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("level", "index"),
    )
    op.create_table(
        "log_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("log", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "remembered_answer",
        sa.Column("actor", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("request_digest", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("actor", "key"),
    )
    with op.batch_alter_table("remembered_answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_remembered_answer_created_at"), ["created_at"], unique=False
        )

    op.create_table(
        "reviewer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("is_disabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
        sa.UniqueConstraint("uuid"),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("published_on", sa.String(length=10), nullable=True),
        sa.Column("is_interested", sa.Boolean(), nullable=False),
        sa.Column("is_own_reporting", sa.Boolean(), nullable=False),
        sa.Column("is_anonymous", sa.Boolean(), nullable=False),
        sa.Column("reliability", sa.String(length=1), nullable=True),
        sa.Column("article_uuid", sa.String(length=36), nullable=True),
        sa.Column("notice", sa.String(length=10), nullable=True),
        sa.Column("notice_note", sa.Text(), nullable=True),
        sa.Column("noticed_at", sa.String(length=27), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("updated_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uuid"),
    )
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_source_article_uuid"), ["article_uuid"], unique=False)
        batch_op.create_index(batch_op.f("ix_source_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_source_publisher"), ["publisher"], unique=False)

    op.create_table(
        "article_text",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.String(length=27), nullable=False),
        sa.Column("segments", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
        ),
        sa.PrimaryKeyConstraint("article_id", "number"),
    )
    with op.batch_alter_table("article_text", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_article_text_text_sha256"), ["text_sha256"], unique=False
        )

    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("updated_at", sa.String(length=27), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("normalized_text", sa.Text(), nullable=True),
        sa.Column("replacements", sa.JSON(), nullable=False),
        sa.Column("text_version", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("suffix", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("anchor", sa.String(length=10), nullable=False),
        sa.Column("basis", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("modality", sa.String(length=12), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("is_checkable", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("claimant_name", sa.Text(), nullable=True),
        sa.Column("claimant_role", sa.Text(), nullable=True),
        sa.Column("attribution", sa.JSON(), nullable=True),
        sa.Column("said_earliest", sa.String(length=10), nullable=True),
        sa.Column("said_latest", sa.String(length=10), nullable=True),
        sa.Column("time", sa.JSON(), nullable=True),
        sa.Column("time_earliest", sa.String(length=10), nullable=True),
        sa.Column("time_latest", sa.String(length=10), nullable=True),
        sa.Column("quantities", sa.JSON(), nullable=False),
        sa.Column("entities", sa.JSON(), nullable=False),
        sa.Column("due_on", sa.String(length=10), nullable=True),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uuid"),
    )
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.create_index("ix_claim_article", ["article_id", "start"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_claimant_name"), ["claimant_name"], unique=False)
        batch_op.create_index("ix_claim_created", ["created_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_modality"), ["modality"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_said_earliest"), ["said_earliest"], unique=False)
        batch_op.create_index("ix_claim_score", ["score", "id"], unique=False)
        batch_op.create_index("ix_claim_status", ["status", "created_at", "id"], unique=False)
        batch_op.create_index("ix_claim_time", ["time_earliest", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_time_latest"), ["time_latest"], unique=False)

    op.create_table(
        "derivation",
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("basis", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("judged_by", sa.String(length=36), nullable=False),
        sa.Column("judged_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["source.id"],
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("child_id", "parent_id"),
    )
    with op.batch_alter_table("derivation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_derivation_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "fingerprint",
        sa.Column("hash", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("hash", "source_id"),
    )
    op.create_table(
        "log_disclosure",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["seq"],
            ["log_event.seq"],
        ),
        sa.PrimaryKeyConstraint("seq", "name"),
    )
    op.create_table(
        "segment_mark",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("text_version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("end", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=14), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("marked_by", sa.String(length=36), nullable=False),
        sa.Column("marked_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
        ),
        sa.PrimaryKeyConstraint("article_id", "text_version", "start", "end"),
    )
    op.create_table(
        "sign_in",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("expires_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(
            ["reviewer_id"],
            ["reviewer.id"],
        ),
        sa.PrimaryKeyConstraint("digest"),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_reviewer_id"), ["reviewer_id"], unique=False)

    op.create_table(
        "snapshot",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("final_url", sa.Text(), nullable=True),
        sa.Column("retrieved_at", sa.String(length=27), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uuid"),
    )
    with op.batch_alter_table("snapshot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_snapshot_sha256"), ["sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_snapshot_source_id"), ["source_id"], unique=False)

    op.create_table(
        "token",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("hint", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("revoked_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(
            ["reviewer_id"],
            ["reviewer.id"],
        ),
        sa.PrimaryKeyConstraint("digest"),
    )
    with op.batch_alter_table("token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_token_reviewer_id"), ["reviewer_id"], unique=False)

    op.create_table(
        "claim_entity",
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("folded", sa.String(length=200), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"],
            ["claim.id"],
        ),
        sa.PrimaryKeyConstraint("claim_id", "folded"),
    )
    with op.batch_alter_table("claim_entity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_entity_folded"), ["folded"], unique=False)

    op.create_table(
        "claim_quantity",
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("unit", sa.String(length=80), nullable=False),
        sa.Column("lower", sa.Float(), nullable=True),
        sa.Column("upper", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["claim_id"],
            ["claim.id"],
        ),
        sa.PrimaryKeyConstraint("claim_id", "position"),
    )
    with op.batch_alter_table("claim_quantity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_quantity_lower"), ["lower"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_quantity_unit"), ["unit"], unique=False)

    op.create_table(
        "claim_relation",
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(length=12), nullable=False),
        sa.Column("judgement", sa.String(length=10), nullable=False),
        sa.Column("judged_by", sa.String(length=36), nullable=False),
        sa.Column("judged_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"],
            ["claim.id"],
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["claim.id"],
        ),
        sa.PrimaryKeyConstraint("claim_id", "other_id", "relation"),
    )
    with op.batch_alter_table("claim_relation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_relation_other_id"), ["other_id"], unique=False)

    op.create_table(
        "claim_topic",
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"],
            ["claim.id"],
        ),
        sa.PrimaryKeyConstraint("claim_id", "topic"),
    )
    with op.batch_alter_table("claim_topic", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_topic_topic"), ["topic"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("layer", sa.String(length=4), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("basis", sa.String(length=10), nullable=False),
        sa.Column("quote", sa.Text(), nullable=True),
        sa.Column("selector", sa.JSON(), nullable=True),
        sa.Column("credibility", sa.Integer(), nullable=True),
        sa.Column("is_decisive", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("is_after_claim", sa.Boolean(), nullable=False),
        sa.Column("added_by", sa.String(length=36), nullable=False),
        sa.Column("added_at", sa.String(length=27), nullable=False),
        sa.Column("withdrawn_at", sa.String(length=27), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=36), nullable=True),
        sa.Column("withdrawn_because", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["claim_id"],
            ["claim.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uuid"),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_claim_id"), ["claim_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_source_id"), ["source_id"], unique=False)

    op.create_table(
        "finding",
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("layer", sa.String(length=4), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("resting_state", sa.String(length=10), nullable=False),
        sa.Column("verdict", sa.String(length=24), nullable=True),
        sa.Column("verdict_kind", sa.String(length=8), nullable=True),
        sa.Column("rationale", sa.Text(), nullable=True),
        sa.Column("lease_holder", sa.String(length=36), nullable=True),
        sa.Column("lease_until", sa.String(length=27), nullable=True),
        sa.Column("proposed_by", sa.String(length=36), nullable=True),
        sa.Column("proposed_at", sa.String(length=27), nullable=True),
        sa.Column("proposed_version", sa.Integer(), nullable=True),
        sa.Column("proposal", sa.JSON(), nullable=True),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.Column("decided_at", sa.String(length=27), nullable=True),
        sa.Column("valid_from", sa.String(length=10), nullable=True),
        sa.Column("valid_to", sa.String(length=10), nullable=True),
        sa.Column("review_by", sa.String(length=10), nullable=True),
        sa.Column("stale_because", sa.JSON(), nullable=True),
        sa.Column("close_reason", sa.String(length=20), nullable=True),
        sa.Column("override", sa.JSON(), nullable=True),
        sa.Column("gate", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["claim_id"],
            ["claim.id"],
        ),
        sa.PrimaryKeyConstraint("claim_id", "layer"),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_decided_at"), ["decided_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_finding_lease_holder"), ["lease_holder"], unique=False)
        batch_op.create_index(batch_op.f("ix_finding_review_by"), ["review_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_finding_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_finding_verdict"), ["verdict"], unique=False)


def downgrade() -> None:
    """Drop every table."""
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finding_verdict"))
        batch_op.drop_index(batch_op.f("ix_finding_state"))
        batch_op.drop_index(batch_op.f("ix_finding_review_by"))
        batch_op.drop_index(batch_op.f("ix_finding_lease_holder"))
        batch_op.drop_index(batch_op.f("ix_finding_decided_at"))

    op.drop_table("finding")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_source_id"))
        batch_op.drop_index(batch_op.f("ix_evidence_claim_id"))

    op.drop_table("evidence")
    with op.batch_alter_table("claim_topic", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claim_topic_topic"))

    op.drop_table("claim_topic")
    with op.batch_alter_table("claim_relation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claim_relation_other_id"))

    op.drop_table("claim_relation")
    with op.batch_alter_table("claim_quantity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claim_quantity_unit"))
        batch_op.drop_index(batch_op.f("ix_claim_quantity_lower"))

    op.drop_table("claim_quantity")
    with op.batch_alter_table("claim_entity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claim_entity_folded"))

    op.drop_table("claim_entity")
    with op.batch_alter_table("token", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_token_reviewer_id"))

    op.drop_table("token")
    with op.batch_alter_table("snapshot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_snapshot_source_id"))
        batch_op.drop_index(batch_op.f("ix_snapshot_sha256"))

    op.drop_table("snapshot")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_reviewer_id"))

    op.drop_table("sign_in")
    op.drop_table("segment_mark")
    op.drop_table("log_disclosure")
    op.drop_table("fingerprint")
    with op.batch_alter_table("derivation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_derivation_parent_id"))

    op.drop_table("derivation")
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claim_time_latest"))
        batch_op.drop_index("ix_claim_time")
        batch_op.drop_index("ix_claim_status")
        batch_op.drop_index("ix_claim_score")
        batch_op.drop_index(batch_op.f("ix_claim_said_earliest"))
        batch_op.drop_index(batch_op.f("ix_claim_modality"))
        batch_op.drop_index(batch_op.f("ix_claim_kind"))
        batch_op.drop_index(batch_op.f("ix_claim_due_on"))
        batch_op.drop_index("ix_claim_created")
        batch_op.drop_index(batch_op.f("ix_claim_claimant_name"))
        batch_op.drop_index("ix_claim_article")

    op.drop_table("claim")
    with op.batch_alter_table("article_text", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_article_text_text_sha256"))

    op.drop_table("article_text")
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_source_publisher"))
        batch_op.drop_index(batch_op.f("ix_source_kind"))
        batch_op.drop_index(batch_op.f("ix_source_article_uuid"))

    op.drop_table("source")
    op.drop_table("reviewer")
    with op.batch_alter_table("remembered_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_remembered_answer_created_at"))

    op.drop_table("remembered_answer")
    op.drop_table("log_state")
    op.drop_table("log_node")
    op.drop_table("log_key")
    with op.batch_alter_table("log_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_log_event_type"))
        batch_op.drop_index("ix_log_event_subject")
        batch_op.drop_index(batch_op.f("ix_log_event_at"))

    op.drop_table("log_event")
    op.drop_table("log_checkpoint")
    op.drop_table("blob")
    op.drop_table("attempt")
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_article_text_sha256"))
        batch_op.drop_index(batch_op.f("ix_article_publisher"))
        batch_op.drop_index("ix_article_published")

    op.drop_table("article")
