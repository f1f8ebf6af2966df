"""How the person eats: diet type, faith rules, what is avoided, what is disliked."""

import re
from collections.abc import Iterator

from agents.domain.profile import Restriction, RestrictionKind
from agents.schemas import ProfileField
from agents.understanding.findings import Found, fact
from agents.understanding.food_lists import Item, allergens_of, food_code, items
from agents.understanding.hearing import Heard
from agents.understanding.lexicon import Match, phrases, singular, word_set

_MAY_PRECEDE = re.compile(
    r"(?:\W|\b(?:i|we|am|are|is|have|been|a|an|the|strict|strictly|mostly|mainly|currently|now|lifelong|just|also|"
    r"fully|100|been|eat|eating|follow|"
    r"following|on|do|doing|my|diet|wife|and|yes|no|sorry|actually|become|became|went|gone|raised|turned|recently|"
    r"type|pretty much|basically|"
    r"ethical|more|of|well|so|hi|hello|type|only|life long|people|household|kg|kgs|lbs?|cm|ft|st|it|almost|day|to|"
    r"male|female|woman|man|busy|old|year|years|yo|\d+|go|stay|staying)\b)*"
)
_MAY_FOLLOW = re.compile(
    r"\s*(?:$|[,.;!?)(\n:*]|(?:and|but|or|since|for|diet|with|who|because|so|now|at|by|person|woman|man|guy|girl|"
    r"too|please|lifestyle|mostly|as|though|i|not|no|with|household|days|during|when|kg|cm|"
    r"eater|athlete|runner|here|looking|trying|wanting|way of eating|atm|currently|until|today|male|female|except)\b)"
)
_WISH = re.compile(
    r"\b(?:want|wants|like|love|trying|try|thinking|considering|consider|going|planning|plan|might|may|maybe|hope|"
    r"hoping|switch|curious)\b[^,.;]*$"
)
_NO_LONGER = re.compile(r"\b(?:no longer|stopped being|quit being|gave up being|stopped eating|not)\b[^,.;]*$")
_ANY_MORE = re.compile(r"\b(?:any ?more|any longer|no more)\b")
_FAITH = re.compile(
    r"\b(?:halal|kosher|religio\w*|faith|muslim|islam\w*|jewish|hindu\w*|jain\w*|ramadan|haram|church|lent)\b"
)
_FISH_EATEN = re.compile(
    r"\b(?:eat|have|like|love|do|only|just|still|allow)\s+(?:eat\s+)?(?:some\s+|a lot of\s+|lots of\s+)?(?:fish|"
    r"seafood)\b|\bfish\s+(?:is|are)\s+(?:ok|okay|fine|good)\b|\bexcept\s+(?:for\s+)?fish\b|"
    r"\bbut\s+(?:i\s+)?(?:do\s+)?(?:eat\s+)?fish\b|\bfish but no meat\b"
)
_EXCLUDED = re.compile(
    r"\b(?:(?:do|can|could|will|may|must|should|did) not\s+(?:really\s+|ever\s+)?(?:eat|have|touch|consume|drink)|"
    r"never\s+(?:eat|drink|have|touch)|"
    r"not allowed(?:\s+to)?(?:\s+(?:eat|have|drink))?|not eat(?:ing)?|avoid(?:ing)?|stay(?:ing)? away from|"
    r"steer clear of|have cut out|cut out|gave up|given up|giving up)\b(?!\s+(?:anything|much|enough|breakfast|"
    r"lunch|dinner|before|after))"
)
_MISSING = re.compile(
    r"\bdo not (?:really )?have (?:any |enough |the |more )?(?!dairy|milk|gluten|wheat|meat|alcohol|sugar|"
    r"caffeine|nuts|"
    r"eggs|pork|beef|seafood|shellfish)[a-z]"
)  # "I don't have salmon" looks into the fridge; "I don't have dairy" is a way of eating
_NO_FOOD = re.compile(r"\b(?:no|without)\s+(?!longer\b|more\b|problem)")
_PANTRY = re.compile(r"\b(?:have|has|had|there|got|is|are|with|contains?|am out of|left)\s*$")
_FREE = re.compile(
    r"\b(?P<food>gluten|dairy|lactose|sugar|nut|egg|soy|soya|alcohol|caffeine|wheat|pork|meat)[ -]free\b"
)
_DISLIKED = re.compile(
    r"\b(?:hate|hates|dislike|dislikes|detest|loathe|despise|can not stand|can not bear|(?:do|did)"
    r" not (?:really\s+|much\s+)?(?:like|love|enjoy|fancy|care for)|"
    r"not (?:a |an |much of a |a big |a huge )*(?:fan of|keen on|into|fond of)|not a .{0,12}fan of|disgusted by|"
    r"turned off by|dislikes:|picky about|allergic in taste to)\s*:?"
)
_EVERYTHING_BUT = re.compile(
    r"\b(?:everything|anything|all foods?|all)\s*,?\s*(?:but|except(?:\s+for)?|apart from|besides|other than|bar|"
    r"save for)\b"
)
_DENIED_VERB = re.compile(r"\b(?:not|never)\s+$")
_NO_DRINK = re.compile(
    r"\b(?:do not|never|not)\s+drink(?:ing)?(?:\s+(?:any\s+)?alcohol)?\s*(?=$|[,.;!\n]|and\b|or smoke|but\b)|"
    r"\bteetotal(?:l?er)?\b|\b(?:am|i am)\s+sober\b"
)
# Allergens that hurt: said as "everything but …" they are excluded, not merely disliked.
_FIELDS: dict[RestrictionKind, ProfileField] = {
    "religious": "religious",
    "exclusion": "exclusion",
    "dislike": "dislike",
}


