"""Neutral messages become what a channel shows."""
