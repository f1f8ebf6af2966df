"""Eyes and ears of a model: what it is asked about pictures and recordings, and what of its answer is believed."""

from agents.sensing.senses import ModelSenses

__all__ = ["ModelSenses"]
