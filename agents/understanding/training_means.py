"""With what, where and how the person likes to train: equipment, place, kinds of training."""

import re
from collections.abc import Iterator

from agents.understanding.findings import Found, fact
from agents.understanding.hearing import Heard
from agents.understanding.lexicon import phrases

# Words that make a sentence one about training; without them "3 times a week" may be anything.
TRAINING = re.compile(
    r"\b(?:gym|train(?:ing)?|work ?outs?|work(?:ing)? out|exercis(?:e|es|ing)|lift(?:ing)?|sessions?|sports?|"
    r"crossfit|yoga|pilates|run(?:ning)?|jog(?:ging)?|swim(?:ming)?|cycl(?:e|ing)|hiit|"
    r"fitness|classes|weights|cardio|boxing|climbing|bouldering|football|tennis|dumbbells?|move|active)\b"
)
OTHER_HABIT = re.compile(
    r"\b(?:sleep|eat(?:ing)?|meals?|cook(?:ing)?|work from|office|fast(?:ing)?|drink|weigh|shower|shop(?:ping)?|"
    r"takeaway|fish|meat|commute)\b"
)
_EQUIPMENT_NONE = re.compile(
    r"\b(?:no|without|zero|not have any|do not have|have no|not own any|do not own)\s+(?:any\s+|gym\s+|exercise\s+|"
    r"workout\s+|fitness\s+|home\s+|special\s+)*(?:equipment|gear|kit)\b|\bequipment[- ]?(?:free|\s*[:=]\s*none)\b|"
    r"\b(?:just|only)\s+(?:my\s+)?(?:body ?weight|own body)\b|\bbody ?weight only\b|\bequipment\s*[:=-]?\s*(?:none|"
    r"no|nothing)\b"
)
_OWNED = re.compile(
    r"\b(?:have|got|own|only|just|with|equipment|use|using|access to|at home|home gym|bought|a pair of|pair of|"
    r"set of|available|there (?:is|are)|kit|plus|gear)\b"
)
_WANTED = re.compile(r"\b(?:want|buy|buying|should i get|need|looking for|swap|broke|sold)\b")
_DISLIKES = re.compile(
    r"\b(?:hate|dislike|do not like|can not stand|not a fan of|do not enjoy|no|avoid|not into|bored of|instead of|"
    r"not)\s+(?:\w+\s+){0,2}$"
)
_GIVEN_UP = re.compile(
    r"\b(?:tired of|sick of|fed up with|bored of|bored with|done with|stop(?:ped|ping)?|quit|quitting|gave up|"
    r"giv(?:e|en|ing) up|no longer|no more|miss(?:ed|ing)?|skip(?:ped|ping)?|cancel(?:led|ing)?|(?:scared|afraid) of|"
    r"can not|unable to|banned from|instead of|(?:gone|went|going|go) off|bored of|over)\s+(?:\w+\s+){0,2}$"
)
_NOT_YET = re.compile(
    r"\b(?:next time|one day|some ?day|eventually|maybe|might|thinking (?:of|about)|(?:i|we) (?:will|shall)|tomorrow|"
    r"tonight|later today|at some point)\b"
)
_NOT_SPORT = re.compile(
    r"\s*(?:late|behind|around|errands|out\b|away|water|a (?:fever|temperature)|on empty|low|over)\b"
)
_NOT_A_PLACE = re.compile(
    r"\b(?:cancel\w*|quit\w*|left|leaving|froze|closed|shut|no longer|stopped|skip\w*|miss(?:ed)?|hurt\w*|injured|"
    r"pulled|tweaked|strained|twisted|sprained|met|saw|thinking|might|maybe|consider\w*|should|tonight|tomorrow|"
    r"today|yesterday|was|were|packed|crowded|busy|expensive|scared|afraid|intimidat\w*|hate|my "
    r"(?:\w+\s)?(?:buddy|mate|"
    r"friend))\b"
)
_RUNS_A = re.compile(r"\s*(?:an?|the|my|our)\s+(?!few|lot|bit|marathon|half|5|10|mile)\w")
_LIKES = re.compile(
    r"\b(?:like|love|enjoy|do|into|prefer|practi[sc]e|play|go|train|classes|fan of|interested in|mostly|mainly|"
    r"my sport|want|would like|start|try|doing|been|keen on|i|and|some|favou?rite|with|plus|regular)\b"
)


