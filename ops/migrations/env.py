"""Runs one migration after another, in the connection that `ops.migrate` hands us."""

from __future__ import annotations

from alembic import context

import citizen.tables
import gateway.tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=[gateway.tables.Base.metadata, citizen.tables.Base.metadata],
    include_schemas=True,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
