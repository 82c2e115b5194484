"""HSDS organization: whoever runs services."""

from django.db import models

from directory.models.disclosure import governed_by, publish_to
from directory.models.owned import named
from directory.models.record import HsdsRecord


class Organization(HsdsRecord):
    """A body that runs services. Its legal name is never translated; `name_fr` is a name it uses in French."""

    name = models.TextField()
    name_fr = models.TextField(blank=True)
    alternate_name = models.TextField(blank=True)
    description = models.TextField(blank=True)
    description_fr = models.TextField(blank=True)
    email = models.TextField(blank=True)
    website = models.TextField(blank=True)
    tax_status = models.TextField(blank=True)
    tax_id = models.TextField(blank=True)
    year_incorporated = models.TextField(blank=True)
    legal_status = models.TextField(blank=True)
    logo = models.TextField(blank=True)
    uri = models.TextField(blank=True)
    parent_organization = named("self", "children", keeps=True)

    publish_to = publish_to()
    governed_by = governed_by()
    # Since when stewards show none of its listings to anybody; None: they are shown.
    taken_off_on = models.DateField(null=True, blank=True)

    class Meta(HsdsRecord.Meta):
        db_table = "organization"

    def __str__(self) -> str:
        return self.name
