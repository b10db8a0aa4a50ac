"""Which language the page is read in."""

from django.utils.translation import get_language


def language() -> str:
    """sv or en."""
    return (get_language() or "sv")[:2]
