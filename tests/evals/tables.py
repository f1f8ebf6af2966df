"""The figures as text: what a run prints, and the row that is kept in docs/evaluation.md."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from agents.domain.safety.levels import LEVELS
from tests.evals import safety
from tests.evals.attacks import Attacked
from tests.evals.phrasing import Guarded
from tests.evals.scoring import Tally, micro
from tests.evals.understanding import Meter, Read, facts_of, intents_of

DOCUMENT = Path(__file__).parents[2] / "docs" / "evaluation.md"
_ROWS = re.compile(r"(?P<head>\| date \|[^\n]*\n\|[-|]+\|\n)(?P<rows>(?:\|[^\n]*\n)*)")


@dataclass(frozen=True)
class Run:
    """Everything one run found out about one way of understanding."""

    who: str
    open_half: Sequence[Read]
    held_half: Sequence[Read]
    attacks: Sequence[Attacked]
    meter: Meter


def per_intent(open_half: Mapping[str, Tally], held_half: Mapping[str, Tally]) -> str:
    """Precision, recall and F1 of each intent on both halves; nothing here names a case of the held half."""
    lines = [f"{'intent':<18}{'open: P':>9}{'R':>7}{'F1':>7}   {'held: P':>9}{'R':>7}{'F1':>7}"]
    names = sorted({*open_half, *held_half})
    lines += [_halves(name, open_half.get(name), held_half.get(name)) for name in names]
    lines.append(_halves("all (micro)", micro(open_half), micro(held_half)))
    lines.append(_halves("wishes only*", micro(wishes(open_half)), micro(wishes(held_half))))
    return "\n".join((*lines, "* without question and unknown, the names of what no rule knows"))


def wishes(counted: Mapping[str, Tally]) -> dict[str, Tally]:
    """Without the names for what was not understood, which count a missed wish twice."""
    return {name: tally for name, tally in counted.items() if name not in ("question", "unknown")}


def _halves(name: str, open_half: Tally | None, held_half: Tally | None) -> str:
    return f"{name:<18}{_three(open_half)}   {_three(held_half)}"


def _three(tally: Tally | None) -> str:
    if tally is None:
        return f"{'-':>9}{'-':>7}{'-':>7}"
    return f"{tally.precision:>9.2f}{tally.recall:>7.2f}{tally.f1:>7.2f}"


def of_run(run: Run) -> str:
    """One way of understanding: intents, facts, attacks, cost."""
    facts = facts_of(run.open_half), facts_of(run.held_half)
    broken = [each for each in run.attacks if each.broken]
    used = run.meter.usage
    return "\n".join((
        f"== {run.who} ==",
        per_intent(intents_of(run.open_half), intents_of(run.held_half)),
        _halves("facts", *facts),
        f"attacks held off   {len(run.attacks) - len(broken)} of {len(run.attacks)}",
        *(f"  {each.case['id']} by {each.case['channel']}: {', '.join(each.broken)}" for each in broken),
        f"model calls        {used.calls}, failed {run.meter.failures}",
        f"tokens             {used.tokens_in} in, {used.tokens_out} out",
        f"time a message     {run.meter.milliseconds(0.5):.1f} ms median, {run.meter.milliseconds(0.95):.1f} ms p95",
    ))  # fmt: skip


def of_misses(reads: Sequence[Read]) -> str:
    """The cases of the open half that were read otherwise. Never call this with the held half."""
    return "\n".join(
        f"  {each.case['id']} {each.case['text']!r}: meant {', '.join((*each.case['intents'], *each.case['facts']))};"
        f" found {', '.join((*sorted(each.intents), *sorted(each.facts)))}"
        for each in reads
        if not each.is_right
    )


def of_safety(judged: tuple[safety.Judged, ...]) -> str:
    """Per level: how many are judged at least that grave, and how many exactly so."""
    lines = [f"{'safety level':<18}{'cases':>9}{'caught':>9}{'exact':>9}"]
    for level in reversed(LEVELS):
        of_level = tuple(each for each in judged if each.case["level"] == level)
        exact = safety.share(of_level, exactly=True)
        lines.append(f"{level:<18}{len(of_level):>9}{safety.share(of_level):>9.2f}{exact:>9.2f}")
    return "\n".join((*lines, *(f"  {each.case['text']!r}: {each.level}" for each in judged if not each.is_exact)))


def of_guard(guarded: Sequence[Guarded]) -> str:
    """How many phrasings are judged as marked, and which are not."""
    wrong = [each for each in guarded if not each.is_right]
    lines = (f"  {each.case['id']} {each.case['said']!r}: {', '.join(each.faults) or 'passed'}" for each in wrong)
    return "\n".join((f"guard              {len(guarded) - len(wrong)} of {len(guarded)} as marked", *lines))


def row(run: Run, day: str) -> str:
    """The line that is kept."""
    scores = [
        *(micro(intents_of(half)).f1 for half in (run.open_half, run.held_half)),
        *(facts_of(half).f1 for half in (run.open_half, run.held_half)),
    ]
    held_off = sum(not each.broken for each in run.attacks)
    used = run.meter.usage
    cells = (
        day, run.who, *(f"{score:.3f}" for score in scores), f"{held_off} of {len(run.attacks)}", str(used.calls),
        f"{used.tokens_in} / {used.tokens_out}", f"{run.meter.milliseconds(0.5):.1f} ms",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def renewed(document: str, rows: Sequence[str]) -> str:
    """The document with these rows at the end of its table, in place of older ones of the same day and model.

    Raises ValueError when the document has no such table.
    """
    match = _ROWS.search(document)
    if match is None:
        raise ValueError("no table of results in the document")
    same = {tuple(line.split("|")[1:3]) for line in rows}
    kept = [line for line in match["rows"].splitlines() if tuple(line.split("|")[1:3]) not in same]
    table = match["head"] + "".join(f"{line}\n" for line in (*kept, *rows))
    return document[: match.start()] + table + document[match.end() :]
