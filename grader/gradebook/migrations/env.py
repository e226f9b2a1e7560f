"""Runs migrations on the connection that `schema` hands over; there is no other way to reach a gradebook."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
