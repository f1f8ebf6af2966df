"""What every table shares: the naming convention, the table classes of data-model 1.2, and words for constraints.

There are no relationships: repositories write queries, so nothing can load lazily. Defaults for ids and instants come
from the clock and id factory the engine was opened with, never from the database.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar, Literal, get_origin
from uuid import UUID

from sqlalchemy import CheckConstraint, Connection, ForeignKey, ForeignKeyConstraint, Index, MetaData, text
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.event import listens_for
from sqlalchemy.orm import DeclarativeBase, Mapped, TypeResolve, declared_attr, mapped_column
from sqlalchemy.types import TypeEngine

from storage.types import GUID, CleanText, Json, JsonList, JsonObject, UtcDateTime, choice

NAMING = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
TableClass = Literal["T", "T+", "1", "D", "C", "Cu", "S"]


class Base(DeclarativeBase):
    """Declarative base of all tables. `Table.info["table_class"]` holds the class of data-model 1.2."""

    table_class: ClassVar[TableClass]
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - the name and shape are SQLAlchemy's
        UUID: GUID(),
        datetime: UtcDateTime(),
        str: CleanText(),
        JsonObject: Json(),
        JsonList: Json(),
    }

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.metadata.tables[cls.__tablename__].info["table_class"] = cls.table_class


@listens_for(Base, "resolve_type_annotation")
def _a_literal_is_an_enum(resolve: TypeResolve) -> TypeEngine[Any] | None:
    """`Mapped[Literal["a", "b"]]` is an enum column; its CHECK is named after the column."""
    if get_origin(resolve.resolved_type) is Literal:
        return choice(resolve.key, resolve.resolved_type)
    return None


def _now(context: DefaultExecutionContext) -> datetime:
    return context.execution_options["clock"]()  # type: ignore[no-any-return]


def _made(context: DefaultExecutionContext) -> datetime:
    """A new row was last changed when it was made, to the microsecond."""
    return context.get_current_parameters().get("created_at") or _now(context)  # type: ignore[no-untyped-call]


def _new_id(context: DefaultExecutionContext) -> UUID:
    return context.execution_options["ids"]()  # type: ignore[no-any-return]


class _Created:
    created_at: Mapped[datetime] = mapped_column(default=_now, sort_order=98)


class _Stamped(_Created):
    updated_at: Mapped[datetime] = mapped_column(default=_made, onupdate=_now, sort_order=99)


class _Owned:
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, sort_order=-2)


class _Numbered:
    id: Mapped[UUID] = mapped_column(primary_key=True, default=_new_id, sort_order=-1)


class Tenant(_Owned, _Numbered, _Stamped):
    """Class T: rows owned by one person. Key (user_id, id)."""

    table_class: ClassVar[TableClass] = "T"


class TenantLog(_Owned, _Numbered, _Created):
    """Class T+: rows owned by one person, only ever added. Key (user_id, id)."""

    table_class: ClassVar[TableClass] = "T+"


class TenantKeyed(_Owned, _Stamped):
    """Class T without `id`: the table's own columns complete the key (user_id, …)."""

    table_class: ClassVar[TableClass] = "T"


class TenantKeyedLog(_Owned, _Created):
    """Class T+ without `id`."""

    table_class: ClassVar[TableClass] = "T+"


class Single(_Owned, _Stamped):
    """Class 1: one row per person. Key (user_id)."""

    table_class: ClassVar[TableClass] = "1"


class Directory(_Numbered, _Stamped):
    """Class D: needed before the person is known, or shared by persons. Key (id)."""

    table_class: ClassVar[TableClass] = "D"


class Catalogue(_Numbered, _Stamped):
    """Class Cu: shared rows (`user_id` NULL) and a person's own ones. Key (id)."""

    table_class: ClassVar[TableClass] = "Cu"
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), sort_order=-2)


class Reference(_Stamped):
    """Class C: shared rows known by a code. Key (code)."""

    table_class: ClassVar[TableClass] = "C"
    code: Mapped[str] = mapped_column(CleanText(50), primary_key=True, sort_order=-2)
    sort_order: Mapped[int] = mapped_column(default=0, sort_order=-1)


class System(_Stamped):
    """Class S: belongs to the installation."""

    table_class: ClassVar[TableClass] = "S"


class Versioned:
    """Optimistic locking: an update that started from an older version fails instead of overwriting."""

    row_version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.row_version}


def part_of(**parents: str) -> Iterator[ForeignKeyConstraint]:
    """Composite keys to tenant tables whose rows take this one with them: `part_of(plan_id="plans")`."""
    return (_tenant_key(column, table, "CASCADE") for column, table in parents.items())


def points_to(**targets: str) -> Iterator[ForeignKeyConstraint]:
    """Composite keys to tenant tables, checked at the end of the statement: `points_to(goal_id="goals")`."""
    return (_tenant_key(column, table, None) for column, table in targets.items())


def _tenant_key(column: str, table: str, on_delete: str | None) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["user_id", column], [f"{table}.user_id", f"{table}.id"], ondelete=on_delete)


def ranges(**limits: tuple[float, float]) -> Iterator[CheckConstraint]:
    """CHECK that a column lies between two values, both included; NULL passes."""
    return (
        CheckConstraint(f"{column} BETWEEN {low} AND {high}", name=f"{column}_range")
        for column, (low, high) in limits.items()
    )


def rules(**conditions: str) -> Iterator[CheckConstraint]:
    """CHECKs by name; a rule about one column is called <column>_rule."""
    return (CheckConstraint(condition, name=name) for name, condition in conditions.items())


def unique_where(condition: str, *columns: str, name: str) -> Index:
    """A unique key over the rows that fulfil the condition, the same on both engines."""
    return Index(name, *columns, unique=True, sqlite_where=text(condition))


def index_where(condition: str, *columns: str) -> Index:
    """An index over the rows that fulfil the condition, the same on both engines."""
    return Index(None, *columns, sqlite_where=text(condition))


@listens_for(Base.metadata, "before_create")
def _before_create(metadata: MetaData, connection: Connection, **_kwargs: object) -> None:
    if connection.dialect.name == "postgresql":
        share_conditions(metadata)


def share_conditions(metadata: MetaData) -> None:
    """Gives partial indexes their condition on PostgreSQL too; for whoever builds or compares a schema from models.

    Naming it at import would load PostgreSQL's dialect into every process, also where SQLite serves.
    """
    for table in metadata.tables.values():
        for index in table.indexes:
            index.dialect_kwargs["postgresql_where"] = index.dialect_options["sqlite"]["where"]
