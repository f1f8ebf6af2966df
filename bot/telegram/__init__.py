"""Telegram: aiogram hears, python-telegram-bot speaks; neither is known outside this folder (telegram.md TG-60, 62).

ear.py polls and writes to the inbox, desk.py has each person's updates answered in order, post.py empties the outbox
through mouth.py, and run.py puts them together.
"""
