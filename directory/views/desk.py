"""The desk of signed-in people; empty until there is work for it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Reached only with a second factor (accounts.second_factor)."""
    return render(request, "directory/desk.html")
