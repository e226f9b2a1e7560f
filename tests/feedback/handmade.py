"""Notebooks and pictures made by hand, as students might."""

import base64
import json
import struct
import zlib
from typing import Any


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(
    width: int = 2,
    height: int = 2,
    pixels: bytes | None = None,
    extra: bytes = b"",
    depth: int = 8,
    colour: int = 2,
    interlaced: int = 0,
) -> bytes:
    if pixels is None:
        pixels = (b"\0" + b"\x80\x40\x20" * width) * height
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + extra
        + chunk(b"IDAT", zlib.compress(pixels))
        + chunk(b"IEND", b"")
    )


def cell(name: str, source: str, *outputs: Any, kind: str = "code") -> dict[str, Any]:
    metadata = {"nbgrader": {"grade_id": name}} if name else {}
    return {"cell_type": kind, "metadata": metadata, "source": [source], "outputs": list(outputs)}


def notebook(*cells: Any) -> bytes:
    return json.dumps({"cells": list(cells), "nbformat": 4}).encode()


PICTURE = {"output_type": "display_data", "data": {"image/png": base64.b64encode(png()).decode()}}
HOSTILE = notebook(
    cell("", "nothing of the experiment"),
    cell("E1-plot", "</pre><script>alert(1)</script>", PICTURE),
    cell("", "helper = 1"),
    cell(
        "E1-why",
        "because <b>x</b> \N{RIGHT-TO-LEFT OVERRIDE}",
        {"data": {"text/html": "<img src=http://evil>", "image/svg+xml": "<svg onload=x>"}},
        {"output_type": "stream", "text": "\x1b[31mred</pre>"},
        {"output_type": "error", "ename": "<i>", "evalue": "no", "traceback": ["secret"]},
    ),
    cell("", "afterwards"),
    cell("E2-plot", "of another"),
)
