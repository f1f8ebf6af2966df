"""How the person wants to be treated: pause, quiet hours, units, time zone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from agents.domain.changes import (
    ConsentGranted,
    ConsentWithdrawn,
    ProfileSaved,
    QuestionOpened,
    RemindersScheduled,
    SettingsChanged,
)
from agents.domain.context import Context
from agents.domain.model_consent import model_policy
from agents.domain.schedule import reminders_of
from agents.domain.zones import zone_words
from agents.ports import Ports
from agents.schemas import Intent, QuietHours, Target
from agents.state import Choice, Line, Part

FOR_EVER = datetime(9999, 1, 1, tzinfo=UTC)  # data-model 3.2: /stop is a pause into the far future
MAX_PAUSE_DAYS = 366


async def pause(context: Context, order: Intent, ports: Ports) -> Part:
    """Stop unasked messages for a while, or until the person is back."""
    target = order.payload if isinstance(order.payload, Target) else Target()
    until = FOR_EVER
    if target.minutes:
        until = context.now + timedelta(minutes=min(target.minutes, MAX_PAUSE_DAYS * 24 * 60))
    change = SettingsChanged({"paused_until": until})
    if until == FOR_EVER:
        return Part("logistics", changes=(change,), lines=(Line("done-paused", {}, (change,)),), choices=_RESUME)
    day = until.astimezone(context.local_now.tzinfo).strftime("%A %d %B %H:%M")
    return Part(
        "logistics", changes=(change,), lines=(Line("done-paused-until", {"day": day}, (change,)),), choices=_RESUME
    )


_RESUME = ((Choice("opt-plain", "view:today", {"text": "Today"}),),)


async def resume(context: Context, order: Intent, ports: Ports) -> Part:
    """Messages come again."""
    if context.settings.paused_until is None:
        return Part("logistics", lines=(Line("not-paused"),))
    change = SettingsChanged({"paused_until": None})
    return Part("logistics", changes=(change,), lines=(Line("done-resumed", {}, (change,)),))


async def quiet_hours(context: Context, order: Intent, ports: Ports) -> Part:
    """No unasked message between two wall times."""
    hours = order.payload
    if not isinstance(hours, QuietHours):
        now = context.settings
        args = {"start": now.quiet_start.strftime("%H:%M"), "end": now.quiet_end.strftime("%H:%M")}
        return Part("logistics", lines=(Line("quiet-now", args),))
    change = SettingsChanged({"quiet_start": hours.start, "quiet_end": hours.end})
    args = {"start": hours.start.strftime("%H:%M"), "end": hours.end.strftime("%H:%M")}
    wanted = reminders_of(context.profile, quiet_start=hours.start, quiet_end=hours.end) if context.plans else ()
    moved = (RemindersScheduled(wanted, context.settings.tone),) if wanted else ()
    return Part("logistics", changes=(change, *moved), lines=(Line("done-quiet", args, (change,)),))


async def units(context: Context, order: Intent, ports: Ports) -> Part:
    """Metric or imperial."""
    wanted = str(order.payload or "")
    if wanted not in ("metric", "imperial"):
        return Part("logistics", lines=(Line("units-how", {"units": context.profile.units}),))
    if wanted == context.profile.units:
        return Part("logistics", lines=(Line("already-so"),))
    after = replace(context.profile, units=wanted)  # type: ignore[arg-type]  # one of the two words above
    change = ProfileSaved(context.profile, after)
    return Part("logistics", changes=(change,), lines=(Line("done-units", {"units": wanted}, (change,)),))


async def timezone(context: Context, order: Intent, ports: Ports) -> Part:
    """The zone now in use; a named place comes as a fact and is intake's."""
    return Part("logistics", lines=(Line("zone-now", {"zone": zone_words(context.profile.timezone)}),))


async def language(context: Context, order: Intent, ports: Ports) -> Part:
    """Which language the coach speaks."""
    return Part("logistics", lines=(Line("language-now"),))


async def allow_model(context: Context, order: Intent, ports: Ports) -> Part:
    """The person agrees that a model helps to understand; told are what leaves this machine, and to which host.

    A consent to another host ends with this one.
    """
    if ports.model_host is None:
        return Part("logistics", lines=(Line("model-not-configured"),))
    if context.allows_model(ports.model_host):
        return Part("logistics", lines=(Line("already-so"),))
    former = (ConsentWithdrawn("llm_provider"),) if "llm_provider" in context.consents else ()
    grant = ConsentGranted("llm_provider", model_policy(ports.model_host), context.profile.locale)
    line = Line("done-model-allowed", {"host": ports.model_host}, (grant,))
    return Part("logistics", changes=(*former, grant), lines=(line,))


async def stop_model(context: Context, order: Intent, ports: Ports) -> Part:
    """The person takes that back; it counts from this message on, whether a model is set up or not."""
    if "llm_provider" in context.consents:
        withdrawn = ConsentWithdrawn("llm_provider")
        return Part("logistics", changes=(withdrawn,), lines=(Line("done-model-stopped", {}, (withdrawn,)),))
    return Part("logistics", lines=(Line("already-so" if ports.model_host else "model-not-configured"),))


async def cancel(context: Context, order: Intent, ports: Ports) -> Part:
    """Nothing is running that could be cancelled."""
    if context.question is not None:
        return Part("logistics", changes=(QuestionOpened(None),), lines=(Line("change-left"),))
    return Part("logistics", lines=(Line("nothing-to-cancel"),))


async def show(context: Context, order: Intent, ports: Ports) -> Part:
    """Every setting in one line each."""
    now, profile = context.settings, context.profile
    paused = "yes" if now.paused_until and now.paused_until > context.now else "no"
    args = {
        "units": profile.units,
        "zone": zone_words(profile.timezone),
        "start": now.quiet_start.strftime("%H:%M"),
        "end": now.quiet_end.strftime("%H:%M"),
        "paused": paused,
    }
    return Part(
        "logistics", lines=(Line("settings-now", args),), choices=((Choice("opt-reminders", "view:reminders"),),)
    )
