"""The days behind pictures: sums, shares and means by the person's own days; nothing without the consent for it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import update

from agents.domain.achievements import Achievement
from agents.domain.changes import (
    ActivityLogged,
    CheckInLogged,
    LoggedFood,
    LoggedSet,
    MealLogged,
    MetricLogged,
)
from agents.domain.charts.history import Eaten, Kept, Lift, Period
from storage import achievements, logs, people, series
from storage.keyring import KeyRing
from storage.keyscope import entered
from storage.models.adaptation import AdherenceRecord
from storage.models.measurements import Cycle, HealthMetric
from storage.models.plans import Task
from storage.models.privacy import Consent
from tests.storage.conftest import START

TODAY = date(2026, 11, 21)
YESTERDAY = TODAY - timedelta(days=1)


class Diary:
    """One person's days, as a test writes and reads them."""

    def __init__(self, db, ring, who):
        self.db, self.ring, self.who = db, ring, who.user_id

    async def do(self, work):
        def scoped(session):
            with entered(self.ring.scope(session, self.who)):
                done = work(session, session.info["ids"])
                session.flush()
                return done

        return await self.db.run_write(scoped)

    async def metric(self, code, value, on=TODAY, minutes=0):
        at = START + timedelta(minutes=minutes)
        await self.do(lambda s, new: logs.add_metric(s, self.who, MetricLogged(new(), code, value, "", at, on)))

    async def felt(self, on=TODAY, slot="adhoc", **values):
        await self.do(lambda s, new: logs.add_check_in(s, self.who, CheckInLogged(new(), slot, on, START, values, {})))

    async def task(self, on, status, **more):
        done_at = START if status == "completed" else None
        await self.do(
            lambda s, new: s.add(
                Task(
                    id=new(), user_id=self.who, category="lifestyle", task_description="x", due_on=on, status=status,
                    completed_at=done_at, **more,
                )
            )
        )  # fmt: skip

    async def history(self, first=TODAY - timedelta(days=30), last=TODAY):
        return await self.do(lambda s, _new: series.history(s, self.who, first, last))


@pytest.fixture
async def diary(db, keys):
    ring = KeyRing(keys)
    contact = people.Contact("telegram", "1")
    who = await db.run_write(lambda session: people.create(session, ring, contact, START))
    return Diary(db, ring, who)


async def test_without_logs_there_is_nothing(diary):
    found = await diary.history()
    assert (found.weights, found.eaten, found.kept, found.lifts, found.sleep, found.energy) == ((), (), (), (), (), ())
    assert (found.periods, found.trained, found.sessions, found.active_days, found.earned) == (
        (),
        (),
        0,
        (),
        frozenset(),
    )


async def test_weights_of_a_day_are_one_and_doubtful_ones_are_left_out(diary):
    await diary.metric("weight_kg", 80.0, YESTERDAY)
    await diary.metric("weight_kg", 80.6, YESTERDAY, minutes=5)
    await diary.metric("weight_kg", 120.0, TODAY)

    def doubt(session, _new):
        session.execute(update(HealthMetric).where(HealthMetric.value == Decimal(120)).values(quality="suspect"))

    await diary.do(doubt)
    assert (await diary.history()).weights == ((YESTERDAY, pytest.approx(80.3)),)


async def test_what_was_eaten_adds_up_by_day(diary):
    def eat(session, new):
        food = LoggedFood("Oats", None, 1, "bowl", 80, 300, 10, 50, 6, 8, 1, 1, 5, "stated")
        for _ in range(2):
            logs.add_meal(session, diary.who, MealLogged(new(), "breakfast", START, YESTERDAY, (food,), False))

    await diary.do(eat)
    assert (await diary.history()).eaten == (Eaten(YESTERDAY, 600, 20, 100, 12),)


async def test_tasks_count_once_they_are_over_and_what_was_compared_counts_before_the_tick(diary):
    await diary.task(YESTERDAY, "completed")
    await diary.task(YESTERDAY, "missed")
    await diary.task(TODAY, "pending")
    ids = {}

    def similar(session, new):
        ids["task"] = new()
        session.add(
            Task(
                id=ids["task"], user_id=diary.who, category="exercise", task_description="x", due_on=YESTERDAY,
                status="completed", completed_at=START,
            )
        )  # fmt: skip
        session.flush()
        session.add(
            AdherenceRecord(
                id=new(), user_id=diary.who, local_date=YESTERDAY, task_id=ids["task"], status="similar",
                similarity_score=Decimal("0.5"), recorded_by="matcher",
            )
        )  # fmt: skip

    await diary.do(similar)
    assert (await diary.history()).kept == (Kept(YESTERDAY, 1.5, 3),)


async def test_sets_with_a_load_are_lifts_and_any_activity_a_session(diary):
    def lift(session, new):
        sets = (
            LoggedSet("Squat", 1, 1, 5, 100.0, 8, None, None), LoggedSet("Squat", 1, 2, 5, None, None, None, None),
        )  # fmt: skip
        logs.add_activity(
            session, diary.who, ActivityLogged(new(), "strength", "Squat", START, TODAY, 10, None, 3.5, None, sets)
        )

    await diary.do(lift)
    found = await diary.history()
    assert found.lifts == (Lift("Squat", TODAY, 100, 5, 8),)
    assert (found.sessions, found.trained, found.active_days) == (1, (TODAY,), (TODAY,))


async def test_what_the_person_says_of_a_night_counts_before_the_device(diary):
    await diary.metric("sleep_minutes", 300, YESTERDAY)
    await diary.metric("sleep_minutes", 450, TODAY)
    await diary.felt(TODAY, sleep_hours=7.0, energy_level=4)
    await diary.felt(TODAY, energy_level=8)
    found = await diary.history()
    assert found.sleep == ((YESTERDAY, 5.0), (TODAY, 7.0))
    assert found.energy == ((TODAY, 6.0),)


async def test_what_was_answered_at_the_beginning_is_no_day_of_its_own(diary):
    await diary.felt(TODAY, slot="baseline", energy_level=4)
    found = await diary.history()
    assert (found.energy, found.active_days) == ((), ())


async def test_periods_are_read_only_with_the_consent_of_their_own(diary):
    def cycles(session, new):
        for number, start in enumerate((TODAY - timedelta(days=28), TODAY - timedelta(days=1))):
            session.add(
                Cycle(id=new(), user_id=diary.who, start_key=bytes([number]) * 32, start_date=start, is_predicted=False)
            )

    def agree(session, new):
        session.add(
            Consent(id=new(), user_id=diary.who, purpose="cycle", policy_version="1", locale="en", granted_at=START)
        )

    await diary.do(cycles)
    assert (await diary.history()).periods == ()
    await diary.do(agree)
    assert (await diary.history()).periods == (Period(TODAY - timedelta(days=28)), Period(TODAY - timedelta(days=1)))


async def test_what_was_earned_is_kept_once(diary):
    first = Achievement("sessions_1", "ever", TODAY, 1)
    proofs = [await diary.do(lambda s, _new: achievements.add(s, diary.who, (first,))) for _ in range(2)]
    assert [len(each) for each in proofs] == [1, 0]
    assert (await diary.history()).earned == frozenset({("sessions_1", "ever")})


async def test_another_persons_days_are_not_seen(diary, db):
    contact = people.Contact("telegram", "2")
    other = await db.run_write(lambda session: people.create(session, diary.ring, contact, START))
    await diary.metric("weight_kg", 80.0)
    assert (await Diary(db, diary.ring, other).history()).weights == ()
