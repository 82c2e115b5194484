"""Addresses of open data, each with and without a slash at its end: a redirect would lose what is posted."""

from django.urls import URLPattern, re_path

from directory.api.hsds.about import About, Nothing, OpenApi
from directory.api.hsds.collections import COLLECTIONS
from directory.api.hsds.package import Export
from directory.api.hsds.push import push


def _of_collections() -> list[URLPattern]:
    made: list[URLPattern] = []
    for word, (many, one) in COLLECTIONS.items():
        made.append(re_path(rf"^{word}/?$", many.as_view(), name=f"hsds_{word}"))
        made.append(re_path(rf"^{word}/(?P<id>[^/]+)/?$", one.as_view(), name=f"hsds_{one.entity}"))
    return made


urlpatterns = [
    re_path(r"^$", About.as_view(), name="hsds"),
    *_of_collections(),
    re_path(r"^openapi\.json/?$", OpenApi.as_view(), name="hsds_openapi"),
    re_path(r"^export\.zip/?$", Export.as_view(), name="hsds_export"),
    re_path(r"^push/?$", push, name="push"),
    re_path(r"", Nothing.as_view(), name="hsds_nothing"),
]
