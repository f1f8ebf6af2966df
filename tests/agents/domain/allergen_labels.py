"""The golden food phrases and how far the engine agrees with their labels, for the tests of the allergen words."""

from pathlib import Path

from agents.domain.allergen_derivation import derive

ALLOWED = {"": {"contains"}, "?": {"may"}, "~": {"may", "contains"}, "!": {"clear"}}
UNNAMED = {"clear", "may"}


def _golden():
    lines = Path(__file__).with_name("allergen_phrases.txt").read_text("utf-8").splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            phrase, _, tokens = line.partition(" =")
            yield phrase, {token.rstrip("?~!"): token.lstrip("abcdefghijklmnopqrstuvwxyz_") for token in tokens.split()}


PHRASES = dict(_golden())


def wrong_states(phrase):
    """The keys on which the engine and the label differ; mammal is labelled only in part."""
    labels = PHRASES[phrase]
    found = {key: verdict.state for key, verdict in derive(phrase).items() if key in labels or key != "mammal"}
    expected = {key: ALLOWED[labels[key]] if key in labels else UNNAMED for key in found}
    return {key: state for key, state in found.items() if state not in expected[key]}
