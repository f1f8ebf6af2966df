import asyncio
import contextvars
from decimal import Decimal

import pytest
import sqlalchemy as sa

from storage.audit import Actor
from storage.keyscope import key_scope
from storage.models import AuditEntry, Goal, Plan, User
from tests.support.rows import DAY, NOW


@pytest.fixture
def scope(person, data_key):
    """The person's key scope is open."""
    with key_scope(person, data_key):
        yield person


async def _join(db, user_id, **columns):
    await db.run_write(lambda session: session.add(User(id=user_id, **columns)))


def _audit(session):
    return session.execute(
        sa.select(
            AuditEntry.table_name,
            AuditEntry.operation,
            AuditEntry.old_values,
            AuditEntry.new_values,
            AuditEntry.changed_by,
            AuditEntry.actor_user_id,
        ).order_by(AuditEntry.id)
    ).all()


async def test_changes_of_audited_tables_are_logged_with_changed_columns_only(db, scope):
    goal = db.ids()
    await _join(db, scope, locale="en")
    await db.run_write(
        lambda session: session.add(Goal(user_id=scope, id=goal, goal_type="primary", goal_category="fat_loss"))
    )

    def change(session):
        session.get_one(Goal, (scope, goal)).target_weight_kg = Decimal("72.5")

    await db.run_write(change, actor=Actor("coach", None, "request-1"))
    await db.run_write(lambda session: session.delete(session.get_one(Goal, (scope, goal))))
    log = [tuple(row) for row in await db.run_read(_audit)]
    assert log[:3] == [
        ("users", "insert", None, {"locale": "en"}, "user", scope),
        ("goals", "insert", None, {"goal_type": "primary", "goal_category": "fat_loss"}, "user", scope),
        ("goals", "update", None, {"target_weight_kg": "72.5"}, "coach", None),
    ]
    table, operation, old, new, by, _ = log[3]
    assert (table, operation, new, by) == ("goals", "delete", None, "user")
    assert old["target_weight_kg"] == "72.50"
    assert old["goal_category"] == "fat_loss"


async def test_old_values_are_kept_and_encrypted_words_sealed_again(db, scope):
    await _join(db, scope, display_name="Ann")

    def rename(session):
        session.get_one(User, scope).display_name = "Anna"

    await db.run_write(rename)
    last = (await db.run_read(_audit))[-1]
    assert (last.old_values, last.new_values) == ({"display_name": "Ann"}, {"display_name": "Anna"})
    raw = await db.run_read(
        lambda session: session.connection().exec_driver_sql("SELECT new_values FROM audit_log").scalars().all()
    )
    assert all(b"Ann" not in bytes(value) for value in raw)


async def test_only_the_status_of_a_plan_is_logged_and_stamps_of_every_message_are_not(db, scope):
    plan = Plan(
        user_id=scope,
        kind="sleep",
        version=1,
        bundle_id=db.ids(),
        name="Sleep",
        starts_on=DAY,
        content={},
        safety={},
        made_for="onboarding",
        origin="engine",
        generated_at=NOW,
    )
    await _join(db, scope, locale="en")
    await db.run_write(lambda session: session.add(plan))

    def move(session):
        stored = session.get_one(Plan, (scope, plan.id))
        stored.status, stored.decision_note = "rejected", "not now"
        session.get_one(User, scope).last_seen_at = NOW

    await db.run_write(move)
    log = [tuple(row)[:4] for row in await db.run_read(_audit)]
    assert log[1:] == [("plans", "update", {"status": "proposed"}, {"status": "rejected"})]


async def test_without_the_owners_key_the_fact_of_a_change_is_still_logged(db, scope, data_key):
    await _join(db, scope)

    async def as_system():
        def suspend(session):
            session.execute(sa.select(User.id)).all()
            user = session.scalars(sa.select(User).options(sa.orm.load_only(User.status))).one()
            user.status = "suspended"

        await db.run_write(suspend)

    await asyncio.create_task(as_system(), context=contextvars.Context())
    last = (await db.run_read(_audit))[-1]
    assert tuple(last)[:5] == ("users", "update", None, None, "system")
