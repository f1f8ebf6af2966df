"""How a day bends: reds, illness, hurts, weather, breaks; one override a day, never less food (science.md 6)."""
