"""Which of our sentences only make conversation: a voice may say them in other words, and no other ones.

Everything else stays as it is: what was done and its proof, questions of ours, safety, knowledge with its cautions, "I
did not get that" and "I do not know".
"""

from typing import Final

TALK: Final = frozenset(("small-talk", "moved-roll", "moved-evoke", "moved-reflect"))
ABOVE: Final = frozenset(("voice-heard",))  # what is read first, whatever is said
OPENED: Final = frozenset(("knowledge",))  # what is worth an opening word of the voice above it
