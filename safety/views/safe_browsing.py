"""The page on safety when browsing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def safe_browsing(request: HttpRequest) -> HttpResponse:
    """What this site keeps, what it can't clear, and what a reader can do."""
    return render(request, "safety/safe_browsing.html")
