from contextlib import ExitStack
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import ROUND_HALF_EVEN, Decimal

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.dialects.postgresql import dialect as postgres_dialect
from sqlalchemy.exc import StatementError

from storage.engines import sync_url
from storage.types import GUID, CleanText, Dec, Digest, Json, UtcDateTime, choice, clean
from tests.support import postgres

properties = settings(
    derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
texts = st.text(alphabet=st.characters(blacklist_categories=()), max_size=30)
json_values = st.dictionaries(
    texts,
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
        max_leaves=6,
    ),
    max_size=4,
)

words = sa.Table(
    "words",
    sa.MetaData(),
    sa.Column("n", sa.Integer, primary_key=True),
    sa.Column("guid", GUID()),
    sa.Column("instant", UtcDateTime()),
    sa.Column("day", sa.Date()),
    sa.Column("wall", sa.Time()),
    sa.Column("dec", Dec(7, 2)),
    sa.Column("wide", Dec(12, 4)),
    sa.Column("text", CleanText(40)),
    sa.Column("digest", Digest()),
    sa.Column("json", Json()),
)


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def engine(request, tmp_path_factory):
    """Each engine with an empty table of its own; no test commits anything."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            url = f"sqlite:///{tmp_path_factory.mktemp('types') / 'words.db'}"
        else:
            request.getfixturevalue("postgres_server")
            url = stack.enter_context(postgres.fresh_database())
        engine = sa.create_engine(sync_url(url))
        stack.callback(engine.dispose)
        words.create(engine)
        yield engine


@pytest.fixture
def stored(engine):
    """Writes one value into a real column and reads it back."""
    with engine.connect() as connection:

        def store(column, value):
            connection.execute(words.delete())
            connection.execute(words.insert().values({"n": 1, column: value}))
            return connection.execute(sa.select(words.c[column])).scalar_one()

        store.connection = connection
        yield store


@properties
@given(st.uuids())
def test_an_id_comes_back(stored, value):
    assert stored("guid", value) == value


@properties
@given(
    st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29)),  # noqa: DTZ001 - the zone is drawn beside it
    st.integers(-14 * 60, 14 * 60),
)
def test_an_instant_comes_back_in_utc_to_the_microsecond(stored, naive, offset_minutes):
    value = naive.replace(tzinfo=timezone(timedelta(minutes=offset_minutes)))
    read = stored("instant", value)
    assert read == value
    assert read.tzinfo is UTC or read.utcoffset() == timedelta(0)


def test_an_instant_on_sqlite_is_text_that_sorts_as_time(stored):
    stored("instant", datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=2))))
    if stored.connection.dialect.name == "sqlite":
        raw = stored.connection.exec_driver_sql("SELECT instant FROM words").scalar_one()
        assert raw == "2026-01-02 01:04:05.000000"


def test_a_naive_instant_is_refused(stored):
    with pytest.raises(StatementError, match="needs a time zone"):
        stored("instant", datetime(2026, 1, 2))  # noqa: DTZ001 - the point


def test_local_days_and_times_come_back(stored):
    assert stored("day", date(2024, 2, 29)) == date(2024, 2, 29)
    assert stored("wall", time(23, 59, 59)) == time(23, 59, 59)


@properties
@given(st.decimals(Decimal("-99999.99"), Decimal("99999.99"), allow_nan=False, places=6))
def test_a_decimal_is_rounded_half_even_alike_on_both_engines(stored, value):
    expected = value.quantize(Decimal("0.01"), ROUND_HALF_EVEN)
    assert stored("dec", value) == expected
    assert str(stored("dec", value)) == str(expected) or expected == 0


@properties
@given(st.decimals(Decimal("-99999999.9999"), Decimal("99999999.9999"), allow_nan=False, places=4))
def test_twelve_digits_survive_sqlites_floats(stored, value):
    assert stored("wide", value) == value


def test_halves_go_to_the_even_neighbour(stored):
    assert [stored("dec", Decimal(text)) for text in ("0.125", "0.135", "2.675")] == [
        Decimal("0.12"),
        Decimal("0.14"),
        Decimal("2.68"),
    ]
    assert stored("dec", 0.1 + 0.2) == Decimal("0.30")


@pytest.mark.parametrize(
    "value", [Decimal(100000), Decimal("99999.995"), Decimal("NaN"), float("inf"), Decimal("1e30")]
)
def test_what_does_not_fit_a_decimal_is_refused_before_sql(stored, value):
    with pytest.raises(StatementError, match=r"digits before the point|finite"):
        stored("dec", value)


@properties
@given(texts)
def test_text_comes_back_clean(stored, value):
    read = stored("text", value)
    assert read == clean(value)
    assert "\x00" not in read
    read.encode()


def test_text_is_composed_and_its_length_counts_afterwards(stored):
    assert stored("text", "Cafe\u0301") == "Café"
    assert stored("text", "a\x00b\ud800c") == "abc"
    assert stored("text", "x" * 40) == "x" * 40
    with pytest.raises(StatementError, match="41 characters, 40 fit"):
        stored("text", "x" * 41)


def test_a_digest_has_thirty_two_bytes(stored):
    assert stored("digest", bytes(32)) == bytes(32)
    with pytest.raises(StatementError, match="32 bytes"):
        stored("digest", b"short")


@properties
@given(json_values)
def test_json_comes_back_with_clean_strings(stored, value):
    read = stored("json", value)
    assert read == _cleaned(value)


def _cleaned(value):
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(key): _cleaned(item) for key, item in value.items()}
    return [_cleaned(item) for item in value] if isinstance(value, list) else value


def test_json_refuses_numbers_that_json_does_not_have(stored):
    with pytest.raises(StatementError, match="finite"):
        stored("json", {"x": float("nan")})


def test_no_value_is_null_in_every_column(stored):
    for column in words.columns:
        if column.name != "n":
            assert stored(column.name, None) is None


def test_an_enum_is_a_short_text_with_a_named_check():
    from typing import Literal

    kind = choice("mood", Literal["good", "bad"])
    assert (kind.enums, kind.length, kind.name, kind.native_enum) == (["good", "bad"], 32, "mood", False)
    table = sa.Table("t", sa.MetaData(), sa.Column("mood", kind))
    ddl = str(sa.schema.CreateTable(table).compile(dialect=postgres_dialect()))
    assert "VARCHAR(32)" in ddl
    assert "mood IN ('good', 'bad')" in ddl
