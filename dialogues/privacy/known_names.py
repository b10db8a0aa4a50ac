"""What the organisation and the programme call their own, so that `persons` takes none of it for somebody's name."""

from organisation.models import Department, Forum, Role, Unit
from program.models import Area, Resource


def known_names(place) -> set[str]:
    """Of departments, roles, units, forums, areas and support, of the programme and of the organisation; aliases
    too. Six queries."""
    names = {place.program.name, place.program.short_name, *place.organisation.name.split(",")}
    for model in (Department, Role):
        for name, aliases in model.objects.visible_to(place).values_list("name", "aliases"):
            names |= {name, *map(str, aliases)}
    for model in (Unit, Forum, Area):
        names.update(model.objects.visible_to(place).values_list("name", flat=True))
    for row in Resource.objects.visible_to(place).values_list("name", "former_name", "part_of"):
        names.update(row)
    return {name.strip() for name in names if name.strip()}
