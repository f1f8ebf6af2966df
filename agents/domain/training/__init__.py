"""The programme builder: sessions that fit a person's days, minutes, place, goal and hurts (science.md 5)."""

from agents.domain.training.builder import Course, programme
from agents.domain.training.progression import DoneSet, History, Kit, NextLoad, Target, next_load
from agents.domain.training.session import Block, Phase, Programme, Session, SessionIntensity
from agents.domain.training.shortening import shorten
from agents.domain.training.substitutes import swap

__all__ = [
    "Block",
    "Course",
    "DoneSet",
    "History",
    "Kit",
    "NextLoad",
    "Phase",
    "Programme",
    "Session",
    "SessionIntensity",
    "Target",
    "next_load",
    "programme",
    "shorten",
    "swap",
]