def diet(heard: Heard) -> Iterator[Found]:
    """Diet type, faith rules, exclusions and dislikes."""
    yield from _types(heard)
    yield from _religious(heard)
    yield from _excluded(heard)
    yield from _disliked(heard)


def _types(heard: Heard) -> Iterator[Found]:
    table = phrases("diets", "types")
    if not table.touches(heard.stems):
        return
    for match in table.find(heard.asserted, heard.words):
        before, after = heard.before(match.start), heard.asserted[match.end :]
        span = (match.start, match.end)
        if match.code == "omnivore" and (
            match.phrase in ("everything", "anything", "no restrictions", "no preference", "all foods", "no diet")
            or _EVERYTHING_BUT.match(heard.asserted, match.start)
        ):
            continue
        if match.phrase in ("eat everything", "eat anything") and re.match(
            r"\s*(?:but|except|apart|besides|other|bar\b|save|,\s*(?:but|except))", after
        ):
            continue
        if _over(heard, match, before):
            yield fact(heard, "diet_type", match.code, span, op="remove")
        elif _may_be(heard, match, before, after):
            wish = bool(_WISH.search(before))
            eats_fish = match.code == "vegetarian" and bool(_FISH_EATEN.search(heard.asserted))
            code = "pescatarian" if eats_fish else match.code
            yield fact(heard, "diet_type", code, span, confidence=0.5 if wish else 1.0)


def _over(heard: Heard, match: Match, before: str) -> bool:
    if re.search(r"\b(?:no longer|stopped being|quit being|gave up being|stopped)\b[^,.;]*$", before):
        return True
    return bool(re.search(r"\bnot\b[^,.;]*$", before) and _ANY_MORE.search(heard.after(match.end)))


def _may_be(heard: Heard, match: Match, before: str, after: str) -> bool:
    """Whether the word tells how the person eats; "vegan burger" and "not vegan" do not."""
    if heard.scope.is_denied(match.start) or not _MAY_FOLLOW.match(after):
        return False
    return bool(
        _MAY_PRECEDE.fullmatch(before)
        or _WISH.search(before)
        or re.search(r"\bi (?:am|have been|eat|follow|keep|went|do)\b", before)
    )


def _religious(heard: Heard) -> Iterator[Found]:
    table = phrases("diets", "religious")
    if not table.touches(heard.stems):
        return
    for match in table.find(heard.asserted, heard.words):
        if not heard.scope.is_denied(match.start) and not re.match(
            r"\s*(?:cart|shop|restaurant|chicken|meat|burger|food truck)", heard.asserted[match.end :]
        ):
            value = Restriction("religious", match.code, label=heard.quote(match.start, match.end))
            yield fact(heard, "religious", value, (match.start, match.end), op="add")


def _excluded(heard: Heard) -> Iterator[Found]:
    """ "I don't eat pork", "no alcohol", "gluten-free"; no meat is a diet type of its own."""
    avoided = [
        (match.start(), item)
        for match in _EXCLUDED.finditer(heard.asserted)
        if not heard.scope.is_logged(match.start())
        for item in items(heard, match.end())
        if not item.is_severity
    ]
    if _MISSING.search(heard.asserted):
        avoided = [(start, item) for start, item in avoided if not _MISSING.match(heard.asserted, start)]
    avoided += [*_free_of(heard), *_without(heard)]
    if match := _NO_DRINK.search(heard.asserted):
        value = Restriction("exclusion", "alcohol", label=heard.quote(*match.span()))
        yield fact(heard, "exclusion", value, match.span(), op="add")
    yield from _judged(heard, avoided)


