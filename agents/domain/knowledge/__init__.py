"""Short, sourced answers to everyday questions about food, training, sleep and habits; nothing outside them."""

from agents.domain.knowledge.entries import Entry, entries, entry_of
from agents.domain.knowledge.finding import answer_to

__all__ = ["Entry", "answer_to", "entries", "entry_of"]
