"""Medicines the person takes: the group of science.md S-160 where it is known, else the word as said (S-161)."""

import re
from collections.abc import Iterator

from agents.domain.safety import medicine_group
from agents.schemas import Moment
from agents.understanding.findings import Found, fact
from agents.understanding.hearing import Heard
from agents.understanding.lexicon import Word, word_set

_NONE = re.compile(
    r"\b(?:no|not (?:taking|on|take)(?: any)?|without)\s+(?:any\s+|regular\s+|current\s+|other\s+|"
    r"prescription\s+)*(?:medications?|medicines?|meds|tablets|pills|drugs|prescriptions?)\b|"
    r"\b(?:do not|never)\s+(?:take|use|need)\s+(?:any\s+|regular\s+)*(?:medications?|medicines?|meds|tablets|pills|"
    r"drugs)\b|"
    r"\b(?:medications?|medicines?|meds)\s*[:=-]?\s*(?:none|no|nil|nope|nothing)\b"
)
_TAKES = re.compile(
    r"\b(?:take|taking|takes|on|use|using|prescribed|started|start|put on|given|inject|injecting|medications?|"
    r"medicines?|meds|been on)\b\s*(?::|is|are|include|including)?\s*"
)
_STOPPED = re.compile(
    r"\b(?:stopped(?: taking)?|came off|come off|off|no longer (?:on|take|taking|use|need)|quit|not (?:on|taking))\b"
)
_ANY_MORE = re.compile(r"\b(?:no longer|stopped|came off|come off|quit|off|any ?more)\b")
# What clinicians' word endings tell of an unknown name, so that it is kept although no table has it.
_LOOKS_LIKE = re.compile(
    r"[a-z]{2,}(?:pril|sartan|olol|statin|gliptin|gliflozin|flozin|glutide|tide|azole|mab|dipine|cillin|mycin|"
    r"cycline|floxacin|prazole|oxetine|triptan|parin|xaban|"
    r"gatran|thiazide|semide|zepam|zolam|lukast|terol|sone|solone|dronate|thyroxine|formin|glinide|zide|amine|"
    r"barbital|setron|profen|iptyline|azine|apine|idone|vir|tinib|nib)"
)
_KEPT = frozenset(
    [
        "insulin",
        "lithium",
        "warfarin",
        "metformin",
        "aspirin",
        "ibuprofen",
        "paracetamol",
        "methotrexate",
        "ozempic",
        "wegovy",
        "mounjaro",
    ]
)
_NOT_MEDICINE = frozenset(
    ["amine", "vitamine", "caffeine", "medicine", "tide", "someone", "creatine", "glutamine", "examine"]
)
_DOSE = re.compile(
    r"\s*\d+(?:[.,]\d+)?\s*(?:mg|mcg|ug|g|units?|iu|ml)\b|\s*(?:tablets?|pills?|capsules?|inhalers?|injections?|"
    r"medication|patch(?:es)?|drops)\b"
)
_DOSE_BEFORE = re.compile(r"\b\d+(?:[.,]\d+)?\s*(?:mg|mcg|ug|units?)\s+(?:of\s+)?$")


def medicines(heard: Heard, moment: Moment) -> Iterator[Found]:
    """The medicines said to be taken or stopped, and "no medication"."""
    text = heard.asserted
    if match := _NONE.search(text):
        yield fact(heard, "medication", "", match.span(), op="none")
        return
    is_asked = moment.expecting in ("medications", "medication")
    is_about = is_asked or _TAKES.search(text) or _STOPPED.search(text)
    if is_about or any(_is_medicine(word.text) for word in heard.words):
        yield from _named(heard, is_asked=is_asked)


def _named(heard: Heard, *, is_asked: bool) -> Iterator[Found]:
    words = heard.words
    for at, word in enumerate(words):
        value = _value(words, at) or (_as_said(words, at) if _has_dose(heard, word) else None)
        if value is None or heard.scope.is_logged(word.start):
            continue
        before = heard.before(word.start)
        if _ANY_MORE.search(before) or _ANY_MORE.search(heard.after(word.end)[:20]):
            yield fact(heard, "medication", value, (word.start, word.end), op="remove")
        elif not heard.scope.is_denied(word.start) and (_is_taken(before) or is_asked):
            yield fact(heard, "medication", value, (word.start, word.end), op="add")


def _as_said(words: tuple[Word, ...], at: int) -> str:
    """An unknown medicine in the person's words: "blood pressure" for "my blood pressure pill" (science.md S-161)."""
    before = words[at - 1].text if at else ""
    return f"{before} {words[at].text}" if before == "blood" else words[at].text


def _is_taken(before: str) -> bool:
    """Whether the words before say that it is taken; a bare mention in a list of one's own facts counts as well."""
    return (
        bool(_TAKES.search(before))
        or not before.strip(" ,.;")
        or bool(re.fullmatch(r"\W*(?:i have |i am |and |also |my )*", before))
    )


def _has_dose(heard: Heard, word: Word) -> bool:
    if word.text in word_set("not_medicines") or len(word.text) < 4 or word.text[0].isdigit():
        return False
    return bool(
        _DOSE_BEFORE.search(heard.before(word.start))
        or (_DOSE.match(heard.after(word.end)) and _TAKES.search(heard.before(word.start)))
    )


def _value(words: tuple[Word, ...], at: int) -> str | None:
    """The group of the medicine named here, in one word or two, else the word if it is surely a medicine."""
    word = words[at].text
    if word in word_set("not_medicines") or len(word) < 3:
        return None
    if known := medicine_group(word) or (word if _is_medicine(word) else None):
        return known
    following = words[at + 1].text if at + 1 < len(words) else ""
    return None if not following or medicine_group(following) else medicine_group(f"{word} {following}")


def _is_medicine(word: str) -> bool:
    return word in _KEPT or bool(len(word) > 6 and word not in _NOT_MEDICINE and _LOOKS_LIKE.fullmatch(word))


def listed(heard: Heard) -> Iterator[Found]:
    """The medicines of a bare answer to "which medicines?": every item is kept, known or not (science.md S-161)."""
    for match in re.finditer(r"[^,;\n.+&]+?(?=\s*(?:$|[,;\n.+&]|\band\b))", heard.asserted):
        words = [
            w
            for w in re.findall(r"[a-z][\w'-]*", match[0])
            if w not in word_set("not_medicines")
            and w not in ("on", "take", "taking", "am", "yes", "just", "only", "use")
        ]
        if not words:
            continue
        name = " ".join(words)[:60]
        start = match.start() + match[0].index(words[0])
        end = match.start() + match[0].rindex(words[-1]) + len(words[-1])
        yield fact(heard, "medication", medicine_group(name) or name, (start, end), op="add")