def _free_of(heard: Heard) -> Iterator[tuple[int, Item]]:
    """ "gluten-free" as a way of eating."""
    if " free" in heard.asserted or "-free" in heard.asserted:
        for match in _FREE.finditer(heard.asserted):
            if not heard.scope.is_denied(match.start()) and _eats_so(heard, match):
                yield match.start(), Item((match["food"],), match.start(), match.end())


def _without(heard: Heard) -> Iterator[tuple[int, Item]]:
    """ "no pork, no alcohol", but not "we have no milk"; the list ends at the first word that is no food."""
    for match in _NO_FOOD.finditer(heard.asserted):
        if _PANTRY.search(heard.before(match.start())):
            continue
        for item in items(heard, match.end()):
            if item.is_severity or food_code(item.words) is None:
                break
            yield match.start(), item


def _eats_so(heard: Heard, match: re.Match[str]) -> bool:
    """ "I eat gluten-free", "gluten free please"; not "a gluten-free granola"."""
    return bool(_MAY_FOLLOW.match(heard.asserted[match.end() :]))


def _judged(heard: Heard, avoided: list[tuple[int, Item]]) -> Iterator[Found]:
    codes = {food_code(item.words) for _, item in avoided}
    no_meat = "meat" in codes
    if no_meat:
        start, item = next((start, item) for start, item in avoided if food_code(item.words) == "meat")
        yield fact(heard, "diet_type", _diet_without(heard, codes), (start, item.end), confidence=0.9)
    seen: set[str] = set()
    for start, item in avoided:
        code = food_code(item.words)
        if code in seen or code is None or code == "meat" or (no_meat and code in ("fish", "dairy", "eggs")):
            continue
        seen.add(code)
        first, last = heard.sentence(start)
        faith = bool(_FAITH.search(heard.asserted, first, last)) and code in word_set("faith_foods")
        kind: RestrictionKind = "religious" if faith else "exclusion"
        value = Restriction(kind, code, label=heard.quote(item.start, item.end))
        yield fact(heard, _FIELDS[kind], value, (start, item.end), op="add")


def _diet_without(heard: Heard, codes: set[str | None]) -> str:
    if codes >= {"eggs", "dairy"} or codes >= {"eggs", "milk"}:
        return "vegan"
    eats_fish = "fish" not in codes and "seafood" not in codes and bool(_FISH_EATEN.search(heard.asserted))
    return "pescatarian" if eats_fish else "vegetarian"


def _disliked(heard: Heard) -> Iterator[Found]:
    text = heard.asserted
    for match in _DISLIKED.finditer(text):
        if not _DENIED_VERB.search(heard.before(match.start())):
            yield from _dislikes(heard, match.start(), list(items(heard, match.end())))
    for match in _EVERYTHING_BUT.finditer(text):
        listed = [item for item in items(heard, match.end()) if not item.is_severity]
        for at, item in enumerate(listed):
            start = match.start() if at == 0 else item.start
            if food_code(item.words) == "meat":
                yield fact(heard, "diet_type", "vegetarian", (start, item.end), confidence=0.9)
            elif code := food_code(item.words):
                risky = not word_set("risky_foods").isdisjoint(allergens_of(item.words, only_known=True))
                yield _restriction(heard, "exclusion" if risky else "dislike", code, item, start)


def _dislikes(heard: Heard, start: int, listed: list[Item]) -> Iterator[Found]:
    """The foods of a list; with one known food in it, unknown words of the list count as foods too."""
    named = [item for item in listed if not item.is_severity]
    if not named or food_code(named[0].words) is None:
        return
    for at, item in enumerate(named):
        code = food_code(item.words)
        if code is None and (len(item.words) > 2 or item.words[-1].endswith("ing")):
            return
        yield _restriction(heard, "dislike", code or disliked_code(item), item, start if at == 0 else item.start)


def disliked_code(item: Item) -> str:
    """The ingredient token of a disliked thing: the table's, else its plain singular words."""
    return food_code(item.words) or allergens_plain(item.words)


def allergens_plain(words: tuple[str, ...]) -> str:
    """The plain singular words of an item."""
    return " ".join(singular(word) for word in words)[:60]


def _restriction(heard: Heard, kind: RestrictionKind, code: str, item: Item, start: int) -> Found:
    value = Restriction(kind, code, label=heard.quote(item.start, item.end))
    return fact(heard, _FIELDS[kind], value, (start, item.end), op="add")
