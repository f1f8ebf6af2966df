"""The promises of delivery (docs/architecture.md), each a question to the evidence; the answers are what was broken.

State: each accepted update takes effect exactly once. Messages: at least once, twice only where a row says so, never
lost, in order. Nothing unasked in quiet hours, nothing after the certificate of an erasure, nothing twice for one
occurrence of a reminder.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise

from tests.chaos.evidence import Evidence, Row, Screen, local_time

ENOUGH_ATTEMPTS = 5
GRACE_S = 90.0  # of the story: what was under way when the quiet hours began; four seconds of a busy machine


def broken(evidence: Evidence) -> list[str]:
    """Every promise that was not kept, in a sentence each."""
    return [f"{name}: {fault}" for name, ask in PROMISES.items() for fault in ask(evidence)]


def _all_accepted(evidence: Evidence) -> Iterator[str]:
    """Every update is known, and answered or honestly given up."""
    for update in evidence.updates:
        if update.state is None:
            yield f"update {update.id} ({update.what}) of {update.who} was lost"
        elif update.state == "received":
            yield f"update {update.id} ({update.what}) of {update.who} is still open after {update.attempts} attempts"
        elif update.state == "failed" and not evidence.may_fail and update.attempts < ENOUGH_ATTEMPTS:
            yield f"update {update.id} ({update.what}) of {update.who} failed although nothing was broken"


def _once(evidence: Evidence) -> Iterator[str]:
    """What an update changes is there once when it is done, and not at all when it failed."""
    for who, found in _wanted(evidence).items():
        for effect, updates in found.items():
            there = evidence.effects.get(who, Counter())[effect]
            done = sum(update.state == "done" for update in updates)
            if there != done:
                yield f"{who}: {effect} stands {there} times in the database for {done} finished updates"


def _wanted(evidence: Evidence) -> dict[int, dict[tuple[str, str], list]]:  # type: ignore[type-arg]
    found: dict[int, dict[tuple[str, str], list]] = defaultdict(lambda: defaultdict(list))  # type: ignore[type-arg]
    for update in evidence.updates:
        if update.effect is not None and update.effect[0] != "erased" and update.who not in evidence.erased:
            found[update.who][update.effect].append(update)
    return found


def _nothing_made_up(evidence: Evidence) -> Iterator[str]:
    """No log or reminder that nobody asked for."""
    wanted = _wanted(evidence)
    for who, found in evidence.effects.items():
        for effect in found:
            if effect[0] in ("water", "activity", "reminder") and effect not in wanted.get(who, {}):
                yield f"{who}: {effect} was asked for by nobody"


def _answered(evidence: Evidence) -> Iterator[str]:
    """Each update that is done was answered, unless its sender shut the bot out or is gone."""
    answers = defaultdict(list)
    for row in evidence.rows:
        if row.update_id is not None:
            answers[row.update_id].append(row)
    for update in evidence.updates:
        if not update.wants_answer or update.who in evidence.erased or update.state not in ("done", "failed"):
            continue
        if update.state == "done" and not answers[update.id]:
            yield f"update {update.id} of {update.who} was done and nothing was to be said"
        is_honest = any(s.text in evidence.honest_words for s in evidence.screens.get(update.who, ()))
        if update.state == "failed" and not is_honest and update.who not in evidence.shut_out:
            yield f"update {update.id} of {update.who} failed and nobody told them"


def _sent(evidence: Evidence) -> Iterator[str]:
    """Nothing stays in the outbox; what is called sent is on a screen; what is not was refused by the other side."""
    for row in evidence.rows:
        ids = {screen.message_id for screen in evidence.screens.get(row.who, ())}
        if row.state == "pending":
            yield f"{row.key} for {row.who} is still pending"
        elif row.state == "sent" and row.message_id is not None and row.message_id not in ids and row.who:
            yield f"{row.key} for {row.who} is called sent and never arrived"
        elif row.state == "dropped" and row.reason == "blocked" and row.who not in evidence.shut_out:
            yield f"{row.key} for {row.who} was dropped, but they had not shut the bot out"
        elif row.state == "failed":
            yield f"{row.key} for {row.who} failed"


def _no_more_often(evidence: Evidence) -> Iterator[str]:
    """A message comes twice only where its row says that it may have, and one to each person at most for each fault.

    People are written to side by side, so a kill may fall on one message to each of them.
    """
    for who, screen in repeats(evidence):
        if not _is_doubtful(screen, evidence.screens[who], [row for row in evidence.rows if row.who == who]):
            yield f"{who} got {screen.text[:60]!r} (message {screen.message_id}) once too often, or for no row"
    for who, count in Counter(who for who, _ in repeats(evidence)).items():
        dropped = sum(row.who == who and row.state == "dropped" for row in evidence.rows)  # perhaps while under way
        if count > evidence.kills + evidence.unsure + dropped:
            yield f"{who} got {count} messages twice, for {evidence.kills} kills and {evidence.unsure} unsure sends"


def repeats(evidence: Evidence) -> Iterator[tuple[int, Screen]]:
    """Messages that no row ended with and that are not said past the outbox, with the person who got them."""
    for who, screens in evidence.screens.items():
        finals = {row.message_id for row in evidence.rows if row.who == who and row.message_id is not None}
        for screen in screens if who not in evidence.erased else ():
            if screen.message_id not in finals and screen.text not in evidence.said_straight:
                yield who, screen


def _is_doubtful(screen: Screen, screens: tuple[Screen, ...], rows: list[Row]) -> bool:
    """Whether a row marked `maybe_twice` ended with the same words, or a row was dropped while it was under way."""
    words = {other.message_id: other.words for other in screens}
    return any(
        (row.maybe_twice and bool(words.get(row.message_id or 0, frozenset()) & screen.words))
        or (row.message_id is None and row.state in ("dropped", "failed"))
        for row in rows
    )


def _in_order(evidence: Evidence) -> Iterator[str]:
    """One person's answers come in the order of their updates; safety overtakes, edits appear where they belong."""
    by_person = defaultdict(list)
    for row in evidence.rows:
        if row.update_id is not None and row.state == "sent" and row.category == "reply" and not row.is_edit:
            by_person[row.who].append(row)
    for who, rows in by_person.items():
        rows.sort(key=lambda row: (row.update_id, row.number))
        for earlier, later in pairwise(rows):
            if earlier.message_id and later.message_id and earlier.message_id > later.message_id:
                yield f"{who} got {later.key} before {earlier.key}"


