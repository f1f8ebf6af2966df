"""How a sentence for people must look, whatever it says: a shared check, so that no test repeats whole sentences."""

import re

ABBREVIATIONS = frozenset({"AI", "BMI", "BMR", "CGM", "COVID", "US", "UK", "MET", "SGLT", "ACE"})


def faults(text):
    """What a careful reader would mark in `text`; empty when it reads well."""
    shouted = set(re.findall(r"[A-Z]{2,}", text)) - ABBREVIATIONS
    found = [f"capitals: {word}" for word in sorted(shouted)]
    if text != text.strip() or "  " in text:
        found.append("spaces")
    if not re.match(r"[A-Z0-9]", text):
        found.append("a small letter at the start")
    if not re.search(r"[.!?]$", text):
        found.append("no full stop")
    if re.search(r"[.!?] [a-z]|\bi\b", text):
        found.append("a small letter where a sentence begins, or for I")
    return found


def says(text, *parts):
    """Whether `text` reads well and holds each of the parts, in this order."""
    assert faults(text) == [], (faults(text), text)
    position = 0
    for part in parts:
        found = text.find(part, position)
        assert found >= 0, f"{part!r} is missing (in this place) in {text!r}"
        position = found + len(part)
    return True
