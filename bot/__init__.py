"""The edges: how people and machines reach the coach, and how it reaches them."""