def _each_occurrence_once(evidence: Evidence) -> Iterator[str]:
    """One firing an occurrence, told as it ended, and no reminder forgotten."""
    counts = Counter((o.who, o.reminder, o.when) for o in evidence.occurrences)
    yield from (f"{key} fired {count} times" for key, count in counts.items() if count > 1)
    for one in evidence.occurrences:
        if one.state == "queued" and one.row_state in ("sent", "failed", "dropped"):
            yield f"{one.who}'s {one.kind} of {one.when} is still called queued, its message {one.row_state}"
    yield from (f"{late} was never looked at" for late in evidence.overdue)


def _quiet_at_night(evidence: Evidence) -> Iterator[str]:
    """Nothing whose minute the person did not name is sent in their quiet hours."""
    begin, end = evidence.quiet
    for one in evidence.occurrences:
        arrived = [s for s in evidence.screens.get(one.who, ()) if s.message_id == one.message_id]
        for screen in arrived if one.is_shy else ():
            local, before = local_time(screen.at, evidence.zone), local_time(screen.at - GRACE_S, evidence.zone)
            if any(not begin > moment.time() >= end for moment in (local,)) and not begin > before.time() >= end:
                yield f"{one.who} was told of {one.kind} ({one.when}) at {local:%H:%M:%S}"


def _erased_for_good(evidence: Evidence) -> Iterator[str]:
    """The certificate comes, and nothing after it."""
    for who in evidence.erased:
        texts = [screen.text for screen in evidence.screens.get(who, ())]
        if evidence.certificate not in texts:
            yield f"{who} is deleted and was not told"
        elif any(words != evidence.certificate for words in texts[texts.index(evidence.certificate) :]):
            yield f"{who} was deleted and then heard {texts[-1][:60]!r}"
    for update in evidence.updates:
        if (
            update.effect
            and update.effect[0] == "erased"
            and update.state == "done"
            and update.who not in evidence.erased
        ):
            yield f"{update.who} was deleted and is back"


def _red_flags(evidence: Evidence) -> Iterator[str]:
    """Each is answered, whatever happens to the rest."""
    safety = {row.update_id for row in evidence.rows if row.category == "safety" and row.state == "sent"}
    for update in evidence.updates:
        if not update.is_red_flag or update.who in evidence.erased | evidence.shut_out:
            continue
        texts = {screen.text for screen in evidence.screens.get(update.who, ())}
        if update.id not in safety and not texts & (evidence.said_straight - evidence.honest_words):
            yield f"the red flag in update {update.id} of {update.who} was not answered"


def _sound(evidence: Evidence) -> Iterator[str]:
    """The file is whole, the process ended when asked to and never by itself, and nothing raised unseen."""
    yield from evidence.unsound
    yield from evidence.complaints
    if "Traceback" in evidence.log and not evidence.may_fail:
        at = evidence.log.index("Traceback")
        yield f"the log holds a traceback: …{evidence.log[at:][:4000]}"


PROMISES: dict[str, Callable[[Evidence], Iterator[str]]] = {
    "accepted": _all_accepted, "once": _once, "nothing made up": _nothing_made_up, "answered": _answered,
    "sent": _sent, "twice": _no_more_often, "order": _in_order, "reminders": _each_occurrence_once,
    "quiet hours": _quiet_at_night, "erasure": _erased_for_good, "red flags": _red_flags, "sound": _sound,
}  # fmt: skip
