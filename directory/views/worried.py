"""The page for somebody who worries about another person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def worried(request: HttpRequest) -> HttpResponse:
    """What helps, what does harm, and whom to ask; the same for everyone."""
    return render(request, "directory/worried.html")
