"""What the page head knows of where we are."""

from organisation.places import NoPlace


def place(request):
    return {"place": getattr(request, "place", NoPlace())}
