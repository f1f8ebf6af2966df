"""Telegram: aiogram hears, python-telegram-bot speaks; neither is known outside this folder (telegram.md TG-60, 62).

An ear (polling.py, webhook.py) hands updates to reception.py, which writes them to the inbox; desk.py has each person's
answered in order, post.py empties the outbox through mouth.py, and house.py puts them together.
"""
