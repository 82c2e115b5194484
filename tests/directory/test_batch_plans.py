"""What a batch of a projection asks of the database does not grow with the country."""

import pytest
from django.db import connection

from directory.actions.project_documents import CHOSEN
from directory.actions.project_listings import PLANNING_SQL
from directory.finding.arrays import array
from directory.finding.gathered import SERVICES_SQL
from directory.models.organization import Organization
from directory.models.service import Service
from tests.directory.conftest import MakeService


def _plan(statement: str, values: dict[str, str]) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {PLANNING_SQL}")
        cursor.execute(f"EXPLAIN {statement}", values)
        return "\n".join(row[0] for row in cursor.fetchall())


@pytest.mark.parametrize("statement", [SERVICES_SQL, CHOSEN["organization"], CHOSEN["location"]])
def test_each_record_is_asked_about_by_itself(statement: str, make_service: MakeService) -> None:
    for number in range(8):
        make_service(f"Legal clinic {number}", "Kingston, ON")
    model = Service if statement is SERVICES_SQL else Organization
    values = {"ids": array(model.objects.values_list("pk", flat=True))}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count_records()")
    assert not _lists_everything(_plan(statement, values))


def _lists_everything(plan: str) -> bool:
    """PostgreSQL would go through a whole table, or list all protected places, to ask about a few records."""
    return "hashed SubPlan" in plan or "Semi Join" in plan
