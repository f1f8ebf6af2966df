import asyncio
import base64
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import StatementError

from storage.crypto import MasterKey, load_key_file, load_or_create_key_file, new_data_key, write_key_file
from storage.encrypted import Encrypted, SystemEncrypted
from storage.errors import KeyFileError, KeyMissing, WrongKey
from storage.keyscope import current, current_user_id, entered, key_scope, make_scope, system_scope

ANN, BEN = UUID(int=1), UUID(int=2)
KEY, OTHER = bytes(32), bytes([1]) * 32
COLUMN = b"keel:1:messages.text"
MASTER = MasterKey(bytes(range(32)), bytes(range(32, 64)))

notes = sa.Table(
    "notes",
    sa.MetaData(),
    sa.Column("n", sa.Integer, primary_key=True),
    sa.Column("text", Encrypted("notes.text")),
    sa.Column("other", Encrypted("notes.other")),
    sa.Column("json", Encrypted("notes.json", "json")),
    sa.Column("day", Encrypted("notes.day", "date")),
    sa.Column("data", Encrypted("notes.data", "bytes")),
    sa.Column("label", SystemEncrypted("notes.label")),
)


@pytest.fixture
def connection():
    engine = sa.create_engine("sqlite://")
    notes.create(engine)
    with engine.connect() as opened:
        yield opened
    engine.dispose()


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.binary(max_size=300))
def test_a_sealed_value_opens_for_the_same_person_and_column_only(plain):
    ann, ben = make_scope(ANN, KEY), make_scope(BEN, KEY)
    sealed = ann.seal(COLUMN, plain)
    assert sealed[:2] == b"\x01\x01"
    assert len(sealed) == 2 + 12 + len(plain) + 16
    assert ann.unseal(COLUMN, sealed) == plain
    with pytest.raises(WrongKey, match=r"messages\.text"):
        ben.unseal(COLUMN, sealed)
    with pytest.raises(WrongKey, match=r"messages\.context"):
        ann.unseal(b"keel:1:messages.context", sealed)


@settings(derandomize=True, deadline=None, max_examples=40)
@given(st.integers(0, 40), st.integers(1, 255))
def test_a_single_changed_byte_is_noticed(position, change):
    scope = make_scope(ANN, KEY)
    sealed = bytearray(scope.seal(COLUMN, b"eleven byte"))
    sealed[position] ^= change
    with pytest.raises(WrongKey):
        scope.unseal(COLUMN, bytes(sealed))


def test_equal_values_differ_on_disk():
    scope = make_scope(ANN, KEY)
    assert scope.seal(COLUMN, b"same") != scope.seal(COLUMN, b"same")


def test_a_retired_key_version_still_reads_and_the_new_one_writes():
    old = make_scope(ANN, KEY, 1).seal(COLUMN, b"before")
    rotated = make_scope(ANN, OTHER, 2, retired={1: KEY})
    assert rotated.unseal(COLUMN, old) == b"before"
    assert rotated.seal(COLUMN, b"after")[1] == 2
    with pytest.raises(WrongKey, match="key version 1"):
        make_scope(ANN, OTHER, 2).unseal(COLUMN, old)


@pytest.mark.parametrize(("key", "version"), [(b"short", 1), (KEY, 0), (KEY, 256)])
def test_impossible_keys_and_versions_are_refused(key, version):
    with pytest.raises(ValueError, match="data keys have 32 bytes"):
        make_scope(ANN, key, version)


def test_scopes_nest_and_end():
    assert current_user_id() is None
    with key_scope(ANN, KEY):
        with key_scope(BEN, OTHER):
            assert current().user_id == BEN
        assert current_user_id() == ANN
        with system_scope(KEY):
            assert current_user_id() == ANN
    with pytest.raises(KeyMissing, match="outside a person's key scope"):
        current()


async def test_each_task_has_its_own_scope():
    async def serve(person, key):
        with key_scope(person, key):
            await asyncio.sleep(0)
            return current().user_id

    assert await asyncio.gather(serve(ANN, KEY), serve(BEN, OTHER)) == [ANN, BEN]
    assert current_user_id() is None


def test_a_scope_does_not_show_its_keys():
    assert "cipher" not in repr(make_scope(ANN, KEY))
    assert MASTER.master.hex() not in repr(MASTER)
    assert "bytearray" not in repr(MASTER)


def test_every_kind_of_encrypted_column_comes_back(connection):
    row = {
        "n": 1,
        "text": "Zoe\u0308",
        "json": {"weight": 81.5, "words": ["knee"]},
        "day": date(2026, 11, 21),
        "data": b"\x00\xff",
        "label": "Our home",
    }
    with key_scope(ANN, KEY), system_scope(OTHER):
        connection.execute(notes.insert().values(row))
        read = connection.execute(sa.select(notes)).one()
    assert read._asdict() == {**row, "text": "Zoë", "other": None}


def test_without_a_scope_nothing_is_written_or_read(connection):
    with pytest.raises(StatementError, match="outside a person's key scope"):
        connection.execute(notes.insert().values(n=1, text="x"))
    with pytest.raises(StatementError, match="outside the system key scope"):
        connection.execute(notes.insert().values(n=1, label="x"))
    with key_scope(ANN, KEY):
        connection.execute(notes.insert().values(n=1, text="x"))
    with pytest.raises(KeyMissing):
        connection.execute(sa.select(notes.c.text)).all()


