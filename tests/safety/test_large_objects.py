"""Large objects are a way to write that no table's rights hold: the roles that serve have none."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests.roles import role

WAYS = ["lo_create(0)", "lo_creat(-1)", "lo_from_bytea(0, 'x'::bytea)"]


@pytest.mark.promise(3)
@pytest.mark.parametrize("name", ["relais_public", "relais_portal"])
@pytest.mark.parametrize("call", WAYS)
def test_a_serving_role_makes_no_large_object(db: None, name: str, call: str) -> None:
    def write() -> None:
        with transaction.atomic(), role(name), connection.cursor() as cursor:
            cursor.execute(f"SELECT {call}")

    with pytest.raises(DatabaseError, match="permission denied"):
        write()
