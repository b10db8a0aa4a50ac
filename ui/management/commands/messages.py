"""Collect, check and compile the interface's texts with Babel, without gettext's own tools."""

import io
import re
from pathlib import Path

from babel.messages import pofile
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation.template import templatize

FOLDERS = ("ui", "organisation", "program", "dialogues", "metrics", "reports", "config", "templates")
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2),
    "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip


def _template_messages(source: str, origin: str):
    """Django turns a template into lines that Python's own extractor reads, once their indents are gone."""
    python = "\n".join(line.lstrip() for line in templatize(source, origin=origin).splitlines())
    calls = re.findall(r"\b(?:_|gettext|ngettext|pgettext|npgettext)\((?:u?(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"),? ?)+(?:count)?\)", python)  # fmt: skip
    return extract("python", io.BytesIO("\n".join(calls).encode()), KEYWORDS)


def collect(root: Path) -> Catalog:
    """Every text marked for translation in the project's own code and templates."""
    found = Catalog(fuzzy=False)
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix == ".py" and "migrations" not in path.parts:
                messages = extract("python", io.BytesIO(path.read_bytes()), KEYWORDS)
            elif path.suffix == ".html":
                messages = _template_messages(path.read_text(), str(path))
            else:
                continue
            for _line, message, _comments, context in messages:
                found.add(message, locations=[(str(path.relative_to(root)), 0)], context=context)
    return found


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("--compile", action="store_true", help="write the .mo files when they are older")
        parser.add_argument("--check", action="store_true", help="fail when a text lacks its translation")

    def handle(self, *args, **options) -> None:
        root = Path(settings.BASE_DIR)
        for language in ("sv",):
            path = root / "locale" / language / "LC_MESSAGES" / "django.po"
            if options["compile"]:
                self._compile(path)
                continue
            catalog = (
                pofile.read_po(io.BytesIO(path.read_bytes()), locale=language)
                if path.exists()
                else Catalog(language)
            )
            catalog.update(collect(root), no_fuzzy_matching=True)
            catalog.obsolete.clear()
            missing = [message.id for message in catalog if message.id and not self._done(message)]
            if options["check"]:
                if missing:
                    raise CommandError(
                        f"{len(missing)} texts lack their {language} translation, first: {missing[0]!r}"
                    )
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as out:
                pofile.write_po(out, catalog, sort_output=True, omit_header=False, no_location=True, width=0)
            self.stdout.write(f"{language}: {len(catalog)} texts, {len(missing)} to translate")

    @staticmethod
    def _done(message) -> bool:
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        return all(texts)

    @staticmethod
    def _compile(path: Path) -> None:
        target = path.with_suffix(".mo")
        if path.exists() and (not target.exists() or target.stat().st_mtime < path.stat().st_mtime):
            with target.open("wb") as out:
                write_mo(out, pofile.read_po(io.BytesIO(path.read_bytes())))