def test_a_value_moved_to_another_column_or_person_does_not_decrypt(connection):
    with key_scope(ANN, KEY):
        connection.execute(notes.insert().values(n=1, text="mine"))
        connection.exec_driver_sql("UPDATE notes SET other = text")
        with pytest.raises(WrongKey, match=r"notes\.other"):
            connection.execute(sa.select(notes.c.other)).all()
    with key_scope(BEN, KEY), pytest.raises(WrongKey, match=r"notes\.text"):
        connection.execute(sa.select(notes.c.text)).all()


def test_plain_bytes_in_an_encrypted_column_are_named_as_such(connection):
    connection.exec_driver_sql(
        "INSERT INTO notes (n, text) VALUES (1, CAST('plain words that never were sealed' AS BLOB))"
    )
    with key_scope(ANN, KEY), pytest.raises(WrongKey, match="never encrypted"):
        connection.execute(sa.select(notes.c.text)).all()


def test_encrypted_columns_can_be_asked_for_null_and_nothing_else(connection):
    assert connection.execute(sa.select(notes.c.n).where(notes.c.text.is_(None))).all() == []
    assert connection.execute(sa.select(notes.c.n).where(notes.c.text != None)).all() == []  # noqa: E711 - SQL
    for condition in (lambda: notes.c.text == "x", lambda: notes.c.text.like("x%"), notes.c.text.desc):
        with pytest.raises(TypeError, match="blind index"):
            condition()


def test_a_data_key_is_wrapped_and_unwrapped():
    data_key = new_data_key()
    wrapped = MASTER.wrap(data_key)
    assert len(wrapped) == 40
    assert data_key not in wrapped
    assert MASTER.unwrap(wrapped) == data_key
    assert MASTER.unwrap(wrapped, MASTER.id) == data_key
    with pytest.raises(WrongKey, match="not at hand"):
        MasterKey.generate().unwrap(wrapped)
    with pytest.raises(WrongKey, match="not at hand"):
        MASTER.unwrap(wrapped, "0" * 32)


def test_a_rotated_master_key_still_unwraps_and_keeps_every_blind_index():
    wrapped = MASTER.wrap(KEY)
    rotated = MASTER.rotated(OTHER)
    assert rotated.id != MASTER.id
    assert rotated.unwrap(wrapped, MASTER.id) == KEY
    assert rotated.blind_index("telegram", "42") == MASTER.blind_index("telegram", "42")
    assert rotated.system_key == MASTER.system_key


def test_blind_indexes_separate_purposes_values_and_persons():
    found = {
        MASTER.blind_index("email", "a"),
        MASTER.blind_index("email", "b"),
        MASTER.blind_index("telegram", "a"),
        MASTER.person_index(ANN, "email", "a"),
        MASTER.person_index(BEN, "email", "a"),
        MASTER.system_key,
    }
    assert len(found) == 6
    assert {len(value) for value in found} == {32}
    assert MASTER.blind_index("email", "a") == MASTER.blind_index("email", b"a")


def test_a_master_key_id_fits_its_column_and_hides_the_key():
    assert len(MASTER.id) == 32
    assert MASTER.id == MasterKey(MASTER.master, OTHER).id
    assert MASTER.id not in MASTER.master.hex()


@pytest.mark.parametrize(
    "text",
    [
        (MASTER.master + MASTER.index).hex(),
        f"  {(MASTER.master + MASTER.index).hex().upper()}\n",
        base64.b64encode(MASTER.master + MASTER.index).decode(),
        base64.urlsafe_b64encode(MASTER.master + MASTER.index).decode().rstrip("="),
    ],
)
def test_a_key_is_read_from_hexadecimal_and_base64(text):
    assert MasterKey.parse(text) == MASTER


def test_thirty_two_bytes_are_enough_and_give_their_own_index_secret():
    short = MasterKey.from_bytes(MASTER.master)
    assert short.master == MASTER.master
    assert short.index not in (MASTER.master, MASTER.index)
    assert short == MasterKey.parse(MASTER.master.hex())


@pytest.mark.parametrize("text", ["", "abc", "00" * 31, "00" * 65, "not a key!", "€" * 32])
def test_what_is_not_a_key_is_refused(text):
    with pytest.raises(KeyFileError, match="master key"):
        MasterKey.parse(text)


def test_a_key_file_is_made_once_private_and_stable(tmp_path):
    path = tmp_path / "new" / "keel.key"
    made = load_or_create_key_file(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert load_or_create_key_file(path) == made
    assert list(path.parent.iterdir()) == [path]


def test_many_starts_at_once_agree_on_one_key(tmp_path):
    path = tmp_path / "keel.key"
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: load_or_create_key_file(path), range(16)))
    assert len(set(made)) == 1
    assert list(tmp_path.iterdir()) == [path]


def test_a_rotation_is_written_back_with_its_retired_key(tmp_path):
    path = tmp_path / "keel.key"
    rotated = load_or_create_key_file(path).rotated(OTHER)
    write_key_file(path, rotated)
    assert load_key_file(path) == rotated
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_key_file_open_to_others_is_refused_with_the_remedy(tmp_path):
    path = tmp_path / "keel.key"
    load_or_create_key_file(path)
    path.chmod(0o640)
    with pytest.raises(KeyFileError, match="chmod 600"):
        load_or_create_key_file(path)


@pytest.mark.parametrize("content", [b"", b"hello\n", b"master 00\nindex 00\n", b"master " + b"00" * 32, b"\xff\xfe"])
def test_a_damaged_key_file_is_never_replaced(tmp_path, content):
    path = tmp_path / "keel.key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(KeyFileError):
        load_or_create_key_file(path)
    assert path.read_bytes() == content


def test_a_kept_scope_can_be_entered_again_and_again():
    scope = make_scope(ANN, KEY)
    for _ in range(2):
        with entered(scope):
            assert current() is scope
