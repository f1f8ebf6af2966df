"""A message cut into clauses: what stands between commas, full stops and "and", each with a plain form to match on.

Cutting is generous; `agents.understanding.intents` joins again what belongs together (lists of foods, of sets). Commas
inside numbers, points inside times and pairs such as "between 10 and 7" or "mac and cheese" are never cut.
"""

import re
from dataclasses import dataclass
from typing import Literal

from agents.understanding import chat, lexicon

MAX_CHARACTERS = 4096  # the longest text Telegram delivers; what is beyond it is not read
MAX_PIECES = 60  # beyond it the rest stays one piece, so that a page of commas costs no more than a page

Joint = Literal["soft", "comma", "hard", "but"]

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_CUT = re.compile(
    r"""(?P<hard>[.!?;…]+(?=\s|$)|\n+|\s+[–—]\s+|,?\s+(?:because|cuz|coz|cos(?!\s+lettuce))\s+)
      |(?P<run>\s+(?<!when\s)(?<!if\s)(?<!that\s)(?<!think\s)(?<!say\s)(?<!says\s)(?<!where\s)(?<!hope\s)(?<!check\s)
       (?=(?:my|the)\s+(?:(?:left|right|lower|upper)\s+)?[a-z]{2,9}(?:'s)?\s+(?:is\s+|are\s+|really\s+|still\s+)*
       (?:hurt(?:s|ing)?|ach(?:es|ing)|sore|killing|painful|in\s+agony)\b))
      |(?P<dash>\s+-\s+(?=(?:what|why|how|who|can|could|do|does|is|are|i|i'm|but|and|please|also)\b))
      |(?P<comma>,(?!\d)(?:\s+(?:and\s+also|and\s+then|also|and|plus|then)(?=\s))?)
      |(?P<soft>\s+(?:and\s+also|and\s+then|also|and|plus|then|&|n)\s+|,?\s+so\s+
       (?=(?:i'll|i\s+(?:will|can't|cannot|won't|skipped|want|need|skip)|(?:i'm|im|i\s+am)\s+(?:skipping|not|going\s+to\s+skip|
       taking|gonna\s+skip|giving)|can\s+(?:you|we|i)|could|please|let's|skip|swap|move|what|how|update|change|make|give|show|
       replan|set|shorten|cancel|pause|remind|use|switch|stop)\b))
      |(?P<but>,?\s+but\s+)""",
    re.IGNORECASE | re.VERBOSE,
)
_WHOLE = re.compile(
    r"""\b(?:\d+|one|two|three|four|five|six|an?\s+hour)\s+and\s+(?:an?\s+)?(?:half|quarter)
      |\bbetween\s+\S+(?:\s?[ap]\.?m\.?)?\s+and\b
      |\b(?:mac|macaroni|fish|peanut\s+butter|pb|rice|ham|salt|bacon|beans|biscuits|bangers|surf|meat|bread)\s+and\s+
       (?:cheese|chips|jelly|j|jam|beans|eggs?|pepper|toast|gravy|mash|turf|two\s+veg)\b
      |\b(?:push|start|stop|warm|cool|up)\s+and\s+(?:pull|stop|go|down)\b
      |\b[ap]\.m\.|\b(?:e\.g|i\.e|approx|mins?|hrs?|tbsp|tsp|oz|lbs?)\.(?=\s)""",
    re.IGNORECASE | re.VERBOSE,
)
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d]+")
_LONG_WORD = re.compile(r"(?<![\w'-])[a-z]{6,18}(?![\w'-])")
_SPACES = re.compile(r"\s+")
_LEADING = re.compile(
    r"^(?:(?:ok(?:ay)?|so|well|um+|hey|hi|hello|and|also|then|please|pls|btw|by the way|oh|hmm|yo|but|plus|"
    r"coach|keel|actually|tbh|ngl|honestly|lol|omg|oi|god|ugh|argh|aw+|wait(?! (?:for|until|till|a|an|\d))|"
    r"hang on(?! a)|hold on(?! a)|oops|whoops|ah|er+m?|uh+(?! huh)|fyi|quick question|listen|look(?=,)|anyway|anyways|"
    r"alright(?=[ ,]+(?!mate|then|with|by))|nah(?=[ ,]+(?:not|no)\b))(?:\s*[,.!:]+\s*|\s+))+(?=\S)"
)
_POLITE = re.compile(
    r"^(?:(?:can|could|would|will|may) (?:you|we|i)(?: please)?(?: just)? |i(?:'d| would) (?:like|love)(?: you)? to |"
    r"i (?:want|need|wanna)(?: you)?(?: to)? |i'd (?:rather|prefer to) |let(?:'s| me| us) |please |pls |just |"
    r"(?:i think )?i(?:'ll| will)(?: have to| just)? |i(?:'m| am) (?:going to|gonna) |i (?:have|am going) to |"
    r"would it be possible to |is it possible to |help me |would you mind |do you think (?:you|we|i) (?:could|can) |"
    r"(?:is there )?any chance (?:you|we|i) (?:could|can) |is there (?:a|any) way to |"
    r"i (?:was|am) (?:hoping|wondering) "
    r"(?:if )?(?:you|we|i) (?:could|can) |(?:it would|it'd|that would) be (?:great|good|nice|lovely|cool) if "
    r"(?:you|we) (?:could|can) |you (?:can|could|may|might) (?:just |please )?|feel free to |shall we |"
    r"why don't (?:we|you) |lets |i wanna |be so kind and |kindly |do me a favou?r and )+"
)
_TRAILING = re.compile(
    r"(?:[\s,]+(?:please|pls|plz|thanks|thank you|thx|for me|mate|buddy|coach|ok|okay|then|right now|now|asap|cheers|"
    rf"{chat.filler_pattern()}))+$"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: `text` as typed; `said` in lower case without end marks; `plain` also without leading fillers
    ("ok so"); `order` also without politeness ("could you please").
    """

    text: str
    said: str
    plain: str
    order: str
    asks: bool = False
    joint: Joint = "hard"  # what stands before it
    start: int = 0
    end: int = 0


def clean(text: str) -> str:
    """The text without control and direction marks, apostrophes straightened, cut at MAX_CHARACTERS."""
    text = _CONTROL.sub("", text[:MAX_CHARACTERS])
    return text.replace("\u2019", "'").replace("\u2018", "'").replace("\u00a0", " ").strip()


def said(text: str) -> str:
    """Lower-case, one space between words, no end marks; emoji only where nothing else is there."""
    low = text.lower()
    if not low.isascii():
        low = _EMOJI.sub(" ", low).strip() or low
    return _SPACES.sub(" ", low).strip(".!?,;:…\"'()*_~ ") or low.strip()


def clause(text: str, *, joint: Joint = "hard", start: int = 0, end: int = 0) -> Clause:
    """This text as one clause."""
    spoken = said(text)
    short = _mended(chat.spelled_out(spoken))
    simple = _LEADING.sub("", short) or short
    without_thanks = _TRAILING.sub("", simple)
    order = _POLITE.sub("", without_thanks) or without_thanks
    asks = text.rstrip().endswith("?")
    return Clause(text=text, said=spoken, plain=simple, order=order, asks=asks, joint=joint, start=start, end=end)


def _mended(spoken: str) -> str:
    """Long everyday words with one letter too many, too few or wrong: "shoping list" asks for the shopping list."""
    found = ((word, lexicon.corrected(word)) for word in _LONG_WORD.findall(spoken))
    for word, meant in found:
        if meant is not None:
            spoken = spoken.replace(word, meant)
    return spoken


def split(text: str) -> tuple[Clause, ...]:
    """The clauses of a cleaned text, in order; empty ones are dropped."""
    whole = [match.span() for match in _WHOLE.finditer(text)]
    found: list[Clause] = []
    start, joint = 0, "hard"
    for match in _CUT.finditer(text):
        if len(found) >= MAX_PIECES:
            break
        while whole and whole[0][1] <= match.start():
            whole.pop(0)
        if whole and whole[0][0] < match.end() and match.start() < whole[0][1]:
            continue
        marked = match["hard"] and not match["hard"][0].isspace() and match["hard"][0] != ","
        end = match.end() if marked else match.start()  # the end mark stays: it tells a question
        _keep(found, text, start, end, joint)  # type: ignore[arg-type]
        start, joint = match.end(), "hard" if match["run"] or match["dash"] else match.lastgroup or "hard"
    _keep(found, text, start, len(text), joint)  # type: ignore[arg-type]
    return tuple(found)


def join(text: str, clauses: tuple[Clause, ...]) -> Clause:
    """Neighbouring clauses as the one clause they were cut from."""
    first, last = clauses[0], clauses[-1]
    if first is last:
        return first
    return clause(text[first.start : last.end], joint=first.joint, start=first.start, end=last.end)


def _keep(found: list[Clause], text: str, start: int, end: int, joint: Joint) -> None:
    piece = text[start:end]
    if piece.strip(" \t\n.,;!…-–—"):
        found.append(clause(piece, joint=joint, start=start, end=end))
