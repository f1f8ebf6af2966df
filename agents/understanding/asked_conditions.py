"""The answer to "any condition?", entry by entry: what no word list of the chat knows is looked up in the safety
tables, and what nobody knows stays as it was said (science.md S-103)."""

import re
from collections.abc import Iterable, Iterator

from agents.domain.safety.conditions import OTHER, named
from agents.understanding.findings import Found, fact
from agents.understanding.hearing import Heard
from agents.understanding.lexicon import word_set
from agents.understanding.named_conditions import codes_for

LONGEST_LIST = 20  # words
LONGEST_ENTRY = 6  # words; more is a story, and a story names its conditions in words the lists know
UNSURE_OF = 0.6  # as good as a code when it is kept, and the first to give way
_TAKES = ("condition", "medication", "injury")
_HEALTH = (*_TAKES, "symptom", "clearance")
_BETWEEN = re.compile(r"\s*(?:[,;/&\n•]|\b(?:and|plus|also|as well as)\b)\s*")
_INTRO = re.compile(
    r"\W*(?:(?:yes|yeah|yep|well|um|ok|i|ve|i am|i have|i have got|i had|i suffer from|i was|got|have|diagnosed|with|"
    r"been|just|only|really|my|a|an|the|some|bit|little|of|kind|sort|mild|slight|severe|bad|called|it is|is|it|also|"
    r"something|else|other|condition|disease)\b\W*)*"
)
_REMARK = re.compile(
    r"(?:on|taking|takes?|for|since|because|but|that|which|so|controlled|managed|treated|under|now|then|when|if|after|"
    r"before|left|right|both|it|they|he|she|my|you|we|this|doctor|doc|gp)\b"
)
_WELL_NOW = re.compile(r"\b(?:well|better|fine|good|recovered|healthy|healed|over it)\b(?: again| now)?\W*$")


def entries(heard: Heard, found: Iterable[Found]) -> Iterator[Found]:
    """Each part of the list that no condition, medicine or hurt in `found` rests on; nothing where the list is empty.

    Beside another fact (a sign, an age), and in a message that tells of more, only a known condition counts.
    """
    others = tuple(found)
    if any(each.item.field == "condition" and getattr(each.item, "op", "") == "none" for each in others):
        return
    is_list = len(heard.words) <= LONGEST_LIST and all(each.item.field in _HEALTH for each in others)
    taken = [(each.start, each.end, each.item.field in _TAKES) for each in others]
    for start, end in _parts(heard.asserted):
        over = [is_final for begin, stop, is_final in taken if begin < end and stop > start]
        if any(over) or heard.scope.is_denied(start):
            continue
        words = heard.asserted[start:end]
        known = named(words).codes
        for code in _read(words, heard.quote(start, end)):
            if code in known or (is_list and not over):
                is_sure = code in known and code != OTHER
                yield fact(heard, "condition", code, (start, end), op="add", confidence=1.0 if is_sure else UNSURE_OF)


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Begin and end of each entry, without what leads to it."""
    begin = 0
    for stop in [*_BETWEEN.finditer(text), None]:
        end = stop.start() if stop else len(text)
        intro = _INTRO.match(text, begin, end)
        start = intro.end() if intro else begin
        kept = text[start:end].rstrip(" .!?…'\")")
        if kept.strip():
            yield start, start + len(kept)
        begin = stop.end() if stop else end


def _read(words: str, quote: str) -> tuple[str, ...]:
    """Codes, or the words themselves; nothing for what names no condition."""
    said = words.split()
    if len(said) > LONGEST_ENTRY or not re.search(r"[^\W\d_]{2}", words):
        return ()
    if _REMARK.match(words) or _WELL_NOW.search(words):
        return ()
    if set(said) <= word_set("small_talk") | word_set("beside_none"):
        return ()
    if named(words).is_known:
        return codes_for(words) if named(words).codes else ()
    return tuple(dict.fromkeys((*(code for code in codes_for(words) if code != OTHER), " ".join(quote.split()))))
