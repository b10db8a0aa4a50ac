"""Sets a document with Typst in a process of its own: a script for `ui.apart`."""

import pickle
import sys

import typst

if __name__ == "__main__":
    pickle.dump(typst.compile(**pickle.load(sys.stdin.buffer)), sys.stdout.buffer)
