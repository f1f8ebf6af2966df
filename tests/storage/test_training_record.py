"""The training record: one query, the person's own rows only, loads stored with the plan they were made for."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event, select

from agents.domain.changes import ActivityLogged, ExercisePlanMade, LoggedSet, LogRemoved, PlanHead
from agents.domain.training import programme
from agents.domain.training.record import LiftedSet, PlanSpan, TrainingRecord, course_of
from storage import logs, people, plan_writes, training_record
from storage.keyring import KeyRing
from storage.keyscope import entered
from storage.models.planned import PlannedExercise
from storage.plan_writes import PlanWriting
from storage.training_record import SETS_SINCE
from tests.storage.conftest import START
from tests.support.trainees import LIBRARY, TRAINED

TODAY = date(2026, 11, 23)


class Diary:
    """One person's training, as a test writes and reads it."""

    def __init__(self, db, ring, who):
        self.db, self.ring, self.who = db, ring, who.user_id

    async def do(self, work):
        def scoped(session):
            with entered(self.ring.scope(session, self.who)):
                done = work(session)
                session.flush()
                return done

        return await self.db.run_write(scoped)

    async def lift(self, name, on, *sets):
        """Sets as (kg, repetitions, RPE) on a day; the id of the activity."""
        rows = tuple(
            LoggedSet(name, 1, n, reps, kg, rpe, None, None) for n, (kg, reps, rpe) in enumerate(sets, start=1)
        )

        def work(session):
            new = session.info["ids"]()
            logs.add_activity(
                session, self.who, ActivityLogged(new, "strength", name, START, on, 10, None, 3.5, None, rows)
            )
            return new

        return await self.do(work)

    async def plan(self, on=TODAY, record=TrainingRecord(), allowed="moderate"):  # noqa: B008 - frozen
        course = course_of(record, TRAINED, LIBRARY, on=on)
        made = programme(TRAINED, LIBRARY, screening_allowed=allowed, start=on, course=course)
        head = PlanHead("Training", on, 2, made.rationale, None, "user_request", None, 0)
        change = ExercisePlanMade(head, made, None)
        await self.do(lambda s: plan_writes.exercise(PlanWriting(s, self.who, START, on, s.info["ids"]()), change))
        return made

    async def read(self, today=TODAY):
        return await self.do(lambda s: training_record.read(s, self.who, today))


@pytest.fixture
def diary(db):
    ring = KeyRing(db.keys)

    async def meet(name):
        contact = people.Contact("telegram", name)
        return Diary(db, ring, await db.run_write(lambda s: people.create(s, ring, contact, START)))

    return meet


async def test_a_newcomer_has_an_empty_record(diary):
    assert await (await diary("1")).read() == TrainingRecord()


async def test_sets_with_a_weight_are_read_with_their_day_and_effort_and_nobody_elses(diary):
    ann, ben = await diary("1"), await diary("2")
    await ann.lift("bench press", TODAY, (60, 8, 8), (62.5, 6, None))
    await ann.lift("push-up", TODAY, (None, 20, None), (0, 5, None))
    await ann.lift("squat", TODAY - SETS_SINCE - timedelta(days=1), (100, 5, None))
    await ann.lift("deadlift", TODAY + timedelta(days=1), (100, 5, None))
    await ben.lift("bench press", TODAY, (200, 8, None))
    found = await ann.read()
    assert set(found.sets) == {
        LiftedSet("bench press", TODAY, 60.0, 8, 8.0), LiftedSet("bench press", TODAY, 62.5, 6, None),
    }  # fmt: skip


async def test_a_log_that_was_taken_back_leaves_the_record(diary):
    ann = await diary("1")
    row_id = await ann.lift("bench press", TODAY, (60, 8, 8))
    await ann.do(lambda s: logs.remove(s, ann.who, LogRemoved("activity", row_id)))
    assert (await ann.read()).sets == ()


async def test_every_training_plan_counts_with_its_days_and_what_it_asked_for(diary):
    ann = await diary("1")
    first = await ann.plan(TODAY - timedelta(weeks=2))
    await ann.plan(TODAY)
    found = await ann.read()
    assert set(found.plans) == {
        PlanSpan(TODAY - timedelta(weeks=2), TODAY), PlanSpan(TODAY, TODAY + timedelta(weeks=2)),
    }  # fmt: skip
    assert {b.exercise.name for s in first.sessions for b in s.phase("main")} <= found.planned


async def test_t9_a_plan_without_sessions_only_stood_for_training_that_waited(diary):
    ann = await diary("1")
    await ann.plan(TODAY - timedelta(weeks=2), allowed="none")
    assert (await ann.read()).plans == ()


async def test_it_is_one_query(diary, db):
    ann = await diary("1")
    await ann.lift("bench press", TODAY, (60, 8, 8))
    await ann.plan()
    asked = []

    def work(session):
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", lambda *said: asked.append(said[2]))
        return training_record.read(session, ann.who, TODAY)

    found = await ann.do(work)
    assert (len(found.sets), len(found.plans), len(asked)) == (1, 1, 1)


async def test_t6_a_planned_lift_is_stored_with_its_load_or_with_none(diary):
    ann = await diary("1")
    for days in (3, 7):
        await ann.lift("barbell bench press", TODAY - timedelta(days=days), *[(60, 12, 6)] * 3)
    made = await ann.plan(record=await ann.read())
    loads = {b.exercise.name: b.load_kg for s in made.sessions for b in s.phase("main")}
    assert loads["Barbell bench press"] == 62.5
    query = select(PlannedExercise.name, PlannedExercise.target_load_kg).where(
        PlannedExercise.user_id == ann.who, PlannedExercise.phase == "main"
    )
    stored = {tuple(row) for row in await ann.do(lambda s: s.execute(query).all())}
    assert ("Barbell bench press", Decimal("62.50")) in stored
    assert {load for name, load in stored if name != "Barbell bench press"} == {None}
