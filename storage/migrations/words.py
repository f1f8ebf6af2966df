"""The column words of data-model 1.1 as they stood when the first tables were made.

Revisions use these and not storage.types: history must not change when the models do. Never edit; add a new word.
"""

from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

UUID = sa.LargeBinary(16).with_variant(sa.Uuid(), "postgresql")
INSTANT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")
DATE = sa.Date()
TIME = sa.Time()
SMALL = sa.SmallInteger()
INT = sa.Integer()
BIG = sa.BigInteger()
BOOL = sa.Boolean()
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
BYTES = sa.LargeBinary()
ENUM = sa.String(32)
TEXT = sa.Text()


def string(length: int) -> sa.String:
    """VARCHAR(length)."""
    return sa.String(length)


def dec(precision: int, scale: int) -> "sa.Numeric[Decimal]":
    """NUMERIC(precision, scale)."""
    return sa.Numeric(precision, scale)
