"""Words for people and for models, kept as data."""
