"""Which part of a message is said about the person, here and now.

Blanked out are questions ("is 82 kg too much?"), other people ("my wife is vegan"), the past ("used to be vegetarian"),
conditions ("if I were 80 kg") and orders ("remind me at 7"). Marked are what is denied ("no diabetes, asthma or gout")
and what was done or eaten ("ran 5 km", "had 200 g chicken"), whose numbers are no body data.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

Span = tuple[int, int]

_LONGEST_SENTENCE = 480  # characters
_LONGEST_CLAUSE = 160  # characters

_PEOPLE = (
    "wife|husband|partner|girlfriend|boyfriend|fiance|fiancee|spouse|mum|mom|mother|dad|father|parents?|brothers?|"
    "sisters?|"
    "siblings?|sons?|daughters?|kids?|child|children|toddler|baby|friends?|mates?|flatmates?|roommates?|housemates?|"
    "colleagues?|coworkers?|boss|neighbou?rs?|aunt|uncle|cousins?|grandma|grandmother|grandpa|grandfather|grandad|"
    "gran|nan|"
    "nephew|niece|family|twins?|dog|cat|puppy|horse|ex|guests?|clients?|teacher|gf|bf"
)
_CLINICIANS = (
    "doctor|doc|physio|physiotherapist|gp|dietitian|dietician|nutritionist|trainer|coach|nurse|surgeon|therapist"
)

# Anything here may change the scope; a text without it is asserted as a whole.
_CUE = re.compile(
    rf"\?|\b(?:he|she|they|his|her|their|someone|somebody|people|person|anyone|{_PEOPLE}|{_CLINICIANS}|"
    r"is|are|was|were|does|did|could|should|would|will|shall|what|how|why|which|who|whose|when|where|am i|do (?:i|"
    r"you|we)|"
    r"can (?:i|you|we)|may i|have (?:i|you)|has|if|imagine|suppose|supposing|pretend|assuming|used to|as a|"
    r"former(?:ly)?|"
    r"remind|log|swap|replace|move|shift|postpone|delete|cancel|snooze|skip|pause|resume|show|track|for an?|ex)\b"
)
_SENTENCE = re.compile(r"[!?;\n]+|\.+(?=\s|$)|(?<=[a-z]{3})\.(?=[a-z])")
_CLAUSE = re.compile(
    r",(?!\d)|(?<!\d),|[()\[\]]|\.(?=\.)|\s-\s|\b(?:but|however|although|though|because|since|so|while|whereas)\b|"
    r"\band(?=\s+(?:i|my|we|is|are|can|do|does|should|what|how|now|she|he|they|also|would|will|am|have)\b)|\b(?=who\b)"
)
_FIRST_PERSON = re.compile(rf"\b(?:i|me|mine|myself|my(?!\s+(?:\w+\s+)?(?:{_PEOPLE})\b))\b")
_ASSERTING = re.compile(r"(?:\W|\b(?:and|but|so|well|now|also|ok|hi|hello|hey|yes|no|because|since)\b)*(?:i|my)\b")
_LEAD = r"(?:\W|\b(?:and|so|but|ok|okay|hi|hey|hello|please|well|also|then|or|keel|thanks)\b)*"
_QUESTION = re.compile(
    _LEAD + r"(?:(?:is|are|was|were|does|did|could|should|shall)\b(?!\s+not\b)|(?:would|will)\b(?!\s+(?:like|love|"
    r"prefer|rather|be|not)\b)|"
    r"(?:what|how|why|which|who|whose|when|where)\b|(?:am|do|can|may|have|might|must)\s+(?:i|you|we|they)\b|has\b|"
    r"any\s+\w+\s+for\b)"
)
_STATED_TIME = re.compile(_LEAD + r"(?:when|where|what|which is|who|how)\s+(?:i|my)\b|" + _LEAD + r"which\b")
_ORDER = re.compile(
    r"(?:\W|\b(?:and|please|ok|hey|hi|also|then|keel|just|you)\b)*"
    r"(?:remind(?:er)?|log|swap|replace|move|shift|postpone|delete|cancel|snooze|skip|pause|resume|show|track)\b"
    r"(?!\s+(?:my\s+)?breakfast\b(?=\s+(?:every|most|usually|always)))"
)
_CONDITION = re.compile(
    r"\b(?:even\s+)?if\s+(?:i|we|my|you|it|someone)\b|\bwhat if\b|\b(?:imagine|suppose|supposing|pretend|assuming|"
    r"let us say)\b"
)
_PAST_CLAUSE = re.compile(
    r"\bas an?\s+(?:kid|child|teen\w*|student|baby|boy|girl)\b|\bwhen i was\b|\bback (?:then|when)\b"
)
_PAST = re.compile(
    r"(?<!am )(?<!get )(?<!got )\bused to\b|\bformer(?:ly)?\b|\bex[- ](?=veg|smok)|"
    r"\b(?:i|i have only) was\b(?!\s+(?:also\s+|just\s+|recently\s+|once\s+)?"
    r"(?:born|diagnosed|told|given|prescribed|put on|hoping|wondering|thinking|planning|operated|advised))"
)
_OTHER = re.compile(
    rf"\b(?:(?P<own>my|our|his|her|their|your|the)|an?|some|one of my)\s+(?:(?!and\b)\w+\s+){{0,2}}?(?:{_PEOPLE}|"
    rf"(?P<clinician>{_CLINICIANS}))\b"
    r"(?:'s|s')?|\b(?:someone|somebody|anyone|people|a person|persons|men|women) (?:i|who|with|that|else|in|is|has|"
    r"are|have)\b|"
    rf"(?:^|(?<=\s))(?:{_PEOPLE})(?=(?:'s)?\s+(?:is|are|has|have|was|eats?|hates?|likes?|can|weighs|does|do)\b)|"
    r"\bfor an?\s+\d|\bfor an?\s+(?:\w+\s+)?(?:person|man|woman|guy)\b|"
    # Whoever speaks of "the user" speaks of somebody else, or is a text that wants to be an order.
    r"\bthe (?:user|eater|reader|client|customer|account holder|person)\b|"
    r"\b(?:user|account|client) (?:no\.? ?|# ?)?\d+\b|\bmy character\b"
)
_OTHER_PRONOUN = re.compile(_LEAD + r"(?:he|she|his|her|hers|him)\b")
_OTHER_PLURAL = re.compile(_LEAD + r"(?:they|their|them|who|whose|it|its)\b")
_FAMILY = re.compile(r"\bruns in (?:the|my|our) family\b|\bfamily history\b|\bin (?:my|our|the) family\b")
_NOT_THE_SUBJECT = re.compile(r"\s*(?:$|(?:and|&)\s+(?:i|me|myself)\b|(?:in|at|near|on|from|to|about|so|too)\b|[,.])")
_ON_PURPOSE = re.compile(r"\b(?:i am|am|being|as|i have|have|had|got|new)\s+$")
_CARED_FOR = re.compile(r"\b(?:walk|walking|feed|feeding|walks? with|play with|playing with)\s+$")
_LOGGED = re.compile(
    r"\b(?:ate|eaten|drank|ran|jogged|walked|cycled|swam|rowed|hiked|lifted|benched|squatted|deadlifted|did|burned|"
    r"burnt|slept|lost|gained|bought|cooked)\b|\b(?:bench|squat|deadlift|press)(?:ing)?\b(?=[^\d,]{0,14}\d)|"
    r"\b(?:had|having)\b\s+(?:an?\s+)?(?:\d|half|some|big|small|for (?:breakfast|lunch|dinner))|\bfor (?:breakfast|"
    r"lunch|dinner)\b"
)
_DENIAL = re.compile(
    r"\b(?:no(?!\s+(?:longer|problem|worries|more|i|my|it|we|actually|sorry|thanks|thank|just)\b)|not(?!\s+(?:only|just|sure)\b)|never|without|nor|neither|"
    r"none of)\b"
)
_DENIAL_ENDS = re.compile(
    r"\band\b(?=\s+(?:an?|my|i|am|have|had|on|take|need|want|vegan|vegetarian)\b)|\bbut\b|\bonly\b|\bexcept\b|"
    r"\bapart from\b|\d+\s*(?:kg|cm|lb)"
)
_AND = re.compile(r"\band\b")
_VERB = re.compile(
    r"\b(?:i|my|we|am|is|are|have|has|had|want|need|take|eat|live|work|train|like|love|hate|weigh|sleep|no|not|on)\b|\d"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What is asserted, where clauses and sentences start, what is denied, what only tells of food or sport done."""

    asserted: str
    sentence_starts: tuple[int, ...]
    clause_starts: tuple[int, ...]
    denied: tuple[Span, ...]
    logged: tuple[Span, ...]

    def is_denied(self, position: int) -> bool:
        """Whether what stands here is denied ("no diabetes")."""
        return _inside(self.denied, position)

    def is_logged(self, position: int) -> bool:
        """Whether this clause tells of something eaten or done."""
        return _inside(self.logged, position)


