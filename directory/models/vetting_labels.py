"""Words for what stewards decide, and for what organizations answer."""

from django.utils.translation import gettext_lazy as _

from directory.rules.standing import Kind, Standing

OUTCOMES = {
    Standing.APPROVED: _("Approved"),
    Standing.CONDITIONAL: _("Approved with conditions"),
    Standing.DECLINED: _("Not let in"),
    Standing.SUSPENDED: _("Suspended"),
    Standing.EXPIRED: _("Ended"),
    Standing.UNVETTED: _("Not vetted yet"),
}
KINDS = {
    Kind.COMMUNITY: _("Community organization"),
    Kind.HEALTH: _("Health"),
    Kind.LEGAL: _("Legal help"),
    Kind.GOVERNMENT: _("Government, other than enforcement"),
    Kind.ENFORCEMENT: _("Enforcement: police, immigration, corrections (sees public fields only)"),
}
TOLD = {
    "only_if_law_requires": _("Only what the law requires"),
    "with_consent": _("Only what the person agrees to"),
    "routinely": _("As a routine"),
}
