"""The demo's accounts: one for each role, all with the same password."""

import os

from organisation.access import Kind

GOTLAND = "gotland-sof"
ACCOUNTS = [
    ("hr", Kind.EDITOR, ()),
    ("avdelningschef", Kind.DEPARTMENT_HEAD, ("52004",)),
    ("direktor", Kind.DIRECTOR, ()),
    ("sekreterare", Kind.SECRETARY, ()),
    ("enhetschef", Kind.MANAGER, ("52004",)),
    ("lasare", Kind.READER, ()),
    ("admin", Kind.ADMIN, ()),
]


def password() -> str:
    return os.environ.get("DEMO_PASSWORD", "ledstang-demo")
