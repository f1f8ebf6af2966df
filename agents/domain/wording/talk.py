"""Which of our sentences only make conversation: a voice may say them in other words, and no other ones.

Everything else stays as it is: what was done and its proof, questions of ours, safety, "I do not know".
"""

from typing import Final

TALK: Final = frozenset(("knowledge", "not-understood", "examples-now", "small-talk"))