def equipment(heard: Heard) -> Iterator[Found]:
    """The equipment at hand, or that there is none."""
    text = heard.asserted
    none = _EQUIPMENT_NONE.search(text)
    if none and not re.match(r"\s*(?:except|but|apart|other)", text[none.end() : none.end() + 12]):
        yield fact(heard, "equipment", "", none.span(), op="none")
        return
    table = phrases("training", "equipment")
    if not table.touches(heard.stems):
        return
    seen: set[str] = set()
    for found in table.find(text, heard.words):
        start, _ = heard.clause(found.start)
        sentence = text[slice(*heard.sentence(found.start))]
        if found.code in seen or heard.scope.is_denied(found.start) or heard.scope.is_logged(found.start):
            continue
        if (
            not _OWNED.search(sentence)
            or _WANTED.search(text, start, found.start)
            or re.match(r"\s*(?:to work|ride|class|commute|watch)", text[found.end :])
        ):
            continue
        if found.phrase in ("weights", "band", "box", "rings", "bench", "cable", "bike") and re.search(
            r"\b(?:watch|apple|fitbit|lift(?:ing)?)\s+$", text[start : found.start]
        ):
            continue
        seen.add(found.code)
        yield fact(heard, "equipment", found.code, (found.start, found.end), op="add")


def place(heard: Heard, *, is_training: bool, is_asked: bool) -> Iterator[Found]:
    """Where the person trains; several places are "hybrid". `is_asked`: the question is open, so a doubt counts."""
    table = phrases("training", "locations")
    if not table.touches(heard.stems):
        return
    codes: dict[str, tuple[int, int]] = {}
    for match in table.find(heard.asserted, heard.words):
        clause = heard.asserted[slice(*heard.clause(match.start))]
        says_training = is_training or bool(phrases("training", "equipment").touches(heard.stems))
        if heard.scope.is_denied(match.start) or heard.scope.is_logged(match.start) or not says_training:
            continue
        if not is_asked and _NOT_A_PLACE.search(clause):
            continue
        if match.phrase in ("both", "mixed", "a mix") or (OTHER_HABIT.search(clause) and not TRAINING.search(clause)):
            continue
        if re.search(r"\b(?:work|live|desk|office|cook|eat|stay|kids|job)\s+(?:from\s+)?$", heard.before(match.start)):
            continue
        if (
            re.match(
                r"\s*(?:is|was|bag|shoes|clothes|buddy|mat|weights|equipment|machines?)\b", heard.asserted[match.end :]
            )
            and match.code == "gym"
        ):
            continue
        codes.setdefault(match.code, (match.start, match.end))
    if not codes:
        return
    spans = list(codes.values())
    if len(codes) == 1:
        yield fact(heard, "location", next(iter(codes)), spans[0])
    else:
        yield fact(heard, "location", "hybrid", (min(s for s, _ in spans), max(e for _, e in spans)))


def modalities(heard: Heard) -> Iterator[Found]:
    """The kinds of training the person does or likes."""
    table = phrases("training", "modalities")
    if not table.touches(heard.stems):
        return
    seen: set[str] = set()
    for match in table.find(heard.asserted, heard.words):
        before = heard.before(match.start)
        clause = heard.asserted[slice(*heard.clause(match.start))]
        if (
            match.code in seen
            or heard.scope.is_denied(match.start)
            or heard.scope.is_logged(match.start)
            or _DISLIKES.search(before)
            or _GIVEN_UP.search(before)
            or _NOT_YET.search(clause)
            or _NOT_SPORT.match(heard.asserted[match.end :])
        ):
            continue
        if re.match(
            r"\s*(?:shoes|mat|pool|a (?:marathon|half|10k|5k)|(?:a )?\d+\s*k|machine|low|out of|faster|further|"
            r"longer|errands|water|gear|injury)",
            heard.asserted[match.end :],
        ):
            continue
        if re.search(
            r"\b(?:when|while|hurts?|pain|during|cramp|breathless|dizzy|want to|to|my heart|in the long|a trial|"
            r"watch|if)\b",
            clause,
        ) and not re.search(r"\b(?:like|love|enjoy|into|prefer|play|practise|practice)\b", clause):
            continue
        if match.phrase == "run" and _RUNS_A.match(heard.asserted[match.end : match.end + 24]):
            continue
        if _LIKES.search(before):
            seen.add(match.code)
            yield fact(heard, "modality", match.code, (match.start, match.end), op="add")
