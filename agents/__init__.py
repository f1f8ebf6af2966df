"""The coach's mind: a graph of four specialists over pure engines."""
