"""The whole demonstration in the database: loaded once, projected, and unchanged by a second run."""

from datetime import date

import pytest
from django.conf import settings
from django.db.models import F

from directory.actions.load_demo import load_demo
from directory.models.accessibility import Accessibility
from directory.models.address import Address
from directory.models.cost_option import CostOption
from directory.models.coverage import ServiceCoverage
from directory.models.listing import Listing, ListingPage
from directory.models.location import Location
from directory.models.organization import Organization
from directory.models.required_document import RequiredDocument
from directory.models.schedule import Schedule
from directory.models.service import Service
from directory.models.service_area import ServiceArea
from directory.models.service_fact import ServiceFact
from directory.models.taxonomy import Attribute
from directory.rules.provinces import PROVINCES
from safety.viewer import VISITOR

TODAY = date(2026, 11, 22)
COUNTED = (Accessibility, CostOption, RequiredDocument, ServiceArea, ServiceCoverage, ServiceFact, Schedule)


@pytest.mark.promise(1)
def test_the_whole_country_is_loaded_once_and_a_second_run_changes_nothing(db: None) -> None:
    folder = settings.FIXTURES / "demo"
    assert load_demo(folder=folder, today=TODAY, viewer=VISITOR, with_story=True) == 1200
    assert (Organization.objects.count(), Service.objects.count()) == (400, 1200)
    listable = Service.objects.listable()
    assert set(Listing.objects.values_list("service_id", flat=True)) == set(
        listable.values_list("pk", flat=True)
    )
    assert set(Listing.objects.exclude(point=None).values_list("province", flat=True)) == set(PROVINCES)
    assert not Listing.objects.filter(is_demo=False).exists()

    protected = Location.objects.filter(is_protected=True)
    assert protected.count() >= 80
    assert not protected.exclude(latitude=None, longitude=None, community=None, name="").exists()
    assert not Address.objects.filter(location__is_protected=True).exists()
    for model in COUNTED:
        assert model._default_manager.count() >= 40, model
    assert Attribute.objects.filter(taxonomy_term__taxonomy="relais_focus").exists()
    assert Service.objects.filter(organization__governed_by=F("governed_by")).count() >= 60

    counts = [model._default_manager.count() for model in COUNTED]
    assert load_demo(folder=folder, today=date(2027, 3, 1), viewer=VISITOR, with_story=True) == 0
    assert [model._default_manager.count() for model in COUNTED] == counts
    assert ListingPage.objects.count() == Listing.objects.count()
