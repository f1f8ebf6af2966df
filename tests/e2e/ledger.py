"""The database as an outsider sees it: plain sqlite3, beside the running process."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from agents.domain.crockford import decode

# Where the row behind a receipt lives, and by which column it is found.
PLACES = {
    "activity": ("activities", "id"),
    "check_in": ("check_ins", "id"),
    "consent": ("consents", "id"),
    "dietary_preference": ("dietary_preferences", "user_id"),
    "dietary_restriction": ("dietary_restrictions", "id"),
    "exercise_set": ("exercise_sets", "id"),
    "goal": ("goals", "id"),
    "health_metric": ("health_metrics", "id"),
    "hydration_preference": ("hydration_preferences", "user_id"),
    "meal": ("meals", "id"),
    "meal_schedule": ("meal_schedules", "id"),
    "medical_flag": ("medical_flags", "id"),
    "onboarding_state": ("onboarding_states", "user_id"),
    "physical_constraint": ("physical_constraints", "id"),
    "plan": ("plans", "id"),
    "planned_meal": ("planned_meals", "id"),
    "profile": ("profiles", "user_id"),
    "profile_fact": ("profile_facts", "id"),
    "reminder": ("reminders", "id"),
    "reminder_firing": ("reminder_firings", "id"),
    "screening_answer": ("screening_answers", "id"),
    "task": ("tasks", "id"),
    "user": ("users", "id"),
    "user_setting": ("user_settings", "user_id"),
    "workout_schedule": ("workout_schedules", "user_id"),
}


class Ledger:
    """Questions to one database file. Text that people typed is encrypted there and not asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def all(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Every row of a query."""
        with self._open() as connection:
            return connection.execute(query, parameters).fetchall()

    def one(self, query: str, *parameters: Any) -> Any:
        """The first value of the first row."""
        rows = self.all(query, *parameters)
        return rows[0][0] if rows else None

    def count(self, table: str, where: str = "1=1", *parameters: Any) -> int:
        """How many rows."""
        return int(self.one(f"SELECT count(*) FROM {table} WHERE {where}", *parameters))

    def proves(self, receipt: dict[str, str]) -> bool:
        """Whether the row that a receipt names is there (or gone, where the receipt says so)."""
        table, column = PLACES[receipt["entity"]]
        found = self.count(table, f"{column} = ?", decode(receipt["id"]).bytes)
        is_removed_log = receipt["entity"] in (
            "meal",
            "activity",
            "health_metric",
            "check_in",
            "profile_fact",
        ) and receipt["action"] in ("undone", "deleted")
        return found == (0 if is_removed_log else 1)

    def tables_with_a_person(self) -> list[str]:
        """Every table that holds rows of people."""
        names = [row[0] for row in self.all("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return [t for t in names if any(c[1] == "user_id" for c in self.all(f"PRAGMA table_info({t})"))]

    def owners(self) -> dict[str, set[bytes]]:
        """Which people have rows in which tables."""
        found = {}
        for table in self.tables_with_a_person():
            people = {row[0] for row in self.all(f"SELECT DISTINCT user_id FROM {table} WHERE user_id IS NOT NULL")}
            if people:
                found[table] = people
        return found

    def is_sound(self) -> bool:
        """Whether SQLite finds the file and its references whole."""
        return self.one("PRAGMA integrity_check") == "ok" and not self.all("PRAGMA foreign_key_check")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=20)) as connection:
            yield connection
