"""The profile after the lock: show it, show its history, change it with a reason and a new version."""

from dataclasses import dataclass, replace

from agents.domain.changes import Change, ProfileLocked, ProfileSaved, QuestionOpened, SafetyNoted
from agents.domain.context import Context, OpenQuestion
from agents.domain.profile import Profile
from agents.domain.safety import goal_findings
from agents.domain.turn import Card
from agents.nodes.intake import fact_codec, profile_words
from agents.nodes.intake.facts import ASK_BACK_BELOW, apply, is_safety_relevant, sure
from agents.ports import Memory
from agents.schemas import Fact, Target, Understanding
from agents.state import Choice, Line, Part

CONFIRM = "profile:confirm"
KEEP = "profile:keep"
# Settings rather than profile: taken over at once, no new version (data-model 4.1: logs and settings are not changes).
DIRECT = frozenset({
    "name", "morning_brief_time", "evening_checkin_time", "wake_time", "bed_time", "water_reminders", "water_target_ml",
    "meal_time", "timezone", "country", "units", "workout_time",
})  # fmt: skip
_EXERCISE = frozenset({
    "fitness_level", "regular_exercise", "primary_goal", "condition", "symptom", "medication", "injury", "equipment",
    "location", "workout_days", "workout_days_count", "workout_minutes", "workout_time", "modality", "pregnancy_week",
    "age", "birth_date", "clearance",
})  # fmt: skip
_NUTRITION = frozenset({
    "age", "birth_date", "sex", "height_cm", "weight_kg", "target_weight_kg", "target_change_kg", "target_weeks",
    "primary_goal", "work_activity", "leisure_activity", "condition", "medication", "diet_type", "allergy",
    "intolerance", "dislike", "religious", "exclusion", "cuisine", "meals_per_day", "cooking_skill",
    "max_prep_minutes", "budget_per_day", "pregnancy_week",
})  # fmt: skip
_SLEEP = frozenset({"wake_time", "bed_time", "age", "birth_date"})
_REMINDERS = frozenset({
    "morning_brief_time", "evening_checkin_time", "wake_time", "bed_time", "water_reminders", "water_target_ml",
    "meal_time", "meals_per_day", "timezone", "country", "workout_days", "workout_days_count", "workout_time",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProfileOutcome:
    """What to say and write; `profile` is set when plans or reminders must follow, `replan` names them."""

    parts: tuple[Part, ...] = ()
    profile: Profile | None = None
    replan: tuple[str, ...] = ()


async def profile_turn(context: Context, heard: Understanding, tap: str | None, memory: Memory) -> ProfileOutcome:
    """Everything about a locked profile in this message."""
    if tap in (CONFIRM, KEEP) or _answers_the_proposal(context, heard):
        return _decide(context, heard, tap)
    if heard.has("profile_history") or tap == "profile:history" or _wants_history(heard):
        return ProfileOutcome((await _history(context, memory),))
    if heard.has("profile_view") or tap == "profile:view":
        return ProfileOutcome((_view(context),))
    facts = tuple(fact for fact in heard.facts if fact.field != "weight_kg" or not heard.has("log_weight"))
    if facts or heard.rejected:
        return _facts(context, heard, facts)
    if heard.has("profile_change", "correct"):
        return ProfileOutcome((Part("intake_safety", lines=(Line("change-what"),)),))
    return ProfileOutcome()


def _wants_history(heard: Understanding) -> bool:
    view = heard.first("profile_view")
    return view is not None and isinstance(view.payload, Target) and "history" in view.payload.words


def _answers_the_proposal(context: Context, heard: Understanding) -> bool:
    question = context.question
    is_open = question is not None and question.code == "profile_change" and question.hears_words(context.now)
    return is_open and heard.has("yes", "no")


def _decide(context: Context, heard: Understanding, tap: str | None) -> ProfileOutcome:
    question = context.question
    if question is None or question.code != "profile_change":
        return ProfileOutcome((Part("intake_safety", lines=(Line("stale-button"),)),))
    closed: Change = QuestionOpened(None)
    if tap == KEEP or (tap is None and heard.has("no")):
        return ProfileOutcome((Part("intake_safety", changes=(closed,), lines=(Line("change-left"),)),))
    facts = fact_codec.load(question.data["facts"])
    return _apply(context, facts, question.data["reason"], (closed,))


def _facts(context: Context, heard: Understanding, facts: tuple[Fact, ...]) -> ProfileOutcome:
    """Safety facts and settings at once, everything else as a proposal to confirm (P4: no silent change)."""
    doubtful = tuple(Line("unsure", {"quote": f.quote[:60]}) for f in facts if f.confidence < ASK_BACK_BELOW)
    facts = sure(facts)
    now = tuple(f for f in facts if is_safety_relevant(f) or f.field in DIRECT or _fills_a_gap(f, context.profile))
    later = tuple(f for f in facts if f not in now)
    reason = "; ".join(dict.fromkeys(f.quote for f in facts))[:200]
    outcome = _apply(context, now, reason, ()) if now else ProfileOutcome()
    base = outcome.profile or context.profile
    wrong = tuple(_rejected(wrong.reason, wrong.field, wrong.quote, wrong.low, wrong.high) for wrong in heard.rejected)
    wrong = (*doubtful, *wrong)
    parts = [*outcome.parts]
    if wrong:
        parts.append(Part("intake_safety", lines=wrong, order=12))
    if later:
        proposal = _proposal(context, base, later, reason)
        if proposal:
            parts.append(proposal)
    return ProfileOutcome(tuple(parts), outcome.profile, outcome.replan)


def _fills_a_gap(fact: Fact, profile: Profile) -> bool:
    """What was never said changes nothing that was agreed: it only lets the missing plan be made."""
    return fact.field in ("age", "height_cm", "weight_kg") and getattr(profile, fact.field) is None


def _rejected(reason: str, field: str, quote: str, low: float | None, high: float | None) -> Line:
    what = field.replace("_", " ").removesuffix(" kg").removesuffix(" cm")
    limits = {"low": f"{low:g}" if low is not None else "", "high": f"{high:g}" if high is not None else ""}
    return Line(f"rejected-{reason.replace('_', '-')}", {"what": what, "quote": quote[:60], **limits})


def _proposal(context: Context, base: Profile, facts: tuple[Fact, ...], reason: str) -> Part | None:
    applied = apply(base, facts, context.today)
    lines = [Line("kept-back", {"what": f.field.replace("_", " ")}) for f in applied.kept_back]
    refused = [f for f in goal_findings(applied.profile) if f.rule in ("E1", "E2", "E4")]
    if refused and applied.profile.target_weight_kg != base.target_weight_kg:
        lines += [Line("plain", {"text": finding.message}) for finding in refused]
        return Part(
            "intake_safety",
            lines=tuple(lines),
            level="caution",
            rules=tuple(f.rule for f in refused),
            order=12,
            changes=(SafetyNoted("caution", "goal", tuple(f.rule for f in refused), base.locale, "goal_refused"),),
        )
    news = profile_words.diff(base, applied.profile)
    if not news:
        return Part("intake_safety", lines=(*lines, Line("already-so")), order=12)
    question = OpenQuestion("profile_change", (), {"facts": fact_codec.dump(facts), "reason": reason}, context.now)
    rows = tuple(news)
    return Part(
        "intake_safety",
        changes=(QuestionOpened(question),),
        lines=(*lines, Line("propose-change")),
        choices=((Choice("opt-confirm", CONFIRM, style="primary"), Choice("opt-keep", KEEP)),),
        cards=(Card("What would change", ("What", "Now", "Then"), rows),),
        order=12,
    )


def _apply(context: Context, facts: tuple[Fact, ...], reason: str, extra: tuple[Change, ...]) -> ProfileOutcome:
    before = context.profile
    applied = apply(before, facts, context.today)
    fields: set[str] = {fact.field for fact in applied.taken}
    news = profile_words.diff(before, applied.profile)
    lines = [Line("kept-back", {"what": f.field.replace("_", " ")}) for f in applied.kept_back]
    if applied.profile == before or not (news or fields & DIRECT):
        return ProfileOutcome((Part("intake_safety", changes=extra, lines=(*lines, Line("already-so")), order=10),))
    needs_version = bool(fields - DIRECT)
    after = replace(applied.profile, version=before.version + 1) if needs_version else applied.profile
    saved = ProfileSaved(before, after)
    changes: list[Change] = [*extra, saved]
    words = "; ".join(f"{name.lower()}: {value}" for name, _, value in news) or "your settings"
    if needs_version:
        lock = ProfileLocked(after.version, after, reason, tuple(sorted(fields)))
        changes.append(lock)
        lines.append(Line("done-changed", {"what": words, "version": str(after.version)}, (lock,)))
    else:
        lines.append(Line("done-noted", {"what": words}, (saved,)))
    if applied.ends_clearance:
        lines.append(Line("clearance-ended"))
    part = Part("intake_safety", changes=tuple(changes), lines=tuple(lines), order=10)
    return ProfileOutcome((part,), after, _replan(fields))


def _replan(fields: set[str]) -> tuple[str, ...]:
    groups = (("nutrition", _NUTRITION), ("exercise", _EXERCISE), ("sleep", _SLEEP), ("reminders", _REMINDERS))
    return tuple(name for name, members in groups if fields & members)


def seen_so_far(context: Context, heard: Understanding) -> list[Part]:
    """What is known while the questions still run, for whoever asks; nothing is known before consent."""
    if not heard.has("profile_view") or not context.may_store_health:
        return []
    card = Card("Your profile", ("What", "Value"), profile_words.rows(context.profile))
    return [Part("intake_safety", cards=(card,), order=5)]


def _view(context: Context) -> Part:
    profile = context.profile
    return Part(
        "intake_safety",
        lines=(Line("profile-head", {"version": str(profile.version)}),),
        cards=(Card("Your profile", ("What", "Value"), profile_words.rows(profile)),),
        choices=((Choice("opt-history", "profile:history"),),),
    )


async def _history(context: Context, memory: Memory) -> Part:
    versions = await memory.profile_history()
    older = (*versions[1:], None)
    rows = tuple(
        (
            str(v.version),
            v.valid_from.astimezone(context.local_now.tzinfo).strftime("%d %b %Y %H:%M"),
            v.reason or "first version",
            _changes(v.profile, before.profile) if before else "–",
        )
        for v, before in zip(versions, older, strict=True)
    )
    card = Card("Profile history", ("Version", "Since", "Why", "What changed"), rows)
    return Part("intake_safety", lines=(Line("history-head", {"count": len(versions)}),), cards=(card,))


def _changes(after: Profile, before: Profile) -> str:
    return "; ".join(f"{name}: {old} → {new}" for name, old, new in profile_words.diff(before, after)) or "–"
