"""Databases and servers as in production, measured side by side; exits 1 when a limit is passed."""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

from tests.bench import report
from tests.bench.measure import Page, interleave

MANY = 300
AFTER_WRITES = 9
ROW = re.compile("Åtgärd [0-9]{3}".encode())
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
    "DEBUG": "0",
    "SECRET_KEY": "the bench's own, long enough for every check that Django makes of it",
    "ALLOWED_HOSTS": "127.0.0.1",
    "SECURE_COOKIES": "0",  # HTTP on loopback
}


def _run(*arguments: str, **environment: str) -> str:
    """Run a Python command in the bench's environment; what it printed."""
    command, environment = [sys.executable, *arguments], os.environ | environment
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


@contextmanager
def _database(name: str):
    """The URL of an empty database on the server in DATABASE_URL, which is dropped afterwards."""
    url = os.environ["DATABASE_URL"]
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _server(url: str):
    """The port of a gunicorn with two workers. It inherits the socket, so that no port can be taken before it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        handle = listener.fileno()
        command = [
            "-m",
            "gunicorn",
            "config.wsgi",
            "--workers=2",
            "--log-level=warning",
            f"--bind=fd://{handle}",
        ]
        environment = os.environ | {"DATABASE_URL": url}
        server = subprocess.Popen([sys.executable, *command], env=environment, pass_fds=[handle])
        try:
            yield listener.getsockname()[1]
        finally:
            server.terminate()
            server.wait()


@dataclass(frozen=True)
class Site:
    """A filled database behind a server; `told` is where its programme is, a session and the report's period."""

    url: str
    port: int
    told: dict[str, str]

    def page(self, path: str) -> Page:
        """~ is the programme's address, * the report's period."""
        told = path.replace("~/", self.told["path"]).replace("*", self.told.get("period", ""))
        return Page(self.port, told, self.told["session"])


@contextmanager
def _site(filled: str):
    with _database(f"ledstang_bench_{filled}") as url:
        start = time.monotonic()
        told = json.loads(_run("-m", "tests.bench.fill", filled, DATABASE_URL=url))
        print(f"filled ({filled}) in {time.monotonic() - start:.0f} s")
        with _server(url) as port:
            yield Site(url, port, told)


def _same_rows(*pages: Page) -> None:
    """All must show the same 50 activities, or the comparison is none."""
    first, *others = [set(ROW.findall(page.body)) for page in pages]
    if len(first) != 50 or any(rows != first for rows in others):
        raise RuntimeError(f"The lists differ: {[len(rows) for rows in (first, *others)]} activities")


def _judge(name: str, value: float, limit: float, form: str = ".2f") -> bool:
    kept = value <= limit
    print(f"{name}: {value:{form}} (limit {limit:{form}}) {'ok' if kept else 'PASSED THE LIMIT'}")
    return kept


def _report(one: dict[str, Page], many: dict[str, Page], admin: Page, preview: Page) -> list[bool]:
    """Print the pages' ratios; whether each limit is kept. The preview is of a draft that nobody writes in meanwhile."""
    for name, page in (one | {"admin changelist": admin, "report's preview": preview}).items():
        print(f"{name}: {page.median * 1000:.1f} ms, {len(page.body):,} bytes")
    listed = one["activity list"].median
    kept = [_judge("activity list / admin changelist", listed / admin.median, 0.75)]
    for name, page in one.items():
        ratio = f"{name}, {MANY} organisations / one"
        kept.append(_judge(f"{ratio}, time", many[name].median / page.median, 1.25))
        kept.append(_judge(f"{ratio}, bytes", len(many[name].body) / len(page.body), 1.25))
    kept.append(_judge("activity list, bytes of 50 rows", len(one["activity list"].body), 30_000, ",d"))
    kept.append(_judge("report's preview / activity list", preview.median / listed, 2))
    return kept


def _after_writes(site: Site) -> float:
    """The preview's median time when something has been written since the last one, so that it is composed."""
    page = site.page("~/rapporter/*/")
    with closing(psycopg2.connect(site.url)) as connection:
        connection.autocommit = True
        for _round in range(AFTER_WRITES):
            connection.cursor().execute("UPDATE organisation_organisation SET name = name")
            page.fetch()
    return page.median


def main() -> int:
    paths = {"activity list": "~/aktiviteter/", "overview": "~/"}
    with ExitStack() as stack:
        static = stack.enter_context(tempfile.TemporaryDirectory())
        files = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        os.environ.update(PRODUCTION | {"BENCH_STATIC": static})
        _run("manage.py", "collectstatic", "--no-input", "--verbosity=0")
        small, large, demo = (stack.enter_context(_site(filled)) for filled in ("1", str(MANY), "demo"))
        one = {name: small.page(path) for name, path in paths.items()}
        many = {name: large.page(path) for name, path in paths.items()}
        admin, preview = small.page("/admin/program/activity/"), demo.page("~/rapporter/*/")
        pages = [
            one["activity list"],
            admin,
            many["activity list"],
            one["overview"],
            many["overview"],
            preview,
        ]
        interleave(pages)
        _same_rows(one["activity list"], many["activity list"], admin)
        kept = _report(one, many, admin, preview)
        print(f"report's preview, composed after a write: {_after_writes(demo) * 1000:.0f} ms")
        more, lacking = report.measure(demo.url, demo.told, files, _judge)
        print(f"left out: {'; '.join(lacking) or 'nothing'}")
        return 0 if all(kept + more) else 1


if __name__ == "__main__":
    sys.exit(main())
