"""What is to be kept in mind, let go of, put right and shown: "remember that …", "forget that …".

Such a sentence is read as a whole, because the words to remember would otherwise look like wishes of their own. What
counts for the plans (an allergy, a weight, a pain) is left to the readers of facts and never remembered.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from agents.domain.remembering import LONGEST, unfit
from agents.schemas import Intent, Moment, Remember, Target
from agents.understanding import clauses, told
from agents.understanding.facts import facts
from agents.understanding.quotes import Span

Found = tuple[tuple[Span, ...], Intent]

_POLITE: Final = (
    r"(?:(?:please|pls|plz|ok|okay|so|and|also|hey|hi|hello|well|btw|by the way|oh|keel|coach|just|actually|"
    r"(?:can|could|would|will) you|you (?:should|can|could|may|might)|i(?:'d| would) (?:like|want) you to|"
    r"i (?:want|need) you to|try to)[,:]? )*"
)
_LATER: Final = r"(?: for (?:me|later|next time|(?:the )?future(?: reference)?))?"
_KEEP: Final = (
    r"(?:(?:remember|memori[sz]e|(?:keep|bear) in mind|keep in (?:your )?memory|don't forget|do not forget|"
    r"never forget|note(?: down)?|(?:make|take) (?:a )?note(?: of (?:this|it|that))?|write down|save|store|"
    rf"add to (?:your )?(?:memory|notes))(?: (?:this|it|the following))?{_LATER}|"
    r"for (?:the )?future(?: reference)?|for (?:next time|later)|"
    r"for your (?:information|notes|memory)|fyi|(?:just )?so (?:that )?you know|"
    r"something (?:you should|to) (?:know|keep in mind|remember))"
)
_WITH_THAT: Final = re.compile(
    rf"{_POLITE}{_KEEP}(?:,? that(?!'s (?:it|all)\b)|\s?[:,–—-]+(?: that)?) +(?P<what>.+)", re.IGNORECASE
)
_BARE: Final = re.compile(
    rf"{_POLITE}(?:remember|(?:keep|bear) in mind|don't forget|do not forget|for (?:the )?future|fyi|note){_LATER} +"
    r"(?P<what>(?:i|i'm|im|i've|i'd|i'll|we|we're|we've|my|our|there's|there is|every|weekends?|mornings?|evenings?|"
    r"(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b.+)",
    re.IGNORECASE,
)
_TELLS: Final = (
    r"is|are|was|were|am|be|i'm|im|we're|it's|there's|has|have|had|i've|we've|do|does|did|don't|doesn't|didn't|can|"
    r"can't|cannot|could|couldn't|will|won't|would|wouldn't|i'll|we'll|i'd|must|should|shouldn't|may|might|never|always|"
    r"usually|go|goes|moved?|hate|love|like|prefer|need|want|enjoy|dislike|work|live|travel|study|sleep|eat|train"
)
_SAYS_SOMETHING: Final = re.compile(rf"\b(?:{_TELLS}|\w{{3,}}(?:s|es|ed|ing)|(?:i|we) \w+ \w+)\b", re.IGNORECASE)
_SAYS_PLAINLY: Final = re.compile(rf"\b(?:{_TELLS}|(?:my|our) (?:\w+ ){{1,3}}\w{{3,}}s)\b", re.IGNORECASE)
_STANDS_ALONE: Final = re.compile(
    r"(?:that )?(?:i|i'm|im|i've|i'd|i'll|we|we're|we've|my|our|every|there's|there is|weekends?|mornings?|evenings?|"
    r"(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b(?! too\b)",
    re.IGNORECASE,
)
_NO_STATEMENT: Final = re.compile(r"(?:what|when|where|who|how|why|which|to|the milk|your|you\b)", re.IGNORECASE)
_OF_ME: Final = r"(?: (?:about|of|on|from) (?:me|our (?:chats?|talks?|conversations?)))?"
_NOTES: Final = r"(?:memory|memories|notes?|facts?|things (?:that )?you remember(?:ed)?)"
_SHOWN: Final = re.compile(
    rf"{_POLITE}(?:what(?: all| else)? (?:do|did|can|have|are|will) you (?:still |all )?(?:remember(?:ed|ing)?|"
    rf"memori[sz]ed?|keep(?:ing)? in mind|kept in mind){_OF_ME}|"
    r"(?:do|can) you (?:still )?remember (?:anything|something|what i (?:said|told you|asked you to remember))"
    rf"{_OF_ME}|(?:which|what) things (?:do|did|have|should) (?:you|i) "
    rf".{{0,30}}(?:remember|(?:keep|kept) in mind|noted){_OF_ME}|"
    rf"what(?:'s| is| are) (?:in|on) your {_NOTES}{_OF_ME}|"
    rf"(?:what|which) {_NOTES} (?:do|have) you (?:have|got|made){_OF_ME}|"
    r"(?:show|list|open|see|read|give|tell)(?: me)?(?: (?:everything|all|that|the|your|my|what))*"
    rf" (?:{_NOTES}(?: you (?:have|keep|took|made))?|you(?:'ve| have)? (?:remember(?:ed)?|kept in mind)){_OF_ME}|"
    rf"your {_NOTES} (?:of|about|on) me|my memories)(?: please| so far| now)?",
    re.IGNORECASE,
)
_FORGET: Final = (
    r"(?:forget|stop (?:remembering|keeping in mind)|(?:delete|remove|erase|drop|clear|scrap|get rid of)"
    r"(?: (?:the|that|your|my))? (?:note|memory|fact|entry)s?)"
)
_LET_GO: Final = re.compile(
    rf"{_POLITE}{_FORGET},?(?: (?:that|about|of|on|what i (?:said|told you) (?:about|on)|"
    r"the (?:thing|note|fact|one)(?: about| with| that)))+ +(?P<what>.+)",
    re.IGNORECASE,
)
_NUMBER: Final = (
    r"(?:number |no\.? ?|nr\.? ?|#|the )?"
    r"(?P<number>\d{1,2}|first|second|third|fourth|fifth|last|one|two|three|four|five)(?:st|nd|rd|th)?"
)
_LET_GO_NUMBER: Final = re.compile(
    rf"{_POLITE}(?:forget|(?:delete|remove|erase|drop)(?: (?:the|your))? (?:note|memory|fact)) {_NUMBER}"
    r"(?: (?:note|memory|fact|thing|one))?(?: (?:of|in|from) (?:your|the|my) (?:notes|memory|memories|list))?",
    re.IGNORECASE,
)
_LET_GO_ALL: Final = re.compile(
    rf"{_POLITE}(?:forget|delete|erase|clear|wipe|empty|remove|reset)"
    r"(?: (?:all|everything|the|your|of|my|whole|entire))* (?:(?:memory|memories|notes)|"
    r"(?:that )?you(?:'ve| have)? (?:remember(?:ed)?|kept in mind|noted))(?: (?:about|of|on) me)?",
    re.IGNORECASE,
)
_PUT_RIGHT: Final = re.compile(
    rf"{_POLITE}(?:change|correct|edit|update|replace|fix|rewrite)(?: (?:the|your|my))? (?:note|memory|fact) {_NUMBER}"
    r"(?: (?:of|in) your (?:notes|memory))?(?: to(?: say)?| into| with|:|,| [-–—])+ +(?P<what>.+)",
    re.IGNORECASE,
)
_ABOUT_THE_DAY: Final = re.compile(
    r"\b(?:today|tonight|this (?:morning|afternoon|evening)|now|tomorrow)\b", re.IGNORECASE
)
_NO_MEMORY: Final = re.compile(
    r"(?:me|us|it|that|this|everything|all(?: of it)?|my (?:data|account|profile))\b[.! ]*", re.IGNORECASE
)
_SENTENCE: Final = re.compile(r"(?:[^.!?\n…]|\.(?=\S))+[.!?…]*")
_ORDERED: Final = re.compile(
    r"(?:please |hey |and |also )*(?:can|could|would|will) you (?:please )?"
    r"(?:remember (?!me\b|my\b|when|what|how|if|any)|keep|bear|note|forget|make|write|save|delete|remove|change)",
    re.IGNORECASE,
)
_EVERYTHING: Final = re.compile(r"(?:forget|delete|clear|erase|empty)(?: (?:all|everything|it))*", re.IGNORECASE)
_PLACES: Final = {
    "first": 1, "one": 1, "second": 2, "two": 2, "third": 3, "three": 3, "fourth": 4, "four": 4, "fifth": 5, "five": 5,
    "last": -1,
}  # fmt: skip
_MOST_READ: Final = 2 * LONGEST  # characters: what is longer is a story and not a fact
_EDGES: Final = " \t\n.,;:!…-–—\"'“”"


def sentences(text: str, moment: Moment) -> tuple[Found, ...]:
    """Where such sentences stand in a cleaned text, and what each wants."""
    if not _may_hold_one(text):
        return ()
    return tuple(found for match in _SENTENCE.finditer(text) for found in _read(match, moment))


def ordered(argument: str, moment: Moment) -> Intent | None:
    """What the words behind /memory want; words that order nothing are to be remembered."""
    said = argument.strip().rstrip(".!…? ")
    if _EVERYTHING.fullmatch(said):
        return Intent("forget", payload=Target(everything=True), quote=said)
    forgotten = re.fullmatch(r"(?:forget|delete|remove)\b(?: (?:that|about))* *(?P<what>.+)", said, re.IGNORECASE)
    if (target := _let_go(said)) is None and forgotten:
        target = _let_go(f"forget that {forgotten['what']}")
    if target is not None:
        return Intent("forget", payload=target, quote=said)
    return Intent("remember", payload=_wish(said, moment), quote=said) if said else None


def openers(text: str) -> tuple[Span, ...]:
    """Where "don't forget that" and its like stand: what follows is said by the person, and not denied by it."""
    if not _may_hold_one(text):
        return ()
    found = []
    for match in _SENTENCE.finditer(text):
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        if kept := _told_to_keep(match[0].strip().rstrip(".!…? ")):
            found.append((start, start + kept.start("what")))
    return tuple(found)


def _may_hold_one(text: str) -> bool:
    """A cheap look, because nearly no message does."""
    return _CUE.search(text) is not None


_CUE: Final = re.compile(
    r"rememb|memor|mind|forget|\bnotes?\b|\bwrite|\bfuture|next time|for later|\bfyi\b|you know|information|\bsave\b|"
    r"\bstore\b|should know|\bfacts?\b",
    re.IGNORECASE,
)


def _read(match: re.Match[str], moment: Moment) -> Iterator[Found]:
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    said = match[0].strip().rstrip(".!…? ")
    span = ((start, match.end()),)
    if shown := _SHOWN.fullmatch(said):
        yield span, Intent("memory_view", quote=shown[0])
    elif match[0].rstrip().endswith("?") and not _ordered(said):
        return
    elif (target := _let_go(said)) is not None:
        yield span, Intent("forget", payload=target, quote=said)
    elif put_right := _PUT_RIGHT.fullmatch(said):
        text = put_right["what"].strip(_EDGES)[:LONGEST]
        wish = _wish(text, moment, number=_place(put_right["number"]))
        yield span, Intent("remember", payload=wish, quote=said)
    elif kept := _told_to_keep(said):
        yield from _kept(kept, start, moment)


def _ordered(said: str) -> bool:
    """ "Can you remember that I hate mornings?" orders politely."""
    return _ORDERED.match(said) is not None


def _let_go(said: str) -> Target | None:
    if _LET_GO_ALL.fullmatch(said):
        return Target(everything=True)
    if numbered := _LET_GO_NUMBER.fullmatch(said):
        return Target(number=_place(numbered["number"]))
    named = _LET_GO.fullmatch(said)
    if named is None or _NO_MEMORY.fullmatch(named["what"]) or _ABOUT_THE_DAY.search(named["what"]):
        return None
    return Target(words=named["what"].strip(_EDGES)[:LONGEST])


def _told_to_keep(said: str) -> re.Match[str] | None:
    """ "Remember that …"; without "that" the words must plainly be a whole sentence themselves."""
    if (kept := _WITH_THAT.fullmatch(said)) is not None:
        return kept
    kept = _BARE.fullmatch(said)
    return kept if kept and _SAYS_PLAINLY.search(kept["what"]) else None


def _place(words: str) -> int:
    return int(words) if words.isdigit() else _PLACES[words.lower()]


def _kept(match: re.Match[str], start: int, moment: Moment) -> Iterator[Found]:
    """The words to remember, without the clauses that are facts of the profile; nothing when none are left."""
    what = match["what"]
    if len(what) > _MOST_READ:
        return
    if _NO_STATEMENT.match(what) or not _SAYS_SOMETHING.search(what) or unfit(what) == "orders":
        return
    pieces = clauses.split(what)
    offset = start + match.start("what")
    fit = [piece for piece in pieces if not _is_of_the_profile(piece.text, moment)]
    if len(fit) == len(pieces) and not _has_facts(what, moment):
        text = what.strip(_EDGES)
        yield ((start, start + match.end()),), Intent("remember", payload=_wish(text, moment), quote=text)
        return
    for piece in fit:
        text = piece.text.strip(_EDGES)
        if len(pieces) > 1 and len(text.split()) > 2 and _STANDS_ALONE.match(text) and _SAYS_SOMETHING.search(text):
            span = (offset + piece.start, offset + piece.end)
            yield (span,), Intent("remember", payload=_wish(text, moment), quote=text)
    if not fit and not _has_facts(what, moment):
        text = what.strip(_EDGES)[:LONGEST]
        yield (), Intent("remember", payload=Remember(text), quote=text)


def _wish(text: str, moment: Moment, number: int | None = None) -> Remember:
    kind = told.kind_of(text, moment) or "memory"
    return Remember(text[:LONGEST], kind, on=told.day_of(text, kind, moment), number=number)


def _is_of_the_profile(text: str, moment: Moment) -> bool:
    return unfit(text) == "profile" or _has_facts(text, moment)


def _has_facts(text: str, moment: Moment) -> bool:
    found, rejected = facts(text, replace(moment, expecting=None, options=()))
    return bool(found or rejected)
