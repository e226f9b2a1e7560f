"""The steps by which older gradebooks become current ones; Alembic runs them."""
