"""Shipped reference tables and their readers."""
