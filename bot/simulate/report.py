"""What a simulation found: for reading, and for programs."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TextIO

from bot.simulate.invariants import Invariant
from bot.simulate.run import Plan, Tally
from storage.ledger import Fired


@dataclass(frozen=True, slots=True)
class Report:
    """Figures, and every promise with how it was kept."""

    plan: Plan
    tally: Tally
    zones: int
    reminders: int
    occurrences: int
    outcomes: dict[str, int]
    messages: int
    invariants: tuple[Invariant, ...]

    @property
    def is_kept(self) -> bool:
        """Whether nothing was broken."""
        return not any(invariant.broken for invariant in self.invariants)

    @property
    def person_days_a_second(self) -> float:
        """How fast time went by."""
        return self.plan.people * self.plan.days / max(self.tally.seconds, 1e-9)

    def figures(self) -> dict[str, Any]:
        """What happened, by name."""
        tally = self.tally
        return {
            "people": self.plan.people,
            "days": self.plan.days,
            "seed": self.plan.seed,
            "zones": self.zones,
            "reminders": self.reminders,
            "occurrences": self.occurrences,
            **{f"firings_{name}": count for name, count in sorted(self.outcomes.items())},
            "messages": self.messages,
            "taps": tally.taps,
            "journeys": tally.journeys,
            "pauses": tally.breaks,
            "ticks": tally.ticks,
            "ticks_of_two_processes": tally.twin_ticks,
            "outages": len(tally.outages),
            "outage_hours": round(sum((back - gone).total_seconds() for gone, back in tally.outages) / 3600, 1),
            "restarts": tally.restarts,
            "deaths_in_mid_work": tally.deaths,
            "clock_setbacks": len(tally.setbacks),
            "seconds": round(tally.seconds, 1),
            "person_days_a_second": round(self.person_days_a_second, 1),
        }

    def as_json(self) -> str:
        """One object."""
        kept = [
            {"name": i.name, "promise": i.promise, "checked": i.checked, "broken": i.broken, "examples": i.examples}
            for i in self.invariants
        ]
        return json.dumps({"is_kept": self.is_kept, **self.figures(), "invariants": kept}, ensure_ascii=False)

    def show(self, out: TextIO) -> None:
        """Two tables."""
        from rich.console import Console
        from rich.table import Table

        console = Console(file=out, highlight=False)
        figures = Table("figure", "value", title="What happened", title_justify="left")
        figures.columns[1].justify = "right"
        for name, value in self.figures().items():
            figures.add_row(name.replace("_", " "), f"{value:,}" if name != "seed" else str(value))
        console.print(figures)
        promises = Table("promise", "checked", "broken", title="What was promised", title_justify="left")
        for invariant in self.invariants:
            promises.add_row(
                f"{invariant.name}: {invariant.promise}", f"{invariant.checked:,}", f"{invariant.broken:,}"
            )
        console.print(promises)
        for invariant in self.invariants:
            for example in invariant.examples:
                console.print(f"{invariant.name}: {example}", markup=False)


def outcomes(fired: Sequence[Fired]) -> dict[str, int]:
    """How many firings ended how; suppressed ones by their reason."""
    return dict(Counter(one.state if one.reason is None else f"{one.state}_{one.reason}" for one in fired))
