"""The styles that the document is written in: a template's own by their names, ours where it has none."""

from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from reports.render.word.package import NAMES, WORD_TYPE, Package, W, built_in, w
from ui.xml import parsed

OF_OUR_PAGES = {"header", "footer", "rapport märke"}  # used by the built-in header and footer alone
GIVEN = {"normal", "default paragraph font", "normal table", "no list"}
PARAGRAPH_TAB = "toc 1"  # its page numbers stand at the right margin, wherever that is


@dataclass(frozen=True)
class Look:
    """What the body needs to know: style ids by our names, what numbered lists are made from, the next free number."""

    ids: dict[str, str]
    numbered: str
    next_list: int


def _name(style: etree._Element) -> str:
    found = style.find(w("name"))
    return "" if found is None else found.get(w("val"), "").casefold()


def _by_name(root: etree._Element) -> dict[str, etree._Element]:
    return {_name(style): style for style in root.findall(w("style"))}


def styles_part(package: Package) -> str:
    """The part with the styles; ours when the template has none at all."""
    found = package.related(package.main, "styles")
    return found[0] if found and found[0] in package.parts else _added(package, "styles")


def _added(package: Package, kind: str) -> str:
    """A part of ours, for a template that has none of its kind."""
    part = f"word/{kind}-rapport.xml"
    package.parts[part] = built_in().parts[f"word/{kind}.xml"]
    package.relate(package.main, {f"rIdRapport{kind.capitalize()}": (kind, f"/{part}")})
    package.name_type(part=part, kind=f"{WORD_TYPE}{kind}+xml")
    return part


def wanted() -> dict[str, str]:
    """Our styles that a template may bring its own of: their names for comparing and for showing."""
    root = built_in().root("word/styles.xml")
    shown = {_name(style): style.find(w("name")).get(w("val")) for style in root.findall(w("style"))}
    return {key: name for key, name in shown.items() if key not in GIVEN | OF_OUR_PAGES}


def lacking(package: Package) -> list[str]:
    """The names of our styles that a template does not have."""
    found = package.related(package.main, "styles")
    known = _by_name(package.root(found[0])) if found and found[0] in package.parts else {}
    return [name for key, name in wanted().items() if key not in known]


def complete(package: Package, width: int) -> Look:
    """Give a template the styles and lists that it lacks; `width` is its text's, in twentieths of a point."""
    part, lists = styles_part(package), _lists_part(package)
    root, numbering = package.root(part), package.root(lists)
    known, ours = _by_name(root), _by_name(built_in().root("word/styles.xml"))
    ids = {key: known[key].get(w("styleId")) for key in ours if key in known}
    new = [key for key in ours if key not in known and key not in OF_OUR_PAGES]
    taken = {style.get(w("styleId")) for style in root.findall(w("style"))}
    for key in new:
        own = ours[key].get(w("styleId"))
        ids[key] = own if own not in taken else f"{own}Rapport"
    for key in new:
        root.append(_fitted(ours[key], key, ids, {s.get(w("styleId")): n for n, s in ours.items()}, width))
    _bring_lists(root, numbering, new, ids)
    _speak_swedish(root)
    package.put(part, root)
    look = Look(ids, _numbered(root, numbering, ids["list number"]), _highest(numbering, "num") + 1)
    package.put(lists, numbering)
    return look


def _fitted(style: etree._Element, key: str, ids: dict[str, str], names: dict[str, str], width: int):
    """A copy of a style of ours that speaks of the template's styles by their ids."""
    copy = deepcopy(style)
    copy.set(w("styleId"), ids[key])
    copy.attrib.pop(w("default"), None)
    for tag in ("basedOn", "next"):
        pointer = copy.find(w(tag))
        if pointer is not None:
            pointer.set(w("val"), ids[names[pointer.get(w("val"))]])
    if key == PARAGRAPH_TAB:
        copy.find(f".//{w('tab')}").set(w("pos"), str(width))
    return copy


