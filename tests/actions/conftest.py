"""Real citizens on real PostgreSQL, for actions that change what is kept of them."""

from tests.citizen.conftest import citizens, now, sessions, sign_in  # noqa: F401 - fixtures
