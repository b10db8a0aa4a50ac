"""The manifest as METS, which the Swedish common specification for packages (FGS Paketstruktur) builds on.

The file list and the structure are there; what a delivery itself adds (agreement, delivery number, day) is the
archive's to fill in.
"""

from xml.etree import ElementTree as ET

METS, XLINK = "http://www.loc.gov/METS/", "http://www.w3.org/1999/xlink"


def _add(parent: ET.Element, name: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, f"{{{METS}}}{name}", attributes)


def manifest(program, entries) -> bytes:
    """A METS document that lists every file with its checksum."""
    ET.register_namespace("mets", METS)
    ET.register_namespace("xlink", XLINK)
    label = f"{program.organisation}: {program.name}"
    root = ET.Element(f"{{{METS}}}mets", {"LABEL": label, "TYPE": "SIP"})
    agent = _add(_add(root, "metsHdr"), "agent", ROLE="CREATOR", TYPE="ORGANIZATION")
    _add(agent, "name").text = str(program.organisation)
    group = _add(_add(root, "fileSec"), "fileGrp", USE="FILES")
    division = _add(_add(root, "structMap"), "div", LABEL=program.name)
    for number, entry in enumerate(entries, start=1):
        key = f"fil{number:05d}"
        file = _add(
            group, "file", ID=key, CHECKSUM=entry.sha256, CHECKSUMTYPE="SHA-256", SIZE=str(entry.size),
            MIMETYPE=entry.format.partition(" ")[0].rstrip(";"), USE=f"{entry.what}; {entry.retention}",
        )  # fmt: skip
        _add(
            file,
            "FLocat",
            LOCTYPE="URL",
            **{f"{{{XLINK}}}type": "simple", f"{{{XLINK}}}href": f"file:{entry.path}"},
        )
        _add(division, "fptr", FILEID=key)
    ET.indent(root)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