def _lists_part(package: Package) -> str:
    found = package.related(package.main, "numbering")
    return found[0] if found and found[0] in package.parts else _added(package, "numbering")


def _highest(numbering: etree._Element, tag: str) -> int:
    key = w("numId" if tag == "num" else "abstractNumId")
    return max((int(row.get(key, "0")) for row in numbering.findall(w(tag))), default=0)


def _bring_lists(
    root: etree._Element, numbering: etree._Element, new: list[str], ids: dict[str, str]
) -> None:
    """Lists of our own for the list styles that were just added."""
    ours = built_in().root("word/numbering.xml")
    for key in new:
        style = root.xpath("w:style[@w:styleId=$id]", id=ids[key], namespaces=NAMES)[0]
        number = style.find(f".//{w('numId')}")
        if number is not None:
            number.set(w("val"), _copied(ours, number.get(w("val")), numbering, ids[key]))


def _copied(ours: etree._Element, number: str, numbering: etree._Element, style: str) -> str:
    """Copy one of our lists into a template's; its number there."""
    abstract = deepcopy(ours.xpath("w:abstractNum[@w:abstractNumId=$id]", id=number, namespaces=NAMES)[0])
    key = str(_highest(numbering, "abstractNum") + 1)
    abstract.set(w("abstractNumId"), key)
    abstract.find(f".//{w('pStyle')}").set(w("val"), style)
    last = numbering.findall(w("abstractNum"))
    numbering.insert(numbering.index(last[-1]) + 1 if last else 0, abstract)
    return add_list(numbering, key)


def add_list(numbering: etree._Element, abstract: str, *, from_one: bool = False) -> str:
    """A list made from an abstract one, perhaps counting from one again; its number."""
    number = str(_highest(numbering, "num") + 1)
    node = etree.Element(w("num"), {w("numId"): number})
    etree.SubElement(node, w("abstractNumId"), {w("val"): abstract})
    if from_one:
        level = etree.SubElement(node, w("lvlOverride"), {w("ilvl"): "0"})
        etree.SubElement(level, w("startOverride"), {w("val"): "1"})
    last = numbering.findall(w("num")) or numbering.findall(w("abstractNum"))
    numbering.insert(numbering.index(last[-1]) + 1 if last else 0, node)
    return number


def add_numbered_lists(package: Package, look: Look, count: int) -> None:
    """The document's numbered lists, each counting from one: `look.next_list` and on."""
    part = _lists_part(package)
    numbering = package.root(part)
    for _list in range(count):
        add_list(numbering, look.numbered, from_one=True)
    package.put(part, numbering)


def _numbered(root: etree._Element, numbering: etree._Element, style_id: str) -> str:
    """The abstract list of the style for numbered points; ours when the template's style numbers nothing."""
    style = root.xpath("w:style[@w:styleId=$id]", id=style_id, namespaces=NAMES)[0]
    number = style.find(f".//{w('numId')}")
    found = numbering.xpath(
        "w:num[@w:numId=$id]/w:abstractNumId/@w:val",
        id=number.get(w("val")) if number is not None else "",
        namespaces=NAMES,
    )
    if found:
        return found[0]
    added = _copied(built_in().root("word/numbering.xml"), "2", numbering, style_id)
    return numbering.xpath("w:num[@w:numId=$id]/w:abstractNumId/@w:val", id=added, namespaces=NAMES)[0]


def _speak_swedish(root: etree._Element) -> None:
    """The document's language, which reading aloud and spelling go by."""
    defaults = root.find(w("docDefaults"))
    if defaults is None:
        defaults = etree.Element(w("docDefaults"))
        root.insert(0, defaults)
    holder = _child(_child(defaults, "rPrDefault"), "rPr")
    _child(holder, "lang").set(w("val"), "sv-SE")


def _child(parent: etree._Element, name: str) -> etree._Element:
    found = parent.find(w(name))
    if found is None:
        found = parsed(f'<w:{name} xmlns:w="{W}"/>'.encode())
        parent.insert(0, found) if name != "lang" else parent.append(found)
    return found
