"""Addresses of the pages for readers, public and at the desk; slugs are words, so they have a French form."""

from django.urls import path, register_converter
from django.utils.translation import gettext_lazy as _

from cms.views import feed, files, packs, papers, protocols, reviewing
from directory.views.sealed import TokenConverter

register_converter(TokenConverter, "sealed")
DESK = {"at_desk": True}

urlpatterns = [
    path(_("protocols/"), protocols.protocols, name="protocols"),
    path(_("protocols/feed.atom"), feed.protocols_feed, name="protocols_feed"),
    path(_("protocols/find/<sealed:token>/"), protocols.protocols_found, name="protocols_found"),
    path(_("protocols/pack/key/"), packs.protocol_pack_key, name="protocol_pack_key"),
    path(_("protocols/pack/<slug:sector>/"), packs.protocol_pack, name="protocol_pack"),
    path(_("protocols/<slug:slug>/"), protocols.protocol, name="protocol"),
    path(_("protocols/<slug:slug>/history/"), protocols.protocol_history, name="protocol_history"),
    path(_("protocols/<slug:slug>/<int:number>/"), protocols.protocol_edition, name="protocol_edition"),
    path(_("protocols/<slug:slug>/<int:number>/file/<uuid:key>/"), files.protocol_file, name="protocol_file"),
    path(_("protocols/<slug:slug>/<int:number>/pdf/"), papers.protocol_paper, name="protocol_paper"),
    path(_("desk/protocols/"), protocols.protocols, DESK, name="desk_protocols"),
    path(
        _("desk/protocols/find/<sealed:token>/"), protocols.protocols_found, DESK, name="desk_protocols_found"
    ),
    path(_("desk/protocols/pack/<slug:sector>/"), packs.protocol_pack, DESK, name="desk_protocol_pack"),
    path(_("desk/protocols/<slug:slug>/"), protocols.protocol, DESK, name="desk_protocol"),
    path(_("desk/protocols/<slug:slug>/reviewed/"), reviewing.reviewed, name="desk_protocol_reviewed"),
    path(_("desk/protocols/<slug:slug>/taken-off/"), reviewing.taken_off, name="desk_protocol_taken_off"),
    path(
        _("desk/protocols/<slug:slug>/history/"),
        protocols.protocol_history,
        DESK,
        name="desk_protocol_history",
    ),
    path(
        _("desk/protocols/<slug:slug>/<int:number>/"),
        protocols.protocol_edition,
        DESK,
        name="desk_protocol_edition",
    ),
    path(
        _("desk/protocols/<slug:slug>/<int:number>/file/<uuid:key>/"),
        files.protocol_file,
        DESK,
        name="desk_protocol_file",
    ),
    path(
        _("desk/protocols/<slug:slug>/<int:number>/pdf/"),
        papers.protocol_paper,
        DESK,
        name="desk_protocol_paper",
    ),
]
