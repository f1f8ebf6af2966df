"""The commands that work today, in the order people need them (telegram.md TG-10), and which of them was meant."""

COMMANDS = (
    "today", "plan", "meals", "workout", "log", "water", "checkin", "progress", "shopping", "reminders", "goals",
    "profile", "memory", "settings", "language", "units", "quiet", "feedback", "help", "privacy", "stop", "cancel",
    "delete", "start",
)  # fmt: skip
NEAREST = 3  # as many are offered for one that is not known (TG-12)
LONGEST = 32  # letters of a command (TG-3)


def nearest(name: str) -> tuple[str, ...]:
    """The commands with the fewest slips of a finger between them and this name; the more needed first at a tie."""
    typed = name.lower()[:LONGEST]
    return tuple(sorted(COMMANDS, key=lambda known: slips(typed, known))[:NEAREST])


def slips(one: str, other: str) -> int:
    """How many letters were added, left out, exchanged or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        two_before, before = before, row
        row = [i]
        for j, wanted in enumerate(other, start=1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                least = min(least, two_before[j - 2] + 1)
            row.append(least)
    return row[-1]
