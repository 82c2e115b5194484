"""Addresses of the directory's pages; slugs are words, so they have a French form."""

from django.urls import path, register_converter
from django.utils.translation import gettext_lazy as _

from directory.views import (
    beds,
    desk,
    desk_find,
    desk_listing,
    find,
    help_counts,
    invitations,
    listing,
    map_points,
    members,
    queues,
    shortlist,
    start,
    vetting_application,
    vetting_deciding,
    vetting_desk,
    vetting_holds,
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
    path(_("desk/beds/"), beds.beds, name="beds"),
    path(_("desk/beds/<uuid:service>/"), beds.report, name="beds_report"),
    path(_("desk/beds/<uuid:service>/link/"), beds.make_link, name="beds_make_link"),
    path(_("desk/beds/link/<uuid:key>/revoke/"), beds.revoke_link, name="beds_revoke_link"),
    path(_("beds/<str:token>/"), beds.night, name="night_beds"),
    path(_("desk/find/"), desk_find.find, name="desk_find"),
    path(_("desk/find/<token:token>/"), desk_find.find_sealed, name="desk_find_sealed"),
    path(_("desk/find/<token:token>/<int:page>/"), desk_find.find_sealed, name="desk_find_sealed"),
    path(_("desk/find/<token:token>/side-by-side/"), desk_find.beside, name="desk_beside"),
    path(_("desk/find/<token:token>/<int:page>/sheet/"), desk_find.sheet, name="desk_sheet"),
    path(_("desk/listing/<uuid:id>/"), desk_listing.listing, name="desk_listing"),
    path(_("desk/listing/<token:token>/"), desk_listing.listing_sealed, name="desk_listing_sealed"),
    path(_("desk/acting-for/"), desk.choose_hat, name="choose_hat"),
    path(_("desk/organization/members/"), members.members, name="members"),
    path(_("desk/organization/members/invite/"), members.invite, name="member_invite"),
    path(_("desk/organization/members/<uuid:key>/end/"), members.end, name="member_end"),
    path(_("desk/organization/members/<uuid:key>/role/"), members.give_role, name="member_role"),
    path(_("desk/organization/invitations/<uuid:key>/revoke/"), members.revoke, name="invitation_revoke"),
    path("accounts/invitation/<str:token>/", invitations.invitation, name="invitation"),
    path(_("desk/organization/vetting/"), vetting_application.apply, name="apply_for_vetting"),
    path(
        _("desk/organization/vetting/<uuid:key>/withdraw/"),
        vetting_application.withdraw,
        name="withdraw_application",
    ),
    path(_("desk/review/"), queues.review, name="review"),
    path(_("desk/review/vetting/"), vetting_desk.vetting, name="review_vetting"),
    path(_("desk/review/vetting/<uuid:key>/"), vetting_desk.organization, name="review_organization"),
    path(
        _("desk/review/vetting/<uuid:key>/application/<uuid:application>/"),
        vetting_desk.application,
        name="review_application",
    ),
    path(
        _("desk/review/vetting/<uuid:key>/check/<slug:point>/"), vetting_deciding.check, name="review_check"
    ),
    path(_("desk/review/vetting/<uuid:key>/paper/"), vetting_deciding.paper, name="review_paper"),
    path(_("desk/review/vetting/<uuid:key>/sponsor/"), vetting_deciding.sponsor, name="review_sponsor"),
    path(_("desk/review/vetting/<uuid:key>/let-in/"), vetting_deciding.let_in, name="review_let_in"),
    path(_("desk/review/vetting/<uuid:key>/shut-out/"), vetting_deciding.shut_out, name="review_shut_out"),
    path(
        _("desk/review/vetting/<uuid:key>/agree/<uuid:decision>/"),
        vetting_deciding.agree,
        name="review_agree",
    ),
    path(_("desk/review/vetting/<uuid:key>/questions/"), vetting_holds.holds, name="review_holds"),
    path(
        _("desk/review/vetting/<uuid:key>/questions/<uuid:hold>/take-back/"),
        vetting_holds.take_back,
        name="review_take_back",
    ),
    path(
        _("desk/review/vetting/<uuid:key>/questions/<uuid:hold>/answer/"),
        vetting_holds.answer,
        name="review_answer",
    ),
]
