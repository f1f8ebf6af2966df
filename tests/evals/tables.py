"""The figures as text: what a run prints, and the row that is kept in docs/evaluation.md."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from agents.domain.safety.levels import LEVELS
from tests.evals import safety
from tests.evals.attacks import Attacked
from tests.evals.ledger import Ledger, Prices
from tests.evals.phrasing import Guarded
from tests.evals.scoring import Tally, micro
from tests.evals.understanding import Meter, Read, facts_of, intents_of
from tests.evals.voicing import Spoken, Voiced

DOCUMENT = Path(__file__).parents[2] / "docs" / "evaluation.md"
VOICED = "| date | spoken by |"
VOICES = f"""## Words of a model

The phrasing cases, put into words by a model and judged as in a turn: what is not fit is not sent, and the template
speaks alone. An answer may have several faults.

{VOICED} fit to be sent | faults | calls | tokens in / out | cost | first words | whole answer p50 / p95 |
|---|---|---|---|---|---|---|---|---|
"""
FREE = Prices()
_ROWS = r"(?P<head>%s[^\n]*\n\|[-|]+\|\n)(?P<rows>(?:\|[^\n]*\n)*)"


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


def of_run(run: Run, prices: Prices = FREE) -> str:
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
        f"model calls        {used.calls}, turns that went on without: {run.meter.failures}",
        *of_calls(run.meter.ledger, prices),
        f"time a message     {run.meter.milliseconds(0.5):.1f} ms median, {run.meter.milliseconds(0.95):.1f} ms p95",
    ))  # fmt: skip


def of_calls(ledger: Ledger, prices: Prices) -> tuple[str, ...]:
    """What the calls took and cost; () where there were none."""
    if not ledger.calls:
        return ()
    into, out = ledger.tokens
    answered = f"{ledger.milliseconds(0.5):.0f} ms p50, {ledger.milliseconds(0.95):.0f} ms p95"
    return (
        f"calls by end       {len(ledger.calls) - ledger.failed.total()} ok{_listed(ledger.failed)}",
        f"tokens             {into} in, {out} out; cost {ledger.cost(prices):.4f}",
        f"answer of a call   {answered}",
    )


def of_voice(run: Spoken, who: str, prices: Prices) -> str:
    """A model's words: how many may be sent, and why the others may not."""
    count = len(run.voiced)
    lines = (f"  {each.case['id']} {each.words!r}: {_why(each)}" for each in run.voiced if not each.is_fit)
    shares = (f"  {reason:<17}{100 * many / count:>5.1f} %" for reason, many in run.reasons.most_common())
    first = f"{run.first_milliseconds(0.5):.0f} ms p50, {run.first_milliseconds(0.95):.0f} ms p95"
    return "\n".join((
        f"== words of {who} ==",
        f"fit to be sent     {run.fit} of {count}",
        *shares,
        *lines,
        *of_calls(run.ledger, prices),
        f"first words        {first}",
    ))  # fmt: skip


def _why(each: Voiced) -> str:
    return ", ".join(each.faults) or each.failed


def _listed(counted: Counter[str]) -> str:
    return "".join(f", {many} {name}" for name, many in counted.most_common())


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
    return _cells(cells)


def row_of_voice(run: Spoken, who: str, day: str, prices: Prices) -> str:
    """The same for a model's words."""
    into, out = run.ledger.tokens
    reasons = ", ".join(f"{reason} {many}" for reason, many in run.reasons.most_common()) or "none"
    times = f"{run.ledger.milliseconds(0.5):.0f} / {run.ledger.milliseconds(0.95):.0f} ms"
    return _cells((
        day, who, f"{run.fit} of {len(run.voiced)}", reasons, str(len(run.ledger.calls)), f"{into} / {out}",
        f"{run.ledger.cost(prices):.4f}", f"{run.first_milliseconds(0.5):.0f} ms", times,
    ))  # fmt: skip


def _cells(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def with_voices(document: str) -> str:
    """The document with the table for a model's words, which is made when the first of them is kept."""
    return document if VOICES in document else f"{document.rstrip()}\n\n{VOICES}"


def renewed(document: str, rows: Sequence[str], head: str = "| date |") -> str:
    """The document with these rows at the end of the table whose first line begins so, in place of older ones of the
    same day and model. Raises ValueError when the document has no such table.
    """
    match = re.search(_ROWS % re.escape(head), document)
    if match is None:
        raise ValueError("no table of results in the document")
    same = {tuple(line.split("|")[1:3]) for line in rows}
    kept = [line for line in match["rows"].splitlines() if tuple(line.split("|")[1:3]) not in same]
    table = match["head"] + "".join(f"{line}\n" for line in (*kept, *rows))
    return document[: match.start()] + table + document[match.end() :]
