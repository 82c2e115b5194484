"""The choice of language, and the first page of each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory.views.search_form import form_context


@require_safe
def languages(request: HttpRequest) -> HttpResponse:
    """English or French; nothing is remembered."""
    return render(request, "languages.html")


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """How to reach a person now, then one field and a few big needs."""
    return render(request, "directory/start.html", form_context())
