"""How Alembic runs here: always over a connection that storage.schema opened, inside its transaction and lock."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes.get("metadata"),
    render_as_batch=True,
    transactional_ddl=True,
    compare_type=True,
    now=context.config.attributes.get("now"),
)
context.run_migrations()
