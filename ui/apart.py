"""Work that takes much memory for a moment, done in a process of its own, which gives all of it back when it ends."""

import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any


def run(script: Path, request: Any) -> Any:
    """What a script of ours makes of a request; both are plain values and go through pipes.

    Isolated (-I): the script sees installed packages and nothing of the application.
    """
    done = subprocess.run(
        [sys.executable, "-I", str(script)], input=pickle.dumps(request), stdout=subprocess.PIPE, check=True
    )
    return pickle.loads(done.stdout)