def scope(text: str, *, is_answer: bool) -> Scope:
    """The scope of a canonical text. `is_answer`: a bare "82?" is an answer, not a question."""
    sentences = _bounded(_spans(_SENTENCE, text, 0, len(text)), text, _LONGEST_SENTENCE)
    clauses = [_bounded(_spans(_CLAUSE, text, start, end), text, _LONGEST_CLAUSE) for start, end in sentences]
    asserted = _asserted(text, sentences, clauses, is_answer=is_answer) if _CUE.search(text) else text
    flat = [clause for group in clauses for clause in group]
    return Scope(
        asserted,
        tuple(start for start, _ in sentences),
        tuple(start for start, _ in flat),
        _merged(list(_denials(asserted, clauses))) if _DENIAL.search(asserted) else (),
        tuple(span for span in flat if _LOGGED.search(text, *span)) if _LOGGED.search(text) else (),
    )


def _inside(spans: tuple[Span, ...], position: int) -> bool:
    at = bisect_right(spans, position, key=_start) - 1
    return at >= 0 and position < spans[at][1]


def _start(span: Span) -> int:
    return span[0]


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    """The spans in order, those that overlap joined."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def _spans(boundary: re.Pattern[str], text: str, start: int, end: int) -> list[Span]:
    """The stretches between boundaries; a mark belongs to the stretch before it, a word to the one after."""
    spans: list[Span] = []
    at = start
    for match in boundary.finditer(text, start, end):
        cut = match.start() if match[0][:1].isalpha() or not match[0] else match.end()
        if cut > at:
            spans.append((at, cut))
            at = cut
    if at < end or not spans:
        spans.append((at, end))
    return spans


def _bounded(spans: list[Span], text: str, longest: int) -> list[Span]:
    """The spans, those longer than anybody speaks cut at a space, so that no rule ever looks far."""
    if all(end - start <= longest for start, end in spans):
        return spans
    cut: list[Span] = []
    for start, end in spans:
        at = start
        while end - at > longest:
            space = text.rfind(" ", at + 1, at + longest)
            stop = space if space > at else at + longest
            cut.append((at, stop))
            at = stop
        cut.append((at, end))
    return cut


def _asserted(text: str, sentences: list[Span], clauses: list[list[Span]], *, is_answer: bool) -> str:
    pieces: list[str] = []
    at = 0
    about_other = False
    for sentence, group in zip(sentences, clauses, strict=True):
        reader = _Sentence(text, sentence, is_answer=is_answer and len(text) < 40, about_other=about_other)
        for start, end in (span for clause in group for span in reader.blanked(clause)):
            begin = max(start, at)
            if end > begin:
                pieces += (text[at:begin], "." * (end - begin))
                at = end
        about_other = reader.mode == "other"
    return "".join((*pieces, text[at:]))


class _Sentence:
    """Reads one sentence clause by clause and remembers whom or what it is about."""

    def __init__(self, text: str, span: Span, *, is_answer: bool, about_other: bool) -> None:
        self.text = text
        self.asks = text[span[0] : span[1]].rstrip().endswith("?")
        self.about_other = about_other
        self.mode = "question" if self.asks and not is_answer else "me"

    def blanked(self, clause: Span) -> Iterator[Span]:
        """The parts of this clause that are not asserted about the person."""
        start, end = clause
        part = self.text[start:end]
        if self.mode == "order" or _ORDER.match(part):
            self.mode = "order"
            yield clause
        elif _FAMILY.search(part) or _PAST_CLAUSE.search(part):
            yield clause
        elif self._is_question(part):
            self.mode = "question"
            yield clause
        elif self._is_of_other(part):
            self.mode = "other"
            yield clause
        elif (self.mode == "question" and not _ASSERTING.match(part)) or (
            self.mode == "other" and not _FIRST_PERSON.search(part)
        ):
            yield clause
        else:
            self.mode = "me"
            yield from self._parts(start, end)

    def _is_question(self, part: str) -> bool:
        if not _QUESTION.match(part):
            return False
        return self.asks or not _STATED_TIME.match(part)

    def _is_of_other(self, part: str) -> bool:
        if _OTHER_PRONOUN.match(part):
            return True
        return bool((self.about_other or self.mode == "other") and _OTHER_PLURAL.match(part))

    def _parts(self, start: int, end: int) -> Iterator[Span]:
        """Conditions, the past and other people inside a clause that is otherwise about the person."""
        for pattern in (_CONDITION, _PAST):
            match = pattern.search(self.text, start, end)
            if match:
                yield match.start(), end
                end = match.start()
        other = _OTHER.search(self.text, start, end)
        if other is None or (_ON_PURPOSE.search(self.text[start : other.start()]) and not other["own"]):
            return
        if _CARED_FOR.search(self.text[start : other.start()]):
            return
        if not other["clinician"] and _NOT_THE_SUBJECT.match(self.text[other.end() : end]):
            return
        resumed = _FIRST_PERSON.search(self.text, other.end(), end)
        if resumed is None:
            self.mode = "other"
        yield other.start(), resumed.start() if resumed else end


def _denials(text: str, clauses: list[list[Span]]) -> Iterator[Span]:
    """From each "no" or "not" to the end of its clause, and on over a bare list that closes with "or"."""
    for group in clauses:
        for at, (start, end) in enumerate(group):
            for cue in _DENIAL.finditer(text, start, end):
                stop = _denial_end(text, cue, end)
                yield cue.start(), stop
                if stop == end:
                    yield from _carried(text, group[at + 1 :])


def _denial_end(text: str, cue: re.Match[str], end: int) -> int:
    stop = _DENIAL_ENDS.search(text, cue.end(), end)
    if stop is None and cue[0] == "no":  # "no gluten and bad knee": only a verb's "not" reaches over "and"
        stop = _AND.search(text, cue.end(), end)
    return stop.start() if stop else end


def _carried(text: str, following: list[Span]) -> Iterator[Span]:
    run: list[Span] = []
    for start, end in following:
        part = text[start:end]
        if _VERB.search(part):
            return
        run.append((start, end))
        if re.search(r"\b(?:or|nor)\b", part):
            yield from run
            return
