"""What models and fields are called in the stewards' administration, in both languages.

Fields that are not named here keep their names of HSDS, which are the words of the people who exchange records.
"""

from django.utils.translation import gettext_lazy as _

NOUNS = {
    "Service": _("Services"),
    "SynonymGroup": _("Synonyms"),
    "Organization": _("Organizations"),
    "Location": _("Places"),
    "ServiceAtLocation": _("Services at places"),
    "Phone": _("Phones"),
    "Schedule": _("Hours"),
    "Address": _("Streets"),
    "TaxonomyTerm": _("Terms"),
    "TermMapping": _("Foreign codes"),
    "SameService": _("Twice the same service"),
    "ImportConflict": _("Disagreements with a feed"),
    "Publisher": _("Publishers"),
    "CommunityDisclosure": _("Communities named by agreement"),
    "Area": _("Published areas"),
    "Place": _("Communities and postal areas"),
}
"""Names of models (many of them) in the order of the first page; all others follow."""

LABELS = {
    "publisher": _("Publisher"),
    "organization": _("Organization"),
    "service": _("Service"),
    "location": _("Place"),
    "name": _("Name"),
    "name_fr": _("Name in French"),
    "description": _("Description"),
    "description_fr": _("Description in French"),
    "eligibility_description": _("Who can come"),
    "eligibility_description_fr": _("Who can come, in French"),
    "application_process": _("How to get in"),
    "application_process_fr": _("How to get in, in French"),
    "fees_description": _("What it costs"),
    "fees_description_fr": _("What it costs, in French"),
    "alert": _("Alert"),
    "alert_fr": _("Alert in French"),
    "status": _("State"),
    "number": _("Number"),
    "flags": _("What cannot be right"),
    "governed_by": _("Governed by"),
    "publish_to": _("Published where"),
    "is_protected": _("Protected"),
    "community": _("Community"),
    "assured_date": _("Last checked"),
    "hint": _("Hint"),
    "hint_fr": _("Hint in French"),
    "code": _("Code"),
    "slug": _("Slug"),
    "taxonomy": _("Taxonomy"),
    "parent": _("Group"),
}
