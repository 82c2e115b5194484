"""Addresses of the directory's pages; slugs are words, so they have a French form."""

from django.urls import path, register_converter
from django.utils.translation import gettext_lazy as _

from directory.views import (
    desk,
    find,
    help_counts,
    invitations,
    listing,
    map_points,
    members,
    shortlist,
    start,
    worried,
)
from directory.views.sealed import TokenConverter

register_converter(TokenConverter, "token")

urlpatterns = [
    path("", start.start, name="start"),
    path(_("find/"), find.find, name="find"),
    path(_("find/<token:token>/"), find.find_sealed, name="find_sealed"),
    path(_("find/<token:token>/<int:page>/"), find.find_sealed, name="find_sealed"),
    path(_("find/<token:token>/points/"), map_points.map_points, name="find_points"),
    path(_("listing/<uuid:id>/"), listing.listing, name="listing"),
    path(_("listing/<token:token>/"), listing.listing_sealed, name="listing_sealed"),
    path(_("list/"), shortlist.keep, name="keep"),
    path(_("list/<token:token>/"), shortlist.shortlist, name="shortlist"),
    path(_("helped/"), help_counts.count, name="count_help"),
    path(_("helped/<token:token>/"), help_counts.helped, name="helped"),
    path(_("worried/"), worried.worried, name="worried"),
    path(_("desk/"), desk.desk, name="desk"),
    path(_("desk/acting-for/"), desk.choose_hat, name="choose_hat"),
    path(_("desk/organization/members/"), members.members, name="members"),
    path(_("desk/organization/members/invite/"), members.invite, name="member_invite"),
    path(_("desk/organization/members/<uuid:key>/end/"), members.end, name="member_end"),
    path(_("desk/organization/members/<uuid:key>/role/"), members.give_role, name="member_role"),
    path(_("desk/organization/invitations/<uuid:key>/revoke/"), members.revoke, name="invitation_revoke"),
    path("accounts/invitation/<str:token>/", invitations.invitation, name="invitation"),
]
