"""What to cook with what is at hand: "what can I make with eggs and rice?", "I have tofu, what could I cook tonight?",
and what to eat of what the day has left: "600 kcal left, what should I have?"

Such a sentence is read as a whole, because its list of foods would otherwise look like a log of what was eaten.
"""

import re
from typing import Final

from agents.schemas import FillDay, FoodItem, Intent, Moment
from agents.understanding import food_items, slots
from agents.understanding.facts import facts
from agents.understanding.quotes import Span

_SLOT: Final = rf"(?:for|at) (?:my |the )?(?:{slots.WORDS})"
_WHEN: Final = (
    r"(?:tonight|today|now|this evening|right now|for (?:the )?(?:rest|remainder) of (?:the |my )?(?:day|evening)|"
    rf"{_SLOT})"
)
_COOK: Final = r"(?:cook|make|prepare|have|eat|do|fix|create|whip up|throw together)"
_FOODS: Final = r"[^.?!;:\n]{2,160}?"
_END: Final = r"\s*(?:please|thanks|thank you)?\s*(?=[.?!;]|$)"
_KITCHEN: Final = r"(?:fridge|pantry|cupboard|home|house|kitchen)"
_HAVE: Final = (
    r"(?:i|we)(?:'?ve got| have got|'?ve| have| still have| only have| just have| got| only got)|there(?:'s| is| are)|"
    rf"(?:in|at) (?:the|my|our)? ?{_KITCHEN},? (?:there (?:is|are)|(?:i|we) have(?: got)?)"
)
_ASKS: Final = (
    rf"(?:what|which (?:meal|dish|recipe)s?)(?: else)? (?:can|could|should|shall|would|do|might) (?:i|we|you) {_COOK}"
)
_WITH_FOODS: Final = rf"{_ASKS}(?: {_WHEN})* (?:with|from|out of|using|given)(?: only| just)? (?P<foods>{_FOODS})"
_SOMETHING_OF: Final = (
    r"(?:please )?(?:can you |could you )?(?:cook|make|prepare|suggest|find|give|plan|show)(?: me)? "
    rf"(?:something|anything|a meal|a dish|a recipe|recipes|{slots.WORDS})(?: {_WHEN})* "
    rf"(?:with|from|using|out of|that uses?(?: up)?) (?P<foods>{_FOODS})"
)
_USE_UP: Final = (
    r"(?:please )?(?:i (?:want|need|would like|have) to |help me |let'?s )?(?:use up|finish up) "
    rf"(?P<foods>{_FOODS})"
)
_HAVE_THEN_ASK: Final = (
    rf"(?:{_HAVE}) (?P<foods>{_FOODS})[.,;!?]* (?:and |so )*"
    rf"(?:{_ASKS}(?: with (?:it|them|that|these|those))?|any (?:ideas?|recipes?)|what(?:'s| is) possible)(?: {_WHEN})*"
)
_LEFT_OVER: Final = r"(?:left|short|to go|remaining|missing|over|under|to eat|to spare|(?:of |more )?protein|more)"
_MACROS: Final = r"(?:calories|kcal|cals|protein|carbs|macros)"
_LEFT_THEN_ASK: Final = (
    r"(?:(?:i'?m|i am|i'?ve got|i'?ve|i have|i need|i|we have|got|there(?:'s| are| is)) )?(?:[\w']+ ){0,3}?"
    rf"(?:\d{{2,4}} ?(?:g|grams?|{_MACROS})(?: \w+){{0,3}}? {_LEFT_OVER}|(?:short|low) (?:on|of) {_MACROS}|"
    rf"(?:under|below) my {_MACROS}(?: target| goal)?|{_MACROS} (?:left|to spare|remaining|to go))"
    rf"(?: {_WHEN})*(?: on protein)?[.,;!?]* (?:and |so |but )*(?:{_ASKS}|what do you (?:suggest|recommend)|"
    rf"(?:any )?(?:ideas?|suggestions?)(?: what to eat)?)(?: {_WHEN})*"
)
_OPENING: Final = r"(?:^|(?<=[.!?;] ))(?:(?:hi|hey|hello|ok|okay|so|well|and)[, ]+)?"
_PATTERNS: Final = tuple(
    re.compile(f"{_OPENING}{pattern}{_END}", re.IGNORECASE)
    for pattern in (_WITH_FOODS, _SOMETHING_OF, _USE_UP, _HAVE_THEN_ASK)
)
_OF_WHAT_IS_LEFT: Final = re.compile(f"{_OPENING}{_LEFT_THEN_ASK}{_END}", re.IGNORECASE)
_TAIL: Final = re.compile(
    rf"(?:,? (?:{_WHEN}|at home|here|left|left over|in (?:the|my|our) (?:fridge|pantry|cupboard|house|kitchen)|please|"
    r"and nothing else|only|please))+$",
    re.IGNORECASE,
)
_LONGEST_NAME_WORDS: Final = 3
_PROTECTING: Final = frozenset(
    ("condition", "symptom", "medication", "injury", "allergy", "intolerance", "dislike", "religious", "exclusion",
     "diet_type")
)  # fmt: skip
_ABOUT_A_BODY: Final = re.compile(
    r"allerg|intoleran|sensitiv|aversion|reaction|react|disease|disorder|syndrome|condition|problem|issue|trouble|"
    r"pregnan|diabet|c(?:o)?eliac|reflux|\bibs\b|\bfree\b|\bdiet\b|vegan|vegetarian|halal|kosher|"
    r"\b(?:no|not|never|without|don't|can't|cannot|avoid|hate|dislike)\b"
)  # never a list of what is in the kitchen: it may decide what is safe


def from_home(text: str, moment: Moment) -> tuple[Span, Intent] | None:
    """Where such a wish stands in a cleaned text, and fill_day with the foods and the meal; None when there is none."""
    if not moment.profile.is_locked:
        return None
    if left := _OF_WHAT_IS_LEFT.search(text):
        meal = FillDay((), slots.inside(left[0].lower()))
        return left.span(), Intent("fill_day", payload=meal, quote=left[0].strip())
    for pattern in _PATTERNS:
        match = pattern.search(text)
        foods = _foods(match["foods"]) if match else ()
        if match and foods and not _is_about_a_body(match[0], moment):
            said = match[0].lower()
            slot = slots.inside(said) or ("dinner" if re.search(r"\b(?:tonight|this evening)\b", said) else None)
            return match.span(), Intent("fill_day", payload=FillDay(foods, slot), quote=match[0].strip())
    return None


def _is_about_a_body(said: str, moment: Moment) -> bool:
    found, rejected = facts(said, moment)
    fields = {fact.field for fact in found} | {wrong.field for wrong in rejected}
    return bool(_ABOUT_A_BODY.search(said.lower()) or fields & _PROTECTING)


def _foods(words: str) -> tuple[FoodItem, ...]:
    """The foods of a list; () where a part of it is no food, because then it is no list of foods."""
    bare = _TAIL.sub("", words.lower().strip())
    found = food_items.items(bare)
    is_list = found and all(len(item.name.split()) <= _LONGEST_NAME_WORDS for item in found)
    known = [item for item in found if food_items.is_food(item.name)]
    return found if is_list and known and 2 * len(known) >= len(found) else ()
