"""Pictures of food: a product number is read here, everything else is looked at by a model, if there is one and it may.

Nothing is written from a picture: what was seen becomes an open question, and only its buttons write.
"""

from dataclasses import replace
from typing import Final

from agents.domain.context import Context
from agents.domain.safety import Triage, reply_for, triage
from agents.domain.safety.countries import country_of_timezone
from agents.domain.sight import MOST_PHOTOS, NotPerceived, Photo, Sight
from agents.domain.turn import ContentUnavailable
from agents.nodes.meals import products, sighted
from agents.ports import Ports
from agents.schemas import Intent, Photos
from agents.state import Line, Part

_ORDER: Final = 8  # before the open question of onboarding
_PERIL: Final = ("emergency", "crisis")


async def look(context: Context, order: Intent, ports: Ports) -> Part:
    """What is on the pictures, as a proposal; or kindly why they were not looked at."""
    part = await _looked(context, order, ports)
    return replace(part, order=min(part.order, _ORDER))


async def _looked(context: Context, order: Intent, ports: Ports) -> Part:
    asked = order.payload
    if not isinstance(asked, Photos) or ports.contents is None:
        return Part("meal_planner", lines=(Line("attach-unreadable"),))
    photos, problems = await _opened(asked, ports)
    beside = (*problems, *_left_out(asked))
    if not photos:
        return Part("meal_planner", lines=beside)
    codes = tuple(dict.fromkeys(code for photo in photos for code in photo.codes))
    for code in codes:
        if (product := await ports.memory.product(code)) is not None:
            return products.offered(context, product, ports, entry="barcode", slot=asked.slot, beside=beside)
    return await _by_model(context, asked, photos, codes, beside, ports)


async def _opened(asked: Photos, ports: Ports) -> tuple[tuple[Photo, ...], tuple[Line, ...]]:
    """The pictures that can be used, and a line for each kind of reason why others cannot."""
    photos: list[Photo] = []
    problems: dict[str, Line] = {}
    if ports.contents is None:
        return (), ()
    for file in asked.files[:MOST_PHOTOS]:
        try:
            photos.append(await ports.contents.photo(file))
        except ContentUnavailable as error:
            problems[error.problem] = Line(f"attach-{error.problem}")
    return tuple(photos), tuple(problems.values())


def _left_out(asked: Photos) -> tuple[Line, ...]:
    left = len(asked.files) - MOST_PHOTOS
    return (Line("see-left-out", {"most": MOST_PHOTOS, "left": left}),) if left > 0 else ()


async def _by_model(
    context: Context, asked: Photos, photos: tuple[Photo, ...], codes: tuple[str, ...], beside: tuple[Line, ...],
    ports: Ports,
) -> Part:  # fmt: skip
    """A model's look, where one is set up and this person agreed to it."""
    unknown = products.unknown_code(codes)
    if ports.senses is None:
        return Part("meal_planner", lines=(*(unknown or (Line("attach-photo"),)), *beside))
    if not context.allows_model(ports.model_host):
        refusal = Line("see-no-consent", {"host": ports.model_host or ""})
        return Part("meal_planner", lines=(*(unknown or (refusal,)), *beside))
    ports.preview.remark(ports.speech.say(context.profile.locale, "see-looking", {}))
    try:
        sight = await ports.senses.see(photos, asked.said)
    except NotPerceived as error:
        return Part("meal_planner", lines=(*(unknown or (_not_seen(error, ports),)), *beside))
    return _answer(context, asked, sight, (*unknown, *beside), ports)


def _not_seen(error: NotPerceived, ports: Ports) -> Line:
    """A turn that spent its calls on words is not a day whose share is used up."""
    is_turn_alone = ports.allowance is not None and not ports.allowance.is_spent
    return Line("see-over-budget" if error.why == "over_budget" and not is_turn_alone else "see-failed")


def _answer(context: Context, asked: Photos, sight: Sight, beside: tuple[Line, ...], ports: Ports) -> Part:
    worry = _worry(context, sight)
    if worry is not None:
        return worry
    if sight.kind == "label":
        if sight.product is None or not sight.product.is_plausible:
            return Part("meal_planner", lines=(Line("see-label-unclear"), *beside))
        labelled = tuple(line for line in beside if not line.key.startswith("code-"))
        return products.offered(context, sight.product, ports, entry="photo", slot=asked.slot, beside=labelled)
    if not sight.items or sight.kind == "other":
        alone = beside if any(line.key.startswith("code-") for line in beside) else (Line("see-nothing"), *beside)
        return Part("meal_planner", lines=alone)
    return sighted.offered(context, sight, ports, slot=asked.slot, beside=beside)


def _worry(context: Context, sight: Sight) -> Part | None:
    """Words on a picture are not the person's own, but danger in them is not passed over (science.md S-2, S-5 d).

    The answer is the fixed one for somebody who helps; nothing about the person is noted or blocked by it.
    """
    flag = triage(sight.writing, locale=context.profile.locale)
    if flag.level not in _PERIL:
        return None
    helper = Triage(flag.level, flag.rules, flag.category, about_other=True, imminent=flag.imminent)
    country = context.profile.country or country_of_timezone(context.profile.timezone)
    reply = reply_for(helper, country=country, locale=context.profile.locale)
    return Part("intake_safety", fixed_text=reply.text, level=flag.level, rules=flag.rules, order=0)
