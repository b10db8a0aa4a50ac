"""The report as Word: the body as markup of our own, written into the built-in template or the organisation's.

Styles alone say how it looks; the document's language is Swedish; the same content gives the same bytes.
"""

from xml.sax.saxutils import escape

from lxml import etree

from reports.content import Content, Edition
from reports.render import pictures
from reports.render.word import placeholders, sections, styles
from reports.render.word.body import Wish, Writer, write
from reports.render.word.package import CORE, Package, W, built_in
from ui.characters import CONTROL

HERE = "\ue000"  # where the body goes in the document's markup; a character of nobody's


def render(
    content: Content,
    part: str = "all",
    *,
    draft: bool = False,
    edition: Edition | None = None,
    template: bytes | None = None,
) -> bytes:
    """The letter, the report or both as one Word file. `template` is a file that `check` found nothing wrong with."""
    package = Package.read(template) if template else built_in()
    pictures.draw_ahead("png", content)
    said = placeholders.values(content, draft=draft, edition=edition)
    said = {name: CONTROL.sub("\ufffd", text) for name, text in said.items()}
    _write_body(package, content, part, draft, edition, said)
    for name in placeholders.pages_parts(package)[1:]:
        root = package.root(name)
        if placeholders.fill(root, said):
            package.put(name, root)
    _name(package, content)
    package.as_document()
    return package.written()


def _write_body(
    package: Package, content: Content, part: str, draft: bool, edition: Edition | None, said: dict[str, str]
) -> None:
    """Put the document where the template has its body's placeholder."""
    root = package.root(package.main)
    has_cover = any(row.key == "titel" and row.place != "header" for row in placeholders.in_root(root))
    place = placeholders.body_paragraph(root)
    if place is None:
        raise ValueError("The template has no place for the document.")
    section = sections.section_of(place)
    width = sections.text_width(section)
    look = styles.complete(package, width)
    wide = sections.text_width(section, is_wide=True)
    wish = Wish(look.ids, width, wide, look.next_list, draft, edition, has_cover)
    writer = write(content, part, wish)
    body = sections.joined(writer.chunks(), section, look.ids["rapport brytning"])
    placeholders.fill(root, said)
    _clear(place)
    package.parts[package.main] = _with_body(root, body)
    styles.add_numbered_lists(package, look, writer.lists)
    _add_pictures(package, writer)


def _clear(place: etree._Element) -> None:
    """Leave a mark where the body goes; the end of a section that the paragraph may hold stays after it."""
    mark = etree.Element(f"{{{W}}}p")
    mark.text = HERE
    place.addprevious(mark)
    if place.find(f"{{{W}}}pPr/{{{W}}}sectPr") is None:
        place.getparent().remove(place)
        return
    for child in place.findall("*"):
        if child.tag != f"{{{W}}}pPr":
            place.remove(child)


def _with_body(root: etree._Element, body: str) -> bytes:
    whole = etree.tostring(root, encoding="unicode")
    before, _mark, after = whole.partition(f"<w:p>{HERE}</w:p>")
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{before}{body}{after}'.encode()


def _add_pictures(package: Package, writer: Writer) -> None:
    if not writer.pictures:
        return
    targets = {}
    for number, picture in enumerate(writer.pictures, start=1):
        name = f"word/media/rapport-diagram{number}.png"
        package.parts[name] = picture.data
        targets[picture.relation] = ("image", f"/{name}")
    package.relate(package.main, targets)
    package.name_type(ending="png", kind="image/png")


CORE_XML = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title>'
    "<dc:creator>{who}</dc:creator><cp:lastModifiedBy>{who}</cp:lastModifiedBy>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:modified>'
    "<dc:language>sv-SE</dc:language></cp:coreProperties>"
)


def _name(package: Package, content: Content) -> None:
    """Whose document it is and from which day; whoever made the template is left out of it."""
    said = {"title": content.title, "who": content.organisation, "day": content.date}
    safe = {name: escape(CONTROL.sub("\ufffd", text)) for name, text in said.items()}
    found = package.related("", "core-properties")
    part = found[0] if found else CORE
    if not found:
        package.relate("", {"rIdRapportCore": ("core-properties", f"/{CORE}")})
        package.name_type(part=CORE, kind="application/vnd.openxmlformats-package.core-properties+xml")
    package.parts[part] = CORE_XML.format(**safe).encode()
