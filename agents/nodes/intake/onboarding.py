"""One onboarding turn: apply what was said, save it at once, ask the next thing."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from agents.domain.changes import (
    AccountErased,
    Change,
    ConsentGranted,
    EventNoted,
    OnboardingMoved,
    ProfileLocked,
    ProfileSaved,
)
from agents.domain.context import Context
from agents.domain.onboarding import (
    OnboardingState,
    answered,
    completed_steps,
    next_question,
    previous_question,
    reopened,
    skipped,
    with_defaults,
)
from agents.domain.profile import Profile
from agents.domain.questions import BY_CODE, MULTIPLE, Question
from agents.domain.safety import Finding, account_allowed, goal_findings
from agents.domain.turn import Card
from agents.nodes.intake import asking, profile_words
from agents.nodes.intake.answers import CONTROLS, chosen, is_option
from agents.nodes.intake.facts import ASK_BACK_BELOW, apply, question_of
from agents.nodes.intake.taps import facts_of_tap
from agents.schemas import Fact, Understanding
from agents.state import Choice, Line, Part

POLICY_VERSION = "2026-11"


@dataclass(slots=True)
class Step:
    """The working state of one onboarding turn; `profile` and `state` move on as answers are applied."""

    context: Context
    profile: Profile
    state: OnboardingState
    lines: list[Line] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    level: str = "none"
    rules: tuple[str, ...] = ()
    is_locked: bool = False
    is_over: bool = False  # nothing is asked after this

    def say(self, key: str, **args: str | int | float) -> None:
        """Add a sentence that claims nothing."""
        self.lines.append(Line(key, args))


def onboarding_turn(
    context: Context, heard: Understanding, tap: str | None, *, is_answered: bool
) -> tuple[Part, Profile | None]:
    """The part to say and write; the locked profile when this turn locked it, so that plans can follow.

    `is_answered`: something else in this message already has its answer, so "I did not get that" would be wrong.
    """
    step = Step(context, context.profile, context.onboarding)
    if context.is_new:
        step.changes.append(EventNoted("onboarding_started", {"flow_version": step.state.flow_version}))
    pending = BY_CODE.get(step.state.pending or "consent", BY_CODE["consent"])
    answer = chosen(pending, heard, tap)
    if not context.may_store_health and pending.code == "consent" and answer != "yes":
        _before_consent(step, answer, heard)
    else:
        _apply_answer(step, pending, answer, heard)
    if step.is_over:
        return _part(step, None), None
    question = _ask_next(step, pending, heard, is_answered=is_answered)
    return _part(step, question), step.profile if step.is_locked else None


def _before_consent(step: Step, answer: str | None, heard: Understanding) -> None:
    if answer == "more":
        step.say("privacy-short")
    elif answer == "no":
        step.say("consent-declined")
        step.is_over = True
    elif step.context.is_new:
        step.say("welcome")
    elif answer == "stale":
        step.say("stale-button")
    elif heard.has("privacy", "about_bot", "help"):
        step.say("about-bot")
    elif answer == "ctl_why":
        step.say("why-consent")
    if heard.facts and answer != "no":
        step.say("held-until-consent")


def _apply_answer(step: Step, pending: Question, answer: str | None, heard: Understanding) -> None:
    if answer == "stale":
        step.say("stale-button")
        answer = None
    if pending.code == "consent" and answer == "yes":
        _grant(step)
    if answer in CONTROLS:
        _control(step, pending, answer)
    picked = facts_of_tap(pending.code, answer, step.profile) if answer is not None and is_option(answer) else ()
    facts = (*heard.facts, *picked)
    saved = _take_facts(step, facts, "button" if answer and not heard.facts else "message")
    _settle(step, pending, answer, facts)
    _report_rejected(step, heard)
    for fact in heard.facts:
        if fact.confidence < ASK_BACK_BELOW:
            step.say("unsure", quote=fact.quote[:60])
    if not step.is_over:
        _guard_goal(step)
    if saved and not step.is_over:
        _save(step)


def _grant(step: Step) -> None:
    grant = ConsentGranted("coaching", POLICY_VERSION, step.profile.locale)
    step.changes.append(grant)
    step.lines.append(Line("done-consent", claims=(grant,)))


def _control(step: Step, pending: Question, answer: str | None) -> None:
    if answer == "ctl_why":
        step.say(f"why-{pending.code}")
    elif answer == "ctl_back":
        before = previous_question(step.profile, step.state)
        if before is None:
            step.say("nothing-before")
        else:
            step.state = replace(reopened(step.state, before.code), pending=before.code)
    elif answer == "ctl_defaults":
        rest = (q.code for q in BY_CODE.values() if 5 <= q.step <= 9 and q.code not in step.state.answered)
        step.state = skipped(step.state, *rest)
        step.say("defaults-used")
    elif pending.is_required:
        step.say("required", reason=pending.code)
    else:
        step.state = skipped(step.state, pending.code)
        step.say("skipped")


def _take_facts(step: Step, facts: tuple[Fact, ...], source: str) -> bool:
    """Apply the facts; an age under 13 ends the account at once (science.md S-120)."""
    applied = apply(step.profile, facts, step.context.today, source)
    if applied.profile.age is not None and not account_allowed(applied.profile.age):
        step.changes[:] = [AccountErased("under_13")]
        step.lines[:] = [Line("too-young")]
        step.is_over = True
        return False
    for fact in applied.kept_back:
        step.say("kept-back", what=fact.field.replace("_", " "))
    if applied.ends_clearance:
        step.say("clearance-ended")
    step.profile = applied.profile
    codes = [question_of(fact) for fact in applied.taken if fact.op == "none" or fact.field in ("birth_date", "age")]
    step.state = answered(step.state, *(code for code in codes if code in BY_CODE))
    return bool(applied.taken)


def _settle(step: Step, pending: Question, answer: str | None, facts: tuple[Fact, ...]) -> None:
    """Close the pending question when it was answered; lists stay open after a tap, to hear of more."""
    by_fact = any(question_of(fact) == pending.code for fact in facts)
    if pending.code in MULTIPLE and is_option(answer) and answer != "none":
        return
    if pending.code == "guardian" and answer == "no":
        step.changes[:] = [AccountErased("no_guardian")]
        step.lines[:] = [Line("no-guardian")]
        step.is_over = True
        return
    if pending.code == "review" and answer == "change":
        step.say("change-what")
        return
    if pending.code == "confirm" and answer == "not_yet":
        step.state = reopened(step.state, "review")
        return
    if not (is_option(answer) or by_fact) or (pending.code in ("review", "confirm") and not is_option(answer)):
        return
    step.state = answered(step.state, pending.code)
    empty = {"conditions": "conditions", "symptoms": "symptoms", "medications": "medications"}.get(pending.code)
    if empty and getattr(step.profile, empty) is None:
        sources = {**step.profile.field_sources, empty: "button"}
        step.profile = replace(step.profile, **{empty: ()}, field_sources=sources)  # type: ignore[arg-type]  # a tuple field
    if pending.code == "allergies":
        sources = {**step.profile.field_sources, "allergies_asked": "button"}
        step.profile = replace(step.profile, allergies_asked=True, field_sources=sources)
    if pending.code == "confirm":
        _lock(step)


def _report_rejected(step: Step, heard: Understanding) -> None:
    for wrong in heard.rejected:
        if wrong.reason == "unknown_word" and heard.facts:
            continue  # the message spoke of other things: it was no failed answer
        step.say(
            f"rejected-{wrong.reason.replace('_', '-')}",
            what=wrong.field.replace("_", " ").removesuffix(" kg").removesuffix(" cm"),
            quote=wrong.quote[:60],
            low=f"{wrong.low:g}" if wrong.low is not None else "",
            high=f"{wrong.high:g}" if wrong.high is not None else "",
        )


def _guard_goal(step: Step) -> None:
    """A goal weight or pace that the rules refuse is not taken over; the reason is said (science.md E1, E2, E4)."""
    if step.profile.target_weight_kg is None:
        return
    findings: tuple[Finding, ...] = goal_findings(step.profile)
    blocking = [f for f in findings if f.rule in ("E1", "E2", "E4")]
    for finding in blocking:
        step.lines.append(Line("plain", {"text": finding.message}))
        step.level, step.rules = "caution", (*step.rules, finding.rule)
    if blocking:
        step.profile = replace(step.profile, target_weight_kg=None, target_weeks=None)
        step.state = reopened(step.state, "target_weight_kg")


def _save(step: Step) -> None:
    """One change for all that is new, reported by what now reads differently."""
    news = profile_words.diff(step.context.profile, step.profile)
    if step.profile == step.context.profile or step.is_locked:
        return
    change = ProfileSaved(step.context.profile, step.profile)
    step.changes.append(change)
    if news:
        words = "; ".join(f"{name.lower()}: {value}" for name, _, value in news)
        step.lines.insert(0, Line("done-noted", {"what": words}, (change,)))


def _lock(step: Step) -> None:
    now: datetime = step.context.now
    before = step.context.profile
    filled = with_defaults(step.profile)
    step.profile = replace(filled, is_locked=True, version=before.version + 1)
    saved = ProfileSaved(before, step.profile)
    lock = ProfileLocked(step.profile.version, step.profile, "", ())
    step.state = replace(step.state, completed_at=now, pending=None, current_step=11)
    step.changes += [saved, lock, EventNoted("onboarding_completed", {"flow_version": step.state.flow_version})]
    step.lines.append(Line("done-locked", {"version": str(step.profile.version)}, (lock,)))
    step.is_locked = True


def _ask_next(step: Step, pending: Question, heard: Understanding, *, is_answered: bool) -> Question | None:
    if step.is_locked:
        _move(step, None)
        return None
    done = {*step.state.answered, *step.state.skipped}
    if step.state.pending == pending.code or pending.code in done or step.state.pending is None:
        question = next_question(step.profile, step.state)
    else:
        question = BY_CODE[step.state.pending]  # "back" chose it
    is_same = question is not None and question.code == pending.code and step.context.onboarding.pending is not None
    nothing_heard = not (step.lines or step.changes or heard.facts or is_answered)
    if is_same and nothing_heard and question is not None:
        step.lines.append(Line("not-understood"))
        step.lines.append(Line(f"example-{question.code}"))
    if question is not None and not is_same:
        _snippet(step, pending, question)
    _move(step, question)
    return question


def _snippet(step: Step, before: Question, question: Question) -> None:
    """A little value back when a step is complete (product.md J1)."""
    if question.step > before.step and before.step in (1, 2, 3, 4):
        is_bare = before.step == 3 and not step.profile.injuries
        step.say("value-3-free" if is_bare else f"value-{before.step}")
    if question.code == "review":
        step.cards.append(Card("Your profile", ("What", "Value"), profile_words.rows(with_defaults(step.profile))))


def _move(step: Step, question: Question | None) -> None:
    """Save the progress: the pending question, the step, and one event for each step that is now complete."""
    before = set(completed_steps(step.context.profile, step.context.onboarding))
    steps = completed_steps(step.profile, step.state)
    if question is not None:
        step.state = replace(step.state, pending=question.code, current_step=question.step)
    if step.state != step.context.onboarding:
        step.changes.append(OnboardingMoved(step.state, steps))
    if step.context.may_store_health:
        flow = step.state.flow_version
        step.changes += [
            EventNoted("onboarding_step_completed", {"step": n, "flow_version": flow}) for n in steps if n not in before
        ]


def _part(step: Step, question: Question | None) -> Part:
    choices: tuple[tuple[Choice, ...], ...] = ()
    if question is not None:
        step.lines += asking.lines_for(question, step.profile, step.context.local_now)
        choices = asking.choices_for(question, step.profile)
    return Part(
        agent="intake_safety",
        changes=tuple(step.changes),
        lines=tuple(step.lines),
        choices=choices,
        cards=tuple(step.cards),
        level=step.level,
        rules=step.rules,
        order=10,
    )
