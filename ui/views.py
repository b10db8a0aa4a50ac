from django.shortcuts import render


def forbidden(request, exception=None):
    """403 with the reason that the rule gave."""
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def styleguide(request):
    """Every component on one page, for whoever works on the look (debug only)."""
    return render(
        request, "ui/styleguide.html", {"statuses": ["done", "under-way", "planned", "late", "stopped"]}
    )
