"""Which lift of the table a person means: "hack squat", "db rdl", "squats" (science.md T-6: no load is invented).

A load that goes to the wrong lift is worse than none, so words are compared whole. "Zercher squat" is no squat of ours,
a machine's number says nothing about a barbell, and what may be two lifts is neither.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final

from agents.domain.exercises import Exercise, Library
from agents.domain.training.loading import takes_kg

Words = frozenset[str]

_WORD: Final = re.compile(r"[a-z]+")
_IGNORED: Final = frozenset({"the", "my", "a", "an", "some", "with", "on", "in", "to", "of", "and", "s", "exercise"})
_SHORT: Final[dict[str, tuple[str, ...]]] = {
    "db": ("dumbbell",), "dumbell": ("dumbbell",), "bb": ("barbell",), "kb": ("kettlebell",),
    "ohp": ("overhead", "press"), "rdl": ("romanian", "deadlift"), "dl": ("deadlift",), "dead": ("deadlift",),
    "bss": ("bulgarian", "split", "squat"), "benching": ("bench",), "squatting": ("squat",),
    "deadlifting": ("deadlift",), "pressing": ("press",), "rowing": ("row",), "fly": ("fly",), "flie": ("fly",),
    "flye": ("fly",),
}  # fmt: skip
_JOINED: Final[dict[tuple[str, str], str]] = {
    ("pull", "down"): "pulldown", ("push", "down"): "pushdown", ("press", "down"): "pushdown", ("pull", "up"): "pullup",
    ("chin", "up"): "chinup", ("dead", "lift"): "deadlift", ("one", "arm"): "onearm", ("single", "arm"): "onearm",
}  # fmt: skip
# Other names of one lift, whatever equipment there is.
_OTHER_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "barbell_bench_press": ("barbell bench", "flat barbell bench press"),
    "dumbbell_bench_press": ("dumbbell bench", "flat dumbbell press", "flat dumbbell bench press"),
    "incline_dumbbell_press": ("incline dumbbell press", "incline dumbbell bench press", "incline dumbbell bench"),
    "machine_chest_press": ("chest press machine",),
    "incline_machine_press": ("incline chest press machine",),
    "barbell_back_squat": ("back squat", "barbell squat", "high bar squat", "low bar squat"),
    "barbell_front_squat": ("front squat",),
    "hack_squat": ("hack squat",),
    "bulgarian_split_squat": ("bulgarian split squat", "dumbbell bulgarian split squat"),
    "walking_lunge": ("walking lunge",),
    "leg_extension": ("leg extension",),
    "seated_leg_curl": ("seated leg curl", "seated hamstring curl"),
    "lying_leg_curl": ("lying leg curl", "prone leg curl", "lying hamstring curl"),
    "sumo_kettlebell_deadlift": ("kettlebell sumo deadlift",),
    "barbell_deadlift": ("conventional deadlift",),
    "cable_pull_through": ("pull through",),
    "barbell_overhead_press": ("military press", "strict press", "barbell military press", "barbell shoulder press"),
    "seated_dumbbell_press": ("dumbbell shoulder press", "dumbbell overhead press", "seated dumbbell press"),
    "machine_shoulder_press": ("shoulder press machine",),
    "barbell_row": ("pendlay row", "bent over barbell row"),
    "supported_dumbbell_row": ("one arm dumbbell row", "one arm row"),
    "seated_cable_row": ("seated row", "cable row"),
    "lat_pulldown": ("pulldown", "wide grip pulldown", "wide grip lat pulldown"),
    "cable_triceps_pushdown": ("triceps pushdown", "cable pushdown", "rope pushdown", "cable triceps pushdown"),
    "overhead_triceps_extension": ("dumbbell overhead triceps extension",),
    "cable_lateral_raise": ("cable lateral raise",),
    "lateral_raise": ("dumbbell lateral raise", "dumbbell side raise"),
    "pec_machine": ("pec deck", "machine chest fly", "pec fly machine"),
    "dumbbell_fly": ("dumbbell chest fly",),
    "dumbbell_curl": ("dumbbell biceps curl",),
    "farmers_carry": ("farmer walk", "farmer carry", "dumbbell farmer carry"),
}  # fmt: skip
# Short names, as gyms use them: the first lift the person has the equipment for.
_USUALLY: Final[dict[str, tuple[str, ...]]] = {
    "bench press": ("barbell_bench_press", "dumbbell_bench_press"),
    "bench": ("barbell_bench_press", "dumbbell_bench_press"),
    "flat bench": ("barbell_bench_press", "dumbbell_bench_press"),
    "flat bench press": ("barbell_bench_press", "dumbbell_bench_press"),
    "squat": ("barbell_back_squat",),
    "deadlift": ("barbell_deadlift", "kettlebell_deadlift"),
    "romanian deadlift": ("barbell_rdl", "dumbbell_rdl"),
    "overhead press": ("barbell_overhead_press",),
    "hip thrust": ("barbell_hip_thrust", "dumbbell_hip_thrust"),
    "bent over row": ("barbell_row", "bent_over_dumbbell_row"),
    "face pull": ("cable_face_pull",),
}
# An assistance machine takes weight away: more kilograms are less load, so its numbers never lead to a load.
_ASSISTED: Final = frozenset({"assisted_dip", "assisted_pull_up"})


def words_of(text: str) -> Words:
    """The words that tell lifts apart: "DB Rows" and "dumbbell row" have the same."""
    tokens = _WORD.findall(text.casefold().replace("'", " "))
    found: list[str] = []
    at = 0
    while at < len(tokens):
        pair = (tokens[at], _singular(tokens[at + 1])) if at + 1 < len(tokens) else None
        if pair in _JOINED:
            found.append(_JOINED[pair])
            at += 2
            continue
        word = _singular(tokens[at])
        found += _SHORT.get(word, (word,))
        at += 1
    return frozenset(found) - _IGNORED


def _singular(word: str) -> str:
    if word.endswith("sses"):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 2 else word


@dataclass(frozen=True, slots=True, eq=False)
class LiftNames:
    """The names of one library's lifts that take kilograms."""

    library: Library
    _lifts: dict[str, tuple[Exercise, Words]] = field(init=False, repr=False)
    _exact: dict[Words, Exercise | None] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        lifts = {one.slug: (one, words_of(one.name)) for one in self.library if takes_kg(one)}
        exact: dict[Words, Exercise | None] = {}
        for slug, (lift, words) in lifts.items():
            for key in (words, words_of(slug), *map(words_of, _OTHER_NAMES.get(slug, ()))):
                exact[key] = lift if exact.get(key, lift) is lift else None  # two lifts: neither
        object.__setattr__(self, "_lifts", {slug: found for slug, found in lifts.items() if slug not in _ASSISTED})
        object.__setattr__(self, "_exact", exact)

    def exactly(self, text: str) -> Exercise | None:
        """The lift of exactly this name, or of another name of its own."""
        found = self._exact.get(words_of(text))
        return found if found is not None and found.slug in self._lifts else None

    def lift(self, text: str, *, equipment: Collection[str] = (), planned: Collection[str] = ()) -> Exercise | None:
        """The lift behind these words; None when it is none of ours, or may be one of several.

        `equipment` is what the person has, `planned` are the names of what the plans asked for: among dumbbell lifts
        "curls" are those of the plan. Where the usual meaning and the plan disagree, nobody knows.
        """
        said = words_of(text)
        if said in self._exact:
            return self.exactly(text)
        fitting = [one for one, words in self._lifts.values() if said and said <= words]
        asked = [one for one in fitting if one.name in planned]
        for slug in _usually().get(said, ()):
            if slug in self._lifts and set(self._lifts[slug][0].equipment) <= set(equipment):
                usual = self._lifts[slug][0]
                return usual if not asked or usual in asked else None
        possible = [one for one in fitting if set(one.equipment) <= set(equipment)]
        is_one_kind = len({frozenset(one.equipment) - {"bench"} for one in possible}) == 1
        return asked[0] if len(asked) == 1 and is_one_kind and asked[0] in possible else None


@lru_cache(maxsize=4)
def names_of(library: Library) -> LiftNames:
    """The names of this library, built once."""
    return LiftNames(library)


@cache
def _usually() -> dict[Words, tuple[str, ...]]:
    return {words_of(name): slugs for name, slugs in _USUALLY.items()}
