"""Draws charts in a process of its own: a script for `ui.apart`. Its engine holds 120 MiB as long as it lives."""

import pickle
import sys
from functools import cache

import vl_convert


@cache
def load(fonts: str) -> None:
    """Make a folder's typefaces known, once."""
    vl_convert.register_font_directory(fonts)


def draw(kind: str, text: str, scale: int) -> str | bytes:
    """A specification as SVG markup or as PNG."""
    return (
        vl_convert.vegalite_to_svg(text) if kind == "svg" else vl_convert.vegalite_to_png(text, scale=scale)
    )


if __name__ == "__main__":
    fonts, wanted = pickle.load(sys.stdin.buffer)
    load(fonts)
    pickle.dump([draw(*each) for each in wanted], sys.stdout.buffer)
