"""The weekly report as a push: one message with a picture (product.md F81)."""

from datetime import timedelta

from sqlalchemy.orm import Session

from agents.domain.context import Context
from agents.domain.pushes import Push, PushLine
from agents.domain.weekly import LOOKED_BACK, is_worth_sending, report
from agents.ports import Speech
from storage import planned, series

KIND = "weekly_report"


def weekly_push(session: Session, context: Context, speech: Speech) -> Push:
    """What this week comes to; not needed when nothing was told in it. Needs the person's key scope."""

    def say(key: str, **args: str | int | float) -> str:
        return speech.say(context.profile.locale, key, args)

    history = series.history(session, context.user_id, context.today - LOOKED_BACK, context.today)
    if not is_worth_sending(history, context.profile):
        return Push(is_needed=False)
    ahead = planned.workouts(session, context.user_id, context.today, context.today + timedelta(days=7), lines=False)
    told = report(history, context.profile, ahead, say)
    cards = (told.chart,) if told.chart else ()
    return Push((PushLine("plain", {"text": told.words}),), cards=cards, earned=told.achievements)
