"""The view over everything dated (data-model 9.1): a table to select from, not one to create or write."""

from sqlalchemy import Column, Date, MetaData, String, Table, Time

from storage.types import GUID

# Its own metadata: migrations make the view, and whoever lists tables must not meet it.
calendar_events = Table(
    "calendar_events",
    MetaData(),
    Column("user_id", GUID()),
    Column("date", Date),
    Column("start_time", Time),
    Column("kind", String),
    Column("ref_table", String),
    Column("ref_id", GUID()),
    Column("plan_id", GUID()),
    Column("title", String),
    Column("status", String),
)
