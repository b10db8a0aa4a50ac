"""The manifest as METS, which the Swedish common specification for packages (FGS Paketstruktur) builds on.

Element names and roles are those of FGS Paketstruktur 1.2. That the file conforms to it, or to the specifications that
have followed upon it, is not checked here: the archive that takes it in does.
"""

import tomllib
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from django.conf import settings

METS, XLINK = "http://www.loc.gov/METS/", "http://www.w3.org/1999/xlink"
XSI, EXT = "http://www.w3.org/2001/XMLSchema-instance", "ExtensionMETS"
PREFIXES = {"mets": METS, "xlink": XLINK, "xsi": XSI, "ext": EXT}
SCHEMAS = (  # what a reader would check the file against
    f"{METS} http://xml.ra.se/e-arkiv/METS/CSPackageMETS.xsd "
    f"{EXT} http://xml.ra.se/e-arkiv/METS/CSPackageExtensionMETS.xsd"
)
NAME = "manifest.xml"
SYSTEM = "Ledstång"


@dataclass(frozen=True)
class Delivery:
    """What a delivery adds, which nobody here can know: agreed with the archive, and empty where it is left to it.

    Codes name an organisation with what kind of code it is ("ORG:2120000803"); `created` is a time as ISO 8601.
    """

    agreement: str = ""
    specification: str = ""
    delivery_type: str = ""
    reference_code: str = ""
    archivist: str = ""
    archivist_code: str = ""
    creator_code: str = ""
    content_type: str = "Unstructured"
    record_status: str = ""
    profile: str = ""
    created: str = ""

    @property
    def lacking(self) -> list[str]:
        """The options that a delivery after FGS Paketstruktur 1.2 has, and this one has not."""
        wanted = ("agreement", "archivist_code", "created", "profile")
        return [f"--{name.replace('_', '-')}" for name in wanted if not getattr(self, name)]


def system_version() -> str:
    """The version of this application."""
    project = tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text())
    return str(project["project"]["version"])


def _add(parent: ET.Element, name: str, **attributes: str) -> ET.Element:
    """An element below a parent; attributes that say nothing are left out."""
    return ET.SubElement(
        parent, f"{{{METS}}}{name}", {key: value for key, value in attributes.items() if value}
    )


def _agents(program, delivery: Delivery) -> Iterator[tuple[dict[str, str], str, str]]:
    """Who and what stands behind the package: attributes, name, note.

    The authority whose records they are is the committee, unless the delivery says another.
    """
    home = program.organisation
    authority = ", ".join(filter(None, (home.parent_name, home.committee)))
    organisation, software = {"TYPE": "ORGANIZATION"}, {"TYPE": "OTHER", "OTHERTYPE": "SOFTWARE"}
    yield {"ROLE": "ARCHIVIST"} | organisation, delivery.archivist or authority, delivery.archivist_code
    yield {"ROLE": "ARCHIVIST"} | software, SYSTEM, system_version()
    yield {"ROLE": "CREATOR"} | organisation, str(home), delivery.creator_code


def _header(root: ET.Element, program, delivery: Delivery) -> None:
    header = _add(root, "metsHdr", CREATEDATE=delivery.created, RECORDSTATUS=delivery.record_status)
    header.set(f"{{{EXT}}}OAISSTATUS", "SIP")
    for attributes, name, note in _agents(program, delivery):
        agent = _add(header, "agent", **attributes)
        _add(agent, "name").text = name
        if note:
            _add(agent, "note").text = note
    known = {
        "DELIVERYTYPE": delivery.delivery_type,
        "DELIVERYSPECIFICATION": delivery.specification,
        "SUBMISSIONAGREEMENT": delivery.agreement,
        "REFERENCECODE": delivery.reference_code,
    }
    for kind, text in known.items():
        if text:
            _add(header, "altRecordID", TYPE=kind).text = text
    _add(header, "metsDocumentID").text = NAME


def object_id(program, entries: Iterable) -> str:
    """The package's name: the same for the same programme with the same files."""
    files = [f"{entry.sha256} {entry.path}" for entry in entries]
    name = uuid.uuid5(uuid.NAMESPACE_URL, "\n".join(["/".join(program.address), *files]))
    return f"UUID:{name}"


def manifest(program, entries, delivery: Delivery) -> bytes:
    """A METS document that lists every file with its checksum."""
    for prefix, address in PREFIXES.items():
        ET.register_namespace(prefix, address)
    told = {
        "OBJID": object_id(program, entries),
        "LABEL": f"{program.organisation}: {program.name}",
        "TYPE": delivery.content_type,
        "PROFILE": delivery.profile,
        f"{{{XSI}}}schemaLocation": SCHEMAS,
    }
    root = ET.Element(f"{{{METS}}}mets", {key: value for key, value in told.items() if value})
    _header(root, program, delivery)
    group = _add(_add(root, "fileSec"), "fileGrp", USE="FILES")
    division = _add(_add(root, "structMap", TYPE="physical"), "div", LABEL=program.name)
    for number, entry in enumerate(entries, start=1):
        key = f"fil{number:05d}"
        _file(group, key, entry, delivery)
        _add(division, "fptr", FILEID=key)
    ET.indent(root)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _file(group: ET.Element, key: str, entry, delivery: Delivery) -> None:
    file = _add(
        group, "file", ID=key, CHECKSUM=entry.sha256, CHECKSUMTYPE="SHA-256", SIZE=str(entry.size),
        CREATED=entry.created or delivery.created, MIMETYPE=entry.format.partition(" ")[0].rstrip(";"),
        USE=f"{entry.what}; {entry.retention}",
    )  # fmt: skip
    place = _add(file, "FLocat", LOCTYPE="URL")
    place.set(f"{{{XLINK}}}type", "simple")
    place.set(f"{{{XLINK}}}href", f"file:{entry.path}")
