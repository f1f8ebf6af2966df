"""A reminder is worded from as little as it needs, and says the same as from everything."""

from pathlib import Path
from typing import get_args

import pytest

from agents.domain.cadence import Kind
from agents.domain.pushes import is_quiet, push_of
from storage import due_people, recall
from storage.keyscope import entered
from tests.support.house import House, locked_copy, open_house


async def worded(house: House, kind: Kind) -> tuple[object, object]:
    app, user_id, now = house.app, house.person.user_id, house.clock()

    def read(session):  # type: ignore[no-untyped-def]  # a session
        with entered(app.ring.scope(session, user_id)):
            person = due_people.read(session, {user_id: {kind}}, now)[user_id]
            light = due_people.for_words(session, person, {kind}, now)
            return light, recall.recall(session, house.person, now)

    light, full = await app.database.run_read(read)
    shown = [(push_of(kind, "lunch", each), is_quiet(kind, each), each.profile.wake_time) for each in (light, full)]
    return shown[0], shown[1]


@pytest.mark.parametrize("kind", get_args(Kind))
async def test_the_light_picture_words_every_kind_as_the_whole_one_does(tmp_path: Path, kind: Kind) -> None:
    async with open_house(locked_copy(tmp_path)) as house:
        light, full = await worded(house, kind)
        assert light == full
