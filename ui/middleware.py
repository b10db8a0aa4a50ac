"""Response headers that every page carries."""

from collections.abc import Callable

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data:",
        "style-src 'self' 'unsafe-inline'",
        "frame-ancestors 'none'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
    ]
)


class HeadersMiddleware:
    """Nothing is loaded from other hosts, and the browser holds us to it; no shared cache keeps a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        patch_vary_headers(response, ["HX-Request"])  # one address gives a page, or the part that htmx wants
        return response


class Utf8Middleware:
    """What is sent is read as UTF-8, whatever it says of itself: other codecs make text that no database takes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.encoding is not None:
            request.encoding = "utf-8"
        return self.get_response(request)


class PostedOnlyMiddleware:
    """An address that only takes what a form sends, opened as a page: signing in anew leads there, and bookmarks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or request.method != "GET":
            return response
        page = render(request, "405.html", status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page


class CollisionMiddleware:
    """Two of the same at once (a double click, two people): the second is told, nothing is half-written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """409 for what only the database could see, 503 while somebody else's long writing holds SQLite."""
        if request.method == "POST" and isinstance(exception, IntegrityError | ObjectDoesNotExist):
            return render(request, "409.html", status=409)
        if isinstance(exception, OverflowError):  # SQLite, of a key that no row can have
            return render(request, "404.html", status=404)
        if isinstance(exception, OperationalError) and "locked" in str(exception):
            return render(request, "503.html", status=503)
        return None
